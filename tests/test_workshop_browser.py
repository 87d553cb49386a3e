"""The workshop in a real browser: sliders, a comparison, files, faults, Arabic, keys."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard_browser import PHONE, faults

NUMBER = "[data-quick]"
_KEPT = "localStorage.getItem('waytrust.scenarios')"
LOOKS = """() => {
  const look = () => ["[data-quick]", ".ws-headline [role=status]", ".ws-quick-figure svg"].map(
    (each) => document.querySelector(each)?.innerHTML ?? "");
  window.looks = [look()];
  const watch = new MutationObserver(() => window.looks.push(look()));
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
"""From now on number, state and chart of every quick look are noted, however soon it passes."""


def answered(page: Any) -> str:
    """The number of the quick look, once there is one."""
    page.locator(NUMBER).wait_for()
    return str(page.locator(NUMBER).inner_text())


def changed(page: Any, before: str) -> str:
    page.wait_for_function(
        f"b => document.querySelector('{NUMBER}') && "
        f"document.querySelector('{NUMBER}').innerText !== b", arg=before,
    )  # fmt: skip
    return answered(page)


def fill(page: Any, name: str, value: object) -> None:
    box = page.locator(f"[data-field='{name}'] input").first
    box.fill(str(value))
    box.dispatch_event("change")


def own_faults(page: Any) -> list[tuple[str, str, str]]:
    """What axe finds, but for Solara's own bar, which has no name while the server is busy."""
    return [fault for fault in faults(page) if "v-progress-linear" not in fault[2]]


def saved(page: Any, words: str, place: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=words).click()
    file = place / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def test_a_slider_moved_by_keys_changes_number_chart_and_text(visit: Any) -> None:
    page = visit("/compare")
    # Two pairs are lived, so what is of less is of the question that the slider asks.
    page.get_by_text(re.compile("^[2-8] of 8 pairs of runs")).first.wait_for()
    page.locator("#ws-act-leak-share").focus()
    page.evaluate(LOOKS)
    for _ in range(3):
        page.keyboard.press("PageDown")
    page.wait_for_function(
        "looks.some(([number, state, chart]) => /^1 of|day/.test(state)"
        " && number !== looks[0][0] && chart !== looks[0][2])"
    )
    moved = page.locator("#ws-act-leak-share").input_value()
    assert 0 < int(moved) < 80
    page.locator("input[name=ws-beside][value=text]").check(force=True)
    page.locator("textarea").wait_for()
    assert f"share: {moved} %             # of those registered there" in (
        page.locator("textarea").input_value()
    )  # fmt: skip


def test_a_comparison_runs_and_its_files_open(visit: Any, tmp_path: Path) -> None:
    page = visit("/compare")
    page.locator("#ws-library").select_option("agadez_breach_firewall")
    page.locator(".ws-pill", has_text="then a firewall").wait_for()
    for name, value in (("replicates", 2), ("migrants", 300), ("days", 160)):
        fill(page, name, value)
    page.locator("[data-field='run'] button").click()
    page.locator(".ws-answer li").first.wait_for(timeout=120_000)
    assert page.locator(".ws-answer li").count() == 3
    assert page.locator(".ws-ranking tbody tr").count() == 2
    page.locator("input[name=ws-part][value=who]").check(force=True)
    page.locator("#ws-by").select_option("step")
    page.locator(".ws-result figure[data-figure='who-help-seeking-rate-step']").wait_for()
    assert own_faults(page) == []

    report = saved(page, "Report (HTML)", tmp_path).read_text(encoding="utf-8")
    assert "An imagined leak of Red Cross records in Agadez" in report
    numbers = saved(page, "All numbers (CSV)", tmp_path).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(numbers)))
    assert {row["scenario"] for row in rows} == {"agadez_breach", "agadez_breach_firewall"}
    with zipfile.ZipFile(saved(page, "Everything (ZIP)", tmp_path)) as pack:
        assert pack.testzip() is None
        assert pack.read("waytrust/differences.csv").decode() == numbers
        assert "waytrust/report.html" in pack.namelist()


