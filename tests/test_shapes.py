"""The figures of shape: what is read of runs, verdicts in words, and the section made of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from experiments.behaviour import PARTS, announced, delayed
from experiments.behaviour.gallery import gallery
from experiments.behaviour.pairs import SPAN, help_seeking, relative_change, spans
from experiments.behaviour.shape import (
    found,
    judged,
    kept_verdict,
    rows_of,
    should,
    tally,
    verdict_words,
)
from experiments.evidence import ids_in
from experiments.facts.fact import Fact
from experiments.facts.living import SHOCK, ordinary, pair
from experiments.intervals import unpaired_ratio

SHAPES = {name: part for name, part in PARTS.items() if part.shape is not None}
RNG = np.random.default_rng(7)


# --- what is drawn over time -------------------------------------------------------------------

def test_a_span_stands_at_its_last_day_so_that_nothing_shows_too_early() -> None:
    base = np.full((3, 100, 2), 10.0)
    other = base.copy()
    other[:, 50:, 0] = 5.0
    curve = help_seeking(base, other)
    assert (curve.change.value[curve.days < 50] == 0).all()
    assert (curve.change.value[curve.days >= 50] < 0).all()
    assert curve.change.value[curve.days >= 50 + SPAN - 1] == pytest.approx(-0.5)


def test_spans_add_up_what_they_hold() -> None:
    days, sums = spans(np.arange(2 * 42.0).reshape(2, 42))
    assert days.tolist() == [27.0, 34.0, 41.0]
    assert sums[0].tolist() == [sum(range(n, n + SPAN)) for n in (0, 7, 14)]


def test_a_day_without_need_is_not_known_and_not_zero() -> None:
    base, other = np.ones((2, 40, 2)), np.zeros((2, 40, 2))
    assert np.isnan(help_seeking(base, other).change.value).all()
    assert relative_change(np.ones((2, 40)), np.zeros((2, 40))).change.value == pytest.approx(-1)


# --- verdicts ----------------------------------------------------------------------------------

@pytest.mark.parametrize(
    ("sign", "change", "noise", "words"),
    [
        ("falls", -0.2, 0.01, "as the evidence says"),
        ("falls", 0.2, 0.01, "**the other way**"),
        ("rises", 0.0, 0.5, "**not shown**: chance may explain it"),
        ("same", 0.0, 0.0, "as the evidence says"),
        ("same", 0.001, 0.0, "**not so**: there is a change, or it cannot be ruled out"),
        ("nothing", 0.0, 0.001, "as the evidence says"),
        ("nothing", 0.0, 0.9, "**not so**: there is a change, or it cannot be ruled out"),
    ],
)
def test_verdicts_are_told_against_the_direction(
    sign: Any, change: float, noise: float, words: str
) -> None:
    luck = np.linspace(-1.0, 1.0, 12)
    base = np.full(12, 100.0)
    fact = Fact("it", "C01", "It", sign, margin=0.02 if sign == "nothing" else 0.0)
    kept = kept_verdict(judged([fact], {"it": (base, base * (1 + change + noise * luck))})[0])
    assert verdict_words(kept) == words
    assert kept["holds"] == (words == "as the evidence says")
    assert kept["low"] <= kept["value"] <= kept["high"]


def test_numbers_are_told_as_shares_or_as_they_are() -> None:
    kept = {"value": -0.05, "low": -0.06, "high": -0.04, "relative": True}
    plain = found(kept).replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", " ")
    assert plain == "-5.0 % (-6.0 % to -4.0 %)"
    bare = found(kept | {"relative": False}).replace("\N{MINUS SIGN}", "-")
    assert bare == "-0.05 (-0.06 to -0.04)"


def test_what_should_happen_is_told_in_words() -> None:
    kept = {"sign": "nothing", "margin": 0.075, "relative": True, "holds": True, "evidence": ""}
    assert should(kept).replace("\N{NO-BREAK SPACE}", " ") == "change by less than 7.5 %"
    assert should(kept | {"relative": False}) == "change by less than 0.075"
    assert should(kept | {"sign": "falls"}) == "fall"
    assert verdict_words(kept) == "as it must be"


def test_samples_without_pairs_have_welch_s_interval() -> None:
    base, other = RNG.normal(100.0, 1.0, 30), RNG.normal(110.0, 4.0, 12)
    change = unpaired_ratio(base, other)
    assert change.value == pytest.approx(other.mean() / base.mean() - 1)
    assert change.low < 0.1 < change.high
    # Where the base does not vary this is the interval of a mean with 11 degrees of freedom.
    flat = unpaired_ratio(np.full(30, 100.0), other)
    reach = 2.200985 * other.std(ddof=1) / np.sqrt(12) / 100.0
    assert flat.high - flat.value == pytest.approx(reach, rel=1e-5)
    assert unpaired_ratio(np.ones(3), np.ones(3)) == (0.0, 0.0, 0.0)
    assert np.isnan(unpaired_ratio(np.ones(1), np.ones(3)).low)


# --- the section -------------------------------------------------------------------------------

def test_there_are_nine_shapes_and_each_names_evidence() -> None:
    assert len(SHAPES) == 9
    for name, part in SHAPES.items():
        assert part.shape is not None
        assert ids_in(part.shape.known) or name == "size"
    assert len({part.shape.title for part in SHAPES.values() if part.shape}) == 9


def test_the_section_shows_what_was_made_and_nothing_else() -> None:
    fact = Fact("it", "C10", "Asking before the act", "falls")
    base = np.full(5, 10.0)
    verdicts = [kept_verdict(each) for each in judged([fact], {"it": (base, base - 1.0)})]
    numbers = {"announced": {"says": "It falls.", "verdicts": verdicts}, "demo": {"says": "No."}}
    section = gallery(numbers, PARTS)
    assert "### Announcement effects before the act" in section
    assert "### Fear that outlives the rule" not in section
    assert "![It falls](figures/announced.png)" in section
    assert "`waytrust figures --only announced`" in section
    assert tally(verdicts) in section
    assert rows_of(verdicts)[1][0][:3] == ("Asking before the act", "C10", "fall")


# --- single figures ----------------------------------------------------------------------------

def test_rates_are_taken_between_two_days() -> None:
    runs = np.zeros((2, 10, 2))
    runs[0, 3:5], runs[1, 3:5] = (1.0, 4.0), (0.0, 0.0)
    assert announced.rate(runs, 3, 5)[0] == 0.25
    assert np.isnan(announced.rate(runs, 3, 5)[1])


def test_the_country_of_the_law_has_places() -> None:
    assert len(announced.places_in(announced.COUNTRY)) > 5
    assert announced.places_in("XXX") == []


def test_nothing_is_kept_from_help_where_nothing_happens() -> None:
    base = ordinary(migrants=100, days=SHOCK + 20)
    runs = pair(base, 0, base)
    assert not delayed._later_and_never(runs).any()
