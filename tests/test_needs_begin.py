"""How often needs begin, and what makes single dimensions of need worse."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.codes import NEEDS
from sim.model import TrustModel
from tests.worlds import QUIET, body, counted, crowd, make_plan

REGULATORY, _, PHYSICAL, _, SOCIAL, NATURAL = range(6)
OFTEN = {**QUIET, "onset_routine": 0.01, "onset_poor": 1.0, "onset_origin": 1.0,
         "lapse_routine": 0.0}


def begun(folder: Path, people: int = 60_000, level: float = 0.0, status: str = "other",
          parameters: dict[str, float] | None = None, **node: Any) -> np.ndarray:
    """New episodes of one day, by dimension; a natural need may be there already."""
    plan = make_plan(crowd(folder, **node), migrants=people, days=1, status={status: 1.0},
                     parameters=OFTEN | (parameters or {}))
    model = TrustModel(plan)
    model.world.tables.body["level"][:, NATURAL] = level
    model.step()
    return np.asarray((body(model)["level"] > 0).sum(axis=0))


def near(count: float, expected: float) -> bool:
    return abs(count - expected) < 4.5 * math.sqrt(expected)


def test_onset_is_shared_among_the_dimensions(tmp_path: Path) -> None:
    for count in begun(tmp_path):
        assert near(count, 60_000 * 0.01 / 6)


def test_a_natural_need_adds_physical_ones_and_takes_from_no_other(tmp_path: Path) -> None:
    plain = begun(tmp_path / "plain")
    cold = begun(tmp_path / "cold", level=0.5, parameters={"onset_elements": 4.0})
    assert near(cold[PHYSICAL], 3.0 * 60_000 * 0.01 / 6)
    for dimension, name in enumerate(NEEDS):
        if name not in ("physical", "natural"):
            assert near(cold[dimension], 60_000 * 0.01 / 6), name
    assert near(plain[PHYSICAL], 60_000 * 0.01 / 6)


@pytest.mark.parametrize(("dimension", "factor", "changes"), [
    (SOCIAL, 1.8, {"hostility": 0.8, "parameters": {"onset_hostility": 1.0}}),
    (REGULATORY, 3.0, {"status": "irregular",
                       "parameters": {"onset_regulatory_irregular": 3.0}}),
])
def test_what_makes_one_dimension_worse_leaves_the_others(
        tmp_path: Path, dimension: int, factor: float, changes: dict[str, Any]) -> None:
    counts = begun(tmp_path, **changes)
    for other, count in enumerate(counts):
        expected = 60_000 * 0.01 / 6 * (factor if other == dimension else 1.0)
        assert near(count, expected), NEEDS[other]


def test_no_conditions_no_needs(tmp_path: Path) -> None:
    assert not begun(tmp_path, **dict.fromkeys(NEEDS, 0)).any()


def test_episodes_and_people_are_counted(tmp_path: Path) -> None:
    """Deterred days, episodes that ended so or were only delayed, and people, each once."""
    helps = dict.fromkeys(NEEDS, 1)
    plan = make_plan(
        crowd(tmp_path, [{"id": "clinic", **helps}], enforcement=0), migrants=2_000, days=120,
        parameters={**QUIET, "onset_routine": 0.03, "lapse_routine": 0.03, "find": 100.0,
                    "find_no_language": 1.0, "b0": -1.0, "bf": 6.0})
    model = TrustModel(plan).run()
    totals = model.record.totals()
    ever = (body(model)["ever"] & 16) > 0
    assert totals["first_deterred"] == ever.sum() > 500
    assert totals["deterred"] > totals["first_deterred"]
    assert 0 < totals["episodes_delayed"] < totals["episodes_relieved"]
    assert 0 < totals["episodes_lapsed_deterred"] < totals["episodes_lapsed"]
    ended = totals["episodes_relieved"] + totals["episodes_lapsed"]
    under_way = (body(model)["level"] > 0).sum()
    assert totals["episodes_begun"] == ended + under_way
    assert counted(model, "first_deterred", 0) == 0, "nobody knows the clinic on the first day"
