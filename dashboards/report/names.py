"""Names of groups and scenarios in a result, as a report writes them."""

from __future__ import annotations

from dashboards.languages import Language
from dashboards.report.result import CompareResult, Route
from dashboards.report.vocabulary import group_name

__all__ = ["Namer", "scenario_names"]


class Namer:
    """Names the groups of one route in one language."""

    def __init__(self, route: Route, language: Language) -> None:
        self._language = language
        self._places = {place.id: place.name for place in route.places}
        self._organisations = route.organisations

    def __call__(self, by: str, group: str) -> str:
        """The name of a group of a breakdown."""
        return group_name(self._language, by, group, self._places, self._organisations)


def scenario_names(result: CompareResult, language: Language) -> dict[str, str]:
    """What each scenario is called, the baseline marked as such."""
    names = {each.name: each.shown for each in result.route.scenarios}
    base = result.base
    names[base.name] = language.text("Baseline: {title}", title=base.shown)
    return names
