"""A law that is announced sixty days before it holds, and one that never comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.behaviour.lines import BARS, curve_page
from experiments.behaviour.pairs import asking, help_seeking, lived_together
from experiments.behaviour.part import Made, Part, Report, Size
from experiments.behaviour.shape import Shape, judged
from experiments.facts.fact import Fact
from experiments.facts.living import ordinary, with_acts
from experiments.words import change_words
from sim.interventions import EnforcementLaw, Scope

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["COUNTRY", "PART", "ROUTE", "places_in", "rate"]

ROUTE, COUNTRY = "central_america", "USA"
NEWS, ACT = 30, 90
_FACTS = (
    Fact("announced_before", "C10, C31", "Asking in the United States between the announcement of "
         "a law and the day from which it holds", "falls"),
    Fact("announced_only", "C10", "Asking after that day, where the law never came", "falls"),
    Fact("announced_and_done", "C13", "Asking after that day, where the law came, over where it "
         "never came", "falls"),
)  # fmt: skip
_SHAPE = Shape(
    "Announcement effects before the act",
    "In 2018, 13.7 % of adults in immigrant families (20.7 % of the poorest) did without benefits "
    "for a rule that was only proposed (C10), and calls for help followed awareness of enforcement "
    "rather than raids (C31). Two years later, with the rule in force, 27.5 % of low-income "
    "families did without (C13). All of it among settled people in the United States.",
)  # fmt: skip


def law(announced: int | str, start: int = ACT, end: int | None = None) -> EnforcementLaw:
    """A law on enforcement of half the room that is left, in the whole country."""
    return EnforcementLaw(
        id="law", start=start, end=end, announced=announced, increase=0.5,
        scope=Scope(country=(COUNTRY,)),
    )  # fmt: skip


def places_in(country: str, route: str = ROUTE) -> list[int]:
    """Rows of the places of a country on a route."""
    from scenarios import load

    countries = load(route).plan().network.nodes["country"]
    return [n for n, each in enumerate(countries) if each == country]


def rate(runs: NDArray[np.float64], first: int, last: int) -> NDArray[np.float64]:
    """Asked ÷ in need from one day up to another, by replicate; `runs` is [.., days, 2]."""
    sums = runs[..., first:last, :].sum(axis=-2)
    return np.asarray(sums[..., 0] / np.where(sums[..., 1] > 0, sums[..., 1], np.nan))


def _make(size: Size, report: Report | None) -> Made:
    here = places_in(COUNTRY)
    base = ordinary(ROUTE, migrants=size.migrants[0], days=size.days)
    # The words of a law that never comes are said on the day on which those of the other are.
    never = with_acts(base, law("only", start=NEWS))
    comes = with_acts(base, law(NEWS - ACT))
    runs = lived_together(base, (comes, never), size, report, lambda run: asking(run, here))
    calm, done, only = runs[:, 0], runs[:, 1], runs[:, 2]
    verdicts = judged(_FACTS, {
        "announced_before": (rate(calm, NEWS, ACT), rate(done, NEWS, ACT)),
        "announced_only": (rate(calm, ACT, size.days), rate(only, ACT, size.days)),
        "announced_and_done": (rate(only, ACT, size.days), rate(done, ACT, size.days)),
    })  # fmt: skip
    before, later, more = (change_words(each.interval) for each in verdicts)
    words = (
        f"In the sixty days before a law that was announced holds, people in the United States ask "
        f"for help {before}. Afterwards, where it never came: {later}; where it came, beyond that: "
        f"{more}."
    )
    drawn = {
        "Announced and then in force": help_seeking(calm, done),
        "Announced, never in force": help_seeking(calm, only),
    }
    note = (
        f"{size.replicates[0]} paired replicates of {size.migrants[0]:,} simulated migrants on the "
        "route through Central America, with and without the law; each point stands for the four "
        f"weeks before it. Both laws are announced on day {NEWS}. {BARS}"
    )
    figure = curve_page(
        words, note, drawn, "Change in how often people in need ask, in the United States",
        marks={NEWS: f"announced on day {NEWS}", ACT: f"in force from day {ACT}"}, up="change (%)",
    )  # fmt: skip
    return Made(figure, words, {"news_day": NEWS, "act_day": ACT}, ((), ()), verdicts)


PART = Part(
    "announced",
    usual=Size(migrants=(4_000,), days=240, replicates=(20,)),
    small=Size(migrants=(200,), days=120, replicates=(2,)),
    make=_make,
    shape=_SHAPE,
)
