"""What a browser keeps of a session's scenarios comes back as it was, and nothing else does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.workshop.bounds import BOUNDS
from dashboards.workshop.keeping import TOO_MUCH, Opened, packed, unpacked
from dashboards.workshop.shelf import Shelf, routes
from sim.problems import InputProblem

ROUTE, OTHER = "central_mediterranean", "central_america"


def on_its_own(shelf: Shelf, key: str = "") -> dict[str, Opened]:
    return {shelf.route: Opened(shelf, key)}


def texts(opened: dict[str, Opened], route: str = ROUTE) -> list[str]:
    return [each.text for each in opened[route].shelf.drafts]


def test_nothing_is_kept_of_a_page_that_was_only_looked_at() -> None:
    assert packed({route: Opened.on(route) for route in routes()}, ROUTE) == ""


def test_scenarios_come_back_with_the_one_that_was_worked_on() -> None:
    shelf = Shelf.on(ROUTE).started("Mine").from_library("agadez_breach_firewall")
    mine = shelf.drafts[2]
    shelf = shelf.edited(mine.key, mine.text + "\n# تعليق\ninterventions: [{broken\n")
    back, route = unpacked(packed(on_its_own(shelf, mine.key), ROUTE))
    assert route == ROUTE
    assert texts(back) == texts(on_its_own(shelf))
    kept = back[ROUTE].shelf.of(back[ROUTE].chosen)
    assert kept is not None
    assert kept.text.endswith("interventions: [{broken\n")


def test_every_route_keeps_its_own() -> None:
    here, there = Shelf.on(ROUTE).started("Here"), Shelf.on(OTHER).started("There")
    back, route = unpacked(packed(on_its_own(here) | on_its_own(there), OTHER))
    assert route == OTHER
    assert texts(back) == texts(on_its_own(here))
    assert texts(back, OTHER) == texts(on_its_own(there), OTHER)
    only, route = unpacked(packed(on_its_own(here) | {OTHER: Opened.on(OTHER)}, OTHER))
    assert (list(only), route) == ([ROUTE], OTHER)


def test_one_more_change_is_kept_too() -> None:
    shelf = Shelf.on(ROUTE)
    last = shelf.drafts[-1]
    for share in ("10 %", "20 %"):
        changed = shelf.edited(last.key, last.text.replace("80 %", share))
        back, _ = unpacked(packed(on_its_own(changed), ROUTE))
        assert share in texts(back)[-1]


def test_a_text_that_is_too_long_to_be_read_is_no_harm_to_the_others() -> None:
    shelf = Shelf.on(ROUTE).started("Mine")
    shelf = shelf.edited(shelf.drafts[-1].key, "# " + "x" * BOUNDS.text)
    back, _ = unpacked(packed(on_its_own(shelf), ROUTE))
    assert texts(back) == texts(on_its_own(shelf))


def test_more_than_a_browser_should_hold_is_told_apart_from_nothing() -> None:
    shelf = Shelf.on(ROUTE)
    while len(shelf.drafts) < 10:
        shelf = shelf.with_text("# " + "x" * (BOUNDS.text - 10), "long")
    assert packed(on_its_own(shelf), ROUTE) == TOO_MUCH


SHELF: dict[str, Any] = {"chosen": 0, "drafts": [["a", "name: a\n"]]}
WHOLE: dict[str, Any] = {"route": ROUTE, "shelves": {ROUTE: SHELF}}
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "null", "-", "[" * 100_000, "x" * 500_000,
     json.dumps({**WHOLE, "route": "nowhere"}),
     json.dumps({**WHOLE, "shelves": {"nowhere": SHELF}}),
     json.dumps({**WHOLE, "shelves": {ROUTE: {**SHELF, "drafts": []}}}),
     json.dumps({**WHOLE, "shelves": {ROUTE: {**SHELF, "drafts": [["a", "b"]] * 21}}})],
)  # fmt: skip
def test_what_this_page_has_not_put_there_is_refused(text: str) -> None:
    with pytest.raises(InputProblem, match="is not what this page has put there"):
        unpacked(text)


@settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(field=st.sampled_from(["route", "shelves", "chosen", "drafts"]), value=ANY)
def test_whatever_comes_back_is_a_shelf_or_refused(field: str, value: object) -> None:
    if field in WHOLE:
        text = json.dumps({**WHOLE, field: value})
    else:
        text = json.dumps({**WHOLE, "shelves": {ROUTE: {**SHELF, field: value}}})
    try:
        opened, route = unpacked(text)
    except InputProblem:
        return
    assert route in routes()
    assert all(each.shelf.of(each.chosen) is not None for each in opened.values())
