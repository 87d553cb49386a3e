"""Officers at the doors of one town, who go again."""

from __future__ import annotations

import numpy as np

from experiments.behaviour.distance import AT
from experiments.behaviour.lines import BARS, curve_page
from experiments.behaviour.pairs import lived_together, relative_change, visits
from experiments.behaviour.part import Made, Part, Report, Size
from experiments.behaviour.shape import Shape, judged
from experiments.facts.fact import Fact
from experiments.facts.living import ordinary, with_acts
from experiments.words import percent
from sim.interventions import CoLocatedEnforcement, Scope

__all__ = ["PART"]

START, GONE = 30, 90
FORTNIGHT = 14
_FACTS = (
    Fact("recovery_soon", "M05", "Visits at Agadez in the fortnight after the officers go, over "
         "their staying", "rises"),
    Fact("recovery_most", "M05", "Fall of visits from the third to the eighth week after they "
         "went, over half of the fall while they stood there", "falls", relative=False),
)  # fmt: skip
_SHAPE = Shape(
    "Quick recovery when the risk itself goes",
    "What was bad without deceit can be mended in full (M05, a trust game in a laboratory). "
    "Officers at a door deceive nobody, so asking should come back when they go. No study followed "
    "a service from which officers had gone.",
)  # fmt: skip


def _make(size: Size, report: Report | None) -> Made:
    base = ordinary(migrants=size.migrants[0], days=size.days)
    points = np.flatnonzero((base.network.points["node"] == AT).to_numpy())
    stay, go = (with_acts(base, _officers(end)) for end in (None, GONE))
    runs = lived_together(base, (stay, go), size, report, lambda run: visits(run, points))

    def asked(world: int, first: int, last: int) -> np.ndarray:
        return np.asarray(runs[:, world, first:last].sum(axis=1))

    soon = (GONE, GONE + FORTNIGHT)
    after = (GONE + FORTNIGHT, GONE + 4 * FORTNIGHT)
    fall = [
        1.0 - asked(2, *when) / np.maximum(asked(0, *when), 1.0)
        for when in ((START, GONE), after)
    ]  # fmt: skip
    verdicts = judged(_FACTS, {
        "recovery_soon": (asked(1, *soon), asked(2, *soon)),
        "recovery_most": (fall[0] / 2, fall[1]),
    })  # fmt: skip
    during, left = (float(each.mean()) for each in fall)
    words = (
        f"While officers stand at the doors of Agadez, visits there fall by {percent(during, 0)}; "
        f"from the third to the eighth week after they went, by {percent(left, 0)}."
    )
    drawn = {
        "Officers stay": relative_change(runs[:, 0], runs[:, 1]),
        f"Officers go on day {GONE}": relative_change(runs[:, 0], runs[:, 2]),
    }
    note = (
        f"{size.replicates[0]} paired replicates of {size.migrants[0]:,} simulated migrants on the "
        "Central Mediterranean route. Each point stands for the four weeks before it, so that a "
        f"change on one day takes four weeks to show in full. {BARS}"
    )
    figure = curve_page(
        words, note, drawn, "Change of visits to the services of Agadez", up="change (%)",
        marks={START: f"officers from day {START}", GONE: f"gone on day {GONE}"},
    )  # fmt: skip
    numbers = {"start": START, "gone": GONE, "fall_during": during, "fall_after": left}
    return Made(figure, words, numbers, ((), ()), verdicts)


def _officers(end: int | None) -> CoLocatedEnforcement:
    return CoLocatedEnforcement(id="officers", start=START, end=end, scope=Scope(node=(AT,)))


PART = Part(
    "recovery",
    usual=Size(migrants=(4_000,), days=180, replicates=(20,)),
    small=Size(migrants=(200,), days=160, replicates=(2,)),
    make=_make,
    shape=_SHAPE,
)
