"""What happens when: the events of scenarios in words, each once."""

from __future__ import annotations

from collections.abc import Iterable

from dashboards.languages import Language
from dashboards.report.phrases import event_words
from dashboards.report.result import Route, Scenario
from dashboards.report.time_course import Moment

__all__ = ["moments"]


def moments(
    scenarios: Iterable[Scenario], route: Route, language: Language, *, every: bool = False
) -> list[Moment]:
    """Events of scenarios in order of time, each once.

    Args:
        scenarios: The scenarios.
        route: Where they take place.
        language: The language of the words.
        every: Also what happens in the baseline too.
    """
    t = language
    found = set()
    for scenario in scenarios:
        for event in scenario.interventions if every else scenario.new:
            what, start, told = event_words(event, route, t), event.start, event.announced
            words = t.text("day {day}: {what}", day=t.number(start), what=what)
            found.add(Moment(start, words))
            if told is not None and told != start:
                words = t.text("day {day}: {what} (announced)", day=t.number(told), what=what)
                found.add(Moment(told, words))
    return sorted(found)
