"""Names of groups and scenarios in a result, as a report writes them."""

from __future__ import annotations

from dashboards.languages import Language, mark
from dashboards.report.result import CompareResult, Route
from dashboards.report.vocabulary import group_name

__all__ = ["Namer", "route_name", "scenario_names"]

_ROUTES = {
    "central_mediterranean": mark("Central Mediterranean"),
    "central_america": mark("Central America"),
    "horn_of_africa": mark("Horn of Africa"),
    "burundi2015": mark("Burundi 2015"),
    "mali2012": mark("Mali 2012"),
}


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
    names = {each.name: language.meaning(each.shown) for each in result.route.scenarios}
    base = result.base
    names[base.name] = language.text("Baseline: {title}", title=language.meaning(base.shown))
    return names


def route_name(name: str, language: Language) -> str:
    """What a network is called; one that is not Waytrust's as its directory is."""
    return language.text(_ROUTES[name]) if name in _ROUTES else name.replace("_", " ")
