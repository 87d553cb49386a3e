"""A breach at one organisation in Agadez: how far it reaches, and through what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pandas as pd

from experiments.behaviour.distance import AHEAD, AT, travel_days
from experiments.facts.fact import Experiment, Fact, Values
from experiments.facts.living import (
    SHOCK,
    lived,
    ordinary,
    pair,
    side_by_side,
    trust,
    with_acts,
)
from sim.interventions import DataBreach, Scope
from sim.parameters import Parameters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.model import TrustModel
    from sim.network import RouteNetwork
    from sim.plan import Plan

__all__ = ["EXPERIMENTS"]

OWNER, FAMILY, OTHER_FAMILY = "rcrc_niger", "rcrc", "un"
RECIPIENTS = ("NER", "DZA", "LBY")
FAR = 9.0
"""Days of travel from Agadez from which a place is distant."""


def leak(announced: int | str = 0) -> DataBreach:
    """Records of the Red Cross in Agadez reach three authorities."""
    return DataBreach(
        id="leak", start=SHOCK, announced=announced, recipient=RECIPIENTS,
        scope=Scope(organisation=(OWNER,), node=(AT,)),
    )  # fmt: skip


def _index(network: RouteNetwork, node: str) -> int:
    return list(network.nodes["id"]).index(node)


def _spill_over(replicate: int, migrants: int) -> Values:
    base = ordinary(migrants=migrants, days=SHOCK + 91)
    calm, leaked = lived(base, replicate, with_acts(base, leak()))
    here = np.array([_index(base.network, AT)])
    elsewhere = np.delete(np.arange(len(base.network.nodes)), here)
    values = {
        f"{who}_{where}": (trust(calm, family, places), trust(leaked, family, places))
        for who, family in (("own", FAMILY), ("other", OTHER_FAMILY))
        for where, places in (("here", here), ("elsewhere", elsewhere))
    }
    fall = {name: after - before for name, (before, after) in values.items()}
    values["other_here_more"] = (fall["other_elsewhere"], fall["other_here"])
    return values


def _remote(replicate: int, migrants: int) -> Values:
    """The change in days deterred at distant places, without and with stories."""
    changes = []
    for gate in (0.0, 1.0):
        base = ordinary(migrants=migrants, parameters={"channel_rumour": gate})
        calm, leaked = lived(base, replicate, with_acts(base, leak()))
        away = travel_days(base.network)
        far = [
            n for n, node in enumerate(base.network.nodes["id"])
            if away[node].side == AHEAD and away[node].days >= FAR
        ]  # fmt: skip
        changes.append(_deterred(leaked, far) - _deterred(calm, far))
    return {"remote_with_stories": (changes[0], changes[1])}


def _deterred(run: TrustModel, nodes: list[int]) -> float:
    column = run.record.measures.index("deterred")
    return float(run.record.counts[SHOCK:, nodes, :, column].sum())


def _closed_legs(replicate: int, migrants: int) -> Values:
    """People two countries away or further who hear of it sooner than anybody could get there."""
    base = _without_ways(ordinary(migrants=migrants, days=SHOCK + 20))
    days, far = _days_from_agadez(base.network), _beyond_neighbours(base.network)
    _, leaked = pair(base, replicate, with_acts(base, leak()))
    sooner = np.zeros(migrants, np.bool_)
    for day in side_by_side([leaked]):
        stories = leaked.world.tables.stories
        slot = next(n for n in range(len(stories)) if stories[n]["live"] and stories[n]["news"])
        body = leaked.world.tables.body[: leaked.world.people]
        heard = (body["heard"] >> np.uint64(slot)) & np.uint64(1) == 1
        node = body["node"]
        sooner[: len(body)] |= heard & far[node] & (day - SHOCK + 1 < days[node])
    return {"news_without_ways": (0.0, float(sooner.sum()))}


def _days_from_agadez(network: RouteNetwork) -> NDArray[np.float64]:
    """Days of travel from Agadez to each node on the quickest way, without stays."""
    found = nx.single_source_dijkstra_path_length(network.graph, AT, weight="days")
    return np.array([found.get(node, np.inf) for node in network.nodes["id"]])


def _beyond_neighbours(network: RouteNetwork) -> NDArray[np.bool_]:
    """Whether each node lies in a country without a leg to or from that of Agadez."""
    country = dict(zip(network.nodes["id"], network.nodes["country"], strict=True))
    home = country[AT]
    near = {home}
    for start, end in zip(network.legs["from"], network.legs["to"], strict=True):
        both = {country[start], country[end]}
        near |= both if home in both else set()
    return np.array([country[node] not in near for node in network.nodes["id"]])


def _without_ways(plan: Plan) -> Plan:
    """Every leg closed from the day on, and no broadcasts abroad: only calls are left."""
    legs = plan.network.legs.copy()
    legs["closed"] = pd.Series([((SHOCK, plan.days),)] * len(legs), index=legs.index)
    quiet = Parameters.of({**plan.parameters.changed(), "news_abroad": 0.0})
    return replace(plan, network=replace(plan.network, legs=legs), parameters=quiet)


def _anonymous(replicate: int, migrants: int) -> Values:
    """A breach where people are registered and where nobody is: its harm, and what is believed."""
    found: dict[bool, tuple[float, float]] = {}
    fall: dict[bool, float] = {}
    for registers in (True, False):
        base = ordinary(migrants=migrants)
        if not registers:
            base = _registering_nothing(base)
        secret = with_acts(base, leak("never"))
        calm, harmed, told = lived(base, replicate, secret, with_acts(base, leak()))
        found[registers] = (_detentions(calm), _detentions(harmed))
        here = np.array([_index(base.network, AT)])
        fall[registers] = trust(told, FAMILY, here) - trust(calm, FAMILY, here)
    return {
        "registered_are_found": found[True], "anonymous_are_spared": found[False],
        "anonymous_believed": (fall[True], fall[False]),
    }  # fmt: skip


def _detentions(run: TrustModel) -> float:
    return float(run.record.total("detentions"))


def _registering_nothing(plan: Plan) -> Plan:
    points = plan.network.points.copy()
    points.loc[points["organisation"] == OWNER, "registers"] = 0.0
    return replace(plan, network=replace(plan.network, points=points))


def _perceived(replicate: int, migrants: int) -> Values:
    """Asking after a breach that was only announced."""
    base = ordinary(migrants=migrants)
    runs = lived(base, replicate, with_acts(base, leak("only")))
    column = runs[0].record.measures.index("asked")
    asked = [float(run.record.counts[SHOCK:, ..., column].sum()) for run in runs]
    return {"perceived": (asked[0], asked[1])}


EXPERIMENTS = (
    Experiment("breach_spill_over", (
        Fact("own_here", "Q05", "After a breach, trust in the organisation there", "falls"),
        Fact("own_elsewhere", "Q01", "and in those of its emblem elsewhere", "falls"),
        Fact("other_here", "Q02", "and in another organisation there", "falls"),
        Fact("other_elsewhere", "Q02", "and in that other one elsewhere", "falls"),
        Fact("other_here_more", "Q02", "and in that other one more there than elsewhere (change "
             "there less change elsewhere)", "falls", relative=False),
    ), _spill_over),
    Experiment("remote", (
        Fact("remote_with_stories", "Q03", "The rise of days deterred at distant places, with "
             "stories over without them,", "rises", relative=False),
    ), _remote, 1_500),
    Experiment("closed_legs", (
        Fact("news_without_ways", "Q03", "With every leg closed, people two countries away who "
             "hear of it sooner than anybody could get there", "rises", relative=False),
    ), _closed_legs, 4_000),
    Experiment("anonymous", (
        Fact("registered_are_found", "Q05", "Detentions after a secret breach of the records of "
             "those who were registered", "rises"),
        Fact("anonymous_are_spared", "C24", "Detentions after the same where nobody is registered",
             "same"),
        Fact("anonymous_believed", "C24", "The change of trust in an organisation after news of a "
             "breach, where it registers nobody over where it does,", "rises", relative=False),
    ), _anonymous, 2_000),
    Experiment("perceived", (
        Fact("perceived", "Q05", "Asking, after a breach that was only announced,", "falls"),
    ), _perceived),
)  # fmt: skip
"""Experiments with a breach."""
