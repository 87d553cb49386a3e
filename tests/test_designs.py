"""Designs: what is varied, how many runs that makes, and what is refused."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

import scenarios
from scenarios.designing import (
    check_design,
    combinations_of,
    load_design,
    points_of,
    runs_of,
)
from sim.parameters import REGISTRY
from sim.problems import InputProblem
from tests.design_files import EVERY_KIND, GOOD, changed, errors, one_error, warnings

FORMS = """
name: breach_and_repair
scenario: agadez_breach_firewall
sampler: {method: sobol, points: 256}      # grid lhs sobol morris
seed: 7
replicates: 5
constants: {migrants: 5000, days: 365}
uncertainties:
  half_life_against: {low: 60 days, high: 720 days, scale: log}
  meetings_per_day: default                # range and scale of the registry
levers:
  - {intervention: wall, field: compliance, values: [0 %, 50 %, 100 %]}
outcomes:
  - {name: asked_ner, measure: asked, per: in_need, group: {status: irregular}, \
place: {country: NER}, window: {from: 90 days, to: 180 days}}
targets: [T01, T05, T07]                   # calibration only
"""


def written(text: str, folder: Path) -> Path:
    path = folder / "design.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_design_of_the_forms(tmp_path: Path) -> None:
    made = load_design(written(FORMS, tmp_path))
    assert (made.name, made.seed, made.replicates) == ("breach_and_repair", 7, 5)
    assert (made.sampler.method, made.sampler.points) == ("sobol", 256)
    assert made.constants == {"migrants": 5000, "days": 365}
    life, meetings = made.uncertainties
    assert (life.name, life.low, life.high, life.scale) == ("half_life_against", 60, 720, "log")
    registered = REGISTRY["meetings_per_day"]
    assert (meetings.low, meetings.high) == (registered.low, registered.high)
    assert meetings.scale == registered.scale
    (lever,) = made.levers
    assert (lever.name, lever.values) == ("wall.compliance", (0.0, 0.5, 1.0))
    assert lever.texts == ("0 %", "50 %", "100 %")
    (asked,) = made.outcomes
    assert (asked.measure, asked.per, asked.group.status) == ("asked", "in_need", ("irregular",))
    assert (asked.place.country, asked.window.start, asked.window.stop) == (("NER",), 90, 180)
    assert made.targets == ("T01", "T05", "T07")
    assert (points_of(made), runs_of(made)) == (256 * 4, 256 * 4 * 3 * 5)


def test_constants_are_put_into_the_scenario() -> None:
    constants = {"migrants": 700, "days": "120 days", "half_life_for": "12 weeks", "omega": "40 %"}
    made = load_design(changed(constants=constants, levers=None, outcomes=[
        {"name": "last", "question": "danger", "answer": "agree"}]))
    library = scenarios.load("agadez_breach_firewall")
    assert made.scenario == dataclasses.replace(
        library, migrants=700, days=120, parameters={"half_life_for": 84.0, "omega": 0.4})
    assert made.constants == {"migrants": 700, "days": 120, "half_life_for": 84, "omega": 0.4}
    assert made.outcomes[0].day == 119


def test_without_constants_the_scenario_stays_as_it_is() -> None:
    made = load_design(changed(constants=None))
    assert made.scenario == scenarios.load("agadez_breach_firewall")


@pytest.mark.parametrize("text", [FORMS, EVERY_KIND], ids=["forms", "everything"])
def test_the_complete_text_gives_the_same_design(text: str, tmp_path: Path) -> None:
    made = load_design(written(text, tmp_path))
    again = load_design(written(made.text, tmp_path))
    assert again == made
    assert again.text == made.text


def test_levers_take_every_kind_of_value(tmp_path: Path) -> None:
    made = load_design(written(EVERY_KIND, tmp_path))
    assert {lever.field: lever.values for lever in made.levers} == {
        "start": (60, 90), "end": (None, 200), "announced": ("never", 10), "strength": (0.8, 0.5),
    }  # fmt: skip
    assert [u.values for u in made.uncertainties] == [(0.0, 1.0), (2.0, 3.5, 1.0)]
    assert (combinations_of(made), points_of(made), runs_of(made)) == (16, 6, 96)
    assert made.outcomes[-1].day == 10


def test_a_design_names_scenarios_beside_it(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("extends: agadez_breach_firewall\nseed: 9\n")
    for name in ("mine", "mine.yaml"):
        text = FORMS.replace("scenario: agadez_breach_firewall", f"scenario: {name}")
        made = load_design(written(text, tmp_path))
        assert (made.scenario.name, made.scenario.seed) == ("mine", 9)
    (fault,) = check_design(written(text.replace("mine.yaml", "../mine.yaml"), tmp_path))
    assert fault.field == "scenario"
    assert "outside" in fault.message


def test_a_design_is_given_back_and_cannot_change() -> None:
    made = load_design(GOOD)
    assert load_design(made) is made
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.seed = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("sampler", "points"),
    [
        ({"method": "grid", "points": 7}, 7 * 7),
        ({"method": "lhs", "points": 7}, 7),
        ({"method": "sobol", "points": 8}, 8 * (2 + 2)),
        ({"method": "sobol", "points": 8, "second_order": "yes"}, 8 * (2 * 2 + 2)),
        ({"method": "morris", "points": 7, "levels": 6}, 7 * (2 + 1)),
    ],
)
def test_points_of_every_method(sampler: dict[str, Any], points: int) -> None:
    made = load_design(changed(sampler=sampler, replicates=2))
    assert points_of(made) == points
    assert runs_of(made) == points * 3 * 2


def test_points_are_as_many_as_salib_makes() -> None:
    from SALib.sample import morris, sobol

    for number in (2, 5):
        names = [n for n, p in REGISTRY.items() if p.low < p.high and p.unit != "switch"][:number]
        space = {"num_vars": number, "names": names, "bounds": [[0, 1]] * number}
        uncertain = dict.fromkeys(names, "default")
        for second in (False, True):
            made = load_design(changed(uncertainties=uncertain, sampler={
                "method": "sobol", "points": 4, "second_order": second}))
            assert points_of(made) == len(sobol.sample(space, 4, calc_second_order=second))
        made = load_design(changed(uncertainties=uncertain,
                                   sampler={"method": "morris", "points": 3}))
        assert points_of(made) == len(morris.sample(space, 3))


@pytest.mark.parametrize("sampler", [None, {"method": "grid"}, {"method": "lhs"}])
def test_nothing_but_replicates(sampler: Any) -> None:
    made = load_design(changed(sampler=sampler, uncertainties=None, levers=None, replicates=30))
    assert (points_of(made), combinations_of(made), runs_of(made)) == (1, 1, 30)
    assert made.warnings == ()


def test_what_a_sampler_needs() -> None:
    def told(**sampler: Any) -> tuple[str, str]:
        found = one_error(sampler=sampler)
        return found.field, found.suggestion

    assert told(method="soboll", points=4) == ("sampler.method", "did you mean sobol?")
    assert told(method="sobol", points=100) == ("sampler.points", "write 128")
    assert told(method="sobol", points=90) == ("sampler.points", "write 64")
    assert told(method="morris", points=9, levels=5) == ("sampler.levels", "write 6")
    assert told(method="lhs") == ("sampler.points", "add points: 200")
    assert told(method="lhs", points=0)[0] == "sampler.points"
    assert told(method="grid", points=1)[0] == "sampler.points"
    assert told(method="lhs", points=9, levels=8)[0] == "sampler.levels"
    assert told(method="lhs", points=9, second_order=True)[0] == "sampler.second_order"
    assert told(method="lhs", pints=9) == ("sampler.pints", "did you mean points?")
    assert one_error(sampler=None).field == "sampler"


def test_how_much_must_be_uncertain() -> None:
    one = {"bf": "default"}
    assert one_error(uncertainties=one, sampler={"method": "sobol", "points": 4}).message == (
        "sobol needs at least 2 uncertainties")
    assert errors(uncertainties=one, sampler={"method": "morris", "points": 4}) == []
    assert one_error(uncertainties=None, sampler={"method": "morris", "points": 4}).field == (
        "sampler.method")
    (odd,) = warnings(uncertainties=None)
    assert odd.field == "sampler.points"


def test_how_many_runs_are_possible() -> None:
    assert one_error(replicates=0).field == "replicates"
    assert errors(replicates=10_000_000 // 30) == []
    found = one_error(replicates=10_000_000 // 30 + 1)
    assert found.field == "sampler"
    assert "10,000,020 runs" in found.message


@pytest.mark.parametrize(
    ("name", "range_", "field", "words"),
    [
        ("half_life", "default", "", "did you mean half_life_for?"),
        ("migrants", {"low": 5, "high": 9}, "", "put it under constants"),
        ("wall.compliance", {"low": 0, "high": 1}, "", "lever"),
        ("bn", {"low": 4, "high": 3}, ".low", "not below"),
        ("bn", {"low": 4, "high": 4}, ".low", "not below"),
        ("bn", {"low": 4}, ".high", "missing"),
        ("bn", {"low": 4, "hihg": 5}, ".hihg", "did you mean high?"),
        ("bn", {"low": 4, "high": "5 days"}, ".high", "unit"),
        ("omega", {"low": "10 %", "high": 1.5}, ".high", "1.5 %"),
        ("half_life_for", {"low": -3, "high": 90}, ".low", "makes no sense"),
        ("half_life_for", {"low": 0, "high": 90}, ".low", "log scale"),
        ("bn", {"low": -1, "high": 4, "scale": "log"}, ".low", "log scale"),
        ("bn", {"low": 3, "high": 4, "scale": "lgo"}, ".scale", "did you mean log?"),
        ("bn", {"values": [3, 4]}, ".values", "for a grid"),
        ("bn", [3, 4], "", "values"),
        ("bn", 3, "", "default"),
        ("prior_weight", "default", "", "no range"),
        ("channel_witness", "default", "", "on or off"),
        ("channel_witness", {"low": 0, "high": 1}, "", "on or off"),
    ],
)
def test_ranges_that_cannot_be(name: str, range_: Any, field: str, words: str) -> None:
    found = errors(uncertainties={"bf": "default", name: range_})
    assert [p.field for p in found[:1]] == [f"uncertainties.{name}{field}"]
    assert words in found[0].sentence().replace("Did", "did").replace("Put", "put")


def test_ranges_beyond_the_plausible_are_odd() -> None:
    (odd,) = warnings(uncertainties={"bn": {"low": 1, "high": 7}})
    assert odd.field == "uncertainties.bn.low"
    assert "plausible range" in odd.message
    assert load_design(changed(uncertainties={"bn": {"low": 1, "high": 7}})).warnings == (odd,)


def test_values_of_a_grid() -> None:
    def told(values: Any, **more: Any) -> list[str]:
        found = errors(sampler={"method": "grid", "points": 3},
                       uncertainties={"bf": "default", "omega": {"values": values, **more}})
        return [p.message for p in found]

    assert told([0.2, "40 %"]) == []
    assert told([0.2, "20 %"]) == ["'20 %' stands here a second time"]
    assert told([]) == ["it is empty"]
    assert told([0.2, 2]) == ["2 is more than the whole"]
    assert told([0.2], low=0.1) == ["low and values cannot both be given"]


@pytest.mark.parametrize(
    ("constants", "field", "suggestion"),
    [
        ({"migrnts": 5}, "migrnts", "did you mean migrants?"),
        ({"omga": 5}, "omga", "did you mean omega?"),
        ({"meetings_per_day": 1}, "meetings_per_day", "remove it here or under uncertainties"),
        ({"migrants": 0}, "migrants", "write a larger number"),
        ({"days": "1 year"}, "days", "write 365 days"),
        ({"omega": "5 days"}, "omega", "write it like 15 % or 0.15"),
    ],
)
def test_constants_that_cannot_be(
    constants: dict[str, Any], field: str, suggestion: str
) -> None:
    found = one_error(constants=constants)
    assert (found.field, found.suggestion) == (f"constants.{field}", suggestion)


def test_odd_constants() -> None:
    assert warnings(constants={"days": 170}) == []  # the scenario's surveys of later days
    (odd,) = warnings(constants={"omega": "99 %"})
    assert odd.field == "constants.omega"
    late = warnings(constants={"days": 120})
    assert [p.field for p in late] == ["interventions.wall.start"]


def test_all_faults_at_once_with_their_places(tmp_path: Path) -> None:
    text = (FORMS.replace("sobol", "soboll").replace("seed: 7", "seed: -7")
            .replace("migrants: 5000", "migrnts: 5000")
            .replace("intervention: wall", "intervention: wal")
            .replace("60 days", "6o days").replace("measure: asked", "measure: askd")
            .replace("targets", "tragets"))
    found = check_design(written(text, tmp_path))
    assert [(p.line, p.column, p.field) for p in found] == [
        (4, 19, "sampler.method"), (5, 7, "seed"), (7, 13, "constants.migrnts"),
        (9, 28, "uncertainties.half_life_against.low"), (12, 20, "levers.1.intervention"),
        (14, 32, "outcomes.asked_ner.measure"), (15, 1, "tragets"),
    ]  # fmt: skip
    assert found[1].sentence().startswith(f"{tmp_path / 'design.yaml'}:5:7: seed: it must be at")
    with pytest.raises(InputProblem) as refused:
        load_design(tmp_path / "design.yaml")
    assert refused.value.problems == found


def test_scenarios_that_cannot_be() -> None:
    assert one_error(scenario="agadez_breech").suggestion == "did you mean agadez_breach?"
    assert one_error(scenario=None).message == "it is missing"
    assert one_error(scenario=3).field == "scenario"
    inline = errors(scenario={"extends": "agadez_breach_firewall", "burn_in": "x"})
    assert [p.field for p in inline] == ["burn_in"]


def test_a_design_must_ask_something() -> None:
    assert one_error(outcomes=None).field == "outcomes"
    assert errors(outcomes=None, targets=["T01"]) == []
    assert load_design(changed(outcomes=None, targets="T01")).targets == ("T01",)


def test_designs_that_do_not_exist() -> None:
    with pytest.raises(InputProblem, match="Did you mean what_matters"):
        load_design("what_maters")
    with pytest.raises(InputProblem, match="It is a scenario"):
        load_design("agadez_breach")
    assert check_design("no/such/file.yaml")[0].field == "design"
    assert check_design({"scenario": object()})[0].severity == "error"
