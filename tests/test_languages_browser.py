"""In Arabic, nothing on any page is English but names, what is typed, and what says that it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from explore_stores import plain, swept

from dashboards.explore.place import SHIPPED
from scenarios import load
from sim.parameters import REGISTRY
from tests.dashboard_browser import faults

TEXTS = """() => {
  const skip = "[lang=en], code, pre, textarea, script, style, noscript";
  const said = ["aria-label", "alt", "placeholder", "title"];
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    if (!node.parentElement.closest(skip)) found.push(node.data.trim());
  for (const each of document.querySelectorAll(said.map((name) => `[${name}]`).join()))
    if (!each.closest(skip)) found.push(...said.map((name) => each.getAttribute(name) ?? ""));
  return found;
}"""
"""Every text of a page, and what is read aloud of it, but for what is marked as English or code."""
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}")
BROKEN = """
name: mine
extends: central_mediterranean
days: 1,5 days
population: {migrants: many, status: {irregular: 60 %, tourist: 10 %}}
parameters: {half_lif: 3, meetings_per_day: 90}
interventions:
- {id: w, kind: firewall, start: 999 days, scope: {country: XXX}, announced: nver}
- {id: w, kind: shock, scope: {}, needs: [food]}
"""


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return swept(tmp_path_factory.mktemp("sweep") / "plain", plain("sobol", 16))


@pytest.fixture(scope="module")
def english() -> Callable[[Any], list[str]]:
    """Gives what of a page is English and neither a name nor marked."""
    route = load("central_mediterranean").route
    names = [str(name) for table in (route.nodes, route.organisations) for name in table["name"]]
    ids = [*map(str, route.points["id"]), *REGISTRY]
    known = sorted([*names, *(each.replace("_", " ") for each in ids)], key=len, reverse=True)

    def found(page: Any) -> list[str]:
        left = []
        for text in dict.fromkeys(page.evaluate(TEXTS)):
            bare = text
            for name in known:
                bare = bare.replace(name, "")
            if ENGLISH.search(bare):
                left.append(text)
        return left

    return found


@pytest.mark.parametrize(("path", "there"), [
    ("/", "h1"), ("/story", ".st-maps canvas"), ("/inspect", "table"),
])  # fmt: skip
def test_a_page(visit: Any, english: Any, path: str, there: str) -> None:
    page = visit(path, language="ar")
    page.locator(there).first.wait_for()
    assert english(page) == []
    assert faults(page) == []


def test_forms_and_what_is_wrong_with_a_text(visit: Any, english: Any) -> None:
    page = visit("/compare", language="ar")
    page.locator("[data-quick]").wait_for()
    assert english(page) == []
    page.locator("input[name=ws-beside][value=text]").check(force=True)
    page.locator("textarea").wait_for()
    page.locator("textarea").fill(BROKEN)
    page.locator("#ws-problems li").nth(6).wait_for()
    assert "اكتب" in page.locator("#ws-problems").inner_text()
    assert english(page) == []
    assert faults(page) == []


def test_what_is_too_much_for_a_page(visit: Any, english: Any) -> None:
    page = visit("/compare", language="ar")
    page.locator("[data-quick]").wait_for()
    box = page.locator("[data-field='migrants'] input").first
    box.fill("900000")
    box.dispatch_event("change")
    page.locator("[data-field='run'] button").click()
    page.get_by_text("900,000").first.wait_for()
    assert english(page) == []


def test_analyses_of_a_sweep(visit: Any, english: Any, sweep: Path) -> None:
    page = visit("/explore", language="ar")
    page.fill("#wtx-place", str(sweep / "none"))
    page.keyboard.press("Enter")
    page.locator(".wtx-problem").wait_for()
    assert english(page) == []
    page.fill("#wtx-place", str(sweep))
    page.keyboard.press("Enter")
    tabs = page.locator(".wtx-tabs button")
    for at, drawn in enumerate(("lines", "response_curves", "sensitivity", "boxes")):
        tabs.nth(at).click()
        if drawn == "boxes":
            page.locator("[data-does=search]").click()
        page.locator(f"#wtx-{drawn} svg").first.wait_for()
        assert english(page) == []
    assert faults(page) == []


def test_the_calibration_that_ships(visit: Any, english: Any) -> None:
    page = visit("/explore", language="ar")
    page.fill("#wtx-place", str(SHIPPED))
    page.keyboard.press("Enter")
    tabs = page.locator(".wtx-tabs button")
    for at, figure in enumerate(("targets", "parameters", "pair")):
        tabs.nth(at).click()
        page.locator(f"#wtx-{figure} [data-drawn] svg").wait_for()
        assert english(page) == []
    assert faults(page) == []
