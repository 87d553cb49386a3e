"""Saving a run between two days, and going on from there as if it had never stopped.

Everything that lasts from day to day is kept; what the plan makes (the network, the morning of
the world, the engine) is made anew. ``docs/saved_state.md`` describes the file field by field.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np
import pandas as pd

from sim.archive import Archive, write_archive
from sim.compiling import code_hash
from sim.description import described, first_difference, hash_of
from sim.problems import InputProblem, quoted

if TYPE_CHECKING:
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["SavedRun", "save"]

SURVEYS = "surveys.json"
GIVEN = ("migrants", "days", "seed")
_MADE_ANEW = frozenset({"plan", "tables", "tally", "reach", "_usual", "_acts", "_closed"})
"""Attributes of a world that the plan makes, that are 0 between days, or that are kept apart."""
_WORDS = ("name", "title", "question")
"""What a plan says that nothing in a run depends on."""
_ANOTHER = "resume it with the scenario it was saved with, or start a new run"


class _State(NamedTuple):
    """What lasts, by where it is.

    Attributes:
        arrays: Arrays, by ``part/name``; their shapes depend on the plan alone.
        series: Lists of arrays, which grow as days go by.
        plain: Numbers, words and lists of them, by part and name.
    """

    arrays: dict[str, np.ndarray]
    series: dict[str, list[np.ndarray]]
    plain: dict[str, dict[str, Any]]


def save(model: TrustModel, path: Path | str, begins: int) -> None:
    """Write all that lasts of a run into one file.

    Args:
        model: The run, between two days.
        path: The file.
        begins: First day on which an intervention of the run does or says anything.

    Raises:
        InputProblem: If it cannot be written.
    """
    state = _state_of(model)
    plan = described(model.plan)
    header = {
        "waytrust": _version(),
        "code": code_hash(),
        "day": model.day,
        "steps": model.steps,
        "replicate": model.world.replicate,
        "given": dict(zip(GIVEN, model.given, strict=True)),
        "begins": begins,
        "plan_hash": hash_of(plan),
        "plan": plan,
        "state_hash": model.state_hash(),
        "plain": state.plain,
        "series": list(state.series),
        "arrays": _layouts(state.arrays),
    }
    stacked = {name: np.stack(rows) for name, rows in state.series.items()}
    surveys = json.dumps([_as_plain(table) for table in model.surveys])
    write_archive(Path(path), header, state.arrays | stacked, {SURVEYS: surveys})


class SavedRun:
    """A saved run, opened to go on from.

    Attributes:
        replicate: Which of several runs with its seed it is.

    Raises:
        InputProblem: If it is no such file, is damaged, or another version of the model wrote it.
    """

    def __init__(self, path: Path | str) -> None:
        self._archive = Archive(Path(path))
        self._header = self._archive.header
        self.replicate: int = self._header["replicate"]
        saved, here = self._header["code"], code_hash()
        if saved != here:
            self._archive.close()
            raise self._archive.problem(
                "code", f"the run was saved by the model with code {saved} (Waytrust "
                f"{self._header['waytrust']}), and this is {here} (Waytrust {_version()})",
                "resume it with the version that saved it, or start a new run")

    def given(self, **asked: int | None) -> tuple[int | None, int | None, int | None]:
        """Migrants, days and seed as they were given to the run, None: as the scenario says.

        Args:
            **asked: What is asked for now, of these and the replicate; None: as saved.

        Raises:
            InputProblem: If something else is asked for than was saved.
        """
        saved = {name: self._header["plan"][name] for name in GIVEN}
        saved["replicate"] = self.replicate
        for name, value in asked.items():
            if value is not None and value != saved[name]:
                raise self._archive.problem(
                    name, f"the run was saved with {saved[name]}, and {value} is asked for",
                    "ask for what was saved, or leave it out: the file knows it")
        migrants, days, seed = (self._header["given"][name] for name in GIVEN)
        return migrants, days, seed

    def check(self, plan: Plan, begins: int) -> None:
        """Refuse a plan with which the days lived so far would have been others.

        Interventions may differ as long as none has begun, whether of the saved plan or of this
        one: before its first day an intervention does nothing, so the days lived are the same.

        Args:
            plan: The plan to go on with.
            begins: First day on which an intervention of it does or says anything.

        Raises:
            InputProblem: If there is such a difference.
        """
        now = described(plan)
        if hash_of(now) == self._header["plan_hash"]:
            return
        begun = min(begins, self._header["begins"]) < self._header["day"]
        found = first_difference(self._lived(self._header["plan"], begun), self._lived(now, begun))
        if found:
            remedy = _ANOTHER
            if found.field.startswith("interventions"):
                remedy += "; interventions can be others only as long as none has begun"
            raise self._differs(found.field, found.one, found.other, remedy)

    def _lived(self, plan: Mapping[str, Any], begun: bool) -> dict[str, Any]:
        """What of a plan the days lived so far depend on."""
        ignored = _WORDS if begun else (*_WORDS, "interventions")
        kept = {name: value for name, value in plan.items() if name not in ignored}
        kept["survey_days"] = [day for day in plan["survey_days"] if day < self._header["day"]]
        return kept

    def put_into(self, model: TrustModel) -> None:
        """Give a model that has lived no day the state of this one.

        Raises:
            InputProblem: If the columns are others, or the file is damaged.
        """
        fresh = _state_of(model)
        found = first_difference(self._header["arrays"], _layouts(fresh.arrays), "arrays")
        if found:
            raise self._differs(found.field, found.one, found.other, _ANOTHER)
        # Written into the arrays that are there, for compiled loops know their exact types.
        for name, array in fresh.arrays.items():
            array[...] = self._archive.array(name)
        parts = _parts(model)
        for part, values in self._header["plain"].items():
            for name, value in values.items():
                setattr(parts[part], name, value)
        for whole_name in self._header["series"]:
            part, name = whole_name.split("/")
            setattr(parts[part], name, list(self._archive.array(whole_name)))
        model.surveys = [_as_table(plain) for plain in json.loads(self._archive.text(SURVEYS))]
        model.day, model.steps = self._header["day"], self._header["steps"]
        model.running = model.day < model.plan.days
        if model.state_hash() != self._header["state_hash"]:
            raise self._archive.damaged()

    def _differs(self, field: str, saved: object, now: object, remedy: str) -> InputProblem:
        message = f"the run was saved with {quoted(saved)}, and here it is {quoted(now)}"
        return self._archive.problem(field, message, remedy)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._archive.close()


def _parts(model: TrustModel) -> dict[str, object]:
    return {"world": model.world, "record": model.record}


def _state_of(model: TrustModel) -> _State:
    """All that lasts of a run, whatever columns and counts there are."""
    tables = model.world.tables._asdict()
    state = _State({f"tables/{name}": array for name, array in tables.items()}, {}, {})
    for part, thing in _parts(model).items():
        state.plain[part] = {}
        for name, value in vars(thing).items():
            made = isinstance(getattr(type(thing), name, None), cached_property)
            if name in _MADE_ANEW or made:
                continue
            if isinstance(value, np.ndarray):
                state.arrays[f"{part}/{name}"] = value
            elif isinstance(value, list) and value and isinstance(value[0], np.ndarray):
                state.series[f"{part}/{name}"] = value
            elif _is_plain(value):
                state.plain[part][name] = value
            else:
                # Better no saved state than one from which something is missing.
                raise TypeError(f"{type(thing).__name__}.{name} is a {type(value).__name__}: "
                                "sim/saving.py must know how to keep it, or that it is made anew")
    return state


def _is_plain(value: object) -> bool:
    if type(value) is list:
        return all(_is_plain(item) for item in value)
    return value is None or type(value) in (bool, int, float, str)


def _layouts(arrays: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """Shape and type of each array; of a table, the type of each column."""
    return {name: {"shape": list(array.shape), "type": _layout(array.dtype)}
            for name, array in arrays.items()}


def _layout(dtype: np.dtype[Any]) -> Any:
    if dtype.names is None:
        plain = dtype.base.newbyteorder("<").str
        return [plain, *dtype.shape] if dtype.shape else plain
    return {name: _layout(dtype[name]) for name in dtype.names}


def _as_plain(table: pd.DataFrame) -> dict[str, Any]:
    """A table as columns of plain values; what is missing is null."""
    return {
        str(name): {"type": column.dtype.str if isinstance(column.dtype, np.dtype) else "text",
                    "values": [None if pd.isna(cell) else cell for cell in column.tolist()]}
        for name, column in table.items()}


def _as_table(plain: Mapping[str, Any]) -> pd.DataFrame:
    return pd.DataFrame({
        name: column["values"] if column["type"] == "text"
        else np.array(column["values"], column["type"])
        for name, column in plain.items()})


def _version() -> str:
    try:
        return metadata.version("waytrust")
    except metadata.PackageNotFoundError:  # run from its sources
        return "unknown"
