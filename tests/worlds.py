"""Small worlds for tests of the whole model: networks of a few nodes, and plans over them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.codes import NEEDS
from sim.columns import AGAINST, BY_CHANNEL, DANGER_WIDTH, FAMILY_WIDTH
from sim.interventions import KINDS, Intervention
from sim.model import TrustModel
from sim.network import RouteNetwork, load_network
from sim.parameters import Parameters
from sim.plan import Plan

Row = Mapping[str, Any]

ALWAYS = "0-30000"
"""Days on which a leg that nobody may take is closed."""
AMPLE = 1_000_000
_NO_NEEDS = dict.fromkeys(NEEDS, 0)
_NODE: Row = {"name": "Place", "country": "AAA", "lat": 0, "lon": 0, "journey_step": "transit",
              "capacity": "", "connectivity": 0, "hostility": 0, "enforcement": 0,
              "mean_stay_days": 10, "departures": 0, "attraction": 0, **dict.fromkeys(NEEDS, 1)}
_LEG: Row = {"two_way": "no", "mode": "road", "km": 100, "detour": 1.2, "days": 1, "cost": 0,
             "death": 0, "interception": 0, "extortion": 0, "abuse": 0, "separation": 0,
             "closed": ""}
_COUNTRY: Row = {"name": "Land", "asylum_days": 0, "recognition": 0.5, "expiry_days": 0,
                 "deportation": 0, "voluntary_return": 0, "detention_days": 5, "request_rate": 0}
_ORGANISATION: Row = {"name": "Helpers", "country": "AAA", "kind": "red_cross_red_crescent",
                      "family": "rcrc", "competence": 1, "respect": 1, "independence": 1,
                      "promises_confidentiality": "yes", "outreach": 0, "lived_experience": 0,
                      "donor_conditions": 0}
_POINT: Row = {"organisation": "helpers", "service": "assistance", **_NO_NEEDS, "registers": 0,
               "capacity_per_day": AMPLE, "visibility": 1, "premises": "own", "firewall": 0,
               "door": 0, "excludes": ""}

QUIET: dict[str, float] = dict.fromkeys((
    "onset_routine", "onset_pressing", "onset_acute", "meetings_per_day", "calls_per_day",
    "source_rate", "story_birth", "find", "raid_rate", "detention_rate", "witness_neighbours",
    "elements_leg", "earn_rate", "carry_awareness", "outreach_rate"), 0.0)
"""Parameters with which nothing happens but moving."""

ONE_NEED: dict[str, float] = {
    "onset_routine": 1.0, "onset_poor": 1.0, "onset_origin": 1.0, "lapse_routine": 0.0,
    "find": 100.0, "find_no_language": 1.0}
"""From day 0 on everyone has a need at a node with one; from day 1 on all know all points."""

LIVELY: dict[str, float] = {
    "onset_routine": 0.1, "onset_pressing": 0.1, "find": 1.0, "b0": -2.0, "meetings_per_day": 1.0,
    "news_reach": 0.1, "story_birth": 0.0, "outreach_rate": 0.05, "door_detention": 0.05}
"""Parameters with which a few hundred people in a few weeks need, ask and talk."""

NO_BACKGROUND: dict[str, float] = {
    name: 0.0 for name in Parameters.of() if name.startswith("background_")
    and not name.endswith("factor")}
"""Parameters with which nobody holds any evidence at departure."""

NO_EVIDENCE: dict[str, float] = {
    f"channel_{name}": 0.0 for name in ("encounter", "witness", "hearsay", "rumour", "outreach",
                                        "association")}
"""Parameters with which nobody ever learns anything about anybody."""


def make_network(folder: Path, nodes: Sequence[Row], legs: Sequence[Row],
                 points: Sequence[Row] = (), organisations: Sequence[Row] = ({"id": "helpers"},),
                 countries: Sequence[Row] | None = None) -> RouteNetwork:
    """Write the five files of a small network and load it; what is not given is harmless."""
    folder.mkdir(parents=True, exist_ok=True)
    if countries is None:
        countries = [{"country": code} for code in sorted({n.get("country", "AAA") for n in nodes})]
    for name, defaults, rows in (("nodes", _NODE, nodes), ("legs", _LEG, legs),
                                 ("countries", _COUNTRY, countries),
                                 ("organisations", _ORGANISATION, organisations),
                                 ("service_points", _POINT, points)):
        first = {"nodes": ("id",), "legs": ("from", "to"), "countries": ("country",),
                 "organisations": ("id",), "service_points": ("id", "node")}[name]
        header = [*first, *(key for key in defaults if key not in first), "source"]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            table = csv.DictWriter(stream, header)
            table.writeheader()
            table.writerows({"source": "*=assumed", **defaults, **row} for row in rows)
    return load_network(folder)


def crowd(folder: Path, points: Sequence[Row] = (), **node: Any) -> RouteNetwork:
    """One node which nobody can leave, and one far away to which nobody gets."""
    return make_network(
        folder,
        [{"id": "here", "journey_step": "transit", "departures": 1, **node},
         {"id": "far", "journey_step": "arrival", "attraction": 1}],
        [{"from": "here", "to": "far", "closed": ALWAYS}],
        [{"node": "here", **point} for point in points])


def make_plan(network: RouteNetwork, *, migrants: int = 1000, days: int = 30, burn_in: int = 0,
              represents: float = 1.0, status: Mapping[str, float] | None = None,
              at_once: bool = True, interventions: Sequence[Intervention] = (),
              parameters: Mapping[str, float] | None = None, seed: int = 1,
              present_at_start: float = 0.0, zero_exposure: tuple[str, ...] = ()) -> Plan:
    """A plan in which (``at_once``) everybody sets out on day 0 from the first origin."""
    return Plan(
        name="small", title="Small", question="?", network=network, days=days, burn_in=burn_in,
        people=migrants * represents, migrants=migrants, present_at_start=present_at_start,
        status=dict(status or {"irregular": 1.0}),
        arrivals=((0, network.origins[0], 1.0),) if at_once else None,
        parameters=Parameters.of(parameters or {}), interventions=tuple(interventions),
        survey_days=(), seed=seed, zero_exposure=zero_exposure)


_NEEDED = {
    "data_breach": {"recipient": "BBB"}, "rumour": {"topic": "breach"},
    "open_service_point": {"like": "clinic"}, "mobile_clinic": {"like": "clinic"},
}  # fmt: skip
"""What a kind must be told, unless a test tells it something else."""


def act(kind: str, **fields: Any) -> Intervention:
    """An intervention; its scope may be given as ``point``, ``node`` or left out for all."""
    point, node = fields.pop("point", None), fields.pop("node", None)
    scope: dict[str, Any] = {"service_point": point} if point else {"node": node} if node else {
        "all": True}
    for needed, value in _NEEDED.get(kind, {}).items():
        fields.setdefault(needed, value)
    return KINDS[kind](id=fields.pop("id", kind), kind=kind, scope=scope, **fields)


def body(model: TrustModel) -> np.ndarray:
    """The people who have entered."""
    return model.world.tables.body[: model.world.people]


def evidence(model: TrustModel) -> NDArray[np.float32]:
    """Evidence of the people who have entered: a row for each."""
    return model.world.tables.mind["evidence"][: model.world.people]


def of_danger(model: TrustModel) -> NDArray[np.float32]:
    """Evidence of danger by channel: columns encounter witness hearsay rumour association."""
    return evidence(model)[:, -DANGER_WIDTH + 1:]


def of_safety(model: TrustModel) -> NDArray[np.float32]:
    """Evidence for safety."""
    return evidence(model)[:, -DANGER_WIDTH]


def of_family(model: TrustModel, family: str) -> NDArray[np.float32]:
    """All evidence on one family."""
    row = model.plan.network.families.index(family) * FAMILY_WIDTH
    return evidence(model)[:, row: row + FAMILY_WIDTH]


def against_independence(model: TrustModel, family: str) -> NDArray[np.float32]:
    """Evidence against a family's independence, by channel."""
    return of_family(model, family)[:, BY_CHANNEL: BY_CHANNEL + 5]


