"""The files of an analysis: tables, numbers, figures and what they were made with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.writing import new_directory, write_json

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.designing import Design

__all__ = ["write_analysis"]


def write_analysis(
    kind: str,
    design: Design,
    place: Path | str | None,
    sweep: Path | None,
    *,
    numbers: object,
    tables: Mapping[str, pd.DataFrame],
    draw: Callable[[Path], object],
    **facts: object,
) -> Path:
    """Write an analysis; whole or not at all.

    Args:
        kind: What it is, such as `sensitivity`; also the name of the directory and of its JSON.
        design: The design of the sweep.
        place: Where; None: into a directory of the sweep's.
        sweep: Directory of the sweep, if there is one.
        numbers: Everything as plain data.
        tables: Tables by file name.
        draw: Draws the figures into a folder.
        **facts: What the manifest tells besides.

    Returns:
        The directory.

    Raises:
        InputProblem: If the place is taken by something else or cannot be written.
    """
    from experiments.provenance import manifest

    if place is None:
        if sweep is None:
            raise ValueError("these runs lie in no directory: say where to write")
        place = sweep / kind
    with new_directory(place, kind) as folder:
        write_json(folder / f"{kind}.json", numbers)
        for name, table in tables.items():
            table.to_csv(folder / name, index=False)
        draw(folder)
        texts = {design.name: design.text}
        write_json(folder / "manifest.json", manifest(kind, texts, **facts, seed=design.seed))
    return Path(place)
