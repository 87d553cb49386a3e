"""The report of a result directory: one HTML file."""

from __future__ import annotations

from pathlib import Path

__all__ = ["report"]


def report(
    folder: Path | str,
    out: Path | str | None = None,
    *,
    language: str = "en",
    files: Path | str | None = None,
) -> Path:
    """Make one HTML file of a result, which needs no network and nothing else to be read.

    Args:
        folder: Directory written by `compare(..., out=folder)` or `run(..., out=folder)`.
        out: The HTML file; by default `report.html` in the directory (`report.fr.html` for
            French, and so on).
        language: `en`, `fr`, `es` or `ar`.
        files: Directory for its figures (SVG and PNG) and tables (CSV), besides.

    Returns:
        The HTML file.

    Raises:
        InputProblem: If there is no such result or language, or it cannot be written.
    """
    from dashboards.report import make_report

    return make_report(folder, out, language=language, files=files)