def in_favour(model: TrustModel, family: str) -> NDArray[np.float32]:
    """Evidence for a family's competence, integrity and independence."""
    return of_family(model, family)[:, :AGAINST]


def counted(model: TrustModel, measure: str, day: int | None = None) -> int:
    """A measure summed over places and statuses, on one day or all."""
    table = model.record.counts[..., model.record.measures.index(measure)]
    return int(table.sum() if day is None else table[day].sum())


def daily(model: TrustModel, measure: str) -> NDArray[np.int64]:
    """A measure summed over places and statuses, day by day."""
    table = model.record.counts[..., model.record.measures.index(measure)]
    return np.asarray(table.sum(axis=(1, 2)), np.int64)


def heard_by(model: TrustModel, slot: int) -> NDArray[np.bool_]:
    """Who has heard the story in a slot."""
    return np.asarray((body(model)["heard"] >> np.uint64(slot)) & np.uint64(1), bool)


def route(folder: Path, stay: float = 12, hostility: float = 0, request_rate: float = 0,
          helpers: Row | None = None, **point: Any) -> RouteNetwork:
    """Home, a town abroad with a clinic and a school, and a city in a third country.

    Args:
        folder: Where to write it.
        stay: Mean days in the town.
        hostility: Of the town.
        request_rate: Requests for data a year, in every country.
        helpers: What is special about the organisation of the clinic.
        point: What is special about the clinic.
    """
    helps = dict.fromkeys(("regulatory", "financial", "physical", "human", "social", "natural"), 1)
    return make_network(
        folder,
        [{"id": "home", "country": "AAA", "journey_step": "origin", "departures": 1,
          "mean_stay_days": 2},
         {"id": "town", "country": "BBB", "mean_stay_days": stay, "enforcement": 1,
          "hostility": hostility},
         {"id": "city", "country": "CCC", "journey_step": "arrival", "attraction": 1,
          "enforcement": 1}],
        [{"from": "home", "to": "town"}, {"from": "town", "to": "city"}],
        [{"id": "clinic", "node": "town", "registers": 0.7, **helps, **point},
         {"id": "school", "node": "town", "organisation": "agency", **helps}],
        [{"id": "helpers", "country": "BBB", **(helpers or {})},
         {"id": "agency", "country": "BBB", "kind": "un", "family": "un"}],
        [{"country": code, "request_rate": request_rate} for code in ("AAA", "BBB", "CCC")])


def model_of(network: RouteNetwork, acts: Sequence[Intervention] = (), days: int = 40,
             **plan: Any) -> TrustModel:
    parameters = QUIET | LIVELY | plan.pop("parameters", {})
    return TrustModel(make_plan(network, days=days, interventions=acts, parameters=parameters,
                                **{"migrants": 400} | plan))


def hashes(model: TrustModel) -> list[str]:
    """The state after each day."""
    seen = []
    while model.running:
        model.step()
        seen.append(model.state_hash())
    return seen
