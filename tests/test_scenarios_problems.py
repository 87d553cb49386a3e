"""How mistakes are told."""

from __future__ import annotations

import pickle

from sim.problems import InputProblem, Problem, nearest, quoted


def test_a_sentence_names_file_line_field_value_and_remedy() -> None:
    problem = Problem(
        file="my.yaml", line=4, column=7, field="days", value="90 dys",
        message="not a length of time", suggestion="write it like 90 days",
    )  # fmt: skip
    assert problem.sentence() == (
        "my.yaml:4:7: days: not a length of time (it says 90 dys). Write it like 90 days."
    )


def test_a_sentence_without_a_place_and_with_a_question() -> None:
    problem = Problem(message="there is no scenario 'agades'", value="agades",
                      suggestion="did you mean agadez?")
    assert problem.sentence() == "there is no scenario 'agades'. Did you mean agadez?"


def test_long_values_are_shortened_and_stay_on_one_line() -> None:
    problem = Problem(field="title", value="x\n" * 500, message="it is too long")
    assert len(problem.sentence()) < 120
    assert "\n" not in problem.sentence()
    assert len(quoted("y" * 500)) <= 60


def test_an_input_problem_holds_all_and_survives_pickling() -> None:
    faults = InputProblem([Problem(message="one"), Problem(message="two", severity="warning")])
    again = pickle.loads(pickle.dumps(faults))
    assert [p.message for p in again.problems] == ["one", "two"]
    assert str(again) == "one.\ntwo."
    assert InputProblem(Problem(message="alone")).problems == [Problem(message="alone")]


def test_nearest() -> None:
    words = ["agadez", "Tripoli", "tamanrasset"]
    assert nearest("agades", words) == "agadez"
    assert nearest("TRIPOLI", words) == "Tripoli"
    assert nearest("qqq", words) is None
    assert nearest("", words) is None
    assert nearest("x" * 100_000, words) is None
