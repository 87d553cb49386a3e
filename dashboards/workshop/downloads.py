"""What can be taken away: the report, the scenarios, every table, or all of it in one file."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dashboards.languages import language_of
from dashboards.workshop.ranking import rank, ranking_table
from experiments.comparison import with_whole_numbers

if TYPE_CHECKING:
    from dashboards.workshop.results import Found

__all__ = ["Download", "all_as_zip", "report", "scenario_files", "tables"]

DOMAIN = "report"
_MARK = b"\xef\xbb\xbf"
"""Tells spreadsheets that a table is UTF-8."""


@dataclass(frozen=True)
class Download:
    """A file.

    Attributes:
        name: Its name.
        kind: Its media type.
        data: What stands in it.
    """

    name: str
    kind: str
    data: bytes


def report(found: Found, language: str) -> Download:
    """The report as one HTML file that needs nothing else, as `waytrust report` makes it."""
    from dashboards.report.compare_page import TEMPLATE
    from dashboards.report.rendering import rendered

    html = rendered(TEMPLATE, language_of(language, DOMAIN), found.page(language))
    name = "report.html" if language == "en" else f"report.{language}.html"
    return Download(name, "text/html", html.encode())


def tables(found: Found) -> Download:
    """Differences of every measure and group with intervals, as `waytrust compare` writes them."""
    frame = with_whole_numbers(found.comparison.differences)
    return Download("differences.csv", "text/csv", _MARK + frame.to_csv(index=False).encode())


def scenario_files(texts: dict[str, str], name: str = "scenarios.zip") -> Download:
    """Scenarios as they are written, by name; one alone is no archive."""
    if len(texts) == 1:
        ((only, text),) = texts.items()
        return Download(f"{only}.yaml", "application/yaml", text.encode())
    files = ((f"{each}.yaml", text.encode()) for each, text in texts.items())
    return Download(name, "application/zip", _packed(files))


def all_as_zip(found: Found, texts: dict[str, str], language: str) -> Download:
    """Everything: what `waytrust compare --out` writes, the report, and scenarios as written.

    Args:
        found: What was found.
        texts: Scenarios as they are written, by name.
        language: The language of the report.
    """
    with tempfile.TemporaryDirectory(prefix="waytrust-") as place:
        folder = found.comparison.write(Path(place) / "result")
        files = {
            str(each.relative_to(folder).as_posix()): each.read_bytes()
            for each in sorted(folder.rglob("*")) if each.is_file()
        }  # fmt: skip
    made = report(found, language)
    files[made.name] = made.data
    ranking = rank(found.comparison)
    if ranking is not None:
        titles = {name: found.result.title(name) for name in found.comparison.names}
        table = ranking_table(ranking, titles, language_of("en", DOMAIN))
        files["ranking.csv"] = _MARK + table.csv.encode()
    files |= {f"as_written/{name}.yaml": text.encode() for name, text in texts.items()}
    return Download("comparison.zip", "application/zip", _packed(files.items()))


def _packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(f"waytrust/{name}", data)
    return made.getvalue()
