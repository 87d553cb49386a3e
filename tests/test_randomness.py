"""Random numbers: the published generator, independent streams, and keys derived from causes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from sim.engine import streams
from sim.network import compile_network
from sim.plan import Plan
from sim.population import populate
from sim.randomness import (
    STREAMS,
    block,
    event_id,
    gumbel,
    name_hash,
    normal_quantile,
    own_week,
    philox,
    run_key,
    stream,
    uniform,
)

FIXED = settings(deadline=None, derandomize=True, max_examples=200)
KEYS = st.integers(0, 2**64 - 1)
WORDS = st.integers(0, 2**32 - 1)
DAYS = st.integers(-3650, 3650)
RUN = run_key(1, 0)
SMALLEST_P = 1e-4
"""The seeds are fixed: a generator of good quality fails none of these tests."""


def origin_key(origin: str, day: int, ordinal: int) -> int:
    """Key of a migrant, in the form in which the population makes it."""
    return name_hash(origin) << 32 | (day & 0x3FFF) << 18 | ordinal


def draws(causes: list[tuple[int, int, int]], stream_hash: int = streams.ASKING, word: int = 0,
          run: int = RUN) -> NDArray[np.float64]:
    """Uniform numbers for causes (day, key, draw)."""
    return np.array([uniform(block(run, stream_hash, *cause)[word]) for cause in causes])


# --- the generator -----------------------------------------------------------------------------

KNOWN_ANSWERS = [
    # Random123, kat_vectors: counter (4 words), key (2 words), answer (4 words)
    ("00000000 00000000 00000000 00000000", "00000000 00000000",
     "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff",
     "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0",
     "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox_gives_its_published_answers(counter: str, key: str, answer: str) -> None:
    words = [int(word, 16) for word in f"{counter} {key}".split()]
    assert " ".join(f"{word:08x}" for word in philox(*words)) == answer


@FIXED
@given(st.lists(WORDS, min_size=6, max_size=6))
def test_philox_stays_within_32_bits_and_its_python_body_agrees(words: list[int]) -> None:
    answer = philox(*words)
    assert all(0 <= word < 2**32 for word in answer)
    assert answer == tuple(map(int, philox.py_func(*map(np.uint64, words))))


def test_a_block_lays_out_its_counter_and_key_as_documented() -> None:
    run, key = 0x0123456789ABCDEF, 0xFEDCBA9876543210
    assert block(run, 0x5A5A5A5A, 7, key, 9) == philox(
        0x76543210, 0xFEDCBA98, 9, 7, 0x89ABCDEF ^ 0x5A5A5A5A, 0x01234567)
    assert block(run, 0x5A5A5A5A, -2, key, 9) == philox(
        0x76543210, 0xFEDCBA98, 9, 0xFFFFFFFE, 0x89ABCDEF ^ 0x5A5A5A5A, 0x01234567)


@FIXED
@given(st.tuples(DAYS, KEYS, WORDS), st.tuples(DAYS, KEYS, WORDS))
def test_different_causes_never_share_a_block(
        one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    same = block(RUN, streams.WAY, *one) == block(RUN, streams.WAY, *other)
    assert same == (one == other)


def test_every_part_of_a_cause_counts() -> None:
    cause = (RUN, streams.WAY, 3, 2, 1)
    others = [(RUN + 1, *cause[1:]), (RUN ^ 1 << 40, *cause[1:]), (RUN, streams.LEG, 3, 2, 1),
              (*cause[:2], 2, 3, 1), (*cause[:2], -3, 2, 1), (*cause[:3], 1, 2),
              (*cause[:3], 2 + 2**32, 1), (*cause[:4], 2)]
    blocks = [block(*cause), *(block(*other) for other in others)]
    assert len(set(blocks)) == len(blocks)
    assert block(*cause) == blocks[0]


# --- uniform numbers, as the model keys them ---------------------------------------------------

ORDINARY = {
    "people of one cohort": [(40, origin_key("lagos", 12, n), 0) for n in range(40_000)],
    "cohorts of one origin": [
        (40, origin_key("banjul", day, n), 0) for day in range(-200, 200) for n in range(100)],
    "days of one person": [(day, origin_key("dakar", 3, 8), 0) for day in range(-400, 39_600)],
    "draws of one person": [(40, origin_key("dakar", 3, 8), n) for n in range(40_000)],
    "options of people": [
        (6, origin_key("kano", 9, n), name_hash(f"agadez>place_{k}"))
        for n in range(2_000) for k in range(20)],
    "bare numbers as keys": [(0, n, 0) for n in range(40_000)],
}


@pytest.mark.parametrize("name", ORDINARY)
def test_numbers_are_uniform_and_neighbours_are_independent(name: str) -> None:
    u = draws(ORDINARY[name])
    assert u.min() > 0.0
    assert u.max() < 1.0
    assert stats.kstest(u, "uniform").pvalue > SMALLEST_P
    assert stats.chisquare(np.histogram(u, 1000, (0, 1))[0]).pvalue > SMALLEST_P
    # Neighbours: no correlation, and all 16 x 16 pairs equally often.
    for lag in (1, 2, 7, 100):
        assert abs(np.corrcoef(u[:-lag], u[lag:])[0, 1]) < 4 / np.sqrt(u.size)
    pairs = np.histogram2d(u[:-1:2], u[1::2], 16, [(0, 1), (0, 1)])[0]
    assert stats.chisquare(pairs.ravel()).pvalue > SMALLEST_P


def test_the_four_words_of_a_block_are_independent() -> None:
    causes = ORDINARY["people of one cohort"][:20_000]
    u = np.array([draws(causes, word=word) for word in range(4)])
    for row in u:
        assert stats.kstest(row, "uniform").pvalue > SMALLEST_P
    correlation = np.corrcoef(u) - np.eye(4)
    assert np.abs(correlation).max() < 4.5 / np.sqrt(u.shape[1])


def test_all_streams_are_independent_of_each_other() -> None:
    causes = ORDINARY["people of one cohort"][:2_000]
    u = np.array([draws(causes, stream_hash=value) for value in STREAMS.values()])
    correlation = np.corrcoef(u) - np.eye(len(u))
    assert np.abs(correlation).max() < 5.5 / np.sqrt(u.shape[1])  # about 800 pairs


def test_replicates_and_seeds_are_independent_of_each_other() -> None:
    causes = ORDINARY["people of one cohort"][:2_000]
    runs = [run_key(seed, replicate) for seed in (0, 1, 2) for replicate in range(8)]
    u = np.array([draws(causes, run=run) for run in runs])
    correlation = np.corrcoef(u) - np.eye(len(u))
    assert np.abs(correlation).max() < 5 / np.sqrt(u.shape[1])


def test_uniform_is_strictly_inside_and_even() -> None:
    assert uniform(0) == 0.5 / 2**32
    assert uniform(2**32 - 1) == 1.0 - 0.5 / 2**32 < 1.0
    assert uniform(2**31) - 0.5 == 0.5 / 2**32
    assert uniform(5) - uniform(4) == pytest.approx(2.0**-32, rel=1e-6)


# --- streams -----------------------------------------------------------------------------------

def test_a_stream_can_be_declared_only_once() -> None:
    try:
        first = stream("test.declared_once")
        with pytest.raises(ValueError, match=r"'test\.declared_once' is declared twice"):
            stream("test.declared_once")
        assert STREAMS["test.declared_once"] == first == name_hash("test.declared_once")
    finally:
        STREAMS.pop("test.declared_once", None)


def test_a_stream_whose_hash_is_taken_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STREAMS, "test.other", name_hash("test.same_hash"))
    with pytest.raises(ValueError, match="declared twice"):
        stream("test.same_hash")
    assert "test.same_hash" not in STREAMS


def test_streams_have_dotted_names_and_their_own_hashes() -> None:
    assert len(set(STREAMS.values())) == len(STREAMS) >= 30
    for name, value in STREAMS.items():
        assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", name)
        assert 0 < value < 2**32
        assert value == name_hash(name)


# --- keys --------------------------------------------------------------------------------------

def test_name_hashes_stay_what_they_are() -> None:
    # BLAKE2b with 4 bytes, little-endian: a changed hash would change every result ever stored.
    assert name_hash("agadez") == 0xCC689000
    assert name_hash("agadez>dirkou") == 0x636ABB9E
    assert name_hash("sanaa") != name_hash("sana'a")


def test_run_keys_are_derived_not_added() -> None:
    keys = {run_key(seed, replicate) for seed, replicate in itertools.product(range(100), repeat=2)}
    assert len(keys) == 10_000
    assert run_key(1, 0) != run_key(0, 1)
    assert run_key(1, 23) != run_key(12, 3)
    assert run_key(7, 3) == run_key(7, 3)
    assert all(0 <= key < 2**64 for key in keys)
    ones = sum(bin(key).count("1") for key in keys)
    assert abs(ones - 320_000) < 4 * np.sqrt(640_000 / 4)


@pytest.mark.parametrize(("days", "burn_in"), [(365, 200), (4100, 0), (7300, 3650)])
def test_every_migrant_has_a_key_of_ones_own(
        tiny_plan: Callable[..., Plan], days: int, burn_in: int) -> None:
    plan = tiny_plan(days=days, burn_in=burn_in, migrants=4_000)
    arrays = compile_network(plan.network, plan.parameters, 1.0)
    body, _ = populate(plan, arrays, RUN)
    assert len(np.unique(body["key"])) == 4_000


# --- other distributions -----------------------------------------------------------------------

def test_an_event_is_named_by_its_cause() -> None:
    causes = [(key, day, kind) for key in (1, 2, 2**63 + 5) for day in (-1, 0, 400)
              for kind in (1, 18)]
    ids = {event_id(*cause) for cause in causes}
    assert len(ids) == len(causes)
    assert all(0 < name < 2**32 for name in ids)
    assert event_id(*causes[0]) == event_id(*causes[0])


def test_a_week_of_ones_own_lasts_seven_days() -> None:
    for key in (0, 3, 2**63 + 5):
        weeks = [own_week(key, day) for day in range(-20, 50)]
        assert sorted(weeks) == weeks
        assert {weeks.count(week) for week in set(weeks[6:-6])} == {7}
    assert {own_week(key, 1) for key in range(7)} == {0, 1}
    assert own_week(6, 1) == 1
    assert own_week(0, -1) == -1


def test_normal_quantile_agrees_with_scipy() -> None:
    u = np.concatenate([
        np.linspace(1e-4, 1 - 1e-4, 20_001), np.geomspace(0.5 / 2**32, 0.03, 2_000),
        1 - np.geomspace(0.5 / 2**32, 0.03, 2_000), [0.02425, 0.97575]])
    ours = np.array([normal_quantile(x) for x in u])
    theirs = stats.norm.ppf(u)
    assert np.all(np.abs(ours - theirs) <= 2e-9 * np.maximum(1.0, np.abs(theirs)))
    assert np.all(np.diff(ours[:20_001]) > 0)
    assert normal_quantile(0.5) == 0.0


@FIXED
@given(st.floats(1e-9, 0.5))
def test_normal_quantile_is_odd_about_the_middle(u: float) -> None:
    mirrored = 1.0 - u
    assert normal_quantile(1.0 - mirrored) == pytest.approx(-normal_quantile(mirrored), rel=4e-9,
                                                            abs=1e-12)


def test_gumbel_draws_have_the_moments_of_the_distribution() -> None:
    words = [block(RUN, streams.ASKING, *cause)[1] for cause in ORDINARY["people of one cohort"]]
    g = np.array([gumbel(word) for word in words])
    n = np.sqrt(g.size)
    assert np.isfinite([gumbel(0), gumbel(2**32 - 1)]).all()
    # Mean: Euler's constant; variance: pi^2 / 6; skewness 1.13955; excess kurtosis 2.4.
    assert g.mean() == pytest.approx(np.euler_gamma, abs=4 * np.pi / np.sqrt(6) / n)
    assert g.var() == pytest.approx(np.pi**2 / 6, abs=4 * np.pi**2 / 6 * np.sqrt(4.4) / n)
    assert stats.skew(g) == pytest.approx(1.13955, abs=0.1)
    assert stats.kstest(g, "gumbel_r").pvalue > SMALLEST_P


def test_the_largest_of_gumbel_utilities_chooses_like_a_logit() -> None:
    utilities = np.array([0.0, 1.0, -1.0, 0.5])
    options = [name_hash(option) for option in ("stay", "clinic", "shelter", "hotline")]
    people = [origin_key("abidjan", 5, n) for n in range(20_000)]
    noise = np.array([
        [gumbel(block(RUN, streams.ASKING, 4, key, option)[0]) for option in options]
        for key in people])
    chosen = np.bincount((utilities + noise).argmax(axis=1), minlength=4)
    expected = np.exp(utilities) / np.exp(utilities).sum() * len(people)
    assert stats.chisquare(chosen, expected).pvalue > SMALLEST_P
