"""What analyses say remembers how it was made, so that pages can tell it in other languages."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from dashboards import catalogs
from experiments.analysis import Runs, open_runs
from experiments.analysis.discovery import discover, search
from experiments.analysis.discovery import words as boxes_in_words
from experiments.analysis.discovery.box import Limit
from experiments.analysis.discovery.dimension import dimensions_of
from experiments.analysis.discovery.question import question_of
from experiments.analysis.discovery.tables import box_table
from experiments.analysis.sensitivity import analyse
from experiments.analysis.sensitivity import words as indices_in_words
from experiments.analysis.sensitivity.tables import index_tables
from scenarios.designing import Lever
from sim.problems import InputProblem
from sim.said import Amount, Heading, Listed, Said, Share
from tests.analysis_worlds import KIND, WALL, design, runs, sample

ROOT = Path(catalogs.__file__).parent.parent
NAMES = ("half_life_against", "bf", "omega")
LEVERS = (WALL, KIND)
FIVE = Lever("leak", "kind", ("a", "b", "c", "d"), ("a", "b", "c", "d"))
MANY = tuple(f"p{n}" for n in range(13))
KNOWN = {
    *NAMES, *MANY, "one", "two", "asked_ner", "other", "tiny", "wall.compliance", "leak.kind",
    *WALL.texts, *KIND.texts, *FIVE.texts, "median", "first", "sobol", "morris", "screening",
    "lhs", "below", "above", "sampler: {method: sobol}", "",
    *(f"{WALL.name} = {text}" for text in WALL.texts),
    *(f"{KIND.name} = {text}" for text in KIND.texts),
}  # fmt: skip
"""Names, which are the same in every language."""


@pytest.fixture(scope="module")
def gathered():
    return {message.id for message in catalogs.template("said") if message.id}


@pytest.fixture
def remembers(gathered):
    """Checks that a text comes out of templates that can be translated, and of names."""

    def check(text):
        if isinstance(text, Said):
            assert text.template in gathered
            whole = text.template.format(**text.values) if text.values else text.template
            assert str(text) == whole
            for value in text.values.values():
                check(value)
        elif isinstance(text, Listed):
            for word in text.words:
                check(word)
        elif type(text) is str:
            assert {part.strip("'") for part in text.split(", ")} <= KNOWN, text
        else:
            assert type(text) in (int, float, Share, Amount, Heading), text

    return check


def planted(place, wall, kind, rng):
    low = place[0] > 0.6 and place[1] < 0.7 and wall < 0.7 and kind != "photo"
    return (0.1 if low else 0.3) + rng.normal(0, 0.005)


def swept(method, points, outcome, names=NAMES, **more):
    made = design(method, points, names, **more)
    return made, runs(made, sample(made), outcome)


@pytest.mark.parametrize(
    "asked",
    [
        {"falls_by": 0.5},
        {"falls_by": 0.4},
        {"rises_by": 0.05, "against": "first"},
        {"above": 0.2},
        {},
    ],
)
def test_a_search_says_nothing_that_cannot_be_told(asked, remembers):
    made, frame = swept("lhs", 60, planted, levers=LEVERS, log=[NAMES[0]], replicates=2)
    frame.loc[3, "error"] = "it broke"
    frame.loc[5, "asked_ner"] = np.nan
    found = search(made, frame[:-9], question_of(made.outcomes[0], **asked), halves=4, boxes=2)
    assert len(found.warnings) == 4
    said = [*found.sentences, *found.warnings, boxes_in_words.how_to_read(found)]
    said += [row["words"] for row in found.rows]
    for text in said:
        assert isinstance(text, Said)
        remembers(text)
    for row in found.rows:
        remembers(row["title"])
    assert box_table(found).row_count == len(found.rows)


def test_a_search_without_an_answer_says_why(remembers):
    made, frame = swept("lhs", 300, lambda x, rng: rng.normal(10, 1), ("one", "two"))
    for below in (0.0, 9.0, 10.5, 99.0):
        found = search(made, frame, question_of(made.outcomes[0], below=below), halves=4)
        assert isinstance(found.ended, Said)
        remembers(found.sentences[0])
    said = []
    discover(Runs(made, frame), below=0.0, say=said.append)
    remembers(said[0])
    few, frame = swept("lhs", 9, lambda x, rng: x[0])
    remembers(search(few, frame, question_of(few.outcomes[0], below=0.5)).sentences[0])


def test_every_limit_can_be_told(remembers):
    made = design("lhs", 4, NAMES, levers=(WALL, FIVE))
    for at, dimension in enumerate(dimensions_of(made)):
        low, high = Limit(at, "low", 0.5), Limit(at, "high", 0.5)
        kinds = [[low], [high], [low, high]]
        if dimension.kind == "words":
            kinds = [[Limit(at, "among", among=frozenset(map(float, range(n))))] for n in (1, 2, 3)]
        for limits in kinds:
            text = boxes_in_words.limit_words(dimension, limits)
            assert isinstance(text, Said)
            remembers(text)


CASES = [
    ("sobol", 16, lambda x, rng: x[0] + rng.normal(0, 0.4), NAMES, {"replicates": 2}),
    ("sobol", 64, lambda x, rng: x[0] * x[1], NAMES, {"second_order": True}),
    ("sobol", 8, lambda x, rng: 3.0, NAMES, {}),
    ("sobol", 4, lambda x, rng: rng.normal(0, 1), NAMES, {}),
    ("morris", 4, lambda x, rng: 2 * x[0] - x[1] + 8 * (x[2] - 0.5) ** 2, NAMES, {}),
    ("morris", 4, lambda x, rng: sum(x), MANY, {}),
    ("lhs", 30, lambda x, rng: (x[0] - 0.5) ** 2 + rng.normal(0, 0.1), NAMES, {"replicates": 2}),
    ("lhs", 60, lambda x, rng: 2 * x[0] - x[1], NAMES, {}),
    ("lhs", 200, lambda x, rng: x[0], MANY, {}),
    ("lhs", 6, lambda x, rng: x[0], MANY, {}),
    ("lhs", 30, lambda x, a, b, rng: x[0] * a, NAMES, {"levers": LEVERS}),
]


@pytest.mark.parametrize(("method", "points", "outcome", "names", "more"), CASES)
def test_indices_say_nothing_that_cannot_be_told(method, points, outcome, names, more, remembers):
    made, frame = swept(method, points, outcome, names, **more)
    for each in (frame, frame[1:]):
        found = analyse(made, each)
        said = [*found.sentences, *found.warnings, indices_in_words.how_to_read(found.method)]
        for text in said:
            assert isinstance(text, Said)
            remembers(text)
        for row in found.rows:
            for column in ("parameter", "note", "title"):
                remembers(row[column])
        for heading, _ in index_tables(found):
            remembers(heading)


def test_refusals_can_be_told(remembers):
    made, frame = swept("lhs", 20, lambda x, rng: -x[0])
    one = made.outcomes[0]
    turned = design("sobol", 8, NAMES)
    for wrong in (
        lambda: question_of(one, below=1.0, above=2.0),
        lambda: question_of(one, against="median of", falls_by=0.5),
        lambda: question_of(one, against="first"),
        lambda: search(made, frame, question_of(one, falls_by=0.5)),
        lambda: search(made, frame, question_of(one, falls_by=0.5, against="first")),
        lambda: search(made, frame.assign(error="x"), question_of(one, below=0.5)),
        lambda: analyse(made, frame, outcomes=["asked"]),
        lambda: analyse(made, frame, outcomes=["q"]),
        lambda: analyse(made, frame, method="sobol"),
        lambda: analyse(made, frame, method="guess"),
        lambda: analyse(turned, runs(turned, sample(turned)[::-1], lambda x, rng: x[0])),
        lambda: open_runs(Runs(made, frame[:0])),
    ):
        with pytest.raises(InputProblem) as found:
            wrong()
        (problem,) = found.value.problems
        message = problem.message
        assert isinstance(message, Said)
        remembers(message.values.get("message", message))  # with or without what was given
        assert isinstance(problem.suggestion, Said)
        remembers(problem.suggestion)


def test_no_text_is_put_together_where_it_cannot_be_gathered():
    plain = []
    for folder in ("experiments/analysis", "dashboards/explore"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    texts = {"refusal": node.args[2:], "Said": node.args[:1]}.get(node.func.id, [])
                    wrong = (ast.JoinedStr, ast.BinOp, ast.IfExp)
                    wrong += (ast.Constant,) if node.func.id == "refusal" else ()
                    plain += [ast.unparse(node) for text in texts if isinstance(text, wrong)]
    assert plain == []
