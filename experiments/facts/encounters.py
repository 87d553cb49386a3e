"""One bad encounter: what those who had it do later, elsewhere and with others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from experiments.facts.fact import Experiment, Fact, Values
from experiments.facts.living import SHOCK, Today, ordinary, pair, side_by_side, with_acts
from sim.codes import STATUSES
from sim.interventions import Intervention, Scope

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["EXPERIMENTS"]

DURING, AFTERWARDS = 28, 150
EVERY_STATUS = (1 << len(STATUSES)) - 1


class _Refusal(Intervention):
    """Whoever comes is turned away for their status."""

    at_service_points: ClassVar[bool] = True
    kind: Literal["refusal"] = "refusal"

    def apply(self, field: Reached, day: int) -> None:
        """Refuse everybody today."""
        if self.intensity(day) > 0.0:
            field.table["excludes"][field.points] = EVERY_STATUS


def _later(replicate: int, migrants: int) -> Values:
    """How often those who were refused once ask later, of days on which they could, per world.

    People are followed who came in that month in both worlds: to be helped, or to be refused. Only
    needs count that began later, for those who were refused still have the one they came with.
    """
    base = ordinary(migrants=migrants, days=SHOCK + DURING + AFTERWARDS)
    bad = _Refusal(id="bad", start=SHOCK, end=SHOCK + DURING, scope=Scope(family=("rcrc",)))
    runs = pair(base, replicate, with_acts(base, bad))
    points = base.network.points
    family = dict(zip(base.network.organisations["id"], base.network.organisations["family"],
                      strict=True))
    own = np.array([family[name] == "rcrc" for name in points["organisation"]])
    met = np.full((2, base.migrants), -1)
    asked, could = np.zeros((3, 2)), np.zeros((3, 2))
    for day in side_by_side(runs):
        for n, run in enumerate(runs):
            today = Today.of(run)
            if day < SHOCK + DURING:
                came = np.flatnonzero(today.asked)
                came = came[own[today.point[came]]]
                met[n, came] = np.where(met[n, came] < 0, today.node[came], met[n, came])
                continue
            followed = np.asarray((met >= 0).all(axis=0))[: len(today.could)]
            who = np.flatnonzero(today.could & followed & (today.onset >= SHOCK + DURING))
            away = who[today.node[who] != met[n, who]]
            others = away[~own[today.point[away]] & today.asked[away]]
            could[:, n] += who.size, away.size, away.size
            asked[:, n] += today.asked[who].sum(), today.asked[away].sum(), others.size
    rate = asked / could
    names = ("later", "elsewhere", "others")
    return {f"bad_encounter_{name}": (rate[k, 0], rate[k, 1]) for k, name in enumerate(names)}


EXPERIMENTS = (
    Experiment("bad_encounter", (
        Fact("bad_encounter_later", "Q01", "After being refused once instead of helped, asking "
             "with a later need (of days on which one could)", "falls"),
        Fact("bad_encounter_elsewhere", "Q01", "and asking at other places", "falls"),
        Fact("bad_encounter_others", "Q01", "and asking other organisations at other places",
             "falls"),
    ), _later, 4_000),
)  # fmt: skip
"""Experiments with encounters."""
