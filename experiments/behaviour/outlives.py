"""Fear after a rule has been withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.behaviour import drawing
from experiments.behaviour.announced import COUNTRY, ROUTE, law, places_in, rate
from experiments.behaviour.lines import BARS, curves
from experiments.behaviour.pairs import (
    asking,
    fear,
    help_seeking,
    lived_together,
    weekly_difference,
)
from experiments.behaviour.part import Made, Part, Report, Size
from experiments.behaviour.shape import Shape, judged
from experiments.facts.fact import Fact
from experiments.facts.living import ordinary, with_acts
from experiments.words import change_words, percent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.model import TrustModel

__all__ = ["PART"]

START, END = 30, 120
LATER = 180
"""Days after the end of the rule at which fear is looked at again."""
MONTH = 4
"""Weeks taken together."""
_FACTS = (
    Fact("fear_after_the_rule", "C37, E064", "Believed danger half a year after the rule was "
         "withdrawn", "rises"),
    Fact("fear_fades_slowly", "C37", "What is left of the fear then, over half of what it was when "
         "the rule ended", "rises", relative=False),
    Fact("asking_after_the_rule", "C37", "Asking in that half year", "falls"),
)  # fmt: skip
_SHAPE = Shape(
    "Fear that outlives the rule",
    "Fifteen months and a change of government brought the share of Latino adults who worry about "
    "deportation from 44 to 39 % (C37), and not down at all among those without a green card "
    "(E064, C36). So most of the fear should still be there half a year after a rule is gone. The "
    "studies followed worry, not use of services, and nobody on the move.",
)  # fmt: skip


def _make(size: Size, report: Report | None) -> Made:
    here = places_in(COUNTRY)
    base = ordinary(ROUTE, migrants=size.migrants[0], days=size.days)
    ruled = with_acts(base, law(0, START, END))

    def read(run: TrustModel) -> NDArray[np.float64]:
        daily = asking(run, here)
        weekly = np.full((len(daily), 1), np.nan)
        seen = fear(run, here)
        weekly[: len(seen), 0] = seen
        return np.concatenate([daily, weekly], axis=1)

    runs = lived_together(base, (ruled,), size, report, read)
    weeks = 1 + (size.days - 1) // 7
    calm, under = (runs[:, world, :weeks, 2] for world in (0, 1))
    at_end, later = END // 7, min((END + LATER) // 7, weeks - MONTH)
    excess = under - calm
    asked = [rate(runs[:, world, :, :2], END, min(END + LATER, size.days)) for world in (0, 1)]
    left = _month(excess, later)
    verdicts = judged(_FACTS, {
        "fear_after_the_rule": (_month(calm, later), _month(under, later)),
        "fear_fades_slowly": (_month(excess, at_end - MONTH) / 2, left),
        "asking_after_the_rule": (asked[0], asked[1]),
    })  # fmt: skip
    kept = float(left.mean() / _month(excess, at_end - MONTH).mean())
    words = (
        f"Half a year after the rule was withdrawn, {percent(kept, 0)} of the fear that it brought "
        f"is still there; meanwhile people ask for help {change_words(verdicts[2].interval)}."
    )
    figure = drawing.page(words, _note(size), (11.5, 7.6))
    panels = drawing.axes_in(
        figure, words, _note(size), 2, 1, left=0.08, right=0.77, hspace=0.42,
    )  # fmt: skip
    marks = {START: f"law on day {START}", END: f"withdrawn on day {END}"}
    danger = {"Believed danger, with the rule less without it": weekly_difference(calm, under)}
    curves(panels[0, 0], danger, marks=marks)
    drawing.heading(
        panels[0, 0], "Probability that people in the United States give to danger", "",
        "difference (percentage points)",
    )  # fmt: skip
    asks = {"How often people in need ask": help_seeking(runs[:, 0, :, :2], runs[:, 1, :, :2])}
    curves(panels[1, 0], asks, marks=marks)
    drawing.heading(panels[1, 0], "Change in how often they ask", "Day", "change (%)")
    numbers = {"start": START, "end": END, "looked_at_days_after": LATER, "share_left": kept}
    return Made(figure, words, numbers, ((), ()), verdicts)


def _month(weekly: NDArray[np.float64], first: int) -> NDArray[np.float64]:
    return np.asarray(weekly[:, max(0, first) : max(0, first) + MONTH].mean(axis=1))


def _note(size: Size) -> str:
    return (
        f"{size.replicates[0]} paired replicates of {size.migrants[0]:,} simulated migrants on the "
        "route through Central America, with and without a law in the United States. New people "
        f"arrive all the time, so the mean is not about the same people. {BARS}"
    )


PART = Part(
    "outlives",
    usual=Size(migrants=(4_000,), days=420, replicates=(20,)),
    small=Size(migrants=(200,), days=230, replicates=(2,)),
    make=_make,
    shape=_SHAPE,
)
