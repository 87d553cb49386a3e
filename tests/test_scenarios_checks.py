"""Everything wrong or odd in a file, all at once, with place and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import scenarios
from sim.problems import Problem
from tests.faulty_network import write_good

FAULTY = """\
name: Bad Name
titel: hello
network: central_mediterranean
days: 90 dys
migrants: 20
half_life_against: 3
population:
  people: 200,000
  migrants: 0
  present_at_start: 150 %
  status: {irregular: 60 %, asylum_seker: 40 %}
  zero_exposure: [irregular, oter]
parameters: {half_life_agains: 240 days, half_life_for: 15 %, meetings_per_day: -1}
survey_days: [0, 2024-01-01, -5]
interventions:
  - id: leak
    kind: data_breech
  - id: leak
    kind: data_breach
    start: 900 days
    end: 3
    announced: nevr
    scope: {organisation: rcrc_nigr, nod: agadez, node: [agades, tripoli], status: irregulr}
    recipient: [Niger, DZX]
    share: 80
  - kind: firewall
    start: [1]
  - 3
  - {id: story, kind: rumour, topic: breech, announced: 3, scope: all}
"""

EXPECTED = [
    (1, "name", "agadez_breach"),
    (2, "titel", "did you mean title?"),
    (4, "days", "did you mean 90 days?"),
    (5, "migrants", "put it under population"),
    (6, "half_life_against", "put it under parameters"),
    (8, "population.people", "write 200000"),
    (9, "population.migrants", "larger"),
    (10, "population.present_at_start", "15 %"),
    (11, "population.status", "did you mean asylum_seeker?"),
    (12, "population.zero_exposure", "did you mean other?"),
    (13, "parameters.half_life_agains", "did you mean half_life_against?"),
    (13, "parameters.half_life_for", "90 days"),
    (13, "parameters.meetings_per_day", "write a value between"),
    (14, "survey_days.1", "start_date"),
    (14, "survey_days.2", "0 days"),
    (17, "interventions.leak.kind", "did you mean data_breach?"),
    (18, "interventions.leak", "its own id"),
    (21, "interventions.leak.end", ""),
    (22, "interventions.leak.announced", "did you mean never?"),
    (23, "interventions.leak.scope.organisation", "did you mean rcrc_niger?"),
    (23, "interventions.leak.scope.nod", "did you mean node?"),
    (23, "interventions.leak.scope.node", "did you mean agadez?"),
    (23, "interventions.leak.scope.status", "did you mean irregular?"),
    (24, "interventions.leak.recipient", "did you mean NER?"),
    (24, "interventions.leak.recipient", "did you mean DZA?"),
    (25, "interventions.leak.share", "did you mean 80 %?"),
    (26, "interventions.3.id", "add it"),
    (26, "interventions.3.scope", "scope: all"),
    (27, "interventions.3.start", "90 days"),
    (28, "interventions.4", "kind: data_breach"),
    (29, "interventions.story.topic", "did you mean breach?"),
    (29, "interventions.story.announced", ""),
]


def check(**settings: Any) -> list[Problem]:
    return scenarios.check({"network": "central_mediterranean", **settings})


def one(**settings: Any) -> Problem:
    (problem,) = check(**settings)
    return problem


def breach(**settings: Any) -> dict[str, Any]:
    base = {"id": "leak", "kind": "data_breach", "start": 90, "recipient": ["NER"],
            "scope": {"node": "agadez"}}
    return {**base, **settings}


def test_all_faults_at_once_in_the_order_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "faulty.yaml"
    path.write_text(FAULTY, encoding="utf-8")
    found = scenarios.check(str(path))
    assert sorted((p.line, p.field) for p in found) == sorted(row[:2] for row in EXPECTED)
    places = [(p.line, p.column) for p in found]
    assert places == sorted(places)
    for line, field, remedy in EXPECTED:
        assert any(
            p.line == line and p.field == field and remedy in p.suggestion for p in found
        ), (line, field)
    assert all(p.severity == "error" and p.file == str(path) and p.column for p in found)


@pytest.mark.parametrize(
    ("settings", "field", "says"),
    [
        ({"population": {"migrants": 10**12}}, "population.migrants", "at most 50,000,000"),
        ({"population": {"migrants": 0.5}}, "population.migrants", "not a whole number"),
        ({"population": {"migrants": None}}, "population.migrants", "nothing is not"),
        ({"population": {"people": -3}}, "population.people", "more than 0"),
        ({"population": {"people": float("inf")}}, "population.people", "not a number"),
        ({"population": {"status": {}}}, "population.status", "empty"),
        ({"population": {"status": {"regular": 0.5}}}, "population.status", "add up to 50 %"),
        ({"population": 3}, "population", "a group of settings"),
        ({"days": 0}, "days", "at least 1"),
        ({"days": "20000 days"}, "days", "at most 7,300"),
        ({"days": 10**400}, "days", "count with"),
        ({"burn_in": -1}, "burn_in", "at least 0"),
        ({"seed": -1}, "seed", "at least 0"),
        ({"seed": 2**63}, "seed", "less than"),
        ({"start_date": "soon"}, "start_date", "not a date"),
        ({"title": ["a"]}, "title", "must be text"),
        ({"title": "x" * 2000}, "title", "longer than"),
        ({"interventions": 3}, "interventions", "must be a list"),
        ({"interventions": [{}] * 201}, "interventions", "more than 200"),
        ({"parameters": {"half_life_against": 10**9}}, "parameters.half_life_against", "hundred"),
        ({"parameters": {"half_life_against": None}}, "parameters.half_life_against", "nothing"),
    ],
)
def test_absurd_values(settings: dict[str, Any], field: str, says: str) -> None:
    found = [p for p in check(**settings) if p.field == field]
    assert len(found) == 1
    assert says in found[0].message
    assert found[0].severity == "error"


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"interventions": [breach(start=500)]}, "interventions.leak.start"),
        ({"interventions": [breach(end=500)]}, "interventions.leak.end"),
        ({"interventions": [breach(announced=300)]}, "interventions.leak.announced"),
        ({"interventions": [breach(announced=-100)]}, "interventions.leak.announced"),
        ({"interventions": [breach(scope={"node": "agadez", "organisation": "rcrc_mali"})]},
         "interventions.leak.scope"),
        ({"population": {"people": 100, "migrants": 1000}}, "population.people"),
        ({"survey_days": [400]}, "survey_days"),
        ({"parameters": {"half_life_against": 5000}}, "parameters.half_life_against"),
    ],
)
def test_legal_but_odd(settings: dict[str, Any], field: str) -> None:
    problem = one(**settings)
    assert (problem.severity, problem.field) == ("warning", field)
    made = scenarios.load({"network": "central_mediterranean", **settings})
    assert made.warnings == (problem,)


def test_inherited_survey_days_are_not_warned_about(tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text("extends: central_mediterranean\ndays: 60 days\n")
    assert scenarios.check(path) == []


def test_a_scope_must_name_something() -> None:
    for scope in ({}, {"node": []}, {"all": False}):
        assert "nothing says where" in one(interventions=[breach(scope=scope)]).message


def test_a_recipient_is_needed() -> None:
    entry = breach()
    del entry["recipient"]
    problem = one(interventions=[entry])
    assert (problem.field, problem.message) == ("interventions.leak.recipient", "it is missing")


def test_names_in_plain_language_lead_to_ids() -> None:
    node = one(interventions=[breach(scope={"node": "Tamanraset"})])
    assert node.suggestion == "did you mean tamanrasset?"
    country = one(interventions=[breach(scope={"country": "Libya"})])
    assert country.suggestion == "did you mean LBY?"
    useless, unknown = check(interventions=[breach(scope={"leg": "agadez>rome"})])
    assert "is not a leg" in unknown.message
    assert useless.message == "this kind cannot be limited to a leg"


def test_a_good_file_has_nothing_to_say() -> None:
    assert check(interventions=[breach()]) == []


def test_a_place_that_nobody_gets_to_is_odd(tmp_path: Path) -> None:
    route = write_good(tmp_path)
    (route / "here.yaml").write_text(
        "network: own\ninterventions:\n"
        "- {id: wall, kind: firewall, scope: {node: town}}\n"
        "- {id: far, kind: firewall, scope: {node: city}}\n", encoding="utf-8")
    (route / "own").mkdir()
    for file in route.glob("*.csv"):
        file.rename(route / "own" / file.name)
    assert scenarios.check(route / "here.yaml") == []
    # Now the only way leads from the city to the town, and nobody sets out in the city.
    legs = (route / "own" / "legs.csv").read_text(encoding="utf-8")
    legs = legs.replace("town,city,no", "city,town,no")
    (route / "own" / "legs.csv").write_text(legs, encoding="utf-8")
    nodes = (route / "own" / "nodes.csv").read_text(encoding="utf-8")
    nodes = nodes.replace("long_stay,,0.9,0.2,0.3,200,0,1", "long_stay,,0.9,0.2,0.3,200,0,0")
    nodes = nodes.replace("0.3,10,0,0,1", "0.3,10,0,1,1")
    (route / "own" / "nodes.csv").write_text(nodes, encoding="utf-8")
    problems = scenarios.check(route / "here.yaml")
    odd = [p for p in problems if p.severity == "warning"]
    assert [p.field for p in odd] == ["interventions.far.scope"], problems
    assert "get to city" in odd[0].message
