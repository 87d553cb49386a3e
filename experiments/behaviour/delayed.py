"""Officers everywhere for a fortnight: which needs are helped later, and which never."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from experiments.behaviour import drawing
from experiments.behaviour.lines import BARS
from experiments.behaviour.part import Made, Part, Report, Size, side_by_side
from experiments.behaviour.shape import Shape, judged
from experiments.facts.fact import Fact
from experiments.facts.living import SHOCK, Today, ordinary, pair, with_acts
from experiments.facts.living import side_by_side as day_by_day
from experiments.intervals import mean_interval
from experiments.words import percent
from sim.codes import URGENCIES
from sim.interventions import CoLocatedEnforcement, Scope

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.model import TrustModel

__all__ = ["PART"]

FORTNIGHT = 14
Episode = tuple[int, int, int]
"""Person, dimension of the need, and the day on which it began."""
_FACTS = (
    Fact("acute_later", "C07, E009", "Acute needs kept from help for a fortnight: those helped "
         "later, less those never helped", "rises", relative=False),
    Fact("acute_more_than_routine", "C07, E009", "Share of acute needs that are helped later, less "
         "that of routine needs", "rises", relative=False),
)  # fmt: skip
_SHAPE = Shape(
    "Acute need is delayed rather than lost",
    "After enforcement care came later and less often in pregnancy (C07), and people of mixed "
    "trust often still went when they had to (E009, 90 interviews in the Sahel). The evidence is "
    "thin and not of one voice: of the three services counted after a state law the most urgent "
    "fell most (C04), so this shape is partly an assumption about how urgent need is met.",
)  # fmt: skip


def _make(size: Size, report: Report | None) -> Made:
    base = ordinary(migrants=size.migrants[0], days=size.days)
    over = SHOCK + FORTNIGHT
    officers = CoLocatedEnforcement(id="officers", start=SHOCK, end=over, scope=Scope(all=True))
    shocked = with_acts(base, officers)

    def simulate(_kind: int, number: int, tick: Callable[[], None]) -> NDArray[np.float64]:
        found = _later_and_never(pair(base, number, shocked))
        tick()
        return found

    runs = side_by_side(
        simulate, 1, size.replicates[0], days=size.replicates[0], threads=size.threads,
        report=report,
    )  # fmt: skip
    found = np.array([run[0] for run in runs])
    later, never = found[:, 0], found[:, 1]
    share = later / np.where(later + never > 0, later + never, np.nan)
    acute, routine = URGENCIES.index("acute"), URGENCIES.index("routine")
    verdicts = judged(_FACTS, {
        "acute_later": (never[:, acute], later[:, acute]),
        "acute_more_than_routine": (share[:, routine], share[:, acute]),
    })  # fmt: skip
    shares = {name: mean_interval(share[:, n]) for n, name in enumerate(URGENCIES)}
    words = (
        "Of needs that officers at every door kept from help for a fortnight, "
        f"{percent(shares['acute'].value, 0)} of acute ones and "
        f"{percent(shares['routine'].value, 0)} of routine ones were helped later."
    )
    numbers = {"helped_later": {name: each._asdict() for name, each in shares.items()}}
    return Made(_figure(size, found, words), words, numbers, ((), ()), verdicts)


def _later_and_never(runs: list[TrustModel]) -> NDArray[np.float64]:
    """Episodes helped in the fortnight in ordinary times and not under officers, by urgency.

    Returns:
        How many of them were helped later, and how many never, shape [2, urgencies].
    """
    over = SHOCK + FORTNIGHT
    helped: list[dict[Episode, int]] = [{}, {}]
    urgency: dict[Episode, int] = {}
    for day in day_by_day(runs):
        for run, first in zip(runs, helped, strict=True):
            today = Today.of(run)
            for i in np.flatnonzero(today.served):
                episode = int(i), int(today.dimension[i]), int(today.onset[i])
                first.setdefault(episode, day)
                urgency.setdefault(episode, int(today.urgency[i]))
    calm, shocked = helped
    found = np.zeros((2, len(URGENCIES)))
    for episode, day in calm.items():
        if SHOCK <= day < over and shocked.get(episode, over) >= over:
            found[int(episode not in shocked), urgency[episode]] += 1
    return found


def _figure(size: Size, found: NDArray[np.float64], words: str) -> Figure:
    note = (
        f"{size.replicates[0]} paired replicates of {size.migrants[0]:,} simulated migrants on the "
        "Central Mediterranean route. Counted are needs that were helped in that fortnight in "
        f"ordinary times and not with officers at the doors, and what came of them until day "
        f"{size.days - 1}. {BARS}"
    )
    figure = drawing.page(words, note, (10.0, 5.6))
    axes = drawing.axes_in(figure, words, note, right=0.8)[0, 0]
    for kind, name in enumerate(("helped later", "never helped")):
        for n in range(len(URGENCIES)):
            each = mean_interval(found[:, kind, n])
            at = n + 0.36 * (kind - 0.5)
            axes.bar(at, each.value, 0.34, color=drawing.COLOURS[kind], hatch="//" if kind else "")
            axes.plot([at, at], [each.low, each.high], color=drawing.INK, linewidth=1.4)
        axes.annotate(
            name, (1.02, 0.9 - 0.08 * kind), xycoords="axes fraction", fontsize=10,
            color=drawing.COLOURS[kind],
        )  # fmt: skip
    axes.set_xticks(range(len(URGENCIES)), URGENCIES)
    axes.set_ylim(0, None)
    drawing.heading(axes, "What came of needs that were kept from help", "urgency of the need",
                    "needs, mean of replicates")  # fmt: skip
    return figure


PART = Part(
    "delayed",
    usual=Size(migrants=(4_000,), days=SHOCK + FORTNIGHT + 60, replicates=(20,)),
    small=Size(migrants=(300,), days=SHOCK + FORTNIGHT + 30, replicates=(2,)),
    make=_make,
    shape=_SHAPE,
)
