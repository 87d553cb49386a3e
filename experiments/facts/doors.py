"""Officers at doors, firewalls, and how soon people come back."""

from __future__ import annotations

import numpy as np

from experiments.behaviour.distance import AT
from experiments.facts.fact import Experiment, Fact, Values
from experiments.facts.living import (
    SHOCK,
    Today,
    asked_at,
    lived,
    ordinary,
    pair,
    side_by_side,
    with_acts,
)
from sim.interventions import CoLocatedEnforcement, Firewall, Scope

__all__ = ["EXPERIMENTS"]

LIFTED = SHOCK + 60
FORTNIGHT = 14
AFTERWARDS = 60
ACUTE, ROUTINE = 2, 0


def officers(end: int | None, scope: Scope) -> CoLocatedEnforcement:
    """Officers at the doors from the day on."""
    return CoLocatedEnforcement(id="officers", start=SHOCK, end=end, scope=scope)


def _at_one_town(replicate: int, migrants: int) -> Values:
    base = ordinary(migrants=migrants)
    scope = Scope(node=(AT,))
    stay, lifted = with_acts(base, officers(None, scope)), with_acts(base, officers(LIFTED, scope))
    runs = lived(base, replicate, stay, lifted)
    points = np.flatnonzero((base.network.points["node"] == AT).to_numpy())
    others = np.flatnonzero((base.network.points["node"] != AT).to_numpy())
    here = [asked_at(run, points, SHOCK, LIFTED) for run in runs]
    elsewhere = [asked_at(run, others, SHOCK, base.days) for run in runs]
    after = [asked_at(run, points, LIFTED, LIFTED + FORTNIGHT) for run in runs]
    return {
        "door_here": (here[0], here[1]), "door_elsewhere": (elsewhere[0], elsewhere[1]),
        "door_lifted": (after[1], after[2]),
    }  # fmt: skip


def _firewall(replicate: int, migrants: int) -> Values:
    """A firewall with nothing to repair, everywhere, over all days after it."""
    base = ordinary(migrants=migrants)
    wall = Firewall(id="wall", start=SHOCK, compliance=0.9, scope=Scope(all=True))
    runs = lived(base, replicate, with_acts(base, wall))
    column = runs[0].record.measures.index("asked")
    asked = [float(run.record.counts[SHOCK:, ..., column].sum()) for run in runs]
    return {"firewall": (asked[0], asked[1]), "firewall_little": (1.25 * asked[0], asked[1])}


def _short_shock(replicate: int, migrants: int) -> Values:
    """Acute needs that officers kept from help for a fortnight: helped later, or never.

    Counted are episodes that were helped in that fortnight in ordinary times and not under it.
    """
    base = ordinary(migrants=migrants, days=SHOCK + FORTNIGHT + AFTERWARDS)
    runs = pair(base, replicate, with_acts(base, officers(SHOCK + FORTNIGHT, Scope(all=True))))
    helped: list[dict[tuple[int, int, int], int]] = [{}, {}]
    for day in side_by_side(runs):
        for run, first in zip(runs, helped, strict=True):
            for episode in _helped_today(Today.of(run), ACUTE):
                first.setdefault(episode, day)
    calm, shocked = helped
    over = SHOCK + FORTNIGHT
    kept_out = [e for e, day in calm.items() if day < over and shocked.get(e, over) >= over]
    later = sum(episode in shocked for episode in kept_out)
    return {"acute_is_delayed": (len(kept_out) - later, later)}


def _helped_today(today: Today, urgency: int) -> list[tuple[int, int, int]]:
    """Episodes that got help today: person, need, and the day on which it began."""
    who = np.flatnonzero(today.served & (today.urgency == urgency))
    return [(int(i), int(today.dimension[i]), int(today.onset[i])) for i in who]


def _lasting_shock(replicate: int, migrants: int) -> Values:
    """Visits for routine and for acute need while officers stay, relative to ordinary times."""
    base = ordinary(migrants=migrants)
    runs = pair(base, replicate, with_acts(base, officers(None, Scope(all=True))))
    visits = np.zeros((2, 2))
    for _ in side_by_side(runs):
        for n, run in enumerate(runs):
            today = Today.of(run)
            visits[n] += _visits(today, ROUTINE), _visits(today, ACUTE)
    change = visits[1] / visits[0] - 1.0
    return {"acute_loses_less": (float(change[0]), float(change[1]))}


def _visits(today: Today, urgency: int) -> float:
    return float((today.asked & (today.urgency == urgency)).sum())


EXPERIMENTS = (
    Experiment("doors", (
        Fact("door_here", "Q04", "Asking where officers stand at the doors", "falls"),
        Fact("door_elsewhere", "Q04", "and asking elsewhere", "falls"),
        Fact("door_lifted", "M05", "and asking there in the fortnight after they go, over their "
             "staying,", "rises"),
    ), _at_one_town, 3_000),
    Experiment("firewall", (
        Fact("firewall", "Q08", "Asking under a firewall with nothing to repair", "rises"),
        Fact("firewall_little", "Q08", "but by less than a quarter (asking over 1.25 times that "
             "without)", "falls"),
    ), _firewall),
    Experiment("short_shock", (
        Fact("acute_is_delayed", "C04", "Acute needs kept from help for a fortnight: those helped "
             "later over those never helped,", "rises", relative=False),
    ), _short_shock, 2_000),
    Experiment("lasting_shock", (
        Fact("acute_loses_less", "C04", "Under lasting enforcement, the change of visits for acute "
             "need over that for routine need", "rises", relative=False),
    ), _lasting_shock),
)  # fmt: skip
"""Experiments with officers and firewalls."""
