"""Finds and reads the files of designs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios import resolve, yaml_positions
from scenarios.positions import Node, Source, from_plain
from sim.problems import Problem

__all__ = ["DESIGNS", "design_names", "find_design", "read_design"]

DESIGNS = resolve.HERE / "designs"


def design_names() -> list[str]:
    """Names of the designs of the library."""
    return sorted(path.stem for path in DESIGNS.glob("*.yaml"))


def read_design(given: str | Path | Mapping[str, Any], found: list[Problem]) -> Node:
    """A design as it was written.

    Args:
        given: Name in the library, file, or plain data.
        found: Faults that do not hinder reading on are added to it.

    Raises:
        InputProblem: If it cannot be found or read.
    """
    if isinstance(given, Mapping):
        return from_plain(given, Source("design"))
    path = find_design(given)
    return resolve.named_after_file(yaml_positions.read(path, str(path), found), path)


def find_design(given: str | Path) -> Path:
    """The file of a design: one of the library, or one's own.

    Raises:
        InputProblem: If there is none.
    """
    text = str(given)
    scenario = text in resolve.library_names()
    advice = f"it is a scenario: write a design with scenario: {text}" if scenario else ""
    return resolve.named_file(given, "design", DESIGNS, design_names(), advice)
