"""Figures as SVG and PNG and tables as CSV, in a directory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from dashboards.report.svg import Figure
from dashboards.report.table import Table

__all__ = ["png", "write_files"]

_KIND = "report"
_SCALE = 2.0  # twice as many pixels as units, so that print is sharp


def write_files(out: Path | str, figures: Sequence[Figure], tables: Sequence[Table]) -> None:
    """Write every figure (SVG and PNG) and table (CSV) into a directory, all or nothing.

    Raises:
        InputProblem: If the directory holds something else or cannot be written.
    """
    from experiments.provenance import versions
    from experiments.writing import MANIFEST, new_directory, write_json

    with new_directory(out, _KIND) as folder:
        for figure in figures:
            text = str(figure.svg(alone=True))
            (folder / f"{figure.name}.svg").write_text(text + "\n", encoding="utf-8")
            (folder / f"{figure.name}.png").write_bytes(png(text))
        for table in tables:
            # The mark at the start tells spreadsheets that this is UTF-8.
            (folder / f"{table.name}.csv").write_text(table.csv, encoding="utf-8-sig", newline="")
        write_json(folder / MANIFEST, {"waytrust": versions()["waytrust"], "kind": _KIND})


def png(svg: str) -> bytes:
    """A picture of an SVG, drawn without a browser."""
    import vl_convert

    _register_fonts()
    return bytes(vl_convert.svg_to_png(svg, scale=_SCALE))


@cache
def _register_fonts() -> None:
    # DejaVu Sans, which Matplotlib brings along, has the letters of all four languages.
    import matplotlib as mpl
    import vl_convert

    vl_convert.register_font_directory(str(Path(mpl.get_data_path()) / "fonts" / "ttf"))
