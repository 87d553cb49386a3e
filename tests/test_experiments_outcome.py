"""What is kept of a run, worked out by hand."""

import math

import numpy as np
import pytest

from experiments.outcome import COUNTED, DAILY, WEEKLY, Group, Layout, Outcome
from sim.codes import MEASURES, STATUSES
from tests.experiment_fakes import NODES, FakeRecord, network

IRREGULAR = STATUSES.index("irregular")


@pytest.fixture
def record():
    made = FakeRecord(network(), 9)
    put = {name: made.counts[..., MEASURES.index(name)] for name in MEASURES}
    put["in_need"][:, 0, IRREGULAR] = 4  # at the coast
    put["in_need"][8, 2, 0] = 10  # in the village
    put["asked"][:, 0, IRREGULAR] = 2
    put["served"][:, 0, IRREGULAR] = 1
    put["deterred"][3, 0, IRREGULAR] = 2
    put["present"][:, 0, IRREGULAR] = np.arange(9) * 5
    put["present"][:, 1, 0] = 12
    made.channels[3, 0, IRREGULAR] = [0.5, 0, 0, 1.5, 0, 0, 0]
    made.by_point[0, 0] = [5, 4, 1, 2]
    made.by_point[1, 1] = [3, 3, 0, 0]
    return made


@pytest.fixture
def layout():
    return Layout.of(network())


def test_groups_are_the_breakdowns_in_order(layout):
    assert layout.groups[0] == Group("all", "all")
    assert [g.name for g in layout.groups if g.by == "node"] == [*NODES, "on_the_way"]
    assert [g.name for g in layout.groups if g.by == "step"] == [
        "transit", "origin", "arrival", "on_the_way",
    ]  # fmt: skip
    assert [g.name for g in layout.groups if g.by == "organisation"] == ["red", "un"]


def test_sums_by_every_group(record, layout):
    outcome = Outcome.of(record, layout)
    in_need = dict(zip(layout.groups, outcome.counts[:, COUNTED.index("in_need")], strict=True))
    assert in_need[Group("all", "all")] == 46
    assert in_need[Group("status", "irregular")] == 36
    assert in_need[Group("node", "coast")] == 36
    assert in_need[Group("step", "transit")] == 36
    assert in_need[Group("step", "origin")] == 10
    assert math.isnan(in_need[Group("organisation", "red")])
    asked = dict(zip(layout.groups, outcome.counts[:, COUNTED.index("asked")], strict=True))
    assert asked[Group("organisation", "red")] == 8
    assert asked[Group("organisation", "un")] == 0


def test_measures_computed_from_the_sums(record, layout):
    outcome = Outcome.of(record, layout)
    assert outcome.value("unmet") == 46 - 9
    assert outcome.value("help_seeking_rate") == 18 / 46
    assert outcome.value("willingness") == 18 / 20
    assert math.isnan(outcome.value("willingness", layout.groups.index(Group("node", "island"))))
    with pytest.raises(KeyError):
        outcome.value("happiness")


def test_people_are_the_most_on_one_day(record, layout):
    people = dict(zip(layout.groups, Outcome.of(record, layout).people, strict=True))
    assert people[Group("all", "all")] == 52
    assert people[Group("status", "irregular")] == 40
    assert people[Group("node", "hub")] == 12
    assert people[Group("step", "transit")] == 52
    assert people[Group("organisation", "red")] == 8  # asked 8 times, though 52 were in town


def test_days_weeks_and_channels(record, layout):
    outcome = Outcome.of(record, layout)
    assert outcome.by_day.shape == (9, len(DAILY))
    assert list(outcome.by_day[8]) == [14, 2, 0, 0, 52]
    assert outcome.by_week.shape == (2, 5, len(WEEKLY))
    assert list(outcome.by_week[0, 0]) == [28, 14, 2]
    assert list(outcome.by_week[1, 2]) == [10, 0, 0]
    assert outcome.channels.sum() == outcome.value("deterred")
