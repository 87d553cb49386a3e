"""Legs whose length or speed cannot be."""

from __future__ import annotations

from typing import Any

from experiments.network_check.tables import NetworkTables
from sim.problems import Problem

__all__ = ["odd_lengths", "straight_km"]

SHORTER = 0.97  # of the great circle: coordinates and lengths are rounded
LONGER = 3.0
APART = 0.1
LEAST_KM = 1.0
FASTEST = {"road": 1500.0, "rail": 2500.0, "foot": 80.0, "river": 600.0, "sea": 1500.0,
           "air": 25_000.0}
"""Most kilometres a day from door to door that anybody can make, by mode."""


def odd_lengths(net: NetworkTables) -> list[Problem]:
    """Warnings about lengths against coordinates, and speeds."""
    nodes = {row["id"]: row for row in net.rows("nodes.csv")}
    problems = []
    for leg in net.rows("legs.csv"):
        speed = leg["km"] / leg["days"]
        fastest = FASTEST.get(leg["mode"], FASTEST["air"])
        if speed > fastest:
            problems.append(net.warning(
                "legs.csv", leg["line"], "days", f"{leg['days']:g}",
                f"{_name(leg)} would be {speed:,.0f} km a day by {leg['mode']}; more than "
                f"{fastest:,.0f} cannot be", "correct km, days or mode"))
        if leg["from"] in nodes and leg["to"] in nodes:
            problem = _length(net, leg, straight_km(nodes[leg["from"]], nodes[leg["to"]]))
            problems += [problem] if problem else []
    return problems


def straight_km(start: dict[str, Any], end: dict[str, Any]) -> float:
    """Great-circle distance between two nodes in kilometres."""
    from sim.network import great_circle_km

    return great_circle_km(start["lat"], start["lon"], end["lat"], end["lon"])


def _length(net: NetworkTables, leg: dict[str, Any], straight: float) -> Problem | None:
    km, line = leg["km"], leg["line"]
    remedy = "correct km, or the coordinates of one end"
    if straight < LEAST_KM:
        return None
    if km < SHORTER * straight:
        return net.warning("legs.csv", line, "km", f"{km:g}", f"{_name(leg)} has {km:,.0f} km, "
                           f"shorter than the straight line of {straight:,.0f} km", remedy)
    if km > LONGER * straight:
        return net.warning("legs.csv", line, "km", f"{km:g}", f"{_name(leg)} has {km:,.0f} km, "
                           f"more than {LONGER:g} times the straight line of {straight:,.0f} km",
                           remedy)
    if abs(km - straight * leg["detour"]) > APART * km:
        return net.warning("legs.csv", line, "detour", f"{leg['detour']:g}",
                           f"{_name(leg)} has {km:,.0f} km, but the straight line of "
                           f"{straight:,.0f} km times the detour is "
                           f"{straight * leg['detour']:,.0f} km", "correct km or detour")
    return None


def _name(leg: dict[str, Any]) -> str:
    return f"'{leg['from']}' to '{leg['to']}'"
