"""When what happens, drawn in letters: one line per intervention, one column per few days."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.scenario import Scenario
    from sim.interventions import Intervention

__all__ = ["LEGEND", "timeline"]

NOTHING, PARTLY, FULLY, NEWS, SURVEY = "·", "▒", "█", "!", "?"
LEGEND = (
    f"{FULLY} in force   {PARTLY} partly, or on some of the days   {NEWS} becomes news   "
    f"{SURVEY} people are surveyed"
)
LEAST_WIDTH, MOST_LABEL = 20, 24
TICKS = 5


def timeline(scenario: Scenario, width: int = 80) -> list[str]:
    """Lines of a picture of the run, from the first day to the last.

    Args:
        scenario: The scenario.
        width: Letters in a line, at most; never fewer than 20 beside the labels.
    """
    rows = [*scenario.interventions]
    label = min(MOST_LABEL, max((len(item.id) for item in rows), default=0))
    label = max(label, len("survey"))
    columns = max(LEAST_WIDTH, min(width - label - 2, scenario.days))
    edges = [round(c * scenario.days / columns) for c in range(columns + 1)]
    lines = [f"{item.id[:label]:<{label}}  {_bar(item, edges)}" for item in rows]
    if any(day < scenario.days for day in scenario.survey_days):
        asked = "".join(
            SURVEY if any(a <= day < b for day in scenario.survey_days) else " "
            for a, b in itertools.pairwise(edges)
        )
        lines.append(f"{'survey':<{label}}  {asked}".rstrip())
    return [*lines, f"{'':<{label}}  {_axis(scenario, columns)}"]


def _bar(item: Intervention, edges: list[int]) -> str:
    news = item.announced_day()
    full = item.compliance * item.strength
    cells = []
    for a, b in itertools.pairwise(edges):
        days = range(a, max(b, a + 1))
        if news is not None and news in days:
            cells.append(NEWS)
            continue
        force = [item.intensity(day) for day in days]
        if not any(force):
            cells.append(NOTHING)
        else:
            cells.append(FULLY if min(force) >= full > 0 else PARTLY)
    return "".join(cells)


def _axis(scenario: Scenario, columns: int) -> str:
    """Days, or dates, under the columns."""
    words = ""
    for tick in range(TICKS):
        at = round(tick * columns / TICKS)
        day = round(at * scenario.days / columns)
        said = f"{day}"
        if scenario.start_date is not None:
            date = scenario.start_date + dt.timedelta(days=day)
            said = f"{date.day} {date:%b %y}"
        words = f"{words:<{at}}" + (f"|{said}" if len(words) <= at else "")
    return words if scenario.start_date else f"{words} days"
