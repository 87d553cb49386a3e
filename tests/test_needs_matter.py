"""Each of the six dimensions of need costs something of its own when it stays unmet."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from sim.codes import NEEDS
from sim.model import TrustModel
from sim.network import RouteNetwork
from sim.parameters import Parameters
from sim.plan import Plan

OFTEN = {
    "onset_routine": 0.02, "onset_pressing": 0.02, "onset_acute": 0.05, "cost_physical": 0.05,
    "lapse_acute": 0.1, "cost_financial": 0.8, "stranded_cost": 100.0, "money_third": 1e6,
    "change_destination": 0.0,
}


def without(network: RouteNetwork, need: str) -> RouteNetwork:
    """The same network where this need never begins by itself."""
    return dataclasses.replace(network, nodes=network.nodes.assign(**{need: 0.0}))


def lived(plan: Plan, need: str | None) -> TrustModel:
    network = plan.network if need is None else without(plan.network, need)
    parameters = dict(plan.parameters)
    if need == "natural":
        parameters["elements_leg"] = 0.0
    return TrustModel(
        dataclasses.replace(plan, network=network, parameters=Parameters(parameters))).run()


@pytest.fixture(scope="module")
def plan(tiny_plan: Callable[..., Plan]) -> Plan:
    return tiny_plan(
        migrants=3000, days=120, burn_in=30,
        present_at_start=1.0, parameters=Parameters.of(OFTEN))


@pytest.fixture(scope="module")
def baseline(plan: Plan) -> TrustModel:
    return lived(plan, None)


def unaware_share(model: TrustModel) -> float:
    totals = model.record.totals()
    known = totals["in_need"] - totals["in_transit"] - totals["detained"] - totals["no_service"]
    return totals["unaware"] / known


@pytest.mark.parametrize(("need", "output"), [
    ("regulatory", "status_changes"), ("physical", "deaths"), ("social", "separations"),
    ("financial", "stranded"),
])
def test_what_an_unmet_need_costs(plan: Plan, baseline: TrustModel, need: str, output: str) -> None:
    spared = lived(plan, need).record.totals()[output]
    assert spared < 0.9 * baseline.record.totals()[output]


def test_people_in_bad_health_find_services_later(plan: Plan, baseline: TrustModel) -> None:
    spared = lived(plan, "human")
    assert spared.record.totals()["unaware"] != baseline.record.totals()["unaware"]
    knew = spared.world.tables.body["known"][:, 0] > 0
    assert knew.mean() > (baseline.world.tables.body["known"][:, 0] > 0).mean()


def test_the_elements_speed_physical_needs(plan: Plan, baseline: TrustModel) -> None:
    """Natural needs draw physical ones after them: without, fewer among those that remain."""
    physical, natural = NEEDS.index("physical"), NEEDS.index("natural")

    def share(model: TrustModel) -> float:
        levels = model.world.tables.body["level"] > 0
        others = levels.sum() - levels[:, natural].sum()
        return float(levels[:, physical].sum() / others)

    assert share(lived(plan, "natural")) < share(baseline)
