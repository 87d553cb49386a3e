"""Comparing scenarios, with a stand-in for the model."""

import dataclasses
import json
import math
import sys

import numpy as np
import pytest

from experiments import Comparison, compare
from experiments.compare import _distinct, _enough
from experiments.comparing.method import Method
from experiments.comparing.words import precision_words
from experiments.memory import Memory
from experiments.outcome import MEASURES, OF_A_DAY
from sim.codes import CHANNELS
from sim.problems import InputProblem
from tests.experiment_fakes import SHOCK, FakeScenario, breach, model, network, plan, wall

__all__ = ["model"]

CALM = FakeScenario(plan())
LEAK = FakeScenario(plan("leak", interventions=(breach(),)))
WALL = FakeScenario(plan("leak_wall", interventions=(breach(), wall())))


@pytest.fixture
def found() -> Comparison:
    return compare(CALM, LEAK, WALL, replicates=4, threads=2)


def _row(comparison, measure, by="all", group="all", scenario="leak"):
    frame = comparison.differences
    chosen = frame[
        (frame["scenario"] == scenario) & (frame["measure"] == measure)
        & (frame["by"] == by) & (frame["group"] == group)
    ]  # fmt: skip
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_differences_by_hand(found):
    # From day 14 to day 39 two people of each of 8 statuses at the hub stay away.
    row = _row(found, "asked")
    assert (row["difference"], row["low"], row["high"]) == (-416, -416, -416)
    assert _row(found, "deterred", "node", "hub")["difference"] == 416
    assert _row(found, "asked", "node", "island")["difference"] == 0
    assert _row(found, "asked", "step", "transit")["difference"] == -416
    assert _row(found, "unmet")["difference"] == 416
    assert row["relative"] == pytest.approx(row["difference"] / row["base"])
    assert row["relative_low"] <= row["relative"] <= row["relative_high"]


def test_one_more_run_lies_around_the_mean(found):
    rows = found.differences[found.differences["by"] == "all"]
    known = rows.dropna(subset=["one_low", "low"])
    assert len(known) > 10
    assert (known["one_low"] <= known["low"]).all()
    assert (known["high"] <= known["one_high"]).all()
    # Four replicates: the spread of one is twice that of their mean, and the mean is unsure, too.
    wide = known[known["high"] > known["low"]]
    ratio = (wide["one_high"] - wide["one_low"]) / (wide["high"] - wide["low"])
    assert ratio.to_numpy() == pytest.approx(5**0.5)


def test_relative_to_nothing_is_null(found):
    rows = json.loads(found.to_json())["differences"]
    deterred = next(r for r in rows if r["measure"] == "deterred" and r["by"] == "all")
    assert deterred["base"] == 0
    assert deterred["relative"] is None


def test_channels_add_up(found):
    total = found.channels.groupby("scenario")["difference"].sum()
    assert total["leak"] == pytest.approx(_row(found, "deterred")["difference"])
    assert list(found.channels["channel"].unique()) == list(CHANNELS)


def test_json_has_the_agreed_keys(found):
    made = json.loads(found.to_json())
    assert {"scenarios", "replicates", "differences", "channels"} <= set(made)
    assert made["scenarios"] == ["calm", "leak", "leak_wall"]
    assert made["replicates"] == 4
    assert {
        "scenario", "measure", "by", "group", "base", "value", "difference", "low", "high",
        "relative",
    } <= set(made["differences"][0])  # fmt: skip
    assert {"scenario", "measure", "channel", "difference", "low", "high"} <= set(
        made["channels"][0]
    )
    assert {row["measure"] for row in made["differences"]} == set(MEASURES)
    assert {row["by"] for row in made["differences"]} == {
        "all", "status", "node", "step", "organisation", "day",
    }  # fmt: skip


def test_threads_change_nothing(found):
    alone = compare(CALM, LEAK, WALL, replicates=4, threads=1)
    assert alone.to_json() == found.to_json()


def test_a_scenario_against_itself_differs_in_nothing():
    found = compare(CALM, CALM, replicates=3)
    assert found.names == ("calm", "calm_again")
    assert not found.differences[["difference", "low", "high"]].to_numpy().any()


def test_replicates_differ_and_the_seed_of_the_baseline_counts():
    other = FakeScenario(plan("other_seed", seed=99))
    found = compare(CALM, other, replicates=3)
    assert not found.differences["difference"].any()
    asked = [run.value("asked") for run in found.outcomes("calm")]
    assert len(set(asked)) == 3


