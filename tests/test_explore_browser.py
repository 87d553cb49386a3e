"""The Explore page in a real browser: stores are opened, asked, and taken away."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from explore_stores import calibrated, plain, swept

from tests.dashboard_browser import PHONE, faults


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return swept(tmp_path_factory.mktemp("sweep") / "plain", plain("sobol", 16))


@pytest.fixture(scope="module")
def fit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.calibration.writing._draw", lambda *_: None)
        return calibrated(tmp_path_factory.mktemp("fit") / "fit")


def opened(page: Any, place: Path | str) -> None:
    page.fill("#wtx-place", str(place))
    page.keyboard.press("Enter")


def count(page: Any, said: str) -> None:
    page.locator(".wtx-count", has_text=said).wait_for()


def saved(page: Any, button: str, place: Path) -> Path:
    with page.expect_download() as coming:
        page.locator(button).click()
    coming.value.save_as(place / coming.value.suggested_filename)
    return place / str(coming.value.suggested_filename)


def drawn(page: Any, figure: str) -> None:
    page.locator(f"#wtx-{figure} [data-drawn] svg").wait_for()


def test_what_is_no_store_ends_in_one_sentence(visit: Any, tmp_path: Path) -> None:
    page = visit("/explore")
    opened(page, tmp_path)
    told = page.locator(".wtx-problem")
    told.wait_for()
    assert "holds no manifest" in told.inner_text()
    assert faults(page) == []


def test_runs_are_filtered_by_hand_and_by_keyboard(visit: Any, sweep: Path) -> None:
    frame = pd.read_parquet(sweep / "runs")
    frame = frame[frame["error"] == ""]
    page = visit("/explore")
    opened(page, sweep)
    count(page, f"{len(frame)} of {len(frame)} runs")
    assert page.locator("#wtx-lines path").count() == len(frame)
    # An axis is brushed from its middle up.
    grab = page.locator("#wtx-lines .wtx-grab").nth(0)
    grab.scroll_into_view_if_needed()
    box = grab.bounding_box()
    x, middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, middle)
    page.mouse.down()
    page.mouse.move(x, box["y"] + 2, steps=4)
    page.mouse.up()
    low = page.locator("fieldset", has=page.get_by_text("half_life_against", exact=True))
    low = low.get_by_label("from")
    page.wait_for_function("e => e.value !== ''", arg=low.element_handle())
    end = float(low.input_value())
    assert end == pytest.approx(208, rel=0.02)  # the middle of a log scale from 60 to 720
    upper = frame[frame["half_life_against"] >= end]
    count(page, f"{len(upper)} of {len(frame)} runs")
    # The same by the keyboard alone, and a lever.
    low.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("300")
    page.keyboard.press("Tab")
    longer = frame[frame["half_life_against"] >= 300]
    count(page, f"{len(longer)} of {len(frame)} runs")
    page.get_by_label("50 %").focus()
    page.keyboard.press("Space")
    fewer = longer[longer["wall.compliance"] != 0.5]
    count(page, f"{len(fewer)} of {len(frame)} runs")
    page.get_by_role("button", name="Take all runs again").click()
    count(page, f"{len(frame)} of {len(frame)} runs")


def test_figures_are_drawn_and_taken_away(visit: Any, sweep: Path, tmp_path: Path) -> None:
    page = visit("/explore")
    opened(page, sweep)
    page.get_by_role("button", name="Response curves").click()
    drawn(page, "response_curves")
    assert saved(page, "[data-save=svg]", tmp_path).read_text().startswith("<svg")
    assert saved(page, "[data-save=png]", tmp_path).read_bytes().startswith(b"\x89PNG")
    shown = pd.read_csv(saved(page, "[data-save=csv]", tmp_path))
    code = page.locator(".wtx-tools pre").text_content()
    space: dict[str, Any] = {}
    exec(code, space)
    assert list(space["means"]["mean"]) == pytest.approx(list(shown["mean"]))
    page.get_by_label("A curve for each").select_option("")
    page.locator(".wtx-tools pre", has_text="'' as curve").wait_for(state="attached")
    page.get_by_role("button", name="What it depends on").click()
    drawn(page, "sensitivity")
    assert "alone" in page.locator(".wtx-panel").inner_text()
    page.get_by_role("button", name="Runs", exact=True).click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="CSV of these runs").click()
    rows = pd.read_csv(io.BytesIO(Path(coming.value.path()).read_bytes()))
    assert len(rows) == 477
    assert faults(page) == []


def test_boxes_are_searched_when_asked(visit: Any, sweep: Path) -> None:
    page = visit("/explore", dark=True)
    opened(page, sweep)
    page.get_by_role("button", name="When it goes wrong").click()
    page.locator("[data-does=search]").click()
    drawn(page, "boxes")
    assert "half_life_against" in page.locator(".wtx-panel li").nth(1).inner_text()
    assert faults(page) == []


def test_a_calibration_on_a_phone(visit: Any, fit: Path) -> None:
    page = visit("/explore", size=PHONE)
    opened(page, fit)
    for tab, figure in (("Targets", "targets"), ("Parameters", "parameters"), ("Pairs", "pair")):
        page.get_by_role("button", name=tab, exact=True).click()
        drawn(page, figure)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert faults(page) == []
