"""What several tests share: the three real networks, and a plan of a tiny run."""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.testing

from sim.network import RouteNetwork, load_network
from sim.parameters import Parameters
from sim.plan import Plan
from tests.dashboard_browser import browser, dashboard, visit

__all__ = ["browser", "dashboard", "visit"]

NETWORKS = Path(__file__).parents[1] / "scenarios" / "networks"
NAMES = ("central_mediterranean", "central_america", "horn_of_africa")


def pytest_collection() -> None:
    """Nothing that is imported or collected is garbage: do not look for it there."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Do not look through it again and again, while tests run, either.

    The modules of all tests and what they import are some million objects: to look through them
    once takes as long as many tests do.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def one_command() -> Iterator[None]:
    """Typer makes all commands anew at every call from a test; they are made once here."""
    with pytest.MonkeyPatch.context() as patch:
        made = functools.cache(typer.testing._get_command)
        patch.setattr(typer.testing, "_get_command", made)
        yield


@pytest.fixture(scope="session")
def networks() -> dict[str, RouteNetwork]:
    """The three real networks, by name."""
    return {name: load_network(NETWORKS / name) for name in NAMES}


@pytest.fixture(params=NAMES)
def network(request: pytest.FixtureRequest, networks: dict[str, RouteNetwork]) -> RouteNetwork:
    """Each of the three real networks in turn."""
    return networks[request.param]


@pytest.fixture(scope="session")
def tiny_plan(networks: dict[str, RouteNetwork]) -> Callable[..., Plan]:
    """Makes plans of a few hundred migrants; any field of :class:`Plan` may be given."""

    def make(network: str = "central_mediterranean", **changes: Any) -> Plan:
        fields: dict[str, Any] = {
            "name": "tiny", "title": "A tiny run", "question": "Does it work?",
            "network": networks[network], "days": 20, "burn_in": 10, "people": 3000.0,
            "migrants": 300, "present_at_start": 0.5,
            "status": {"irregular": 0.55, "asylum_seeker": 0.15, "regular": 0.25, "other": 0.05},
            "arrivals": None, "parameters": Parameters.of(), "interventions": (),
            "survey_days": (), "seed": 1,
        }
        return Plan(**fields | changes)

    return make
