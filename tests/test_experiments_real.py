"""Experiments with the real model: a few hundred migrants on the Central Mediterranean route."""

import dataclasses
import json
import shlex

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from dashboards.report import report_html
from dashboards.report.reading import read_result
from dashboards.report.repeat import commands
from experiments import compare, run, survey_run
from experiments.cli import app
from scenarios import load
from sim.interventions import Scope
from sim.parameters import Parameters
from sim.problems import InputProblem

BASE, LEAK, WALL = "central_mediterranean", "agadez_breach", "agadez_breach_firewall"
SMALL = {"migrants": 400, "days": 130}


def _short(name, **changes):
    return dataclasses.replace(load(name), burn_in=60, **changes)


@pytest.fixture(scope="module")
def found():
    return compare(*map(_short, (BASE, LEAK, WALL)), **SMALL, replicates=3, threads=2)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = tmp_path_factory.mktemp("runs") / "made"
    run(_short(BASE), **SMALL, seed=4, out=place)
    return place


def test_threads_change_nothing(found):
    alone = compare(*map(_short, (BASE, LEAK, WALL)), **SMALL, replicates=3, threads=1)
    assert alone.to_json() == found.to_json()


def test_sums_agree_with_the_model(found):
    alone = run(_short(BASE), **SMALL, seed=found.settings.seed, posterior="evidence")
    summary = alone.summary
    first = found.outcomes(BASE)[0]
    for measure in ("in_need", "asked", "deterred", "unaware", "help_seeking_rate", "willingness"):
        assert first.value(measure) == pytest.approx(summary["totals"][measure])


def test_channels_add_up_to_what_was_deterred(found):
    for name in found.names:
        for outcome in found.outcomes(name):
            assert outcome.channels.sum() == pytest.approx(outcome.value("deterred"))


def test_nothing_differs_before_the_breach(found):
    base, leak = (np.array([o.by_day for o in found.outcomes(name)]) for name in (BASE, LEAK))
    assert np.array_equal(base[:, :90], leak[:, :90])


def test_breakdowns_add_up_to_the_whole(found):
    frame = found.differences
    in_need = frame[(frame["measure"] == "in_need") & (frame["scenario"] == LEAK)]
    whole = in_need[in_need["by"] == "all"]["base"].iloc[0]
    for by in ("status", "node", "step"):
        assert in_need[in_need["by"] == by]["base"].sum() == pytest.approx(whole)


def test_results_can_be_written(found, tmp_path):
    out = found.write(tmp_path / "result")
    assert (out / "help_seeking.png").stat().st_size > 50_000
    assert json.loads((out / "comparison.json").read_text())["scenarios"] == [BASE, LEAK, WALL]


def test_a_run_directory(made):
    summary = json.loads((made / "summary.json").read_text())
    assert summary["agent_steps"] > 0
    assert {a["question"] for a in summary["survey"]["answers"]} >= {"danger", "independent_here"}
    daily = pd.read_parquet(made / "daily.parquet")
    asked = daily[daily["measure"] == "asked"]["value"].sum()
    assert asked == summary["totals"]["asked"]
    points = pd.read_parquet(made / "points.parquet")
    assert points[points["measure"] == "asked"]["value"].sum() == asked
    assert daily["measure"].str.contains("danger").any()


def test_a_repeated_run_gives_the_same_answers(made, tmp_path):
    stored = survey_run(made, day=0)
    (tmp_path / "copy").mkdir()
    for path in made.iterdir():
        (tmp_path / "copy" / path.name).write_bytes(path.read_bytes())
    empty = pd.read_parquet(made / "survey.parquet").query("day != 0")
    empty.to_parquet(tmp_path / "copy" / "survey.parquet")
    again = survey_run(tmp_path / "copy", day=0)
    pd.testing.assert_frame_equal(stored, again, check_dtype=False, check_categorical=False)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"day": 130}, "give 0 to 129"),
        ({"sample": 0}, "sample"),
        ({"node": "agades"}, "did you mean 'agadez'"),
        ({"country": "XXX"}, "country"),
        ({"status": "iregular"}, "did you mean 'irregular'"),
    ],
)
def test_a_selection_that_cannot_be_is_refused_at_once(made, change, words):
    said = []
    with pytest.raises(InputProblem) as told:
        survey_run(made, **change, say=said.append)
    assert words in str(told.value).lower()
    assert said == []


def test_part_of_the_people(made):
    answers = survey_run(made, day=10, country="NER", status="irregular", sample=20)
    assert answers["n"].max() <= 20
    assert answers["group"].unique().tolist() == ["country:NER+status:irregular"]


def _with_two_channels(name):
    plan = load(name).plan()
    off = dict.fromkeys(
        ("channel_encounter", "channel_witness", "channel_hearsay", "channel_association"), 0.0
    )
    (act,) = plan.interventions or (None,)
    changes = {"start": 5, "end": None}
    if name == "clinic_police":  # few come to one clinic in a run as small as this
        changes["scope"] = Scope(all=True)
    acts = () if act is None else (act.model_copy(update=changes),)
    return dataclasses.replace(
        plan, burn_in=20, parameters=Parameters({**plan.parameters, **off}), interventions=acts
    )


class Planned:
    def __init__(self, plan):
        self._plan = plan

    def plan(self):
        return self._plan


@pytest.mark.parametrize(
    ("base", "other", "needs_a_channel"),
    [(BASE, LEAK, True), ("central_america", "clinic_police", False)],
)
def test_what_channels_add(base, other, needs_a_channel):
    found = compare(
        *(Planned(_with_two_channels(name)) for name in (base, other)),
        migrants=400, days=40, replicates=2, decompose=True,
    )  # fmt: skip
    table = found.decomposition
    assert list(table["channel"]) == 2 * ["rumour", "outreach", "direct"]
    whole = found.differences.query("by == 'all'").set_index("measure")["difference"]
    added = table.groupby("measure")["difference"].sum()
    for measure in ("deterred", "asked"):
        assert added[measure] == pytest.approx(whole[measure], rel=1e-9)
    direct = table.query("channel == 'direct' and measure == 'deterred'")["difference"].iloc[0]
    rumour = table.query("channel == 'rumour' and measure == 'deterred'")["difference"].iloc[0]
    # A breach is only heard of; officers at the door are seen by whoever comes.
    assert (direct == 0) == needs_a_channel
    assert rumour > 0 or not needs_a_channel


def test_a_report_says_how_to_make_the_same_numbers_again(found, tmp_path, monkeypatch):
    out = found.write(tmp_path / "result")
    first, second = commands(read_result(out))
    monkeypatch.chdir(out)
    for line in (first, second):
        result = CliRunner().invoke(app, shlex.split(line)[1:])
        assert result.exit_code == 0, result.stderr
    for name in ("comparison.json", "series.json", "route.json"):
        assert (out / name).read_bytes() == (out / "again" / name).read_bytes()
    html = (out / "again.html").read_text()
    for words in ("Agadez", "Niger", "The answer in three sentences", "Irregular status"):
        assert words in html


def test_a_run_has_a_report_with_what_the_survey_found(made):
    html = report_html(made, "es")
    assert "En encuestas reales (2022)" in html
    assert "Agadez" in html
