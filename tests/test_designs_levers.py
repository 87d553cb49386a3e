"""Designs: levers that cannot be, and how they are tried together."""

from __future__ import annotations

from typing import Any

import pytest

import scenarios
from scenarios.designing import check_design, load_design
from tests.design_files import GOOD, changed, errors, one_error, warnings


@pytest.mark.parametrize(
    ("lever", "field", "words"),
    [
        ({"intervention": "wal"}, "1.intervention", "did you mean wall?"),
        ({"field": "complience"}, "1.field", "did you mean compliance?"),
        ({"field": "scope"}, "1.field", "cannot be varied"),
        ({"field": "recipient"}, "1.field", "has no setting"),
        ({"values": []}, "1.values", "empty"),
        ({"values": 3}, "1.values", "list"),
        ({"values": ["50 %", "110 %"]}, "wall.compliance", "not between"),
        ({"values": ["50 %", 0.5]}, "wall.compliance", "second time"),
        ({"field": "end", "values": [200, 150]}, "wall.end", "not after the start"),
        ({"field": "announced", "values": ["nevr"]}, "wall.announced", "did you mean never?"),
        ({"intervention": "leak", "field": "recipient", "values": [["NER", "DZAA"]]},
         "leak.recipient", "did you mean DZA?"),
        ({"value": [1]}, "1.value", "did you mean values?"),
    ],
)
def test_levers_that_cannot_be(lever: dict[str, Any], field: str, words: str) -> None:
    whole = GOOD["levers"][0] | lever
    found = one_error(levers=[whole])
    assert found.field == f"levers.{field}"
    assert words in found.sentence().replace("Did", "did")


def test_levers_are_tried_together() -> None:
    end = {"intervention": "wall", "field": "end", "values": [200, 260]}
    start = {"intervention": "wall", "field": "start", "values": [210, 180]}
    found = one_error(levers=[start, end])
    assert found.message == "the end, day 200, is not after the start, day 210"
    later = {**end, "values": [220, 260]}
    made = load_design(changed(levers=[start, later]))
    assert [lever.values for lever in made.levers] == [(210, 180), (220, 260)]
    assert one_error(levers=[start, start]).message == "'wall.start' is varied twice"
    (odd,) = warnings(levers=[{**start, "values": [180, 400]}])
    assert odd.field == "levers.wall.start"
    early = {**start, "values": [20, 40]}
    assert warnings(constants={"days": 120}, levers=[early]) == []  # though the scenario's is late


def test_lists_of_names_can_be_levers() -> None:
    made = load_design(changed(levers=[
        {"intervention": "leak", "field": "recipient", "values": [["NER", "DZA"], "NER"]}]))
    assert made.levers[0].values == (("NER", "DZA"), ("NER",))
    assert made.levers[0].texts == ("NER, DZA", "NER")


def test_a_lever_cannot_silence_a_story_that_is_answered() -> None:
    whole = changed(scenario="agadez_rumour_early_answer", levers=None)
    assert check_design(whole) == []
    story = next(item for item in scenarios.load("agadez_rumour_early_answer").interventions
                 if item.kind != "rebuttal")
    other = {"intervention": "answer", "field": "answers", "values": [story.id, "storyy"]}
    ids = [item.id for item in scenarios.load("agadez_rumour_early_answer").interventions]
    other["intervention"] = next(name for name in ids if name != story.id)
    found = errors(scenario=whole["scenario"], levers=[other])
    assert [p.field for p in found] == [f"levers.{other['intervention']}.answers"]


def test_too_many_combinations_of_levers() -> None:
    many = [{"intervention": "wall", "field": name, "values": [n / 200 for n in range(101)]}
            for name in ("compliance", "strength")]
    assert "10,201 combinations" in one_error(levers=many).message
