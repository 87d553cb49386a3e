"""Stylised facts hold: each sign in twenty paired replicates, each null within its margin."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.facts import EXPERIMENTS, Experiment, Fact, check_facts
from experiments.facts.breaches import leak
from experiments.facts.fact import verdict
from experiments.facts.living import lived, ordinary, pair, side_by_side, with_acts
from experiments.facts.remembering import Remembered
from sim.model import TrustModel
from sim.problems import InputProblem

REPLICATES = 20


# Those of as many people as most begin in the same ordinary times, which are lived once for all.
USUAL = Experiment._field_defaults["migrants"]
TOGETHER = [experiment.name for experiment in EXPERIMENTS if experiment.migrants == USUAL]
ALONE = [[experiment.name] for experiment in EXPERIMENTS if experiment.migrants != USUAL]


@pytest.mark.parametrize("names", [TOGETHER, *ALONE], ids="-".join)
def test_facts_hold(names: list[str]) -> None:
    verdicts = check_facts(names, replicates=REPLICATES, threads=1)
    facts = [fact for each in EXPERIMENTS if each.name in names for fact in each.facts]
    assert [found.fact for found in verdicts] == facts
    assert all(found.replicates == REPLICATES for found in verdicts)
    assert [found.sentence() for found in verdicts if not found.holds] == []


def test_facts_have_names_of_their_own_and_evidence() -> None:
    facts = [fact for experiment in EXPERIMENTS for fact in experiment.facts]
    assert len({fact.id for fact in facts}) == len(facts)
    assert all(fact.evidence for fact in facts)
    assert all((fact.sign == "nothing") == (fact.margin > 0) for fact in facts)


@pytest.mark.parametrize(
    ("sign", "change", "holds"),
    [
        ("falls", -0.1, True), ("falls", 0.0, False), ("falls", 0.1, False),
        ("rises", 0.1, True), ("rises", 0.0, False), ("rises", -0.1, False),
        ("nothing", 0.0, True), ("nothing", 0.1, False), ("nothing", -0.1, False),
        ("same", 0.0, False),
    ],
)  # fmt: skip
def test_verdicts_by_hand(sign: str, change: float, holds: bool) -> None:
    luck = np.random.default_rng(3)
    base = luck.normal(100.0, 5.0, 40)
    other = base * (1.0 + change) + luck.normal(0.0, 1.0, 40)
    margin = 0.03 if sign == "nothing" else 0.0
    for relative in (True, False):
        scale = 1.0 if relative else 100.0
        fact = Fact("it", "Q01", "It", sign, relative, margin * scale)  # type: ignore[arg-type]
        found = verdict(fact, base, other)
        assert found.holds == holds
        assert found.interval.low <= change * scale + 1 <= found.interval.high + 2
        assert ("NOT" in found.sentence()) != holds


def test_what_is_the_same_must_be_so_to_the_last_bit() -> None:
    fact = Fact("it", "Q01", "It", "same")
    base = np.array([1.0, 2.0, 3.0])
    assert verdict(fact, base, base.copy()).holds
    assert not verdict(fact, base, base + np.array([0.0, 0.0, 1e-12])).holds


def test_a_pair_lives_alike_until_it_parts() -> None:
    base = ordinary(migrants=100, days=60)
    calm, leaked = pair(base, 0, with_acts(base, leak()))
    assert calm.day == leaked.day == 30
    assert calm.state_hash() == leaked.state_hash()
    leaked.step()
    calm.step()
    assert calm.state_hash() != leaked.state_hash()


def test_unknown_experiments_are_refused() -> None:
    with pytest.raises(InputProblem, match="Did you mean remote"):
        check_facts(["remot"])


def test_what_another_experiment_has_lived_changes_nothing() -> None:
    base = ordinary(migrants=100, days=60)
    plans = [with_acts(base, leak()), with_acts(base, leak("only")), base]
    afresh = [TrustModel(plan, replicate=1).run().state_hash() for plan in plans]
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        runs = lived(*(plans[n] for n in order[:1]), 1, *(plans[n] for n in order[1:]))
        assert [run.state_hash() for run in runs] == [afresh[n] for n in order]
        for _ in side_by_side(pair(base, 1, plans[0])):
            pass
    other = lived(base, 2)[0]
    assert other.state_hash() == TrustModel(base, replicate=2).run().state_hash() != afresh[2]


def test_only_what_was_lived_lately_is_kept() -> None:
    base = ordinary(migrants=100, days=2)
    size = TrustModel(base).nbytes
    lately = Remembered(most_bytes=3 * size)
    first = lately.whole(base, 0)
    assert lately.whole(base, 0) is first
    for number in range(1, 4):
        lately.whole(base, number)
    assert lately.whole(base, 3) is lately.whole(base, 3)
    again = lately.whole(base, 0)
    assert again is not first
    assert again.state_hash() == first.state_hash()
