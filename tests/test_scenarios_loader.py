"""From a file to a plan."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest

import scenarios
from sim.interventions import DataBreach
from sim.plan import Plan
from sim.problems import InputProblem

FULL: dict[str, Any] = {
    "name": "everything",
    "title": "Everything at once",
    "question": "Does it load?",
    "network": "central_mediterranean",
    "days": "100 days",
    "burn_in": "50 days",
    "start_date": "2024-01-01",
    "seed": 7,
    "population": {
        "people": 5000,
        "migrants": 500,
        "present_at_start": "40 %",
        "status": {"irregular": "60 %", "regular": "30 %", "asylum_seeker": 0.1},
        "arrivals": [[3, "lagos", 12], [0, "dakar", 7.5], [3, "lagos", 3]],
        "zero_exposure": ["regular"],
    },
    "parameters": {"meetings_per_day": 0.6, "half_life_against": "240 days"},
    "survey_days": ["2024-02-01", 0],
    "interventions": [
        {"id": "leak", "kind": "data_breach", "start": "2024-01-31", "announced": "10 days",
         "scope": {"organisation": "rcrc_niger", "node": "agadez"}, "recipient": ["NER", "DZA"],
         "share": "80 %"},
        {"id": "wall", "kind": "firewall", "start": 60, "end": "90 days", "ramp": "2 weeks",
         "compliance": "90 %", "scope": {"country": "NER"}, "announced": "never"},
        {"id": "talk", "kind": "outreach", "scope": "all", "reach": 0.2, "every": "7 days"},
        {"id": "story", "kind": "rumour", "topic": "raid", "scope": {"node": ["agadez", "gao"]},
         "is_true": "yes"},
    ],
}  # fmt: skip


def shuffled(value: Any, rng: random.Random) -> Any:
    """The same data with the keys of every mapping in another order."""
    if isinstance(value, dict):
        keys = list(value)
        rng.shuffle(keys)
        return {key: shuffled(value[key], rng) for key in keys}
    if isinstance(value, list):
        return [shuffled(item, rng) for item in value]
    return value


def test_everything_arrives_as_numbers() -> None:
    made = scenarios.load(FULL)
    assert (made.days, made.burn_in, made.seed) == (100, 50, 7)
    assert made.start_date == dt.date(2024, 1, 1)
    assert made.present_at_start == 0.4
    assert made.status == {"regular": 0.3, "asylum_seeker": 0.1, "irregular": 0.6}
    assert made.arrivals == ((0, "dakar", 7.5), (3, "lagos", 15.0))
    assert made.zero_exposure == ("regular",)
    assert made.survey_days == (0, 31)
    leak, wall, talk, story = made.interventions
    assert isinstance(leak, DataBreach)
    assert (leak.start, leak.announced_day(), leak.share) == (30, 40, 0.8)
    assert leak.recipient == ("NER", "DZA")
    assert (wall.end, wall.ramp, wall.compliance, wall.announced_day()) == (90, 14, 0.9, None)
    assert talk.scope.all
    assert talk.every == 7
    assert story.model_dump()["is_true"] is True


def test_the_plan_says_the_same() -> None:
    made = scenarios.load(FULL)
    plan = made.plan()
    assert isinstance(plan, Plan)
    for field in dataclasses.fields(Plan):
        if field.name not in ("network", "parameters"):
            assert getattr(plan, field.name) == getattr(made, field.name), field.name
    assert plan.network is made.route
    assert plan.parameters.changed() == {"meetings_per_day": 0.6, "half_life_against": 240.0}


def test_a_plan_refuses_wrong_types() -> None:
    plan = scenarios.load(FULL).plan()
    for change in ({"days": 1.5}, {"days": True}, {"title": 3}, {"interventions": ("leak",)},
                   {"parameters": {}}):
        with pytest.raises(TypeError, match=next(iter(change))):
            dataclasses.replace(plan, **change)  # type: ignore[arg-type]


def test_resolved_is_loaded_back_equal(tmp_path: Path) -> None:
    made = scenarios.load(FULL)
    path = tmp_path / "again.yaml"
    path.write_text(made.to_yaml(), encoding="utf-8")
    assert scenarios.load(path) == made
    assert scenarios.load(made.resolved()) == made
    assert scenarios.load(path).to_yaml() == made.to_yaml()


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_keys_changes_nothing(seed: int) -> None:
    mixed = shuffled(FULL, random.Random(seed))
    assert scenarios.load(mixed) == scenarios.load(FULL)
    assert scenarios.load(mixed).to_yaml() == scenarios.load(FULL).to_yaml()


def test_a_scenario_is_given_back_and_cannot_change() -> None:
    made = scenarios.load(FULL)
    assert scenarios.load(made) is made
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.days = 3  # type: ignore[misc]


def test_different_scenarios_differ() -> None:
    other = copy.deepcopy(FULL)
    other["interventions"][0]["share"] = 0.7
    assert scenarios.load(other) != scenarios.load(FULL)


def test_loading_leaves_its_input_alone() -> None:
    given = copy.deepcopy(FULL)
    scenarios.load(given)
    assert given == FULL


@pytest.mark.parametrize(
    ("population", "spared"),
    [
        ({"zero_exposure": True, "status": {"irregular": 1}}, ("irregular",)),
        ({"zero_exposure": ["other", "refused"]}, ("refused", "other")),
        ({"zero_exposure": "irregular"}, ("irregular",)),
        ({"zero_exposure": False}, ()),
        ({"zero_exposure": True}, ("regular", "asylum_seeker", "refugee", "refused", "irregular",
                                   "returnee", "deportee", "other")),
    ],
)  # fmt: skip
def test_zero_exposure(population: dict[str, Any], spared: tuple[str, ...]) -> None:
    made = scenarios.load({"network": "central_mediterranean", "population": population})
    assert made.zero_exposure == spared


def test_shares_are_made_to_add_up_exactly() -> None:
    thirds = {"irregular": "33.3 %", "regular": "33.3 %", "other": "33.3 %"}
    base = {"network": "central_mediterranean", "population": {"status": thirds}}
    made = scenarios.load(base)
    assert sum(made.status.values()) == pytest.approx(1, abs=1e-15)
    assert scenarios.load(made.resolved()) == made


def test_arrivals_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "arrivals.csv").write_text("origin,day,count\nlagos,2,10\n\ndakar,0,5\n")
    path = tmp_path / "mine.yaml"
    path.write_text("network: central_mediterranean\npopulation: {arrivals: arrivals.csv}\n")
    assert scenarios.load(path).arrivals == ((0, "dakar", 5.0), (2, "lagos", 10.0))


@pytest.mark.parametrize(
    ("table", "line", "says"),
    [
        ("day,place,count\n", 1, "day, origin, count"),
        ("", 1, "day, origin, count"),
        ("day,origin,count\n0,lagos\n", 2, "2 cells where 3 belong"),
        ("day,origin,count\n0,lagoss,3\n", 2, "did you mean lagos?"),
        ("day,origin,count\n-1,lagos,3\n", 2, "before the first day"),
        ("day,origin,count\n0,lagos,-3\n", 2, "not a number of people"),
        ("day,origin,count\n0,lagos,1e300\n", 2, "not a number of people"),
        ("day,origin,count\n0,lagos,nan\n", 2, "not a number"),
        ("day,origin,count\n0,lagos,0\n", None, "nobody sets out"),
        ('day,origin,count\n0,"lagos,3\n', 2, "belong"),
    ],
)
def test_arrivals_with_faults(tmp_path: Path, table: str, line: int | None, says: str) -> None:
    (tmp_path / "arrivals.csv").write_text(table)
    path = tmp_path / "mine.yaml"
    path.write_text("network: central_mediterranean\npopulation: {arrivals: arrivals.csv}\n")
    with pytest.raises(InputProblem) as caught:
        scenarios.load(path)
    (fault,) = caught.value.problems
    assert says.lower() in fault.sentence().lower()
    if line is not None:
        assert fault.line == line
        assert fault.file.endswith("arrivals.csv")


def test_arrivals_that_are_not_there_or_not_text(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("network: central_mediterranean\npopulation: {arrivals: arrivals.csv}\n")
    with pytest.raises(InputProblem, match=r"no file 'arrivals\.csv' beside the scenario"):
        scenarios.load(path)
    (tmp_path / "arrivals.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputProblem, match="not UTF-8"):
        scenarios.load(path)


def test_a_flood_of_faulty_rows_is_cut_short(tmp_path: Path) -> None:
    (tmp_path / "arrivals.csv").write_text("day,origin,count\n" + "x,y,z\n" * 100_000)
    path = tmp_path / "mine.yaml"
    path.write_text("network: central_mediterranean\npopulation: {arrivals: arrivals.csv}\n")
    assert len(scenarios.check(path)) < 100
