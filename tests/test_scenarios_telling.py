"""Scenarios in sentences and as timelines."""

from __future__ import annotations

from typing import Any

import pytest

import scenarios
from scenarios.naming import Names, listed
from scenarios.telling import day_words, tell
from scenarios.timeline import FULLY, NEWS, NOTHING, PARTLY, SURVEY, timeline
from sim.interventions import Scope


def made(*acts: dict[str, Any], **settings: Any) -> scenarios.Scenario:
    base = {"network": "central_mediterranean", "days": 100, "survey_days": []}
    return scenarios.load({**base, **settings, "interventions": list(acts)})


def act(kind: str = "firewall", **fields: Any) -> dict[str, Any]:
    return {"id": "it", "kind": kind, "scope": {"country": "NER"}, **fields}


def told(**fields: Any) -> str:
    return tell(made(act(**fields))).happenings[0][1]


@pytest.mark.parametrize("name", scenarios.library_names())
def test_every_scenario_of_the_library_can_be_told(name: str) -> None:
    scenario = scenarios.load(name)
    words = tell(scenario)
    assert [item for item, _ in words.happenings] == [
        item.id for item in sorted(scenario.interventions, key=lambda item: item.start)
    ]
    text = " ".join([*words.about, *(said for _, said in words.happenings)])
    assert f"{scenario.migrants:,}" in text
    assert "None" not in text
    assert "  " not in text
    lines = timeline(scenario, 80)
    assert max(map(len, lines)) <= 80


def test_who_where_and_when_are_said() -> None:
    breach = tell(scenarios.load("agadez_breach")).happenings[0][1]
    for piece in ("From day 90 on", "Red Cross Society of Niger in Agadez", "news on day 100",
                  "Niger, Algeria and Libya", "80 %"):
        assert piece in breach


def test_what_is_only_announced_or_secret_is_said() -> None:
    assert "announced and not done" in told(announced="only")
    assert "news" not in told(announced="only")
    assert "Nobody is told of it" in told(announced="never")


def test_manner_is_said_only_where_there_is_one() -> None:
    assert "90 % keep to it" in told(compliance="90 %")
    assert "full force after 10 days" in told(ramp=10)
    assert "one day in 7" in told(every=7)
    assert "50 % of its full strength" in told(strength=0.5)
    assert "keep to it" not in told()
    assert "On day 20, in Niger" in told(start=20, end=21)
    assert "From day 20 to day 39" in told(start=20, end=40)


def test_dates_stand_beside_days() -> None:
    dated = made(act(start="2026-03-11"), start_date="2026-03-01")
    assert "From day 10 (11 March 2026) on" in tell(dated).happenings[0][1]
    assert day_words(3, dated) == "day 3 (4 March 2026)"
    assert "1 Mar 26" in timeline(dated)[-1]


def test_people_and_settings_are_said() -> None:
    population = {"status": {"irregular": 1}, "zero_exposure": True, "present_at_start": 1}
    about = " ".join(tell(made(population=population, parameters={"bf": 5})).about)
    assert "100 % irregular" in about
    assert "nothing to fear: irregular" in about
    assert "bf is 5 instead of" in about
    assert "set out later" not in about


def test_scopes_in_words() -> None:
    names = Names(scenarios.load("central_mediterranean").route)
    assert names.where(Scope(all=True)) == "everywhere"
    assert names.where(Scope(leg="zuwara>lampedusa")) == "on the way from Zuwara to Lampedusa"
    assert names.where(Scope(family="rcrc", country="NER")) == (
        "at the service points of the Red Cross and Red Crescent in Niger")
    assert names.where(Scope(node="agadez", status="irregular")) == (
        "in Agadez for people whose status is irregular")
    assert listed(["a"]) == "a"
    assert listed(list("abcdef"), 4) == "a, b, c and 3 more"


def test_a_timeline_shows_when_what_is_in_force() -> None:
    act_ = act(start=20, end=60, ramp=20, announced=10)
    bar = timeline(made(act_, survey_days=[50]), 108)[0].split()[1]
    assert len(bar) == 100
    assert bar[:20] == NOTHING * 20
    assert bar[20:30] == PARTLY * 10
    assert bar[30] == NEWS
    assert bar[40:60] == FULLY * 20
    assert bar[60:] == NOTHING * 40
    survey = timeline(made(act_, survey_days=[50]), 108)[1]
    assert survey.index(SURVEY) == 8 + 50


def test_days_between_repeats_show_in_a_timeline() -> None:
    assert timeline(made(act(every=2, announced="never")), 58)[0].split()[1] == PARTLY * 50


def test_a_timeline_has_room_in_any_width() -> None:
    for width in (0, 10, 40, 300):
        lines = timeline(made(act(), days=10), width)
        assert len(lines) == 2
    assert len(timeline(made(), 60)) == 1
