"""Scenarios as people name them: a library name, a file, plain data, or one already loaded."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from sim.network import RouteNetwork
    from sim.plan import Plan

__all__ = [
    "PlannedScenario", "ScenarioLike", "has_own_network", "keep_network", "resolved_text",
    "scenario_of", "with_parameters",
]  # fmt: skip

_OWN_NETWORK = "network"
_BESIDE = ("README.md", "LICENSE.txt")


class PlannedScenario(Protocol):
    """Anything that says what to run."""

    def plan(self) -> Plan:
        """The plan of a run."""
        ...


ScenarioLike: TypeAlias = "str | Path | Mapping[str, Any] | PlannedScenario"


def scenario_of(scenario: ScenarioLike) -> PlannedScenario:
    """Load a scenario; one that is loaded comes back as it is.

    Raises:
        InputProblem: If there is no such scenario or its file is wrong.
    """
    if isinstance(scenario, str | Path | Mapping):
        from scenarios import load

        return load(scenario)
    return scenario


def with_parameters(scenario: PlannedScenario, values: Mapping[str, float]) -> PlannedScenario:
    """The same scenario with other values of some parameters.

    Args:
        scenario: The scenario.
        values: Values by name, such as a draw of a posterior.
    """
    from scenarios import Scenario

    if isinstance(scenario, Scenario):
        return replace(scenario, parameters={**scenario.parameters, **values})
    return _Changed(scenario, dict(values))


@dataclass(frozen=True)
class _Changed:
    """A plan with other values of some parameters."""

    scenario: PlannedScenario
    values: dict[str, float]

    def plan(self) -> Plan:
        from sim.parameters import Parameters

        plan = self.scenario.plan()
        return replace(plan, parameters=Parameters({**plan.parameters, **self.values}))


def resolved_text(scenario: PlannedScenario, **settings: int | None) -> str:
    """The scenario as a file with nothing left to look up.

    Args:
        scenario: The scenario.
        **settings: What a run used instead of its own `migrants`, `days` or `seed`.
    """
    changes: dict[str, object] = {k: v for k, v in settings.items() if v is not None}
    if has_own_network(scenario.plan().network):
        changes["network"] = _OWN_NETWORK
    given: Any = scenario
    if not hasattr(given, "to_yaml"):
        return f"name: {scenario.plan().name}\n"
    return str(replace(given, **changes).to_yaml())


def keep_network(network: RouteNetwork, folder: Path) -> None:
    """Put a copy of a network beside a resolved scenario, unless it belongs to the library."""
    if network.folder is None or not has_own_network(network):
        return
    from sim.network.forms import FILES

    # Not whatever else lies there: the results themselves may be among it.
    place = folder / _OWN_NETWORK
    place.mkdir()
    for name in (*FILES, *_BESIDE):
        if (network.folder / name).is_file():
            shutil.copy2(network.folder / name, place / name)


def has_own_network(network: RouteNetwork) -> bool:
    """Whether a network lies in a folder that is not the library's."""
    from scenarios import network_names

    library = Path(__file__).resolve().parent.parent / "scenarios" / "networks"
    if network.folder is None:
        return False
    return network.name not in network_names() or network.folder.parent != library