def test_few_people_are_marked(found):
    assert not found.differences[found.differences["by"] == "all"]["few"].any()
    few = compare(CALM, LEAK, replicates=2, days=5)
    organisations = few.differences[few.differences["by"] == "organisation"]
    assert set(organisations[organisations["few"]]["group"]) == {"un"}  # asked 15 times in all


def test_replicates_are_added_until_near_enough(model):
    tight = compare(CALM, LEAK, until_half_width=0.5)
    assert tight.replicates == 5
    near = [compare(CALM, LEAK, until_half_width=2e-5, threads=t) for t in (1, 3)]
    assert near[0].replicates == near[1].replicates > 5
    assert near[0].to_json() == near[1].to_json()
    row = _row(near[0], "help_seeking_rate")
    assert (row["high"] - row["low"]) / 2 <= 2e-5


def test_progress_counts_every_day():
    heard = []
    memory = Memory()
    for _ in range(2):  # the second time all is remembered
        compare(CALM, LEAK, CALM, replicates=2, days=20, memory=memory,
                progress=lambda *now: heard.append(now))
        # Twice three scenarios, each with 2 days of burn-in and 20 more.
        assert heard[0] == (0, 132)
        assert heard[-1] == (132, 132)
        done = [day for day, _ in heard]
        assert done == sorted(done)
        heard.clear()


