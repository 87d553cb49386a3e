"""A design in words: what is varied, what is asked, and how many runs that takes."""

from __future__ import annotations

from scenarios.designing.counting import combinations_of, points_of, runs_of
from scenarios.designing.design import Design, Uncertainty
from scenarios.naming import Names
from scenarios.quantity_words import quantity_words
from sim.parameters import REGISTRY
from sim.said import Listed, Said

__all__ = ["about", "counts", "lever_rows", "outcome_rows", "uncertain_rows"]

_METHODS = {
    "grid": Said("every combination of values"),
    "lhs": Said("a Latin hypercube, spread evenly"),
    "sobol": Said("Sobol samples, for shares of variance"),
    "morris": Said("Morris paths, which change one thing at a time"),
}
_ONE = {
    "points": Said("{n:,} point"), "combinations": Said("{n:,} combination of levers"),
    "replicates": Said("{n:,} replicate"), "runs": Said("{n:,} run"),
}  # fmt: skip
_MANY = {
    "points": Said("{n:,} points"), "combinations": Said("{n:,} combinations of levers"),
    "replicates": Said("{n:,} replicates"), "runs": Said("{n:,} runs"),
}  # fmt: skip
_RANGES = {
    ("", "linear"): Said("{low:g} to {high:g}"),
    ("days", "linear"): Said("{low:g} to {high:g} days"),
    ("", "log"): Said("{low:g} to {high:g} (log)"),
    ("days", "log"): Said("{low:g} to {high:g} days (log)"),
}


def about(design: Design) -> str:
    """The scenario and what is held constant, in a sentence."""
    names = {"title": design.scenario.title, "name": design.scenario.name}
    if not design.constants:
        return Said("Every run is the scenario “{title}” ({name}) as it stands.", **names)
    held = Listed(
        [Said("{name} {value:g}", name=name, value=value)
         for name, value in design.constants.items()], ",")  # fmt: skip
    return Said("Every run is the scenario “{title}” ({name}) with {held}.", **names, held=held)


def counts(design: Design) -> str:
    """Points, combinations, replicates and runs, in a sentence."""
    uncertain = bool(design.uncertainties)
    return Said(
        "{points} ({how}) x {combinations} x {replicates} = {runs}.",
        points=_many(points_of(design), "points"),
        how=_METHODS[design.sampler.method] if uncertain else Said("nothing is uncertain"),
        combinations=_many(combinations_of(design), "combinations"),
        replicates=_many(design.replicates, "replicates"),
        runs=_many(runs_of(design), "runs"),
    )


def uncertain_rows(design: Design) -> list[tuple[str, str, str]]:
    """Each uncertainty, its range, and what it means."""
    return [(each.name, _range(each), REGISTRY[each.name].note) for each in design.uncertainties]


def lever_rows(design: Design) -> list[tuple[str, str]]:
    """Each lever and its values as they were written."""
    return [(lever.name, " | ".join(lever.texts)) for lever in design.levers]


def outcome_rows(design: Design) -> list[tuple[str, str]]:
    """Each outcome and what it is."""
    names = Names(design.scenario.route)
    return [(each.name, quantity_words(each, names)) for each in design.outcomes]


def _range(uncertain: Uncertainty) -> str:
    unit = "days" if REGISTRY[uncertain.name].unit == "days" else ""
    if uncertain.values:
        values = Listed([Said("{value:g}", value=value) for value in uncertain.values], ",")
        return Said("{values} days", values=values) if unit else values
    scale = "log" if uncertain.scale == "log" else "linear"
    return Said(_RANGES[unit, scale], low=uncertain.low, high=uncertain.high)


def _many(number: int, what: str) -> Said:
    return Said(_ONE[what] if number == 1 else _MANY[what], n=number)
