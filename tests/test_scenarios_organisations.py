"""What is said about wrong or odd settings of interventions that organisations carry out."""

from __future__ import annotations

from pathlib import Path

import pytest

import scenarios
from scenarios import load

TALK = "{id: talk, kind: rumour, topic: breach, scope: {node: agadez}}"


def problems(tmp_path: Path, *entries: str) -> list[str]:
    file = tmp_path / "mine.yaml"
    lines = "".join(f"  - {entry}\n" for entry in entries)
    file.write_text(f"extends: central_mediterranean\ninterventions:\n{lines}", encoding="utf-8")
    return [f"{p.field}: {p.message}; {p.suggestion}" for p in scenarios.check(file)]


@pytest.mark.parametrize(("entry", "said"), [
    ("{id: a, kind: rebuttal, answers: tal, scope: all}",
     "interventions.a.answers: 'tal' is no rumour or announced intervention of this scenario; "
     "did you mean talk?"),
    ("{id: a, kind: open_service_point, like: agadez_rcrc_helth, scope: {node: agadez}}",
     "interventions.a.like: 'agadez_rcrc_helth' is not a service point of the network; did you "
     "mean agadez_rcrc_health?"),
    ("{id: agadez_rcrc_health, kind: open_service_point, like: agadez_rcrc_health, "
     "scope: {node: gao}}",
     "interventions.agadez_rcrc_health.id: there is already a service point 'agadez_rcrc_health'; "
     "give the intervention another id: the new point bears it"),
    ("{id: a, kind: open_service_point, like: agadez_rcrc_health, scope: all}",
     "interventions.a.scope: a service point opens at a node: name it, or each of several once; "),
    ("{id: a, kind: partnership, partner: goverment, scope: all}",
     "interventions.a.partner: 'goverment' is not an organisation or a family of organisations of "
     "the network; did you mean government?"),
    ("{id: a, kind: safe_referral, to: nxt, scope: all}",
     "interventions.a.to: 'nxt' is not a service point of the network; did you mean next?"),
    ("{id: a, kind: conditional_funding, excludes: iregular, scope: all}",
     "interventions.a.excludes: 'iregular' is not a status of the model; did you mean irregular?"),
    ("{id: a, kind: staff_training, announced: 3 days, scope: all}",
     "interventions.a.announced: this kind is seen rather than announced; "),
    ("{id: a, kind: conditional_funding, accepted: no, announced: only, scope: all}",
     "interventions.a.accepted: money that is declined is no news of an agenda: leave announced "
     "out; "),
    ("{id: a, kind: staff_training, scope: {status: irregular}}",
     "interventions.a.scope: this kind cannot be limited to a status; "),
])
def test_what_is_wrong_is_said_with_the_remedy(tmp_path: Path, entry: str, said: str) -> None:
    assert said in problems(tmp_path, TALK, entry)


def test_a_point_that_opens_may_be_named_by_others(tmp_path: Path) -> None:
    opens = ("{id: bus, kind: mobile_clinic, like: agadez_rcrc_health, every: 7 days, "
             "scope: {node: [agadez, gao]}}")
    police = "{id: p, kind: co_located_enforcement, scope: {service_point: %s}}"
    onwards = "{id: r, kind: safe_referral, to: bus_gao, scope: {node: agadez}}"
    assert problems(tmp_path, opens, police % "bus_gao", onwards) == []
    assert "bus_gaoo" in problems(tmp_path, opens, police % "bus_gaoo")[0]


def test_an_answer_without_a_story_says_what_to_add(tmp_path: Path) -> None:
    (said,) = problems(tmp_path, "{id: a, kind: rebuttal, answers: talk, scope: all}")
    assert said.endswith("add a rumour for it to answer")


def test_a_scenario_with_a_new_point_survives_being_written(tmp_path: Path) -> None:
    problems(tmp_path, "{id: new, kind: open_service_point, like: agadez_rcrc_health, "
                       "capacity: 12.5, scope: {node: agadez, organisation: ngo_niger}}")
    made = load(tmp_path / "mine.yaml")
    copy = tmp_path / "copy.yaml"
    copy.write_text(made.to_yaml(), encoding="utf-8")
    again = load(copy)
    assert again == made
    network = again.plan().network
    assert network.added == ("new",)
    assert network.points.set_index("id").loc["new", "capacity_per_day"] == 12.5
    assert made.route.added == ()