def test_a_failing_run_ends_the_comparison(model):
    model.fail_on = ("leak", 1)
    with pytest.raises(RuntimeError, match="told to fail"):
        compare(CALM, LEAK, replicates=4, threads=2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"replicates": 1}, "replicates: 1 is too small. Give a whole number from 2"),
        ({"migrants": 0}, "migrants: 0 is too small"),
        ({"migrants": 10**12}, "is too large"),
        ({"days": -3}, "days: -3 is too small"),
        ({"days": 4000}, "too large"),
        ({"seed": -1}, "seed"),
        ({"threads": 0}, "threads"),
        ({"until_half_width": 0.0}, "until_half_width"),
        ({"out": "/dev/null"}, "out"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_runs(change, words, monkeypatch):
    monkeypatch.setattr(
        sys.modules["experiments.compare"], "_simulate", lambda *_: pytest.fail("it ran")
    )
    with pytest.raises(InputProblem) as told:
        compare(CALM, LEAK, **change)
    assert words in str(told.value)


def test_scenarios_that_cannot_be_paired_are_refused():
    elsewhere = dataclasses.replace(network(), nodes=network().nodes.iloc[:3])
    with pytest.raises(InputProblem, match="another network"):
        compare(CALM, FakeScenario(plan("far", network=elsewhere)))
    with pytest.raises(InputProblem, match="lasts 50 days"):
        compare(CALM, FakeScenario(plan("long", days=50)))
    with pytest.raises(InputProblem, match="stand for"):
        compare(CALM, FakeScenario(plan("coarse", people=1e6)))
    with pytest.raises(InputProblem, match="is missing"):
        compare(CALM)
    assert compare(CALM, FakeScenario(plan("long", days=50)), days=20, replicates=2).replicates == 2


def test_names_are_made_distinct():
    assert _distinct(["a", "a", "b", "a"]) == ("a", "a_again", "b", "a_again2")


def test_written_tables_say_the_same(found, tmp_path):
    out = found.write(tmp_path / "result")
    made = json.loads((out / "comparison.json").read_text())
    assert made == json.loads(found.to_json())
    table = np.genfromtxt(out / "differences.csv", delimiter=",", names=True, dtype=None)
    assert len(table) == len(found.differences)
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["kind"] == "compare"
    assert manifest["replicates"] == 4
    assert set(manifest["hashes"]["scenarios"]) == set(found.names)
    assert sorted(path.name for path in (out / "scenarios").iterdir()) == [
        "calm.yaml", "leak.yaml", "leak_wall.yaml",
    ]  # fmt: skip


def test_rows_of_days(found):
    days = found.differences.query("by == 'day' and scenario == 'leak'")
    assert list(days["measure"].unique()) == list(OF_A_DAY)
    assert list(days[days["measure"] == "asked"]["group"]) == [str(day) for day in range(40)]
    for measure in ("in_need", "asked", "deterred"):
        rows = days[days["measure"] == measure]
        assert rows["difference"].sum() == pytest.approx(_row(found, measure)["difference"])
        assert rows["base"].sum() == pytest.approx(_row(found, measure)["base"])
    rate = _row(found, "help_seeking_rate", "day", "20")
    asked, in_need = (_row(found, each, "day", "20") for each in ("asked", "in_need"))
    assert rate["base"] == pytest.approx(asked["base"] / in_need["base"], rel=0.05)
    before = days[days["group"].astype(int) < SHOCK]
    assert not before[["difference", "low", "high"]].to_numpy().any()
    willing = _row(found, "willingness", "day", "20")
    assert willing["difference"] < 0
    assert not days["few"].any()


def test_replicates_needed_are_those_of_the_row(found):
    row = _row(found, "help_seeking_rate")
    assert row["wanted"] == pytest.approx(abs(row["difference"]) / 10)
    near = compare(CALM, LEAK, WALL, replicates=4, half_width=3e-5)
    row = _row(near, "help_seeking_rate")
    assert row["wanted"] == 3e-5
    assert _row(near, "asked")["wanted"] == pytest.approx(3e-5 * _row(near, "asked")["base"])
    # With as many as that, it is about as near as that.
    more = compare(CALM, LEAK, replicates=int(row["needed"]))
    width = _row(more, "help_seeking_rate")
    assert (width["high"] - width["low"]) / 2 == pytest.approx(3e-5, rel=0.5)
    assert near.precision["needed"].iloc[0] == row["needed"]
    made = json.loads(near.to_json())["precision"][0]
    assert made["needed"] == int(row["needed"])
    assert set(made) == {"scenario", "measure", "half_width", "wanted", "needed", "pairing"}


def test_pairing_is_shown(found):
    base, leak = (
        np.array([run.value("help_seeking_rate") for run in found.outcomes(name)])
        for name in ("calm", "leak")
    )
    gain = (base.var(ddof=1) + leak.var(ddof=1)) / (leak - base).var(ddof=1)
    assert _row(found, "help_seeking_rate")["pairing"] == pytest.approx(gain)
    assert _row(found, "asked")["pairing"] == np.inf  # the same fear in every replicate
    words = precision_words(found)[0]
    assert words.startswith("leak: “asked, of days in need” differs by")
    assert f"{gain:,.0f} times as many unpaired runs" in words
    asked = next(r for r in json.loads(found.to_json())["differences"] if r["measure"] == "asked")
    assert asked["pairing"] is None


def test_the_same_scenario_twice_needs_no_more_runs():
    found = compare(CALM, CALM, replicates=2)
    assert "no chance in it at all" in precision_words(found)[0]
    assert _row(found, "asked", scenario="calm_again")["needed"] == 2


def test_bootstrap_instead_of_student():
    found, student = (compare(CALM, LEAK, replicates=9, interval=i) for i in ("bootstrap", "t"))
    assert found.to_dict()["interval"] == "paired bootstrap-t over replicates, 1,999 draws"
    assert student.to_dict()["interval"] == "paired Student t over replicates"
    rows = [_row(each, "help_seeking_rate") for each in (found, student)]
    assert rows[0]["difference"] == rows[1]["difference"]
    assert rows[0]["low"] != rows[1]["low"]
    assert rows[0]["low"] == pytest.approx(rows[1]["low"], rel=0.1)
    again = compare(CALM, LEAK, replicates=9, interval="bootstrap", threads=1)
    assert again.to_json() == found.to_json()
    assert compare(CALM, LEAK, until_half_width=0.5, interval="bootstrap").replicates == 8


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"interval": "magic"}, "interval: 'magic' is not a kind of interval. Give t or bootstrap"),
        ({"interval": "bootstrap", "replicates": 7}, "replicates: 7 is too few for a bootstrap"),
        ({"half_width": 0.0}, "half_width"),
        ({"half_width": 0.1, "until_half_width": 0.1}, "give one of the two"),
    ],
)
def test_intervals_that_cannot_be_are_refused(change, words):
    with pytest.raises(InputProblem) as told:
        compare(CALM, LEAK, **change)
    assert words.lower() in str(told.value).lower()


class _Rate:
    """An outcome of which only help-seeking is asked."""

    def __init__(self, rate: float) -> None:
        self._rate = rate

    def value(self, _: str) -> float:
        return self._rate


@pytest.mark.parametrize(
    ("differences", "student", "bootstrap"),
    [
        ([0.0] * 10, True, True),
        ([*[0.0] * 9, 0.01], True, False),  # a bootstrap cannot tell yet: that is not near enough
        ([math.nan] * 10, True, True),  # and never will, where nobody is in need
    ],
)
def test_an_interval_that_is_not_known_yet_is_not_near_enough(differences, student, bootstrap):
    found = [((_Rate(0.1), _Rate(0.1 + each)),) for each in differences]
    assert _enough(0.5, Method("t", 1), found) is student
    assert _enough(0.5, Method("bootstrap", 1), found) is bootstrap
