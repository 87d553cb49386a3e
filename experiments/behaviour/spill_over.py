"""A breach at one organisation in one town: people, services and places it was not about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.behaviour import drawing
from experiments.behaviour.distance import AT
from experiments.behaviour.friendly import NEWS, OWNER, breach
from experiments.behaviour.lines import BARS, bars
from experiments.behaviour.pairs import lived_together
from experiments.behaviour.part import Made, Part, Report, Size
from experiments.behaviour.shape import Shape, judged
from experiments.facts.fact import Fact
from experiments.facts.living import ordinary, with_acts
from experiments.intervals import Interval, paired_ratio
from experiments.words import percent
from sim.codes import STATUSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.model import TrustModel
    from sim.network import RouteNetwork

__all__ = ["PART"]

EXPOSED, LITTLE = ("irregular", "refused"), ("regular", "other")
KINDS = {
    "meant": "Visits to the Red Cross in Agadez (meant)",
    "emblem": "to the Red Cross and Red Crescent elsewhere",
    "neighbours": "to other organisations in Agadez",
    "others": "to other organisations elsewhere",
    "exposed": "Visits of people without a regular status (meant)",
    "little": "of people with a regular status",
}
_FACTS = (
    Fact("spill_people", "C16, C26", "Visits of people with a regular status, who have little "
         "to fear, after a breach", "falls"),
    Fact("spill_people_less", "C10", "Their fall, less that of people without a regular status",
         "falls", relative=False),
    Fact("spill_services", "C04, C13", "Visits to other organisations in Agadez", "falls"),
    Fact("spill_emblem", "Q01", "Visits to the same emblem elsewhere", "falls"),
    Fact("spill_elsewhere", "Q02, C08", "Visits to other organisations elsewhere", "falls"),
)  # fmt: skip
_SHAPE = Shape(
    "Spill-over to people and services not targeted",
    "Citizen children and citizens used fewer benefits (C16, C26), services that a law exempted "
    "fell as well (C04), as did programmes that a rule left out (C13), one raid was felt all over "
    "a state (C08), and families whom a rule could not touch did without about half as often as "
    "all (C10, 7 against 13.7 %). In places people went elsewhere instead (C32, anecdotal).",
)  # fmt: skip


def _make(size: Size, report: Report | None) -> Made:
    base = ordinary(migrants=size.migrants[0], days=size.days)
    groups = _points(base.network)
    runs = lived_together(
        base, (with_acts(base, breach()),), size, report, lambda run: _visits(run, groups)
    )
    calm, leaked = ({kind: runs[:, n, k] for k, kind in enumerate(KINDS)} for n in (0, 1))
    fall = {
        kind: 1.0 - leaked[kind] / np.maximum(calm[kind], 1.0) for kind in ("exposed", "little")
    }
    verdicts = judged(_FACTS, {
        "spill_people": (calm["little"], leaked["little"]),
        "spill_people_less": (fall["exposed"], fall["little"]),
        "spill_services": (calm["neighbours"], leaked["neighbours"]),
        "spill_emblem": (calm["emblem"], leaked["emblem"]),
        "spill_elsewhere": (calm["others"], leaked["others"]),
    })  # fmt: skip
    changes = {kind: paired_ratio(calm[kind], leaked[kind]) for kind in KINDS}
    words = (
        f"After a breach at the Red Cross in Agadez, visits there change by "
        f"{_told(changes['meant'])}, and to other organisations beside it by "
        f"{_told(changes['neighbours'])}. Visits of people without a regular status change by "
        f"{_told(changes['exposed'])}, of people with little to fear by {_told(changes['little'])}."
    )
    note = (
        f"{size.replicates[0]} paired replicates of {size.migrants[0]:,} simulated migrants on the "
        f"Central Mediterranean route, visits from day {NEWS} to day {size.days - 1}, with and "
        f"without the breach. {BARS} Visits to a neighbour hold two things at once: people who "
        "stay away from all, and people who go there instead."
    )
    figure = drawing.page(words, note, (11.5, 6.0))
    axes = drawing.axes_in(figure, words, note, left=0.36, right=0.96)[0, 0]
    bars(axes, [(KINDS[kind], change) for kind, change in changes.items()])
    drawing.heading(axes, "Change of visits after the breach", "change (%)")
    numbers = {"changes": {kind: change._asdict() for kind, change in changes.items()}}
    return Made(figure, words, numbers, ((), ()), verdicts)


def _points(network: RouteNetwork) -> list[NDArray[np.int64]]:
    points = network.points
    family = dict(
        zip(network.organisations["id"], network.organisations["family"], strict=True)
    )
    own = np.array([family[name] == family[OWNER] for name in points["organisation"]])
    here = (points["node"] == AT).to_numpy()
    return [np.flatnonzero(each) for each in (own & here, own & ~here, ~own & here, ~own & ~here)]


def _visits(run: TrustModel, groups: list[NDArray[np.int64]]) -> NDArray[np.float64]:
    by_point = run.record.by_point[NEWS:, :, 0].sum(axis=0)
    column = run.record.measures.index("asked")
    by_status = run.record.counts[NEWS:, ..., column].sum(axis=(0, 1))
    kinds = [[STATUSES.index(name) for name in names] for names in (EXPOSED, LITTLE)]
    return np.array(
        [float(by_point[points].sum()) for points in groups]
        + [float(by_status[rows].sum()) for rows in kinds]
    )


def _told(change: Interval) -> str:
    return percent(change.value, sign=True)


PART = Part(
    "spill_over",
    usual=Size(migrants=(6_000,), days=180, replicates=(20,)),
    small=Size(migrants=(200,), days=90, replicates=(2,)),
    make=_make,
    shape=_SHAPE,
)
