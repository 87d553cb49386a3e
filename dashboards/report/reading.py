"""Reads a result directory; says in one sentence what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from dashboards.report.result import (
    Channel,
    CompareResult,
    Difference,
    Manifest,
    Route,
    RunResult,
    Series,
)
from experiments.limits import refusal
from experiments.writing import MANIFEST

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["KINDS", "read_result"]

M = TypeVar("M", bound=BaseModel)

_MAKE = "make one with `waytrust compare ... --out DIR` or `waytrust run ... --out DIR`"
_AGAIN = "make the result again with `waytrust {kind} ... --out DIR`"


def read_result(folder: Path | str) -> CompareResult | RunResult:
    """Read a result directory of any kind that a report can be made from.

    Raises:
        InputProblem: If it is missing, is none, is damaged, or is of another kind.
    """
    place = Path(folder)
    if not place.is_dir():
        message = "is not a directory" if place.exists() else "does not exist"
        raise refusal("directory", place, message, _MAKE)
    found = _manifest(place)
    kind = str(found.get("kind"))
    if kind not in KINDS:
        known = " and ".join(f"'{each}'" for each in KINDS)
        message = f"holds a result of kind '{kind}', and reports are made of {known}"
        raise refusal("directory", place, message, _MAKE)
    return KINDS[kind](place, _checked(Manifest, found, place / MANIFEST, kind))


def _manifest(place: Path) -> dict[str, Any]:
    file = place / MANIFEST
    if not file.is_file():
        message = f"is not a result directory: it has no {MANIFEST}"
        raise refusal("directory", place, message, _MAKE)
    found = _json(file, "compare")
    if "waytrust" not in found:
        raise refusal("directory", place, "is not a result directory of Waytrust", _MAKE)
    return found


def _compare(place: Path, manifest: Manifest) -> CompareResult:
    kind = "compare"
    route = _part(Route, place / "route.json", kind)
    series = _part(Series, place / "series.json", kind)
    found = _json(place / "comparison.json", kind)
    file = place / "comparison.json"
    differences = [
        _checked(Difference, row, file, kind) for row in _list(found, "differences", file, kind)
    ]
    channels = [_checked(Channel, row, file, kind) for row in _list(found, "channels", file, kind)]
    names = [scenario.name for scenario in route.scenarios]
    others, told = set(names[1:]), {row.scenario for row in differences}
    same = all(set(each) == others for each in (told, series.after_the_shock, series.along))
    if not others or not same or set(series.over_time) != set(names):
        raise _damaged(file, "is of other scenarios than the files beside it", kind)
    return CompareResult.model_construct(
        folder=str(place), manifest=manifest, route=route, series=series,
        differences=differences, channels=channels,
        decomposition=found.get("decomposition") or [],
    )  # fmt: skip


def _run(place: Path, manifest: Manifest) -> RunResult:
    kind = "run"
    route = _part(Route, place / "route.json", kind)
    summary = _json(place / "summary.json", kind)
    daily = _table(place / "daily.parquet", {"day", "node", "status", "measure", "value"}, kind)
    needed = daily[daily["measure"].isin(["in_need", "asked", "present"])]
    return RunResult(
        folder=str(place), manifest=manifest, route=route,
        totals=_totals(summary, place / "summary.json"),
        by_day=_by_day(needed, manifest.days),
        by_place=_by(needed, "node"), by_status=_by(needed, "status"),
        survey=list(summary.get("survey", {}).get("answers", [])),
    )  # fmt: skip


KINDS: dict[str, Callable[[Path, Manifest], CompareResult | RunResult]] = {
    "compare": _compare,
    "run": _run,
}
"""Readers by kind of result, as the manifest names it. A new kind is one more entry."""


def _totals(summary: Mapping[str, Any], file: Path) -> dict[str, float]:
    totals = summary.get("totals")
    if not isinstance(totals, Mapping) or "in_need" not in totals:
        raise _damaged(file, "has no totals", "run")
    return {str(name): float(value) for name, value in totals.items() if value is not None}


def _by_day(daily: pd.DataFrame, days: int) -> dict[str, list[float]]:
    sums = daily.groupby(["measure", "day"], observed=True)["value"].sum()
    found = {}
    for measure in ("in_need", "asked"):
        line = sums[measure].reindex(range(days), fill_value=0) if measure in sums else []
        found[measure] = [float(value) for value in line] or [0.0] * days
    return found


def _by(daily: pd.DataFrame, column: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    sums = daily.groupby([column, "measure", "day"], observed=True)["value"].sum()
    for key, line in sums.groupby(level=[0, 1]):
        group, measure = cast("tuple[str, str]", key)
        value = line.max() if measure == "present" else line.sum()
        found.setdefault(group, {})[measure] = float(value)
    return found


def _table(file: Path, columns: set[str], kind: str) -> pd.DataFrame:
    import pandas as pd

    try:
        found = pd.read_parquet(file)
    except FileNotFoundError:
        raise _damaged(file, "is missing", kind) from None
    except Exception:  # whatever a torn file makes the reader say
        raise _damaged(file, "cannot be read", kind) from None
    if not columns <= set(found.columns):
        raise _damaged(file, "lacks columns", kind)
    return found


def _part(model: type[M], file: Path, kind: str) -> M:
    return _checked(model, _json(file, kind), file, kind)


def _checked(model: type[M], value: object, file: Path, kind: str) -> M:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _damaged(file, f"is damaged at '{where}' ({first['msg'].lower()})", kind) from None


def _json(file: Path, kind: str) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _damaged(file, "is missing", kind) from None
    except (OSError, ValueError):
        raise _damaged(file, "cannot be read as JSON", kind) from None
    if not isinstance(found, dict):
        raise _damaged(file, "does not hold one JSON object", kind)
    return found


def _list(found: dict[str, Any], name: str, file: Path, kind: str) -> list[Any]:
    rows = found.get(name)
    if not isinstance(rows, list) or not rows:
        raise _damaged(file, f"has no list '{name}'", kind)
    return rows


def _damaged(file: Path, message: str, kind: str) -> Exception:
    return refusal("file", file, message, _AGAIN.format(kind=kind))
