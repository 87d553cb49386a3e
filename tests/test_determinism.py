"""The same causes give the same bytes, and a cause reaches only whom it can reach."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
from sim.codes import BY_ASSOCIATION
from sim.interventions import Intervention
from sim.model import TrustModel
from sim.parameters import Parameters
from sim.plan import Plan
from tests.worlds import LIVELY, QUIET, act, body, make_plan, model_of, of_danger, route

ALL_KINDS = [
    act("data_breach", id="leak", point="agadez_rcrc_health", recipient="ITA", start=5),
    act("co_located_enforcement", id="police", node="agadez", start=3, end=20),
    act("firewall", id="wall", node="tripoli", start=8), act("outreach", id="word", start=2),
    act("rumour", id="talk", node="gao", start=4, reach=0.3)]


def real_plan(**changes: Any) -> Plan:
    """Some weeks on the Central Mediterranean route, with much going on."""
    plan = scenarios.load("central_mediterranean").plan()
    values: dict[str, Any] = {
        "migrants": 7_500, "days": 40, "burn_in": 40, "survey_days": (),
        "interventions": tuple(ALL_KINDS), "parameters": Parameters.of({"capacity_scale": 0.2})}
    return replace(plan, **values | changes)


def hash_each_day(model: TrustModel) -> list[str]:
    seen = []
    while model.running:
        model.step()
        seen.append(model.state_hash())
    return seen


def records(model: TrustModel) -> list[bytes]:
    """Everything that a run counts, as bytes."""
    it = model.record
    return [it.counts.tobytes(), it.shares.tobytes(), it.by_point.tobytes(), it.stories.tobytes(),
            it.opinions.tobytes()]


@pytest.fixture(scope="module")
def alone() -> TrustModel:
    """The run that others are compared with, on one thread."""
    return TrustModel(real_plan()).run()


# --- same bytes ----------------------------------------------------------------------------------

def test_the_run_is_eventful(alone: TrustModel) -> None:
    totals = alone.record.totals()
    for name in ("served", "turned_away", "deterred", "detentions", "registrations"):
        assert totals[name] > 0, name
    assert (of_danger(alone)[:, :BY_ASSOCIATION] > 0.0).any(axis=0).all(), "an unused channel"
    assert alone.record.stories.max() > 5


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_threads_and_repetition_change_nothing(alone: TrustModel, threads: int) -> None:
    again = TrustModel(real_plan(), threads=threads).run()
    assert again.world.people >= 3 * 2048 or threads < 3, "too few people for two blocks"
    assert again.state_hash() == alone.state_hash()
    assert records(again) == records(alone)
    assert again.summary() == alone.summary()


def test_two_runs_side_by_side_do_not_disturb_each_other() -> None:
    plan = real_plan(migrants=1_000)
    expected = hash_each_day(TrustModel(plan))
    one, two = TrustModel(plan), TrustModel(real_plan(migrants=700, seed=9))
    seen = []
    while one.running:
        one.step()
        two.step()
        seen.append(one.state_hash())
    assert seen == expected


SCRIPT = """
import sys
from tests.test_determinism import real_plan, TrustModel
print(TrustModel(real_plan(migrants=900, days=15)).run().state_hash())
"""


def test_another_process_gives_the_same_bytes() -> None:
    here = TrustModel(real_plan(migrants=900, days=15)).run().state_hash()
    root = Path(__file__).parent.parent
    for hash_seed in ("0", "12345"):
        found = subprocess.run(
            [sys.executable, "-c", SCRIPT], cwd=root, capture_output=True, text=True, check=True,
            env={**_environment(), "PYTHONHASHSEED": hash_seed}, timeout=300)
        assert found.stdout.strip() == here


def _environment() -> dict[str, str]:
    import os

    return dict(os.environ)


def test_what_is_looked_at_does_not_matter() -> None:
    """Reading, summaries and tables between the days leave no trace."""
    plan = real_plan(migrants=600)
    expected = hash_each_day(TrustModel(plan))
    model = TrustModel(plan)
    seen = []
    while model.running:
        model.step()
        if model.day > 0:
            model.summary()
            model.record.to_frame()
        seen.append(model.state_hash())
    assert seen == expected


def test_seed_and_replicate_are_different_luck() -> None:
    hashes = {TrustModel(real_plan(migrants=300, seed=seed, days=3), replicate=replicate).run()
              .state_hash() for seed in (0, 1, 2) for replicate in (0, 1, 2)}
    assert len(hashes) == 9


# --- order ---------------------------------------------------------------------------------------

@pytest.mark.parametrize("order", [(4, 3, 2, 1, 0), (2, 4, 0, 3, 1)])
def test_the_order_of_interventions_does_not_matter(order: Sequence[int]) -> None:
    """Five that act on different things: what comes of them is the same in any order."""
    plan = real_plan(migrants=1_000)
    moved = replace(plan, interventions=tuple(ALL_KINDS[n] for n in order))
    one, other = TrustModel(plan).run(), TrustModel(moved).run()
    assert (one.record.counts == other.record.counts).all()
    assert (one.record.shares == other.record.shares).all()
    assert one.state_hash() == other.state_hash()


def test_one_more_intervention_leaves_the_luck_of_others_alone(tmp_path: Path) -> None:
    """A second rumour, in a place where nobody is, written before the first."""
    network = route(tmp_path)
    talk = act("rumour", id="talk", node="town", start=10, reach=0.2)
    other = act("rumour", id="nothing", node="city", start=0, reach=0.5)
    runs = [model_of(network, acts, days=25).run() for acts in ([talk], [other, talk])]
    assert (runs[0].record.counts == runs[1].record.counts).all()
    assert (of_danger(runs[0]) == of_danger(runs[1])).all()
    assert (of_danger(runs[0]) > 0.0).any()


# --- one more person -----------------------------------------------------------------------------

ALONE: dict[str, float] = QUIET | {
    name: value for name, value in LIVELY.items() if name not in ("meetings_per_day",)} | {
    "detention_rate": 0.005, "outreach_rate": 0.1, "news_reach": 0.1, "raid_rate": 0.02,
    "onset_acute": 0.02}
"""Nobody meets, calls, or reads sources: people share only the world."""


def lives(model: TrustModel) -> dict[int, tuple[bytes, bytes]]:
    """What became of each person, by key."""
    me = body(model)
    mind = model.world.tables.mind[: model.world.people]
    fields = list(me.dtype.names or ())
    ties = np.where(mind["ties"] >= 0, model.world.tables.body["key"][mind["ties"]], 0)
    rest = [name for name in mind.dtype.names or () if name != "ties"]
    return {
        int(me["key"][i]): (
            b"".join(me[i][name].tobytes() for name in fields),
            b"".join(mind[i][name].tobytes() for name in rest) + ties[i].tobytes())
        for i in range(me.size)}


def acts_on_route() -> list[Intervention]:
    return [act("data_breach", point="clinic", recipient="CCC", start=10),
            act("co_located_enforcement", point="school", start=5, end=15),
            act("firewall", point="clinic", start=20), act("outreach", start=3),
            act("rumour", node="town", start=6, reach=0.2)]


@pytest.mark.parametrize("more", [1, 7])
def test_more_migrants_change_nobody_else(tmp_path: Path, more: int) -> None:
    network = route(tmp_path)
    runs = [TrustModel(make_plan(
        network, migrants=count, days=40, burn_in=15, at_once=False, present_at_start=0.5,
        interventions=acts_on_route(), parameters=ALONE)) for count in (300, 300 + more)]
    compared = 0
    while runs[0].running:
        for model in runs:
            model.step()
        few, many = (lives(model) for model in runs)
        assert set(few) <= set(many)
        assert len(many) - len(few) <= more
        for key, life in few.items():
            assert many[key] == life
            compared += 1
    assert len(many) - len(few) == more
    assert compared > 5_000


def test_with_meetings_one_more_migrant_changes_somebody_and_not_everybody(
        tmp_path: Path) -> None:
    network = route(tmp_path)
    runs = [TrustModel(make_plan(
        network, migrants=count, days=20, interventions=acts_on_route(),
        parameters=ALONE | {"meetings_per_day": 0.5})).run() for count in (300, 301)]
    few, many = (lives(model) for model in runs)
    changed = [key for key in few if many[key] != few[key]]
    assert 0 < len(changed) < 200


# --- scale ---------------------------------------------------------------------------------------

def test_results_do_not_depend_on_how_many_people_are_simulated() -> None:
    """The same people, simulated by 5,000, 20,000 and 80,000 migrants: the means agree.

    Witnessing and stories counted per agent instead of per person once changed fear by a fifth
    from one size to the next; half of that would be seen here.
    """
    plan = real_plan(days=120, burn_in=60, interventions=())
    means, errors = [], []
    for migrants, replicates in {5_000: 8, 20_000: 4, 80_000: 2}.items():
        seen = []
        for replicate in range(replicates):
            model = TrustModel(plan, migrants=migrants, replicate=replicate, threads=2).run()
            totals = model.record.totals()
            present = model.record.counts[model.record.opinion_days][..., model.record.present]
            fear = model.record.opinions[..., -1].sum() / present.sum()
            seen.append([fear, totals["asked"] / totals["in_need"],
                         totals["deterred"] / totals["in_need"],
                         totals["unaware"] / totals["in_need"]])
        means.append(np.mean(seen, axis=0))
        errors.append(np.std(seen, axis=0, ddof=1) / np.sqrt(replicates))
    middle = means[1]
    for mean, error in zip(means, errors, strict=True):
        assert (error < 0.03 * middle).all(), "the test is too weak to say anything"
        assert (np.abs(mean - middle) < 0.08 * middle).all(), means
