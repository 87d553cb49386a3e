"""Checks of a scenario against the network and the registry of parameters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import networkx as nx

from scenarios import units
from scenarios.known import Known, column
from scenarios.positions import Node
from sim.interventions import KINDS, Intervention, Scope, unit_of
from sim.parameters import REGISTRY, Parameter
from sim.problems import Problem, advice, quoted
from sim.said import Said

if TYPE_CHECKING:
    from sim.network import RouteNetwork

__all__ = [
    "check_answers", "check_names", "check_opening", "check_timing", "implausible",
    "parameter_value", "points_in", "reached", "read_parameters", "unknown_names",
    "unknown_parameter", "within_reach",
]  # fmt: skip

_NO_POINT = Said("{name} is not a service point of the network")
_UNKNOWN = {
    "service_point": _NO_POINT, "referral": _NO_POINT,
    "node": Said("{name} is not a node of the network"),
    "country": Said("{name} is not a country of the network"),
    "organisation": Said("{name} is not an organisation of the network"),
    "family": Said("{name} is not a family of organisations of the network"),
    "leg": Said("{name} is not a leg of the network"),
    "status": Said("{name} is not a status of the model"),
    "partner": Said("{name} is not an organisation or a family of organisations of the network"),
}  # fmt: skip


def check_names(entry: Node, label: str, known: Known) -> list[Problem]:
    """Names in the scope and in the settings of an intervention that are not in the network."""
    problems: list[Problem] = []
    scope = entry.mapping.get("scope")
    for kind, node in (scope.mapping if scope is not None else {}).items():
        if kind in known.names:
            problems += unknown_names(node, kind, f"{label}.scope.{kind}", known)
    cls = KINDS.get(str(entry.plain().get("kind"))) if entry.mapping else None
    for name, node in entry.mapping.items():
        unit = unit_of(cls, name) if cls is not None and name in cls.model_fields else ""
        if unit in known.names:
            problems += unknown_names(node, unit, f"{label}.{name}", known)
    return problems


def check_answers(made: Sequence[tuple[Intervention, Node]]) -> list[Problem]:
    """Answers to stories that no intervention of the scenario tells."""
    tell = [item.id for item, _ in made if item.makes_story]
    problems = []
    for item, entry in made:
        story = getattr(item, "answers", None)
        if story is None or story in tell:
            continue
        otherwise = "" if tell else Said("add a rumour for it to answer")
        problems.append(entry.at(("answers",)).place.problem(
            Said("{story} is no rumour or announced intervention of this scenario",
                 story=quoted(story)),
            field=f"interventions.{item.id}.answers", value=story,
            suggestion=advice(story, tell, otherwise)))
    return problems


def check_opening(made: Sequence[tuple[Intervention, Node]], network: RouteNetwork
                  ) -> list[Problem]:
    """Service points that are to open and have the id of one that is there."""
    taken = set(column(network.points, "id"))
    problems = []
    for item, entry in made:
        for point in item.new_points():
            if point.id in taken:
                problems.append(entry.at(("id",)).place.problem(
                    Said("there is already a service point {id}", id=quoted(point.id)),
                    field=f"interventions.{item.id}.id", value=item.id,
                    suggestion=Said("give the intervention another id: the new point bears it")))
            taken.add(point.id)
    return problems


def check_timing(
    item: Intervention, entry: Node, days: int, network: RouteNetwork | None
) -> list[Problem]:
    """What is legal but odd about an intervention."""
    label = f"interventions.{item.id}"
    said: list[tuple[str, str, str]] = []
    if item.start >= days:
        said.append(("start", Said("it starts on day {day}, after the run of {days} days",
                                   day=item.start, days=days),
                     Said("start it earlier, or lengthen days")))
    elif item.end is not None and item.end > days:
        said.append(("end", Said("it ends on day {day}, after the run of {days} days",
                                 day=item.end, days=days),
                     Said("leave end out if it is to last")))
    written = item.announced
    # As it was written: the model itself lets early news begin on day 0.
    news = item.start + written if isinstance(written, int) else item.announced_day()
    if news is not None and item.start < days and not 0 <= news < days:
        odd = Said("it becomes news on day {day}, after the run of {days} days",
                   day=news, days=days)
        if news < 0:
            odd = Said("it becomes news on day {day}, before the first day", day=news)
        said.append(("announced", odd, Said("change start or announced")))
    if network is not None and item.at_service_points:
        inside = points_in(item.scope, network)
        if not inside:
            said.append((
                "scope", Said("no service point lies in this scope, so nothing happens"),
                Said("check that the organisation has a service point at that place")))
        elif within_reach(network).isdisjoint(inside.values()):
            places = ", ".join(sorted(set(inside.values())))
            said.append((
                "scope", Said("nobody who sets out on this route can get to {places}, so nobody is "
                              "concerned", places=places),
                Said("check the legs of the network")))
    return [
        entry.at((field,)).place.problem(message, field=f"{label}.{field}", suggestion=remedy,
                                         severity="warning")
        for field, message, remedy in said
    ]


def points_in(scope: Scope, network: RouteNetwork) -> dict[str, str]:
    """The service points that lie in a scope, each with its node."""
    country = dict(zip(column(network.nodes, "id"), column(network.nodes, "country"),
                       strict=True))
    family = dict(zip(column(network.organisations, "id"),
                      column(network.organisations, "family"), strict=True))
    points, named = network.points, scope.named()
    ids, nodes, owners = (column(points, name) for name in ("id", "node", "organisation"))
    traits: dict[str, Sequence[str | None]] = {
        "service_point": ids, "node": nodes, "organisation": owners,
        "country": [country.get(node) for node in nodes],
        "family": [family.get(owner) for owner in owners],
    }  # fmt: skip
    asked = [(traits[kind], names) for kind, names in named.items() if kind in traits]
    return {
        point: node for row, (point, node) in enumerate(zip(ids, nodes, strict=True))
        if all(trait[row] in names for trait, names in asked)
    }


def within_reach(network: RouteNetwork) -> set[str]:
    """Nodes that people who set out on a route can get to, those where they begin included."""
    return reached(network.graph, network.nodes.loc[network.nodes["departures"] > 0, "id"])


def reached(graph: nx.DiGraph, starts: Iterable[str]) -> set[str]:
    """Nodes of a graph that can be reached from some others, these included."""
    found: set[str] = set()
    for start in starts:
        if start not in found:
            found |= {start, *nx.descendants(graph, start)}
    return found


def read_parameters(
    node: Node | None, start_date: dt.date | None, found: list[Problem]
) -> dict[str, float]:
    """Values given to parameters, sorted by name; problems are added to `found`."""
    values: dict[str, float] = {}
    for name, inner in (node.mapping if node is not None else {}).items():
        label = f"parameters.{name[:64]}"
        parameter = REGISTRY.get(name)
        if parameter is None or node is None:
            found.append(unknown_parameter(name, inner, label))
            continue
        try:
            value = parameter_value(inner, parameter, start_date)
        except units.UnitError as error:
            found.append(inner.place.problem(error.message, field=label, value=_short(inner),
                                             suggestion=error.suggestion))
            continue
        found += implausible(value, inner, parameter, label)
        values[name] = value
    return dict(sorted(values.items()))


def parameter_value(node: Node, parameter: Parameter, start_date: dt.date | None = None) -> float:
    """A value written for a parameter, in the registry's unit.

    Raises:
        UnitError: If it cannot be understood, or makes no sense for this parameter.
    """
    value = float(units.parse(node.plain(), parameter.unit, start_date))  # type: ignore[arg-type]
    if not parameter.least <= value <= parameter.most:
        raise units.UnitError(
            Said("{value} makes no sense here", value=f"{value:g}{_unit(parameter.unit)}"),
            Said("write a value between {low} and {high}",
                 low=f"{parameter.low:g}", high=f"{parameter.high:g}"))
    return value


def implausible(value: float, node: Node, parameter: Parameter, label: str) -> list[Problem]:
    """A warning where a value lies outside the range that the registry gives a parameter."""
    if parameter.low <= value <= parameter.high:
        return []
    return [node.place.problem(
        Said("{value} lies outside the plausible range, {low} to {high}",
             value=f"{value:g}", low=f"{parameter.low:g}", high=f"{parameter.high:g}"),
        field=label, value=_short(node), severity="warning",
        suggestion=Said("the default is {default}", default=f"{parameter.default:g}"))]


def unknown_parameter(
    name: str, node: Node, label: str, others: Iterable[str] = ()
) -> Problem:
    """A parameter that is not in the registry, nor among other names that may stand there."""
    return (node.key or node.place).problem(
        Said("there is no parameter {name}", name=quoted(name)), field=label,
        suggestion=advice(name, [*others, *REGISTRY], Said("see waytrust parameters")))


def unknown_names(node: Node, kind: str, label: str, known: Known) -> list[Problem]:
    """Words that name nothing of a kind."""
    problems = []
    for item in node.items or [node]:
        word = item.value
        if isinstance(word, str) and word not in known.names[kind]:
            problems.append(item.place.problem(
                Said(_UNKNOWN[kind], name=quoted(word)), field=label, value=word[:200],
                suggestion=known.suggest(kind, word)))
    return problems


def _unit(unit: str) -> str:
    return f" {unit}" if unit == "days" else ""


def _short(node: Node) -> str:
    return "" if isinstance(node.value, dict | list) else str(node.value)[:200]
