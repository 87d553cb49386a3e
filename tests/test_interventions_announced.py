"""Said or not, done or not: the four cells of every kind that can be both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.interventions import KINDS, Intervention
from sim.model import TrustModel
from tests.worlds import act, body, hashes, model_of, route

BOTH: dict[str, dict[str, Any]] = {
    "data_sharing_agreement": {"point": "clinic", "recipient": "CCC"},
    "data_request": {"point": "clinic", "recipient": "CCC", "compulsion": 1.0, "every": 30},
    "raid": {"node": "town", "share": 0.4},
    "enforcement_law": {"node": "home", "increase": 1.0},
    "humanitarian_diplomacy": {"point": "clinic", "ramp": 0, "reached": 1.0, "lowers": 0.9},
    "status_precondition": {"scope": {"service_point": "clinic", "status": "irregular"}},
}
"""Kinds that can be announced and done, each so that the deed matters in the world below."""
MATTERS = {"find_listed": 0.5, "detention_rate": 0.1, "door_detention": 0.1, "b0": -1.0}
DEEDS = (("points", "door"), ("points", "firewall"), ("points", "kept"), ("points", "leak_day"),
         ("points", "excludes"), ("points", "registers"), ("nodes", "enforcement"),
         ("nodes", "raid"))


def made(kind: str, start: int = 4, **fields: Any) -> Intervention:
    given = BOTH[kind] | fields
    if "scope" in given:
        return KINDS[kind].model_validate({"id": kind, "start": start, **given})
    return act(kind, start=start, **given)


def lived(folder: Path, acts: list[Intervention]) -> TrustModel:
    return model_of(route(folder, door=0.5), acts, parameters=MATTERS)


def test_every_kind_that_can_be_both_is_here() -> None:
    others = {"data_breach", "firewall", "co_located_enforcement"}
    ours = {name for name, kind in KINDS.items() if not kind.only_words and not kind.only_deeds
            and kind.__module__.rpartition(".")[2] in ("access", "data", "enforcement", "ways",
                                                       "places")}
    assert ours - others == set(BOTH)


@pytest.mark.parametrize("kind", BOTH)
def test_neither_said_nor_done_is_the_baseline_and_the_others_differ(
        tmp_path: Path, kind: str) -> None:
    cells = {
        "neither": made(kind, strength=0, announced=0), "said": made(kind, announced="only"),
        "done": made(kind, announced="never"), "both": made(kind, announced=0)}
    seen = {name: hashes(lived(tmp_path, [item])) for name, item in cells.items()}
    assert seen["neither"] == hashes(lived(tmp_path, []))
    assert len({days[-1] for days in seen.values()}) == 4
    assert len({tuple(days[:4]) for days in seen.values()}) == 1, "something before its first day"


@pytest.mark.parametrize("kind", BOTH)
def test_what_is_only_said_does_nothing(tmp_path: Path, kind: str) -> None:
    calm, told = lived(tmp_path, []), lived(tmp_path, [made(kind, announced="only")])
    for _ in range(25):
        calm.step()
        told.step()
        for table, column in DEEDS:
            assert np.array_equal(getattr(calm.world.tables, table)[column],
                                  getattr(told.world.tables, table)[column]), column
    assert (body(told)["heard"] > 0).sum() > 10


@pytest.mark.parametrize("kind", BOTH)
def test_what_is_done_in_secret_is_no_news(tmp_path: Path, kind: str) -> None:
    calm, secret = lived(tmp_path, []), lived(tmp_path, [made(kind, announced="never")])
    changed = False
    for _ in range(25):
        calm.step()
        secret.step()
        assert not secret.world.tables.stories["live"].any()
        changed |= any(not np.array_equal(getattr(calm.world.tables, table)[column],
                                          getattr(secret.world.tables, table)[column])
                       for table, column in DEEDS)
    assert changed
    assert not (body(secret)["heard"] > 0).any()


@pytest.mark.parametrize("kind", BOTH)
def test_news_comes_so_many_days_after(tmp_path: Path, kind: str) -> None:
    model = lived(tmp_path, [made(kind, announced=6)])
    first = None
    while first is None:
        model.step()
        if model.world.tables.stories["live"].any():
            first = model.day - 1
    assert first == 10


SEEN = sorted(name for name, kind in KINDS.items() if kind.only_deeds)


@pytest.mark.parametrize("kind", SEEN)
def test_what_is_seen_is_not_announced(kind: str) -> None:
    needed = {"surge": {"of": "departures"}}.get(kind, {})
    for announced in (3, "never", "only"):
        with pytest.raises(ValidationError, match="this kind is seen rather than announced"):
            act(kind, node="town", announced=announced, **needed)
    item = act(kind, node="town", **needed)
    assert item.announced_day() is None
    assert not item.makes_story


def test_an_answer_is_not_known_before_the_request() -> None:
    with pytest.raises(ValidationError, match="cannot be known before the request"):
        act("data_request", point="clinic", announced=-3)