def test_a_comparison_is_cancelled(visit: Any) -> None:
    page = visit("/compare")
    for name, value in (("replicates", 100), ("migrants", 20_000)):
        fill(page, name, value)
    page.locator("[data-field='run'] button").click()
    page.get_by_role("button", name="Cancel").click()
    page.locator("progress").wait_for(state="detached", timeout=10_000)
    page.locator("[data-field='run'] button:not([disabled])").wait_for()
    fill(page, "migrants", 100_000)
    page.locator("[data-field='run'] button").click()
    page.get_by_text("the command line has no such bound").wait_for()


@pytest.mark.parametrize("way", ["typed", "sent"])
def test_a_broken_scenario_is_told_and_breaks_nothing(
    visit: Any, way: str, tmp_path: Path
) -> None:
    page = visit("/compare")
    broken = "name: mine\nextends: agadez_breach\ninterventions:\n  - {id: leak, share: 80 a %}\n"
    page.locator("input[name=ws-beside][value=text]").check(force=True)
    page.locator("textarea").wait_for()
    if way == "typed":
        page.locator("textarea").fill(broken)
    else:
        file = tmp_path / "mine.yaml"
        file.write_text(broken, encoding="utf-8")
        page.locator("#ws-upload").set_input_files(file)
    told = page.locator("#ws-problems li")
    told.first.wait_for()
    wanted = ":4:23: interventions.leak.share: '80 a %' has the unit 'a %' where a share belongs."
    assert wanted in told.first.inner_text()
    page.locator("textarea").fill(broken.replace("80 a", "80"))
    told.first.wait_for(state="detached")
    answered_again = page.locator("input[name=ws-beside][value=answer]")
    answered_again.check(force=True)
    assert answered(page)


def test_arabic_on_a_phone_in_the_dark(visit: Any) -> None:
    page = visit("/compare", size=PHONE, language="ar", dark=True)
    page.locator(".ws-tally").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    way = "name => getComputedStyle(document.querySelector(name)).direction"
    assert page.evaluate(way, ".ws") == "rtl"
    assert page.evaluate(way, ".ws figure svg") == "ltr"
    assert own_faults(page) == []


def test_scenarios_are_there_again_when_the_page_is_opened_again(visit: Any) -> None:
    page = visit("/compare")
    mine = page.locator(".ws-pill", has_text="My scenario")
    answered(page)
    page.get_by_role("button", name="New scenario").click()
    mine.wait_for()
    page.locator("#ws-route").select_option("central_america")
    mine.wait_for(state="detached")
    # What the page shows and what the browser keeps arrive as two messages.
    page.wait_for_function(f"{_KEPT}?.includes('\"route\": \"central_america\"')")
    page.reload()
    page.get_by_text("These are your scenarios of the last time").wait_for()
    assert page.locator("#ws-route").input_value() == "central_america"
    page.locator("#ws-route").select_option("central_mediterranean")
    mine.wait_for()
    page.get_by_role("button", name="Begin anew").click()
    page.get_by_role("button", name="Yes, forget all changes").click()
    mine.wait_for(state="detached")
    page.wait_for_function(f"{_KEPT} === null")
    page.evaluate("localStorage.setItem('waytrust.scenarios', '{\"route\": 3}')")
    page.reload()
    assert answered(page)
    assert page.get_by_text("of the last time").count() == 0


def test_whoever_closes_the_tab_ends_the_comparison(visit: Any, dashboard: Any) -> None:
    page = visit("/compare")
    answered(page)
    for name, value in (("replicates", 100), ("migrants", 20_000)):
        fill(page, name, value)
    page.locator("[data-field='run'] button").click()
    page.locator("progress").wait_for()
    page.goto("data:text/html,<h1>elsewhere</h1>")
    until = time.monotonic() + 60  # where the browser is too busy to say that it closes, 15 s
    while dashboard.seconds(over=2.0) > 0.5:  # a comparison takes both cores for minutes
        assert time.monotonic() < until
