"""What a browser keeps of a session's scenarios comes back as it was, and nothing else does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.workshop.bounds import BOUNDS
from dashboards.workshop.keeping import packed, unpacked
from dashboards.workshop.shelf import Shelf, routes
from sim.problems import InputProblem

ROUTE = "central_mediterranean"


def said(shelf: Shelf) -> list[tuple[str, str]]:
    return [(each.name, each.text) for each in shelf.drafts]


def test_nothing_is_kept_of_a_page_that_was_only_looked_at() -> None:
    for route in routes():
        shelf = Shelf.on(route)
        assert packed(shelf, shelf.drafts[-1].key) == ""


def test_scenarios_come_back_with_the_one_that_was_worked_on() -> None:
    shelf = Shelf.on(ROUTE).started("Mine").from_library("agadez_breach_firewall")
    mine = shelf.drafts[2]
    shelf = shelf.edited(mine.key, mine.text + "\n# تعليق\ninterventions: [{broken\n")
    back, chosen = unpacked(packed(shelf, mine.key))
    assert back.route == ROUTE
    assert [text for _, text in said(back)] == [text for _, text in said(shelf)]
    kept = back.of(chosen)
    assert kept is not None
    assert kept.text.endswith("interventions: [{broken\n")


def test_one_more_change_is_kept_too() -> None:
    shelf = Shelf.on(ROUTE)
    last = shelf.drafts[-1]
    for share in ("10 %", "20 %"):
        changed = shelf.edited(last.key, last.text.replace("80 %", share))
        back, _ = unpacked(packed(changed, last.key))
        assert share in back.drafts[-1].text


def test_more_than_a_browser_should_hold_is_not_kept() -> None:
    shelf = Shelf.on(ROUTE)
    while len(shelf.drafts) < 10:
        shelf = shelf.with_text("# " + "x" * (BOUNDS.text - 10), "long")
    assert packed(shelf, "") == ""


WHOLE: dict[str, Any] = {"route": ROUTE, "chosen": 0, "drafts": [["a", "name: a\n"]]}
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "null", "[" * 100_000, "x" * 500_000, json.dumps({**WHOLE, "route": "nowhere"}),
     json.dumps({**WHOLE, "drafts": [["a", "b"]] * 21}), json.dumps({**WHOLE, "drafts": []}),
     json.dumps({**WHOLE, "drafts": [["a", "x" * 60_001]]})],
)  # fmt: skip
def test_what_this_page_has_not_put_there_is_refused(text: str) -> None:
    with pytest.raises(InputProblem, match="is not what this page has put there"):
        unpacked(text)


@settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(field=st.sampled_from(sorted(WHOLE)), value=ANY)
def test_whatever_comes_back_is_a_shelf_or_refused(field: str, value: object) -> None:
    try:
        shelf, chosen = unpacked(json.dumps({**WHOLE, field: value}))
    except InputProblem:
        return
    assert shelf.of(chosen) is not None
