"""Stylised facts hold: each sign in twenty paired replicates, each null within its margin."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.facts import EXPERIMENTS, Fact, check_facts
from experiments.facts.breaches import leak
from experiments.facts.fact import verdict
from experiments.facts.living import ordinary, pair, with_acts
from sim.problems import InputProblem

REPLICATES = 20


@pytest.mark.parametrize("name", [experiment.name for experiment in EXPERIMENTS])
def test_facts_hold(name: str) -> None:
    for found in check_facts([name], replicates=REPLICATES, threads=1):
        assert found.replicates == REPLICATES
        assert found.holds, found.sentence()


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
