"""Targets: the library's are those of the evidence, and files of one's own are read with care."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from experiments.evidence import ids
from experiments.targets import ask, chosen, read_targets, targets_text, written_in
from scenarios import load
from sim.problems import InputProblem
from sim.survey.published import PUBLISHED

WRITTEN = written_in()
SCENARIO = load("central_mediterranean")
LIBRARY = {target.id: target for target in ask(WRITTEN, SCENARIO)}


SURVEY = [each for each in LIBRARY.values() if each.quantity.question and not each.value.baseline]


def test_every_target_stands_on_evidence():
    for target in LIBRARY.values():
        assert target.evidence, target.id
        assert set(target.evidence) <= ids(), target.id


def test_answers_of_surveys_are_as_published():
    for target in SURVEY:
        asked = target.quantity
        (status,) = asked.group.status or ("",)
        places = [("node", name) for name in asked.place.node]
        places += [("country", name) for name in asked.place.country]
        for kind, name in places or [("status", status)]:
            group = f"{kind}:{name}" if name else "all"
            known = PUBLISHED[group][asked.question, asked.answer]
            assert known.share == pytest.approx(target.observed, abs=0.005), target.id
            assert known.evidence in target.evidence


def test_figures_of_effects_are_those_of_the_table():
    from experiments.evidence import load as table

    rows = table("calibration_targets").set_index("id")["target"]
    for family in ("T16", "T17", "T18", "T19"):
        written = [abs(float(n)) / 100 for n in re.findall(r"-?[\d.]+", rows[family])]
        assert sorted(written) == sorted(
            abs(each.observed) for each in LIBRARY.values() if each.family == family
        )


def test_tolerances_are_those_of_the_table():
    from experiments.evidence import load as table

    rows = table("calibration_targets").set_index("id")["suggested_tolerance"]
    for target in LIBRARY.values():
        written = rows.get(target.family, "")
        if written.startswith("+-"):
            half = float(re.findall(r"[\d.]+", written)[0])
            assert target.tolerance == pytest.approx(half if half < 1 else half / 100), target.id
    assert (LIBRARY["T17"].low, LIBRARY["T17"].high) == (-0.40, -0.15)


def test_people_are_asked_on_the_last_day_unless_said_otherwise():
    assert {target.quantity.day for target in SURVEY} == {SCENARIO.days - 1}


def test_a_part_of_an_id_means_all_its_parts():
    found = [each.id for each in chosen(["T03", "T01"], WRITTEN)]
    assert found == ["T03_here", "T03_origin", "T01"]
    assert len(chosen(["T15"], WRITTEN)) == 5
    both = chosen(["T15_smugglers", "T15"], WRITTEN)
    assert (both[0].id, len(both)) == ("T15_smugglers", 5)


@pytest.mark.parametrize(
    ("word", "advice"),
    [("T7", "Did you mean T07?"), ("t10", "Did you mean T10?"), ("xyz", "Choose among N01, N02")],
)
def test_an_unknown_id_is_answered_with_the_nearest(word: str, advice: str):
    with pytest.raises(InputProblem, match=advice.replace("?", r"\?")):
        chosen([word], WRITTEN)


def test_targets_written_out_are_read_again(tmp_path: Path):
    file = tmp_path / "targets.yaml"
    file.write_text(targets_text(LIBRARY.values()), encoding="utf-8")
    assert read_targets(file, SCENARIO) == tuple(LIBRARY.values())


def test_measures_can_be_targets_too(tmp_path: Path):
    file = tmp_path / "own.yaml"
    file.write_text(
        "targets:\n  - {id: visits, measure: asked, per: in_need, place: {node: agadez}, "
        "observed: 2 %, low: 0.01, high: 0.05}\n",
        encoding="utf-8",
    )
    (target,) = read_targets(file, SCENARIO)
    assert (target.quantity.name, target.observed, target.kind) == ("visits", 0.02, "level")


RANGE = "observed: 0.2, low: 0.1, high: 0.3"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"{{id: a, question: dangr, answer: agree, {RANGE}}}", "Did you mean danger?"),
        (f"{{id: a, question: danger, answer: agre, {RANGE}}}", "Did you mean agree?"),
        (f"{{id: a, question: danger, answer: agree, wen: 3, {RANGE}}}", "no setting 'wen'"),
        (f"{{id: a, kind: levl, question: danger, answer: agree, {RANGE}}}", "Did you mean level?"),
        ("{id: a, question: danger, answer: agree, observed: 0.2, low: 0.3, high: 0.1}",
         "low (0.3) is not below high (0.1)"),
        ("{id: a, question: danger, answer: agree, observed: 0.4, low: 0.1, high: 0.3}",
         "does not lie from low"),
        ("{id: a, question: danger, answer: agree, low: 0, high: 0.3}", "observed: it is missing"),
        (f"{{id: 3 b, question: danger, answer: agree, {RANGE}}}", "cannot be an id"),
        (f"{{id: a, question: danger, answer: agree, place: {{node: agades}}, {RANGE}}}",
         "Did you mean agadez?"),
        (f"{{id: a, {RANGE}}}", "neither a measure nor a question"),
        (f"{{id: a, question: danger, answer: agree, day: 999, {RANGE}}}", "lies after the run"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, line: str, said: str):
    file = tmp_path / "own.yaml"
    file.write_text(f"targets:\n  - {line}\n", encoding="utf-8")
    with pytest.raises(InputProblem) as caught:
        read_targets(file, SCENARIO)
    assert said in str(caught.value)
    assert f"{file}:2" in str(caught.value)


def test_an_id_twice_and_an_empty_file(tmp_path: Path):
    file = tmp_path / "own.yaml"
    row = f"  - {{id: a, question: danger, answer: agree, {RANGE}}}\n"
    file.write_text(f"targets:\n{row}{row}", encoding="utf-8")
    with pytest.raises(InputProblem, match=r"own\.yaml:3.*used twice"):
        written_in(file)
    file.write_text("target: []\n", encoding="utf-8")
    with pytest.raises(InputProblem, match="Did you mean targets"):
        written_in(file)
