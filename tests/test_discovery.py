"""Discovery: planted boxes are found again, and nothing is found where there is nothing."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from experiments.analysis.discovery import search
from experiments.analysis.discovery.question import question_of
from experiments.cli import app
from sim.problems import InputProblem
from tests.analysis_worlds import KIND, WALL, design, runs, sample, swept

NAMES = ("half_life_against", "bf", "omega")
LEVERS = (WALL, KIND)


def planted(place, wall, kind, rng):
    """Half as much in a box: first above 0.6, second below 0.7, wall at most 50 %, no photo."""
    low = place[0] > 0.6 and place[1] < 0.7 and wall < 0.7 and kind != "photo"
    if rng.random() < 0.03:
        low = not low
    return (0.1 if low else 0.3) + rng.normal(0, 0.005)


@pytest.fixture(scope="module")
def world():
    made = design("lhs", 80, NAMES, levers=LEVERS, log=["half_life_against"])
    return made, runs(made, sample(made), planted)


@pytest.fixture(scope="module")
def found(world):
    made, frame = world
    question = question_of(made.outcomes[0], falls_by=0.5)
    return search(made, frame, question, halves=5, boxes=1)


def test_whoever_listens_can_end_a_search():
    made = design("lhs", 12, NAMES, levers=LEVERS, log=["half_life_against"])
    frame = runs(made, sample(made), planted)
    question = question_of(made.outcomes[0], falls_by=0.5)
    told = []

    def tick(done, most):
        told.append((done, most))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search(made, frame, question, halves=5, boxes=2, tick=tick)
    assert told == [(0, 12), (1, 12), (2, 12)]


def test_a_planted_box_is_found(found):
    (box,) = found.boxes
    limits = found.table.set_index("dimension")
    assert set(limits.index) == {"half_life_against", "bf", "wall.compliance", "leak.kind"}
    edge = 10 * 100**0.6  # on the log scale from 10 to 1000 days
    assert limits.loc["half_life_against", "side"] == "low"
    assert limits.loc["half_life_against", "value"] == pytest.approx(edge, rel=0.12)
    assert limits.loc["bf", "side"] == "high"
    assert limits.loc["bf", "value"] == pytest.approx(0.7, abs=0.05)
    assert limits.loc["wall.compliance", "value"] == 0.5
    assert limits.loc["leak.kind", "among"] == "list; talk"
    assert box.density > 0.85
    assert box.coverage > 0.6
    assert box.held.density == pytest.approx(box.density, abs=0.15)
    assert (limits["found_again"] >= 0.75).all()
    assert limits["quasi_p"].max() < 0.05
    low, high = limits.loc["bf", ["again_low", "again_high"]]
    assert low <= high <= 1


def test_the_numbers_are_those_of_the_box_in_words(found, world):
    _, frame = world
    (box,) = found.boxes
    limits = found.table.set_index("dimension")["value"]
    low = frame["asked_ner"] <= 0.5 * frame["asked_ner"].median()
    inside = (
        (frame["half_life_against"] > limits["half_life_against"])
        & (frame["bf"] < limits["bf"])
        & (frame["wall.compliance"] <= 0.5)
        & (frame["leak.kind"] != "photo")
    )
    assert box.cases == inside.sum()
    assert box.density == (low & inside).sum() / inside.sum()
    assert box.coverage == (low & inside).sum() / low.sum()
    assert box.mass == inside.mean()


def test_it_is_told_in_a_sentence(found):
    words = found.sentences[1]
    begin = "asked_ner falls by half or more against the median of all cases (0.30) when "
    assert words.replace("0.2995", "0.30").startswith(begin)
    assert "half_life_against (half-life of bad news) is above 1" in words
    assert "wall.compliance is at most 50 % and leak.kind is not photo: true in " in words
    assert "% of such cases (" in words.replace("\N{NO-BREAK SPACE}", " ")
    assert "of all in which it is so" in words
    assert found.sentences[-1].startswith("The ranges of half_life_against and bf are at least")


def test_bounds_stay_within_the_range_that_was_explored(found):
    for box in found.boxes:
        for each in box.limits:
            if each.limit.side != "among":
                column = found.cases.inputs[:, each.limit.dimension]
                assert column.min() <= each.limit.value <= column.max()


def test_it_is_the_same_again(found, world, tmp_path):
    made, frame = world
    again = search(made, frame, question_of(made.outcomes[0], falls_by=0.5), halves=5, boxes=1)
    pd.testing.assert_frame_equal(found.table, again.table)
    pd.testing.assert_frame_equal(found.trajectory, again.trajectory)
    for name, each in (("one", found), ("two", again)):
        each.write(tmp_path / name)
    for file in ("boxes.csv", "boxes.png", "boxes.svg", "trajectory.png", "discovery.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_the_way_to_the_box_is_kept(found):
    way = found.trajectory
    assert way["coverage"].iloc[0] == 1
    assert way["mass"].iloc[0] == 1
    assert way["density"].iloc[-1] > way["density"].iloc[0]
    assert way["chosen"].sum() == 1
    balance = 2 * way["coverage"] * way["density"] / (way["coverage"] + way["density"])
    assert way.loc[balance.idxmax(), "chosen"]


def test_a_second_box_is_searched_outside_the_first():
    made = design("lhs", 300, ("one", "two"))

    def outcome(place, rng):
        return 0.0 if place[0] > 0.8 or place[1] > 0.85 else 1.0

    found = search(
        made, runs(made, sample(made), outcome), question_of(made.outcomes[0], below=0.5), halves=6
    )
    assert len(found.boxes) >= 2
    assert found.boxes[0].box.holds(found.cases.inputs).sum() == found.boxes[0].cases
    assert sum(box.hits for box in found.boxes) <= found.cases.hit.sum()
    assert sum(box.coverage for box in found.boxes) > 0.8
    assert found.sentences[2].startswith("Apart from that, also when")


@pytest.mark.parametrize("seed", [1, 2])
def test_where_there_is_nothing_it_says_so(seed, tmp_path):
    made = design("lhs", 150, NAMES)
    frame = runs(made, sample(made), lambda place, rng: rng.normal(10, 1), seed=seed)
    found = search(made, frame, question_of(made.outcomes[0]), halves=6)
    assert found.boxes == []
    assert "nobody can say: no conditions were found that hold up" in found.sentences[0]
    assert not list(found.write(tmp_path / "none").glob("*.png"))
    assert found.table.empty


@pytest.mark.parametrize(
    ("points", "below", "said"),
    [
        (20, 0.5, "20 cases are too few to search"),
        (60, 0.05, "it is so in 3 of 60 cases"),
        (60, 0.999, "nearly always"),
        (60, -1.0, "in 0 % of all cases"),
    ],
)
def test_too_few_are_called_too_few(points, below, said):
    made = design("lhs", points, NAMES)
    frame = runs(made, sample(made), lambda place, rng: place[0])
    found = search(made, frame, question_of(made.outcomes[0], below=below))
    assert found.boxes == []
    assert said in found.sentences[0].replace("\N{NO-BREAK SPACE}", " ")


def test_the_command_writes_what_it_says(world, tmp_path, monkeypatch):
    made, frame = world
    monkeypatch.setattr(
        "experiments.analysis.discovery.searching.open_runs",
        lambda of, **given: swept(tmp_path, made, frame[frame["point"] < 79]),
    )
    words = ["discover", str(tmp_path), "--falls-by", "40 %", "--boxes", "1", "--halves", "4"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert "asked_ner falls by 40" in result.stdout
    assert "9 of 720 runs are missing" in " ".join(result.stderr.split())
    files = {path.name for path in (tmp_path / "discovery").iterdir()}
    assert files == {
        "discovery.json", "boxes.csv", "trajectory.csv", "manifest.json", "boxes.png", "boxes.svg",
        "trajectory.png", "trajectory.svg",
    }  # fmt: skip
    made_json = json.loads((tmp_path / "discovery" / "discovery.json").read_text())
    assert set(made_json["boxes"][0]) >= {"coverage", "density", "mass", "limits", "p"}
    assert set(made_json["boxes"][0]["limits"][0]) >= {
        "dimension", "side", "value", "quasi_p", "found_again", "source",
    }  # fmt: skip
    asked = ["discover", str(tmp_path), "--json", "--below", "-1"]
    assert json.loads(CliRunner().invoke(app, asked).stdout)["boxes"] == []
    for more, said in (
        (["--outcome", "asked_nar"], "did you mean 'asked_ner'?"),
        (["--below", "1", "--above", "2"], "cannot be asked together"),
        (["--falls-by", "a lot"], "falls_by"),
        (["--falls-by", "10 %", "--against", "mean"], "give median or first"),
        (["--against", "first"], "add --falls-by or --rises-by"),
    ):
        refused = CliRunner().invoke(app, ["discover", str(tmp_path), *more])
        assert refused.exit_code == 2, more
        assert said.casefold() in refused.stderr.casefold()


def test_nothing_that_varies_is_refused():
    made = design("grid", 1, [])
    with pytest.raises(InputProblem, match="nothing varies"):
        search(
            made,
            runs(made, np.empty((1, 0)), lambda place, rng: 1.0),
            question_of(made.outcomes[0]),
        )
