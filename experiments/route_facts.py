"""What a result says about its route and its scenarios, so that it can be shown without them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.route import along_the_route, short_names

if TYPE_CHECKING:
    from pathlib import Path

    from sim.interventions import Intervention
    from sim.network import RouteNetwork
    from sim.plan import Plan

__all__ = ["FILE", "route_facts", "write_route"]

FILE = "route.json"
"""Name of the file in a result directory."""


def write_route(folder: Path, plans: Sequence[Plan], names: Sequence[str]) -> None:
    """Write places, legs, organisations and scenarios into `route.json` of a result directory.

    Args:
        folder: The directory.
        plans: What was run, the baseline first.
        names: Name of each.
    """
    from experiments.writing import write_json

    write_json(folder / FILE, route_facts(plans, names))


def route_facts(plans: Sequence[Plan], names: Sequence[str]) -> dict[str, Any]:
    """The same as plain data."""
    network = plans[0].network
    return {
        "network": network.name,
        "places": _places(network),
        "legs": _legs(network),
        "organisations": _names(network.organisations, "id"),
        "service_points": dict(
            zip(network.points["id"].astype(str), network.points["node"].astype(str), strict=True)
        ),
        "countries": _names(network.countries, "country"),
        "people": plans[0].people,
        "scenarios": [
            _scenario(name, plan, plans[0]) for name, plan in zip(names, plans, strict=True)
        ],
    }


def _places(network: RouteNetwork) -> list[dict[str, Any]]:
    short = short_names(network)
    rows = {str(row["id"]): row for row in network.nodes.to_dict("records")}
    return [
        {
            "id": node,
            "name": short[node],
            "country": str(rows[node]["country"]),
            "step": str(rows[node]["journey_step"]),
            "lat": _degrees(rows[node].get("lat")),
            "lon": _degrees(rows[node].get("lon")),
        }
        for node in along_the_route(network)
    ]


def _legs(network: RouteNetwork) -> list[list[str]]:
    # Each way once, whichever directions it has.
    pairs = zip(network.legs["from"].astype(str), network.legs["to"].astype(str), strict=True)
    return [list(pair) for pair in sorted({(min(a, b), max(a, b)) for a, b in pairs})]


def _names(table: Any, key: str) -> dict[str, str]:
    return dict(zip(table[key].astype(str), table["name"].astype(str), strict=True))


def _scenario(name: str, plan: Plan, base: Plan) -> dict[str, Any]:
    return {
        "name": name,
        "title": plan.title,
        "question": plan.question,
        "days": plan.days,
        "migrants": plan.migrants,
        "parameters": plan.parameters.changed(),
        "interventions": [_intervention(each, base) for each in plan.interventions],
    }


def _intervention(each: Intervention, base: Plan) -> dict[str, Any]:
    return {
        "id": each.id,
        "kind": each.kind,
        "start": each.start,
        "end": each.end,
        "announced": each.announced_day(),
        "scope": {kind: list(names) for kind, names in each.scope.named().items() if names},
        "new": each not in base.interventions,
    }


def _degrees(value: Any) -> float | None:
    return None if value is None or math.isnan(float(value)) else round(float(value), 4)
