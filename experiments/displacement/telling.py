"""A validation against counts, as tables, words and files."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.displacement.fitting import LeftOut, read_left_out
from experiments.displacement.published import FLEE
from experiments.displacement.validation import FleeValidation, InstanceValidation

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["KIND", "error_rows", "error_table", "error_words", "write_validation"]

KIND = "validate_flee"
HEAD = ("Instance", "Error", "Rescaled", "Left out", "Flee", "Uniform", "Nearest", "1/d", "1/d²",
        "Agents", "Days", "Million agent-days a second")
_NAIVE = ("uniform", "nearest", "gravity", "gravity_squared")
_NONE = "-"


def error_rows(found: FleeValidation) -> list[tuple[str, ...]]:
    """Cells of the table, one row for each instance and one for the mean of several."""
    left_out = read_left_out()
    rows = [
        (one.name, f"{one.average_relative_difference:.3f}", f"{one.rescaled:.3f}",
         _number(_left_out(left_out.get(one.name), found.capacities)),
         _number(_flee(one.name, found.capacities)),
         *(f"{one.naive[rule]:.3f}" for rule in _NAIVE),
         f"{one.agents:,}", f"{one.days:,}", f"{one.agent_steps_per_s / 1e6:,.0f}")
        for one in found.instances
    ]
    if len(found.instances) > 1:
        rows.append(_mean_row(found, left_out))
    return rows


def error_table(found: FleeValidation) -> Table:
    """The table for the terminal."""
    from rich import box
    from rich.table import Table

    how = "with capacities" if found.capacities else "without capacities"
    table = Table(title=f"People in camps against UNHCR's counts, {how}", box=box.SIMPLE)
    for n, name in enumerate(HEAD):
        table.add_column(name, justify="right" if n else "left", overflow="fold")
    for row in error_rows(found):
        table.add_row(*row)
    return table


def error_words(found: FleeValidation) -> list[str]:
    """What the table means, and what is missed."""
    words = [
        f"Error: plain average relative difference, the mean of {found.replicates} runs with one "
        f"agent per {found.people_per_agent:,} people; 0 is perfect. Left out: with parameters "
        "fitted on the other known instances. Flee: published single runs. Naive rules walk the "
        "same arrivals to all camps alike, the nearest, or by distance.",
    ]
    if found.capacities:
        words.append("Capacities come from the counts themselves, so much of this is given; "
                     "--without-capacities is the real test of movement.")
    for one in found.instances:
        better = _better(one, found.capacities)
        if better:
            words.append(f"{one.name}: nearer to the counts than our rule: {', '.join(better)}.")
    return words


def write_validation(found: FleeValidation, out: Path) -> None:
    """Write `validation.json`, `camps.csv`, the figures and a manifest into a new directory.

    Raises:
        InputProblem: If the directory cannot be written.
    """
    from experiments.displacement.figure import draw_camps
    from experiments.provenance import manifest
    from experiments.writing import new_directory, write_json

    with new_directory(out, KIND) as folder:
        write_json(folder / "validation.json", found.to_dict())
        with (folder / "camps.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(("instance", "camp", "day", "simulated", "counted"))
            for one in found.instances:
                writer.writerows(_camp_rows(one))
        for one in found.instances:
            draw_camps(one, found.capacities, folder)
        write_json(folder / "manifest.json", manifest(
            KIND, {}, seed=found.seed, replicates=found.replicates,
            capacities=found.capacities, people_per_agent=found.people_per_agent))


def _camp_rows(one: InstanceValidation) -> Iterator[tuple[str, str, int, float, int]]:
    for n, camp in enumerate(one.camps):
        for day in range(one.days):
            yield (one.name, camp, day, round(float(one.simulated[day, n]), 1),
                   int(one.counted[day, n]))


def _mean_row(found: FleeValidation, left_out: dict[str, LeftOut]) -> tuple[str, ...]:
    every = found.instances
    return (
        "mean", f"{found.mean:.3f}", _mean([one.rescaled for one in every]),
        _mean([_left_out(left_out.get(one.name), found.capacities) for one in every]),
        _mean([_flee(one.name, found.capacities) for one in every]),
        *(_mean([one.naive[rule] for one in every]) for rule in _NAIVE), "", "", "")


def _better(one: InstanceValidation, capacities: bool) -> list[str]:
    """What is better than the rule, in words."""
    error, flee = one.average_relative_difference, _flee(one.name, capacities)
    names = {"uniform": "the uniform rule", "nearest": "the nearest camp", "gravity": "1/d",
             "gravity_squared": "1/d²"}
    found = [f"{names[rule]} ({one.naive[rule]:.3f})" for rule in _NAIVE if one.naive[rule] < error]
    return ([f"Flee ({flee:g})"] if flee is not None and flee < error else []) + found


def _flee(name: str, capacities: bool) -> float | None:
    known = FLEE.get(name)
    return None if known is None else known[0 if capacities else 1]


def _left_out(row: LeftOut | None, capacities: bool) -> float | None:
    return None if row is None else row.with_capacities if capacities else row.without


def _number(value: float | None) -> str:
    return _NONE if value is None else f"{value:.3f}"


def _mean(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known) / len(known):.3f}" if known and len(known) == len(values) else _NONE
