"""Random numbers pass a battery of tests as the model keys them, and bad generators do not.

The causes are fixed, so the outcome is too: a failure means that the generator, the keys or the
tests have changed. docs/randomness.md says what is tested and shows what was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from experiments.pages import block as between_marks
from sim.network import compile_network
from sim.plan import Plan
from sim.population import populate
from sim.randomness import block, gumbel, name_hash, normal_quantile, philox, run_key, uniform
from tests.random_battery import BATTERY, Sample, rank_shares
from tests.random_page import LEVEL, PAGE, derived, found, found_of_bad, tables
from tests.random_streams import (
    BAD,
    Causes,
    migrant_key,
    neighbourhoods,
    philox_blocks,
    philox_rounds,
)

FALSE_ALARMS = 1e-3
"""All tests together reject a perfect generator at most this often (Bonferroni)."""
MAKE = "run: python -m tests.random_page"
EDGES = [0, 1, 2, 2**31 - 1, 2**31, 2**31 + 1, 2**32 - 2, 2**32 - 1]


def some_words(number: int = 20_000) -> list[int]:
    """Words that the model draws, and those at the edges."""
    causes = neighbourhoods()["people of one cohort"].spread(number)
    return EDGES + [int(word) for word in philox_blocks(causes)[:, 0]]


# --- the words that are tested are those of the model ------------------------------------------

@pytest.mark.parametrize(("counter", "key", "answer"), [
    # Random123, kat_vectors, philox4x32 with 7 rounds; those with 10 are in test_randomness.py.
    ("00000000 00000000 00000000 00000000", "00000000 00000000",
     "5f6fb709 0d893f64 4f121f81 4f730a48"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff",
     "5207ddc2 45165e59 4d8ee751 8c52f662"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0",
     "4dfccaba 190a87f0 c47362ba b6b5242a"),
])
def test_fewer_rounds_give_their_published_answers(counter: str, key: str, answer: str) -> None:
    words = [[np.array(int(word, 16), np.uint64) for word in part.split()]
             for part in (counter, key)]
    assert [f"{word:08x}" for word in philox_rounds(7, *words)] == answer.split()


def test_the_ten_thousandth_number_is_that_of_the_cpp_standard() -> None:
    # C++26, std::philox4x32: seed 20111115; the 10000th number is the last word of block 2499.
    assert philox(2499, 0, 0, 0, 20111115, 0)[3] == 1955073260


@pytest.mark.parametrize("name", neighbourhoods())
def test_the_tested_words_are_those_of_the_model(name: str) -> None:
    causes = neighbourhoods()[name].spread(100)
    for n, words in enumerate(philox_blocks(causes).tolist()):
        run, stream, day, key, draw = (
            int(part[n]) for part in (causes.run, causes.stream, causes.day, causes.key,
                                      causes.draw))
        signed = day - 2**64 if day >= 2**63 else day
        assert block(run, stream, signed, key, draw) == tuple(words)


def test_the_tested_keys_are_those_of_the_population(tiny_plan: Callable[..., Plan]) -> None:
    plan = tiny_plan(days=60, burn_in=40, migrants=4_000)
    body, _ = populate(plan, compile_network(plan.network, plan.parameters, 1.0), run_key(1, 0))
    origins = np.array([name_hash(name) for name in plan.network.nodes["id"]])[body["origin"]]
    ordinal = body["key"] & np.uint64(2**18 - 1)
    assert ordinal.max() > 10
    assert np.array_equal(body["key"], migrant_key(origins, body["entered"], ordinal))


@pytest.mark.parametrize("name", neighbourhoods())
def test_no_two_neighbours_share_a_block(name: str) -> None:
    words = philox_blocks(neighbourhoods()[name])
    halves = np.sort(words[..., 0] << np.uint64(32) | words[..., 1], axis=None)
    assert np.all(halves[1:] > halves[:-1])


def test_every_bit_of_the_input_is_flipped_once() -> None:
    cause = Causes.of(run_key(1, 0), 5, -3, 2**63 + 9, 7).spread(1)
    flipped = cause.flipped()
    changes = [np.bitwise_count(getattr(flipped, part) ^ getattr(cause, part)).sum()
               for part in ("run", "stream", "day", "key", "draw")]
    assert changes == [64, 0, 32, 64, 32]
    assert Sample.of(philox_blocks, cause).flips.any(axis=(1, 2)).all()


# --- the battery -------------------------------------------------------------------------------

def all_p_values() -> Iterator[tuple[str, float]]:
    for name, ps in found().items():
        yield from ((f"{test}: {name}", p) for test, p in ps.items())
    yield from derived().items()


def test_no_test_rejects_the_streams_of_the_model() -> None:
    ps = dict(all_p_values())
    assert len(BATTERY) * len(neighbourhoods()) < len(ps) <= FALSE_ALARMS / LEVEL
    assert {name: p for name, p in ps.items() if not LEVEL <= p <= 1.0} == {}
    # Nor are many p-values small together: about 1 of 100 lies below 1 %.
    small = sum(p < 0.01 for p in ps.values())
    assert stats.binom.sf(small - 1, len(ps), 0.01) > LEVEL


@pytest.mark.parametrize("test", BATTERY)
def test_every_test_can_fail(test: str) -> None:
    for generator in ("1 round", "2 rounds"):
        assert found_of_bad()[generator][test] < LEVEL, generator


@pytest.mark.parametrize("generator", BAD)
def test_every_bad_generator_is_found_out_by_most_tests(generator: str) -> None:
    rejected = [test for test, p in found_of_bad()[generator].items() if p < LEVEL]
    assert len(rejected) > len(BATTERY) / 2


def test_every_test_of_the_derived_numbers_can_fail() -> None:
    assert max(derived(BAD["1 round"]).values()) < LEVEL


def test_perfect_matrices_have_the_published_ranks() -> None:
    # Marsaglia and Tsay 1985: ranks 30, 31 and 32 of random 32 x 32 bits.
    assert rank_shares()[1:] == pytest.approx([0.128350, 0.577576, 0.288788], abs=1e-6)


def test_numbers_that_are_too_even_fail_as_well() -> None:
    none = np.zeros((1, 1, 4), np.uint32)
    steps = np.arange(2**17, dtype=np.uint32) << np.uint32(15)
    same = np.tile(np.arange(256, dtype=np.uint32) * np.uint32(0x01010101), 512)
    for words, test in [(steps, "uniform (Kolmogorov-Smirnov)"),
                        (same, "each byte equally often (chi-square)"),
                        (same, "ones in each bit position")]:
        assert BATTERY[test](Sample(words.reshape(-1, 64, 4), none)) < LEVEL, test


def test_the_page_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    p_value = re.compile(r"\b[01]\.\d{4}\b")
    for name, table in tables().items():
        written = between_marks(page, name) or ""
        # The last digit may depend on how a processor adds up.
        assert p_value.sub("p", written) == p_value.sub("p", table), MAKE
        now = [float(p) for p in p_value.findall(table)]
        assert [float(p) for p in p_value.findall(written)] == pytest.approx(now, abs=2e-4), MAKE


# --- derived numbers ---------------------------------------------------------------------------

def test_a_uniform_number_is_the_middle_of_its_cell_and_never_0_or_1() -> None:
    for word in some_words():
        exact = Fraction(2 * word + 1, 2**33)
        assert Fraction(uniform(word)) == exact
        assert 0 < exact < 1


def test_gumbel_is_the_inverse_distribution_function() -> None:
    words = some_words()
    ours = np.array([gumbel(word) for word in words])
    theirs = stats.gumbel_r.ppf([uniform(word) for word in words])
    assert ours == pytest.approx(theirs, rel=1e-12, abs=1e-14)
    assert -3.13 < ours.min() < ours.max() < 22.88


def test_normal_quantile_errs_by_a_few_billionths_at_most() -> None:
    # Acklam bounds the relative error, so the error itself grows in the tails.
    words = some_words() + [2**k for k in range(32)] + [2**32 - 2**k for k in range(32)]
    u = np.array([uniform(word) for word in words])
    theirs = stats.norm.ppf(u)
    error = np.abs(np.array([normal_quantile(each) for each in u]) - theirs)
    assert np.max(error / np.abs(theirs)) < 1.2e-9
    assert np.max(error[np.abs(theirs) < 1.77]) < 2e-9
    assert np.max(error) < 6e-9
