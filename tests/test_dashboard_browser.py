"""The frame, the home page and the Inspect page in a real browser."""

from __future__ import annotations

import http.client
import re
import time
from typing import Any

import pytest

from tests.dashboard_browser import LAPTOP, PHONE, faults

CAME_FOR = {
    "Home": ".wt-card", "Story": ".st-maps canvas", "Compare": ".ws-quick-figure svg",
    "Explore": "#wtx-place", "Inspect": ".wt-opinions",
}  # fmt: skip
"""What is there once a page is whole."""
SERIOUS = ("serious", "critical")


def test_the_home_page_leads_everywhere_in_the_language_of_the_browser(visit: Any) -> None:
    page = visit("/", language="fr-CH")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("header select").input_value() == "fr"
    assert page.get_by_text("Ceci est une simulation.").is_visible()
    assert page.locator(".wt-card").count() == 3
    ways = page.locator(".wt-way").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert ways == ["/story", "/compare", "/explore", "/inspect"]
    menu = page.locator("nav a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert menu == ["/", *ways]
    assert page.title() == "Waytrust"


@pytest.mark.parametrize(("size", "dark"), [(LAPTOP, False), (PHONE, True)])
def test_every_page_fits_and_axe_finds_nothing_serious(
    visit: Any, size: tuple[int, int], dark: bool
) -> None:
    page = visit("/", size=size, dark=dark)
    scale = page.locator("meta[name=viewport]").get_attribute("content")
    assert "user-scalable" not in scale
    assert "maximum-scale" not in scale
    for name in [each.strip() for each in page.locator("nav a").all_text_contents()]:
        page.locator(f"nav a:text-is('{name}')").click()
        page.locator(f"nav a[aria-current]:text-is('{name}')").wait_for()
        page.locator("main h1").wait_for()
        page.locator(CAME_FOR[name]).first.wait_for()
        assert page.locator("h1").count() == 1, name
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], name
        assert page.evaluate("document.documentElement.classList.contains('wt-is-dark')") is dark
        assert [each for each in faults(page) if each[1] in SERIOUS] == [], name


def test_arabic_runs_from_right_to_left(visit: Any) -> None:
    page = visit("/")
    page.locator("header select").select_option("ar")
    page.locator("html[dir=rtl][lang=ar]").wait_for()
    page.locator("main h1", has_text=re.compile("[\u0600-\u06ff]")).wait_for()
    brand, choices = (page.locator(each).bounding_box() for each in (".wt-brand", ".wt-choices"))
    assert brand["x"] > choices["x"]
    drawn = "document.fonts.check('16px \"Waytrust Arabic\"', 'مرحبا')"
    for _ in range(200):  # a font comes when the first letter of its script is to be drawn
        if page.evaluate(drawn):
            break
        page.wait_for_timeout(50)
    assert page.evaluate(drawn)
    page.reload()  # in this language from the first byte on
    page.locator("main h1").wait_for()
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("header select").input_value() == "ar"


def test_light_and_dark(visit: Any) -> None:
    page = visit("/")
    before = page.evaluate("getComputedStyle(document.querySelector('.wt-frame')).backgroundColor")
    switch = page.get_by_role("switch")
    assert switch.get_attribute("aria-checked") == "false"
    switch.click()
    page.locator("[role=switch][aria-checked=true]").wait_for()
    after = page.evaluate("getComputedStyle(document.querySelector('.wt-frame')).backgroundColor")
    assert after != before
    page.reload()
    page.locator("[role=switch][aria-checked=true]").wait_for()


def test_everything_can_be_reached_by_keyboard(visit: Any) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    skip = page.locator(".wt-skip")
    assert skip.evaluate("e => e === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "wt-way"
    page.reload()
    page.locator("main h1").wait_for()
    reached = []
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.tagName"))
        if page.evaluate("document.activeElement.textContent").strip() == "Inspect":
            break
    page.keyboard.press("Enter")
    page.locator("nav a[aria-current]:text-is('Inspect')").wait_for()
    assert page.url.endswith("/inspect")
    page.go_back()
    page.locator("nav a[aria-current]:text-is('Home')").wait_for()


def test_stepping_shows_how_opinions_change_and_reset_begins_anew(visit: Any) -> None:
    page = visit("/inspect")
    page.locator(".wt-opinions").wait_for()
    assert "Nothing yet" in page.locator(".wt-card", has_text="One migrant").text_content()
    for day in range(3):
        page.get_by_role("button", name="Step", exact=True).click()
        page.get_by_text(f"The end of day {day} of").wait_for()
    page.get_by_role("button", name="Whose mind changed last").click()
    moment = page.locator(".wt-moments > li").first
    moment.wait_for()
    assert moment.locator("b").text_content() in {"Day 0.", "Day 1.", "Day 2."}
    change = re.search(r"([\d.]+)% to ([\d.]+)%", moment.locator("li").first.text_content())
    assert change is not None
    assert change[1] != change[2]
    numbers = page.locator(".wt-opinions tbody").first.locator("td").all_text_contents()
    shares = [int(number.strip("%")) for number in numbers]
    assert abs(sum(shares[:3]) - 100) <= 1
    assert page.locator(".wt-opinions tbody").count() == 5
    page.get_by_text("Step: 3").wait_for()
    page.get_by_role("combobox", name="Scenario").press("Enter")
    page.get_by_role("option", name="agadez_outreach", exact=True).click()
    page.get_by_role("button", name="Reset").click()
    page.get_by_role("heading", name="Volunteers explain").wait_for()
    page.get_by_text("Step: 0").wait_for()


def test_nothing_of_solara_that_nobody_needs_is_answered(dashboard: Any) -> None:
    port = int(dashboard.url.rpartition(":")[2])
    for path in ("/resourcez", "/_solara/cdn/left-pad@1.0.0/index.js", "/no-such-page",
                 "/_solara/cdn/..%2f..%2f..%2fetc/passwd",
                 "/static/assets/../application.py"):  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path)
        assert connection.getresponse().status == 404, path
        connection.close()


def test_a_tab_that_is_left_ends_its_session(visit: Any, dashboard: Any) -> None:
    page = visit("/")
    ended = dashboard.ended()
    page.goto("data:text/html,<h1>elsewhere</h1>")
    until = time.monotonic() + 30
    while dashboard.ended() == ended:
        assert time.monotonic() < until
        time.sleep(0.05)
