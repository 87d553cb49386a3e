"""Makes a report: reads a result, writes one HTML file and, if asked, figures and tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dashboards.languages import language_of
from dashboards.report.files import write_files
from dashboards.report.reading import read_result
from dashboards.report.result import CompareResult, RunResult
from experiments.writing import new_file

__all__ = ["make_report", "report_html"]

DOMAIN = "report"


def make_report(
    folder: Path | str,
    out: Path | str | None = None,
    *,
    language: str = "en",
    files: Path | str | None = None,
) -> Path:
    """Make a report of a result directory; arguments as in `experiments.report`, its public door.

    Returns:
        The HTML file.

    Raises:
        InputProblem: If there is no such result or language, or it cannot be written.
    """
    page, html = _page(folder, language)
    name = "report.html" if language == "en" else f"report.{language}.html"
    place = Path(out) if out is not None else Path(folder) / name
    with new_file(place, "out") as draft:
        draft.write_text(html, encoding="utf-8")
        if files is not None:  # in here, so that none of both is there without the other
            write_files(files, page["figures"], page["tables"])
    return place


def report_html(folder: Path | str, language: str = "en") -> str:
    """The page itself.

    Args:
        folder: Directory of a result.
        language: `en`, `fr`, `es` or `ar`.

    Raises:
        InputProblem: If there is no such result or language.
    """
    return _page(folder, language)[1]


def _page(folder: Path | str, code: str) -> tuple[dict[str, Any], str]:
    from dashboards.report import compare_page, run_page
    from dashboards.report.rendering import rendered

    language = language_of(code, DOMAIN)
    result = read_result(folder)
    if isinstance(result, RunResult):
        page, template = run_page.run_page(result, language), run_page.TEMPLATE
    else:
        assert isinstance(result, CompareResult)
        page, template = compare_page.compare_page(result, language), compare_page.TEMPLATE
    return page, rendered(template, language, page)
