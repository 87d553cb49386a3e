"""Tiny designs, and sweeps of them, that several tests share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from scenarios.designing import Design, load_design

SCENARIO = {"extends": "niger_firewall", "burn_in": 20}
WALL = {"intervention": "wall", "field": "compliance", "values": ["0 %", "100 %"]}
OUTCOMES = [
    {"name": "unaware", "measure": "unaware", "per": "in_need"},
    {"name": "not_worth", "measure": "not_worth", "daily": True},
    {"name": "afraid", "measure": "not_worth", "group": {"exposed": True}},
    {"name": "present", "measure": "present", "place": {"country": "NER"}},
    {"name": "danger", "question": "danger", "answer": "agree"},
]


def plain(**changes: Any) -> dict[str, Any]:
    """A design as plain data: 3 points x 2 values of a lever x 2 replicates, some 0.1 s."""
    return {
        "name": "tiny",
        "scenario": SCENARIO,
        "sampler": {"method": "lhs", "points": 3},
        "seed": 3,
        "replicates": 2,
        "constants": {"migrants": 150, "days": 12},
        "uncertainties": {"cost_weight": "default"},
        "levers": [{"intervention": "wall", "field": "start", "values": [2]}, WALL],
        "outcomes": OUTCOMES,
        **changes,
    }


def tiny(**changes: Any) -> Design:
    """The same, loaded."""
    return load_design(plain(**changes))


def written(folder: Path, **changes: Any) -> Path:
    """The same as a file."""
    file = folder / "tiny.yaml"
    with file.open("w", encoding="utf-8") as text:
        YAML().dump(plain(**changes), text)
    return file


def comparable(frame: pd.DataFrame) -> pd.DataFrame:
    """Runs without what the clock and the hour of the day decide."""
    return frame.drop(columns=["wall_s"])
