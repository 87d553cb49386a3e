"""Puts a validation and a cross-validation into docs/validation.md."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.limits import refusal
from experiments.pages import markdown_table, put_into
from experiments.words import three_digits

__all__ = ["PAGE", "crossing_words", "validation_words", "write_page"]

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"
_MODELS = {
    "fitted": "Waytrust, where the target was fitted",
    "held_out": "Waytrust, where it was kept aside",
    "survey_mean": "everyone gets the survey mean",
    "no_dynamics": "opinions never change",
}
_PARTS = {
    "all": "Fitted by two folds", "levels": "of these: levels", "effects": "of these: effects",
    "never_fitted": "Fitted by none",
}


def write_page(validation: Path, crossing: Path, page: Path = PAGE) -> None:
    """Put the tables and the picture of two results into the page.

    Args:
        validation: Directory that `waytrust validate --out` wrote.
        crossing: Directory that `python -m experiments.validation cross --out` wrote.
        page: The page; the picture goes into `figures/` beside it.

    Raises:
        InputProblem: If a directory holds no such result.
    """
    found, crossed = _read(validation), _read(crossing)
    put_into(page, "fit", validation_words(found))
    put_into(page, "crossing", crossing_words(crossed))
    for ending in ("png", "svg"):
        shutil.copyfile(validation / f"targets.{ending}", page.parent / f"figures/targets.{ending}")


def validation_words(found: Mapping[str, Any]) -> str:
    """The table of a validation, with what it was made with."""
    rows = [
        (
            f"{row['id']} {row['title']}", _number(row["observed"]),
            f"{_number(row['low'])} to {_number(row['high'])}", _number(row["model"]),
            f"{_number(row['model_low'])} to {_number(row['model_high'])}",
            "yes" if row["inside"] else "**no**", "fitted" if row["fitted"] else "kept aside",
        )
        for row in found["targets"]
    ]  # fmt: skip
    head = ("Target", "Observed", "Near enough", "Model", "One more run (95 %)", "Inside", "Was")
    made = f"{found['replicates']} replicates, posterior `{found['posterior']}`."
    words = "\n".join(f"- {each}" for each in found["words"][:-1])
    return f"{made}\n\n{words}\n\n{markdown_table((head, rows))}"


def crossing_words(found: Mapping[str, Any]) -> str:
    """Errors of the model and of the naive ones, and of the model target by target."""
    rows: list[tuple[str, ...]] = []
    for row in found["summary"]:
        if row["targets"] == "never_fitted" and row["model"] == "fitted":
            continue
        counted = row["number"] + row["unknown"]
        rows.append((
            _PARTS[row["targets"]], _MODELS[row["model"]], _number(row["mean_error"]),
            _number(row["root_mean_square"]), f"{row['inside']} of {counted}",
            str(row["unknown"]) if row["unknown"] else "",
        ))  # fmt: skip
    names = ("Targets", "Model", "Mean error", "Root mean square", "Inside", "Says nothing of")
    head, rows = _without_empty(names, rows)
    return "\n\n".join((
        f"Errors in tolerances; {found['replicates']} draws of each posterior.",
        markdown_table((head, rows), right=len(head) - 2),
        _one_by_one(found["targets"]),
    ))  # fmt: skip


def _without_empty(
    head: tuple[str, ...], rows: list[tuple[str, ...]]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Without the last column, if it says nothing."""
    if any(row[-1] for row in rows):
        return head, rows
    return head[:-1], [row[:-1] for row in rows]


def _one_by_one(targets: Sequence[Mapping[str, Any]]) -> str:
    rows = [
        (
            f"{row['id']} {row['title']}", row["fold"], _number(row["observed"]),
            f"{_number(row['held_out'])} ({_number(row['held_out_low'])} to "
            f"{_number(row['held_out_high'])})",
            *(_number(row[f"error_{model}"] if row["seen"] or model != "fitted" else None)
              for model in _MODELS),
        )
        for row in targets
    ]  # fmt: skip
    head = ("Target", "Fold", "Observed", "Kept aside: one more run (95 %)", "Error: fitted",
            "kept aside", "survey mean", "no dynamics")  # fmt: skip
    return markdown_table((head, rows), right=4)


def _read(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise refusal("directory", folder, "holds no summary.json that can be read",
                      "name what `waytrust validate --out` or `cross --out` wrote") from None
    return dict(found)


def _number(value: float | None) -> str:
    return three_digits(math.nan if value is None else value, unknown="–")  # noqa: RUF001
