"""Worlds in which much happens to few: plans for the tests of both engines."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from sim.interventions import Intervention
from sim.interventions.base import Scope
from sim.interventions.data import DataBreach
from sim.interventions.enforcement import CoLocatedEnforcement
from sim.interventions.organisations import Firewall
from sim.interventions.words import Outreach, Rumour
from sim.network import RouteNetwork, load_network
from sim.parameters import Parameters
from sim.plan import Plan

NETWORKS = Path(__file__).parents[1] / "scenarios" / "networks"
NAMES = ("central_america", "central_mediterranean", "horn_of_africa")
KINDS = ("data_breach", "co_located_enforcement", "firewall", "outreach", "rumour")
CASES = ("nothing", *KINDS, "everything")
EVERYWHERE = Scope(all=True)
STATUS = {"irregular": 0.5, "asylum_seeker": 0.2, "regular": 0.25, "other": 0.05}
EVENTFUL = {
    "find": 0.2, "pass_on": 0.3, "onset_routine": 0.03, "onset_pressing": 0.02,
    "onset_acute": 0.02, "b0": -2.5, "capacity_scale": 0.1, "places_kept": 1.0,
    "cost_physical": 0.2, "cost_social": 0.5, "detention_rate": 0.01, "raid_rate": 0.05,
    "raid_share": 0.1, "raid_seen": 0.3, "find_listed": 0.3, "door_detention": 0.2,
    "story_birth": 0.02, "source_rate": 0.3, "source_lag": 2.0, "outreach_rate": 0.05,
    "news_reach": 0.05, "meetings_per_day": 1.3, "calls_per_day": 0.5, "set_out_again": 0.03,
    "burst_share": 0.05, "earn_rate": 0.02, "stranded_cost": 60.0, "change_destination": 0.5,
}
"""Parameters far from plausible, so that what is rare happens to a few hundred people."""


def harsher(network: RouteNetwork) -> RouteNetwork:
    """The network with deadly legs, some closed for a time, small places, services that exclude."""
    legs, points = network.legs.copy(), network.points.copy()
    countries, nodes = network.countries.copy(), network.nodes.copy()
    legs["death"] = np.minimum(0.3, legs["death"] * 20 + 0.01)
    legs["closed"] = [((10, 25),) if n % 5 == 0 else () for n in range(len(legs))]
    points["excludes"] = [("irregular", "refused") if n % 4 == 0 else names
                          for n, names in enumerate(points["excludes"])]
    countries["voluntary_return"] = 0.5
    countries["expiry_days"] = countries["asylum_days"] = 40.0
    countries["detention_days"] = 6.0
    nodes["mean_stay_days"] = np.minimum(nodes["mean_stay_days"], 15.0)
    nodes["capacity"] = np.where(np.arange(len(nodes)) % 3 == 0, 50.0, nodes["capacity"])
    return replace(network, legs=legs, points=points, countries=countries, nodes=nodes)


def interventions(case: str, network: RouteNetwork) -> tuple[Intervention, ...]:
    countries = tuple(network.countries["country"])
    made = {
        "data_breach": DataBreach(id="breach", start=5, end=40, scope=EVERYWHERE,
                                  recipient=countries, share=0.9),
        "co_located_enforcement": CoLocatedEnforcement(id="police", start=4, end=50, every=2,
                                                       strength=0.7, scope=EVERYWHERE),
        "firewall": Firewall(id="wall", start=12, ramp=3, compliance=0.5, scope=EVERYWHERE),
        "outreach": Outreach(id="words", start=8, reach=0.05, promises_too_much=0.5,
                             scope=EVERYWHERE),
        "rumour": Rumour(id="rumour", start=15, end=45, every=12, topic="detained", reach=0.2,
                         scope=EVERYWHERE),
    }
    return tuple(made.values()) if case == "everything" else tuple(
        item for kind, item in made.items() if kind == case)


@cache
def _harsh(name: str) -> RouteNetwork:
    return harsher(load_network(NETWORKS / name))


def eventful(name: str, case: str, *, migrants: int = 240, days: int = 60, burn_in: int = 30,
             **changes: float) -> Plan:
    """A plan in which much happens to few."""
    network = _harsh(name)
    return Plan(
        name="eventful", title="", question="", network=network, days=days, burn_in=burn_in,
        people=migrants * 10.0, migrants=migrants, present_at_start=0.8, status=STATUS,
        arrivals=None, parameters=Parameters.of(EVENTFUL | changes),
        interventions=interventions(case, network), survey_days=(), seed=5)
