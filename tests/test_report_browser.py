"""The page in a real browser: no network, no faults, usable by keyboard, on a phone, on paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboards.report import make_report
from tests.browser_files import opened_files, window
from tests.report_world import axe_script, compared, ran

__all__ = ["compared", "ran"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with window() as found:
        yield found


@pytest.fixture(scope="module")
def pages(compared: Any, ran: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("pages")
    return {
        "en": make_report(compared[1], place / "en.html"),
        "ar": make_report(compared[1], place / "ar.html", language="ar"),
        "run": make_report(ran, place / "run.html", language="fr"),
    }


@pytest.fixture
def seen(browser: Any, pages: dict[str, Path]) -> Iterator[Any]:
    """Opens a page; at the end, nothing was asked of any network and nothing was complained of."""
    with opened_files(browser) as look:
        yield lambda name, width=1280, **settings: look(pages[name], (width, 900), **settings)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", ["en", "ar", "run"])
def test_it_fits_its_window(seen: Any, name: str, width: int) -> None:
    page = seen(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("name", ["en", "ar", "run"])
def test_axe_finds_nothing(seen: Any, name: str) -> None:
    page = seen(name)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.evaluate(axe_script())
    found = page.evaluate("axe.run(document)")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert len(found["passes"]) > 20


def test_arabic_runs_from_right_to_left_and_its_map_does_not(seen: Any) -> None:
    page = seen("ar")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('#when svg')).direction") == "ltr"
    lead = page.locator(".answer li").first.bounding_box()
    assert lead["x"] + lead["width"] > 900


def test_measures_groups_and_scenarios_are_chosen_by_keyboard(seen: Any) -> None:
    page = seen("en")
    panels = page.locator("[data-panel='who']:not([hidden])")
    assert panels.get_attribute("data-value") == "help_seeking_rate/status"
    page.locator("#measure").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert page.locator("[data-panel='who']:not([hidden])").get_attribute("data-value") == (
        "willingness/step"
    )
    page.select_option("#breakdown", "organisation")
    assert page.locator("#who-none").is_visible()
    box = page.locator("#when [data-toggles='1']")
    box.focus()
    page.keyboard.press("Space")
    assert not page.locator("#when svg [data-scenario='1']").first.is_visible()
    assert page.locator("#when svg [data-scenario='2']").first.is_visible()


def test_everything_can_be_reached_by_keyboard(seen: Any) -> None:
    page = seen("en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    reached = set()
    wanted = {"map-scenario", "map-period", "day", "measure", "breakdown", "svg", "png",
              "SUMMARY", "A", "PRE"}  # fmt: skip
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(
            "(e => e.id || e.dataset.save || e.tagName)(document.activeElement)"
        ))  # fmt: skip
        if wanted <= reached:
            break
    assert wanted <= reached


def test_the_map_shows_parts_of_the_run(seen: Any, compared: Any) -> None:
    page = seen("en")
    hub = page.locator("[data-panel='map']:not([hidden]) [data-place='hub']")
    before = hub.text_content()
    page.locator("#map-period").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#map-said").text_content() == "days 0 to 39"
    assert page.locator("#map-period").get_attribute("aria-valuetext") == "days 0 to 39"
    series = json.loads((compared[1] / "series.json").read_text())
    change = series["quarters"][0]["changes"]["leak"]["hub"]["value"]
    assert f"{abs(100 * change):.1f}%" in hub.text_content()
    assert hub.text_content() != before
    page.select_option("#map-scenario", "both")
    shown = page.locator("[data-panel='map']:not([hidden])")
    assert shown.get_attribute("data-value") == "both"
    shown.locator("[data-place='hub'] [data-sign]").hover()
    assert "Hub" in page.locator("#tip").text_content()


def test_a_day_is_read_out(seen: Any) -> None:
    page = seen("en")
    page.locator("#day").focus()
    page.keyboard.press("Home")
    said = page.locator("#day-said").text_content()
    assert said.startswith("Day 0")
    assert "A leak at the hub" in said
    assert page.locator("#day").get_attribute("aria-valuetext") == said


def test_figures_and_tables_are_saved_without_a_network(seen: Any, tmp_path: Path) -> None:
    page = seen("en")
    for kind, start in (("svg", b"<svg"), ("png", b"\x89PNG")):
        with page.expect_download() as coming:
            page.locator(f"#why [data-save='{kind}']").click()
        assert coming.value.suggested_filename == f"channels.{kind}"
        coming.value.save_as(tmp_path / kind)
        assert (tmp_path / kind).read_bytes().startswith(start)
    with page.expect_download() as coming:
        page.locator("#who > .saves a").click()
    coming.value.save_as(tmp_path / "csv")
    assert "leak,help_seeking_rate,all,all" in (tmp_path / "csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["en", "run"])
def test_without_a_script_everything_important_is_there(seen: Any, name: str) -> None:
    page = seen(name, java_script_enabled=False)
    assert page.locator(".answer li").count() == 3
    for part in ("#where svg", "#when svg", "#evidence table", "#repeat pre"):
        assert page.locator(part).first.is_visible()
    assert page.locator("button:visible").count() == 0
    assert page.locator("select:visible").count() == 0
    if name == "en":
        assert page.locator("#where svg").count() == 2  # a map for each scenario
        assert page.locator("#who svg:visible").count() == 1


def test_paper_shows_tables_and_no_controls(seen: Any, tmp_path: Path) -> None:
    page = seen("en")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    assert page.locator("#where table").is_visible()
    for part in ("nav", ".controls", "button", "a.save"):
        assert page.locator(f"{part}:visible").count() == 0
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
