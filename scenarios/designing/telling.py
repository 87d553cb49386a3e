"""A design in words: what is varied, what is asked, and how many runs that takes."""

from __future__ import annotations

from scenarios.designing.counting import combinations_of, points_of, runs_of
from scenarios.designing.design import Design, Uncertainty
from scenarios.naming import Names
from scenarios.quantity_words import quantity_words
from sim.parameters import REGISTRY

__all__ = ["about", "counts", "lever_rows", "outcome_rows", "uncertain_rows"]

_METHODS = {
    "grid": "every combination of values",
    "lhs": "a Latin hypercube, spread evenly",
    "sobol": "Sobol samples, for shares of variance",
    "morris": "Morris paths, which change one thing at a time",
}


def about(design: Design) -> str:
    """The scenario and what is held constant, in a sentence."""
    held = ", ".join(f"{name} {value:g}" for name, value in design.constants.items())
    scenario = design.scenario
    return (f"Every run is the scenario “{scenario.title}” ({scenario.name})"
            + (f" with {held}." if held else " as it stands."))


def counts(design: Design) -> str:
    """Points, combinations, replicates and runs, in a sentence."""
    points, combinations, runs = points_of(design), combinations_of(design), runs_of(design)
    how = _METHODS[design.sampler.method] if design.uncertainties else "nothing is uncertain"
    return (f"{_many(points, 'point')} ({how}) x {_many(combinations, 'combination')} of levers "
            f"x {_many(design.replicates, 'replicate')} = {_many(runs, 'run')}.")


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
    unit = REGISTRY[uncertain.name].unit
    shown = f" {unit}" if unit == "days" else ""
    if uncertain.values:
        return ", ".join(f"{value:g}" for value in uncertain.values) + shown
    log = " (log)" if uncertain.scale == "log" else ""
    return f"{uncertain.low:g} to {uncertain.high:g}{shown}{log}"


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
