"""A design as a complete file."""

from __future__ import annotations

from typing import Any

from scenarios.designing.design import Design, Uncertainty
from scenarios.positions import Node
from scenarios.quantities import plain_quantity
from scenarios.yaml_text import yaml_text

__all__ = ["design_text", "plain_design"]


def design_text(design: Design, root: Node) -> str:
    """A design as YAML: loaded again with the same scenario, it gives an equal design.

    Args:
        design: The design.
        root: The file it was read from, for what is named as it was written: the scenario and the
            values of levers.
    """
    return yaml_text(plain_design(design, root))


def plain_design(design: Design, root: Node) -> dict[str, Any]:
    """The same as plain data."""
    levers = [
        {"intervention": lever.intervention, "field": lever.field,
         "values": root.at(("levers", n, "values")).plain()}
        for n, lever in enumerate(design.levers)
    ]
    sampler = design.sampler
    return {
        "name": design.name,
        "title": design.title,
        "question": design.question,
        "scenario": root.at(("scenario",)).plain(),
        "sampler": {
            "method": sampler.method,
            "points": sampler.points,
            **({"second_order": sampler.second_order} if sampler.method == "sobol" else {}),
            **({"levels": sampler.levels} if sampler.method == "morris" else {}),
        },
        "seed": design.seed,
        "replicates": design.replicates,
        "constants": {name: _number(value) for name, value in design.constants.items()},
        "uncertainties": {each.name: _range(each) for each in design.uncertainties},
        "levers": levers,
        "outcomes": [plain_quantity(each) for each in design.outcomes],
        "targets": list(design.targets),
    }


def _range(uncertain: Uncertainty) -> dict[str, Any]:
    if uncertain.values:
        return {"values": [_number(value) for value in uncertain.values]}
    return {"low": _number(uncertain.low), "high": _number(uncertain.high),
            "scale": uncertain.scale}


def _number(value: float) -> float | int:
    """Without a point where there is nothing behind it."""
    return int(value) if value == int(value) and abs(value) < 1e15 else value
