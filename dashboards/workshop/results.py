"""A comparison in the form that reports are made from, so that the page shows the same."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboards.languages import Language, language_of
from dashboards.report.reading import read_result
from dashboards.report.result import CompareResult

if TYPE_CHECKING:
    from experiments.comparison import Comparison

__all__ = ["Found", "found_in"]

DOMAIN = "report"


@dataclass(frozen=True, eq=False)
class Found:
    """What a comparison found.

    Attributes:
        comparison: The comparison.
        result: The same as a report reads it.
    """

    comparison: Comparison
    result: CompareResult

    def page(self, code: str) -> dict[str, Any]:
        """Every sentence, figure and table of the report, in a language."""
        return _page(self, code)


def found_in(comparison: Comparison) -> Found:
    """Make of a comparison what the page shows; takes a second or two."""
    with tempfile.TemporaryDirectory(prefix="waytrust-") as place:
        folder = Path(place)
        comparison.write_readable(folder)
        result = read_result(folder)
    assert isinstance(result, CompareResult)
    return Found(comparison, result)


@lru_cache(maxsize=24)
def _page(found: Found, code: str) -> dict[str, Any]:
    from dashboards.report.compare_page import compare_page

    language: Language = language_of(code, DOMAIN)
    return compare_page(found.result, language)
