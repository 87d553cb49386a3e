"""What repairs it: scenarios that add something to a shock."""

from __future__ import annotations

import functools
import re

from dashboards.report.result import CompareResult, Repair
from scenarios import library_names
from scenarios.resolve import find_file

__all__ = ["library_repairs", "repairs_of"]

_EXTENDS = re.compile(r"^extends:\s*['\"]?([a-z0-9_]+)", re.MULTILINE)


def repairs_of(result: CompareResult, shock: str) -> list[Repair]:
    """What was tested against a shock, the one that brings back most first."""
    tested = [each for each in result.series.repairs if each.shock == shock]

    def back(repair: Repair) -> float:
        return -repair.brought_back.value if repair.brought_back else 0.0

    return sorted(tested, key=back)


@functools.cache
def library_repairs(shock: str) -> tuple[str, ...]:
    """Scenarios of the library that extend a scenario, by name."""
    found = []
    for name in library_names():
        extended = _EXTENDS.search(find_file(name).read_text(encoding="utf-8"))
        if extended and extended.group(1) == shock:
            found.append(name)
    return tuple(found)
