"""Writes a validation into a directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.validation import figure
from experiments.writing import new_directory, write_json

if TYPE_CHECKING:
    from experiments.validation.validation import Validation

__all__ = ["write"]


def write(found: Validation, out: Path | str) -> None:
    """Write the table, the summary, the picture and the manifest.

    Raises:
        InputProblem: If the directory cannot be written.
    """
    from experiments.provenance import manifest

    scenarios: dict[str, str] = {}
    for row in found.rows:
        for value in row.target.values:
            for each in filter(None, (value.scenario, value.baseline)):
                scenarios[each.name] = each.to_yaml()
    facts: dict[str, Any] = {
        "replicates": found.replicates, "targets": [row.target.id for row in found.rows],
        "file": found.file, "wall_s": found.wall_s,
        "posterior": found.posterior.hash if found.posterior else None,
    }  # fmt: skip
    with new_directory(out, "validate") as draft:
        found.to_frame().to_csv(draft / "targets.csv", index=False)
        write_json(draft / "summary.json", found.to_dict())
        figure.draw(found, draft)
        if found.posterior is not None:
            found.posterior.keep(draft)
        write_json(draft / "manifest.json", manifest("validate", scenarios, **facts))
