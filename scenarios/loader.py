"""Loads scenarios: reads, checks everything at once, and gives a `Scenario` or all problems."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scenarios import arrivals, checks, entries, faults, resolve, units
from scenarios.known import Known
from scenarios.positions import Node
from scenarios.scenario import Scenario
from scenarios.schema import MOST_DAYS, Population, ScenarioFile
from sim.interventions import Intervention
from sim.network import RouteNetwork, load_network
from sim.network.opening import with_new_points
from sim.parameters import REGISTRY
from sim.problems import InputProblem, Problem
from sim.said import Said

__all__ = ["Input", "check", "examine", "examine_node", "first_date", "load"]

Input = str | Path | Mapping[str, Any] | Scenario
LEAST_PER_MIGRANT = 1.0

_ELSEWHERE = dict.fromkeys(Population.model_fields, "population") | dict.fromkeys(
    REGISTRY, "parameters"
)


def load(source: Input) -> Scenario:
    """Loads a scenario.

    Args:
        source: Name in the library, a file, plain data, or a scenario (given back as it is).

    Returns:
        The scenario; what is odd about it is in its `warnings`.

    Raises:
        InputProblem: With everything that is wrong.
    """
    if isinstance(source, Scenario):
        return source
    scenario, problems = examine(source)
    if scenario is None:
        raise InputProblem([p for p in problems if p.severity == "error"])
    return scenario


def check(source: str | Path | Mapping[str, Any]) -> list[Problem]:
    """Everything that is wrong or odd in a scenario, in the order of the text."""
    return examine(source)[1]


def examine(
    source: str | Path | Mapping[str, Any],
) -> tuple[Scenario | None, list[Problem]]:
    """The scenario, if it can be used, and everything wrong or odd about it."""
    found: list[Problem] = []
    try:
        root = resolve.merged(source, found)
    except InputProblem as problem:
        return None, faults.in_order([*found, *problem.problems])
    return examine_node(root, found)


def examine_node(
    root: Node, found: list[Problem]
) -> tuple[Scenario | None, list[Problem]]:
    """The same for a scenario that has been read, with what it extends merged in.

    Args:
        root: The scenario.
        found: What was found while reading it; more is added.
    """
    scenario = _build(root, found)
    problems = faults.in_order(found)
    if scenario is None or any(p.severity == "error" for p in problems):
        return None, problems
    return scenario, problems


def _build(root: Node, found: list[Problem]) -> Scenario | None:
    settings = _settings(root, found)
    network = _network(root, found)
    days = settings.days if settings else MOST_DAYS
    start_date = settings.start_date if settings else first_date(root)
    known = Known(network) if network is not None else None
    listed = root.mapping.get("interventions")
    made = entries.read_interventions(listed, start_date, found)
    if known is not None:
        known.add_points(item for item, _ in made)
    found += checks.check_answers(made)
    misnamed: set[int] = set()
    for position, entry in enumerate(listed.items if listed is not None else []):
        if known is not None and (
            wrong := checks.check_names(entry, entries.label_of(entry, position), known)
        ):
            misnamed.add(id(entry))
            found += wrong
    values = checks.read_parameters(root.mapping.get("parameters"), start_date, found)
    rows = _arrivals(root, known, days, found)
    if settings is None or network is None:
        return None
    found += checks.check_opening(made, network)
    whole = _with_what_opens(network, made, found)
    for item, entry in made:
        reachable = None if id(entry) in misnamed else whole
        found += checks.check_timing(item, entry, days, reachable)
    found += _odd(settings, root)
    people = settings.population
    return Scenario(
        name=settings.name,
        title=settings.title or settings.name.replace("_", " ").capitalize(),
        question=settings.question,
        network=settings.network,
        days=days,
        burn_in=settings.burn_in,
        start_date=start_date,
        seed=settings.seed,
        **people.model_dump(exclude={"arrivals"}),
        arrivals=rows,
        parameters=values,
        survey_days=settings.survey_days,
        interventions=tuple(item for item, _ in made),
        route=network,
        warnings=tuple(p for p in found if p.severity == "warning"),
    )


def _with_what_opens(network: RouteNetwork, made: Sequence[tuple[Intervention, Node]],
                     found: Sequence[Problem]) -> RouteNetwork:
    """The network with the service points that interventions open, once their names are right."""
    if any(problem.severity == "error" for problem in found):
        return network
    return with_new_points(network, [new for item, _ in made for new in item.new_points()])


def _settings(root: Node, found: list[Problem]) -> ScenarioFile | None:
    broken = "extends" in root.mapping and bool(found)
    try:
        return ScenarioFile.model_validate(root.plain())
    except ValidationError as error:
        problems = faults.describe(error, root, "", _known, _ELSEWHERE)
        found += [p for p in problems if not (broken and p.field == "network")]
        return None


def _known(path: tuple[str | int, ...]) -> Sequence[str]:
    model = Population if path[:1] == ("population",) else ScenarioFile
    return tuple(model.model_fields)


def first_date(root: Node) -> dt.date | None:
    """Date of day 0 of a scenario that has been read, if it has one that can be understood."""
    node = root.mapping.get("start_date")
    try:
        return units.date(node.plain()) if node is not None else None
    except units.UnitError:
        return None


def _arrivals(
    root: Node, known: Known | None, days: int, found: list[Problem]
) -> arrivals.Arrivals | None:
    population = root.mapping.get("population")
    node = population.mapping.get("arrivals") if population is not None else None
    if node is None or node.value is None:
        return None
    return arrivals.read_arrivals(node, known.names["node"] if known else None, days, found)


def _network(root: Node, found: list[Problem]) -> RouteNetwork | None:
    node = root.mapping.get("network")
    if node is None or not isinstance(node.value, str):
        return None
    try:
        folder = resolve.network_folder(node)
        stamp = tuple(path.stat().st_mtime_ns for path in sorted(folder.glob("*.csv")))
        return _cached_network(folder, stamp)
    except InputProblem as problem:
        found += problem.problems
        return None


@functools.lru_cache(maxsize=16)
def _cached_network(folder: Path, stamp: tuple[int, ...]) -> RouteNetwork:  # noqa: ARG001
    return load_network(folder)


def _odd(settings: ScenarioFile, root: Node) -> list[Problem]:
    """What is legal but odd about the settings themselves."""
    problems = []
    people = settings.population
    if people.people < people.migrants * LEAST_PER_MIGRANT:
        problems.append(root.at(("population", "people")).place.problem(
            Said("{people:,.0f} real people are fewer than the {migrants:,} simulated",
                 people=people.people, migrants=people.migrants),
            field="population.people", severity="warning",
            suggestion=Said("lower migrants, or raise people")))
    surveys = root.mapping.get("survey_days")
    own = surveys is not None and surveys.place.source == root.place.source
    late = [day for day in settings.survey_days if day >= settings.days]
    if surveys is not None and own and late:
        problems.append(surveys.place.problem(
            Said("the survey of day {late} lies after the run of {days} days",
                 late=late[0], days=settings.days),
            field="survey_days", severity="warning", suggestion=Said("name an earlier day")))
    return problems
