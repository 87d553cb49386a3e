"""A breach, and people who have nothing to fear from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from experiments.behaviour.announced import rate
from experiments.behaviour.friendly import NEWS, breach
from experiments.behaviour.lines import BARS, curve_page
from experiments.behaviour.pairs import asking, help_seeking, lived_together
from experiments.behaviour.part import Made, Part, Report, Size
from experiments.behaviour.shape import Pair, Shape, judged
from experiments.facts.fact import Fact
from experiments.facts.living import ordinary, with_acts
from experiments.words import change_words, percent
from sim.codes import STATUSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.model import TrustModel

__all__ = ["PART"]

SAFE, EXPOSED = ("regular", "other"), ("irregular", "refused")
_FACTS = (
    Fact("nothing_for_anybody", "C04, C30", "Days on which people ask, where nobody has anything "
         "to fear", "same"),
    Fact("nothing_among_others", "C04, C30", "Asking by people who have nothing to fear, among "
         "others who do", "nothing", margin=0.02),
    Fact("exposed_in_the_same_runs", "C01", "Asking by people without a regular status, in the "
         "same runs", "falls"),
)  # fmt: skip
_SHAPE = Shape(
    "No effect where there is nothing to fear",
    "Visits of children, whom nobody would deport for it, did not change after a state law (C04), "
    "and reports by people who were not Latino hardly changed in Los Angeles (C30, raw counts). "
    "Against it stand studies in which citizens changed too (C16, C26): they had relatives to fear "
    "for, which the model counts as something to fear.",
)  # fmt: skip


def _make(size: Size, report: Report | None) -> Made:
    migrants, half = size.migrants[0], size.replicates[0]
    tries = half * 4
    rows = [[STATUSES.index(name) for name in names] for names in (SAFE, EXPOSED)]

    def read(run: TrustModel) -> NDArray[np.float64]:
        return np.stack([asking(run, statuses=each) for each in rows])

    everybody = replace(ordinary(migrants=migrants, days=size.days), zero_exposure=STATUSES)
    some = replace(everybody, zero_exposure=SAFE)
    nobody = lived_together(
        everybody, (with_acts(everybody, breach()),), size, _part_of(report, 0, tries), read
    )
    mixed = lived_together(
        some, (with_acts(some, breach()),), size, _part_of(report, 2 * half, tries), read
    )
    weights = np.arange(1.0, nobody[0, 0].size + 1.0)
    sums = [nobody[:, world].reshape(half, -1) @ weights for world in (0, 1)]
    safe, exposed = mixed[:, :, 0], mixed[:, :, 1]
    verdicts = judged(_FACTS, {
        "nothing_for_anybody": (sums[0], sums[1]),
        "nothing_among_others": _rates(safe, size),
        "exposed_in_the_same_runs": _rates(exposed, size),
    })  # fmt: skip
    _, among, fall = (each.interval for each in verdicts)
    words = (
        f"After a breach people without a regular status ask for help {change_words(fall)}; among "
        f"people with nothing to fear, in the same runs, the change is "
        f"{percent(among.value, 2, sign=True)}."
    )
    drawn = {
        "People with nothing to fear": help_seeking(safe[:, 0], safe[:, 1]),
        "People without a regular status": help_seeking(exposed[:, 0], exposed[:, 1]),
    }
    note = (
        f"{half} paired replicates of {migrants:,} simulated migrants on the Central Mediterranean "
        "route, with and without the breach; people of regular or other status have nothing to "
        f"fear here. Each point stands for the four weeks before it. {BARS} Where nobody has "
        "anything to fear at all (other runs), who asks on which day is the same to the last bit."
    )
    figure = curve_page(
        words, note, drawn, "Change in how often people in need ask",
        marks={NEWS: f"breach, day {NEWS}"}, up="change (%)",
    )  # fmt: skip
    return Made(figure, words, {"news": NEWS}, ((), ()), verdicts)


def _rates(runs: NDArray[np.float64], size: Size) -> Pair:
    return rate(runs[:, 0], NEWS, size.days), rate(runs[:, 1], NEWS, size.days)


def _part_of(report: Report | None, done: int, whole: int) -> Report | None:
    return None if report is None else lambda runs, _: report(done + runs, whole)


PART = Part(
    "nothing_to_fear",
    usual=Size(migrants=(4_000,), days=180, replicates=(20,)),
    small=Size(migrants=(200,), days=90, replicates=(2,)),
    make=_make,
    shape=_SHAPE,
)
