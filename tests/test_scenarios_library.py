"""The scenarios that come with Waytrust."""

from __future__ import annotations

from pathlib import Path

import pytest

import scenarios
from scenarios.resolve import LIBRARY
from sim.interventions import KINDS

NAMES = scenarios.library_names()
BASELINES = ("central_mediterranean", "central_america", "horn_of_africa")


def test_the_promised_scenarios_exist() -> None:
    assert {*BASELINES, "agadez_breach", "agadez_breach_firewall"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_without_fault(name: str) -> None:
    assert scenarios.check(name) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_introduces_itself(name: str) -> None:
    text = (LIBRARY / f"{name}.yaml").read_text(encoding="utf-8")
    made = scenarios.load(name)
    assert text.startswith("# ")
    assert made.name == name
    assert made.title
    assert not made.title.endswith(".")
    assert made.question.endswith("?")


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_survives_being_written(name: str, tmp_path: Path) -> None:
    made = scenarios.load(name)
    path = tmp_path / "copy.yaml"
    path.write_text(made.to_yaml(), encoding="utf-8")
    assert scenarios.load(path) == made
    assert made.plan().name == name


@pytest.mark.parametrize("name", BASELINES)
def test_baselines_are_ordinary_times(name: str) -> None:
    made = scenarios.load(name)
    assert made.network == name
    assert (made.days, made.migrants, made.people) == (365, 20_000, 200_000)
    assert made.interventions == ()
    assert made.survey_days == (0, 180, 364)


def test_every_kind_has_a_scenario() -> None:
    used = {item.kind for name in NAMES for item in scenarios.load(name).interventions}
    assert used == set(KINDS)


def test_the_breach_and_its_repair() -> None:
    breach, repaired = scenarios.load("agadez_breach"), scenarios.load("agadez_breach_firewall")
    assert repaired.interventions[:1] == breach.interventions
    wall = repaired.interventions[1]
    assert (wall.kind, wall.start, wall.ramp, wall.compliance) == ("firewall", 150, 10, 0.9)
    assert breach.interventions[0].announced_day() == 100


def test_summaries_name_the_interventions() -> None:
    assert scenarios.load("agadez_breach_firewall").summary() == {
        "name": "agadez_breach_firewall",
        "title": "An imagined leak in Agadez, then a firewall",
        "question": "Does the agreement bring people back, and what does it leave unrepaired?",
        "network": "central_mediterranean",
        "interventions": ["leak", "wall"],
    }
