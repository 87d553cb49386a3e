"""Bytes: those a migrant takes, those a day touches, and how near that is to what memory can do."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import touched
from benchmarks.arrays import arrays_of, columns_of, grows
from benchmarks.children import answer_of
from benchmarks.crowd import Crowds, live, timed_days
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from benchmarks.tables import gigabytes, one_decimal
from benchmarks.timing import Timed, in_turn
from experiments.pages import Rows
from sim.model import TrustModel

__all__ = ["PART", "byte_table", "measure", "measure_touched", "tables"]

FEW = 1_000
"""Migrants of the run whose memory is taken to be that of the program itself."""
TRACED_DAYS = 2


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:
    """Count the arrays, trace what is touched, and time days beside copies."""
    model = crowds.copy(scale.in_memory)
    say(f"arrays of {scale.in_memory:,} migrants, and copies of an array beside them")
    found = byte_table(model)
    found |= _beside_copies(model, scale)
    say("memory of a process")
    found["resident"] = _or_why_not(lambda: _resident(scale.in_memory))
    say(f"what is read and written for {scale.traced:,} migrants")
    found["touched"] = _or_why_not(lambda: measure_touched(crowds, scale.traced))
    return found


def byte_table(model: TrustModel) -> dict[str, Any]:
    """Every array of a run with its bytes: those that grow with the migrants by column."""
    migrants = model.plan.migrants
    all_held = arrays_of(model)
    growing = [held for held in all_held if grows(held.array, migrants)]
    columns = [column for held in growing for column in columns_of(held, migrants)]
    fixed = {
        held.name: held.nbytes for held in all_held if not grows(held.array, migrants)
    }
    return {
        "migrants": migrants, "columns": [column._asdict() for column in columns], "fixed": fixed,
        "per_migrant": sum(held.nbytes for held in growing) / migrants,
    }  # fmt: skip


def _beside_copies(model: TrustModel, scale: Scale) -> dict[str, Any]:
    source = np.ones(scale.copied // 8)
    target = np.zeros_like(source)

    def copy() -> int:
        np.copyto(target, source)
        return source.nbytes

    days, copies = timed_days(model, scale.days), Timed("copies", copy)
    copies.time()  # the first touches new pages
    copies.costs.clear()
    in_turn([days, copies, copies], scale.repeats)
    return {"day": days.to_dict(), "copy": copies.to_dict()}


def _resident(migrants: int) -> dict[str, float]:
    whole, base = (answer_of("resident", n) for n in (migrants + FEW, FEW))
    return {"bytes": whole, "without": base, "per_migrant": (whole - base) / migrants}


def measure_touched(crowds: Crowds, migrants: int) -> Any:
    """Bytes that each phase touches, of a run in plain Python that must come out the same."""
    model = crowds.copy(migrants)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "world.npz"
        touched.save(path, model)
        found = answer_of("touched", path, migrants, crowds.burn_in, TRACED_DAYS)
    live(model, TRACED_DAYS)
    if found.pop("state") != touched.state_of(model):
        raise RuntimeError("the loops as plain Python do not give what the compiled ones give")
    return found


def _or_why_not(work: Callable[[], Any]) -> Any:
    """What depends on the system or on how the loops are written may fail; the rest goes on."""
    try:
        return work()
    except (RuntimeError, ValueError, OSError) as error:
        return {"not_measured": str(error).replace(tempfile.gettempdir(), "...")}


def tables(found: Found) -> Tables:
    """The columns; the other arrays; bytes touched by phase; and all of it in short."""
    made: Tables = {
        "memory": ("Memory in short", _in_short(found)),
        "memory-columns": ("Bytes a migrant, column by column", _columns(found)),
        "memory-fixed": ("Arrays that do not grow with the migrants", _fixed(found)),
    }
    if "phases" in found["touched"]:
        made["memory-touched"] = ("Bytes touched per agent-step", _phases(found["touched"]))
    return made


def _in_short(found: Found) -> Rows:
    rows = [["Bytes a migrant in all arrays", one_decimal(found["per_migrant"])]]
    resident, traced = found["resident"], found["touched"]
    most = one_decimal(resident["per_migrant"]) if "bytes" in resident else "not measured"
    rows.append(["Most bytes a migrant of a whole process", most])
    copying = 2.0 / found["copy"]["median_s"]  # a copied byte is read and written
    rows.append(["Copying an array: read and written", gigabytes(copying)])
    if "phases" in traced:
        traffic = _traffic(traced)
        rate = traffic / found["day"]["median_s"]
        rows.append(["Bytes read and written per agent-step, in whole lines", f"{traffic:,.0f}"])
        rows.append(["A day: read and written", gigabytes(rate)])
        rows.append(["Share of what copying achieves", f"{100 * rate / copying:.0f} %"])
    else:
        rows.append(["Bytes read and written per agent-step", "not measured"])
    return ["What", f"{found['migrants']:,} migrants"], rows


def _traffic(traced: Found) -> float:
    """Lines come from memory, and those written go back."""
    return float(sum(one["lines"] + one["written_lines"] for one in traced["phases"].values()))


def _columns(found: Found) -> Rows:
    rows = [
        [one["table"], one["name"], one["kind"], one_decimal(one["per_row"])]
        for one in found["columns"]
    ]
    return (
        ["Table", "Column", "Type", "Bytes a migrant"],
        [*rows, ["Sum", "", "", one_decimal(found["per_migrant"])]],
    )


def _fixed(found: Found) -> Rows:
    rows = [[name, f"{size:,}"] for name, size in found["fixed"].items()]
    return ["Array", "Bytes in all"], [*rows, ["Sum", f"{sum(found['fixed'].values()):,}"]]


def _phases(traced: Found) -> Rows:
    kinds = ("bytes", "lines", "written_lines")
    phases = traced["phases"]
    rows = [
        [words, *(f"{phases[name][kind]:.0f}" for kind in kinds)]
        for name, words in traced["words"].items()
    ]
    sums = [f"{sum(one[kind] for one in phases.values()):.0f}" for kind in kinds]
    head = ["Phase", "Bytes touched", "In whole lines", "Lines written"]
    return head, [*rows, ["Whole day", *sums]]


PART = Part("memory", "bytes a migrant, bytes touched, share of copy bandwidth", measure, tables)
