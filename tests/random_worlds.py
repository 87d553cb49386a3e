"""Random small networks and random scenarios over them, for property tests."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from sim.codes import NEEDS, STATUSES, STEPS
from sim.interventions import KINDS, Intervention
from sim.network import RouteNetwork
from sim.parameters import REGISTRY
from sim.plan import Plan
from tests.worlds import act, make_network, make_plan

__all__ = ["plans"]

SHARE = st.sampled_from([0.0, 0.0, 0.1, 0.5, 1.0]) | st.floats(0.0, 1.0)
LIVELY = {"find": 3.0, "onset_routine": 0.1, "onset_pressing": 0.1, "onset_acute": 0.05,
          "meetings_per_day": 1.5, "calls_per_day": 0.5, "story_birth": 0.05, "news_reach": 0.1,
          "raid_rate": 0.05, "raid_share": 0.2, "detention_rate": 0.01, "find_listed": 0.3,
          "door_detention": 0.2, "cost_physical": 0.3, "outreach_rate": 0.1, "b0": -2.0,
          "set_out_again": 0.05, "back_is_return_irregular": 0.3}
"""So that much happens to few people in few days."""
COUNTRIES = ("AAA", "BBB", "CCC")


TIMES = st.sampled_from([1.0, 3.0, 100.0])
BY_AUTHORITIES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "data_sharing_agreement": {"recipient": st.sampled_from(COUNTRIES), "share": SHARE},
    "data_request": {"compulsion": SHARE, "seen": SHARE}, "raid": {"share": SHARE},
    "enforcement_law": {"increase": SHARE}, "police_notification": {},
    "externalisation": {"factor": TIMES, "addition": SHARE},
    "border_closure": {"direction": st.sampled_from(["in", "out", "both"])},
    "surge": {"of": st.just("departures"), "factor": TIMES},
    "shock": {"needs": st.sampled_from(NEEDS), "factor": TIMES},
    "hostility": {"rise": SHARE}, "community_dialogue": {"fall": SHARE},
    "humanitarian_diplomacy": {"reached": SHARE, "lowers": SHARE},
    "criminalised_aid": {"closes": SHARE, "fewer_places": SHARE, "less_outreach": SHARE},
    "government_premises": {"officers": SHARE, "detention": SHARE},
    "status_precondition": {"must_show": st.just(True)},
}
"""Kinds of intervention by authorities and the world around, with fields of their own."""


@st.composite
def networks(draw: st.DrawFn) -> RouteNetwork:
    """Two to five nodes on a line, with some shortcuts and ways back."""
    size = draw(st.integers(2, 5))
    nodes = [_node(draw, n, size) for n in range(size)]
    legs = [_leg(draw, n, n + 1) for n in range(size - 1)]
    taken = {(leg["from"], leg["to"]) for leg in legs}
    taken |= {(end, start) for start, end in taken} if any(
        leg["two_way"] == "yes" for leg in legs) else set()
    for start, end in draw(st.lists(st.tuples(*[st.integers(0, size - 1)] * 2), max_size=4)):
        pair = (f"n{start}", f"n{end}")
        if start != end and pair not in taken and pair[::-1] not in taken:
            taken.add(pair)
            legs.append(_leg(draw, start, end))
    organisations = [_organisation(draw, n) for n in range(draw(st.integers(1, 4)))]
    points = [_point(draw, n, size, len(organisations)) for n in range(draw(st.integers(0, 8)))]
    countries = [_country(draw, code) for code in COUNTRIES]
    folder = Path(tempfile.mkdtemp(prefix="waytrust-test-"))
    return make_network(folder, nodes, legs, points, organisations, countries)


def _node(draw: st.DrawFn, n: int, size: int) -> dict[str, Any]:
    ends = {0: "origin", size - 1: "long_stay"}
    step = ends.get(n) or draw(st.sampled_from([*STEPS, "return", "transit"]))
    return {
        "id": f"n{n}", "country": COUNTRIES[min(2, n)] if draw(st.booleans()) else "AAA",
        "journey_step": step, "departures": 1 if n == 0 else 0,
        "attraction": 1 if n == size - 1 else draw(st.sampled_from([0, 0, 0.5])),
        "capacity": draw(st.sampled_from(["", 1, 20, 500])), "connectivity": draw(SHARE),
        "hostility": draw(SHARE), "enforcement": draw(SHARE),
        "mean_stay_days": draw(st.sampled_from([1, 2, 10, 100])),
        **{need: draw(st.sampled_from([1, 0, 3])) for need in NEEDS}}


def _leg(draw: st.DrawFn, start: int, end: int) -> dict[str, Any]:
    return {
        "from": f"n{start}", "to": f"n{end}", "days": draw(st.sampled_from([0.5, 1, 2.5, 7])),
        "two_way": "yes" if draw(st.booleans()) else "no",
        "mode": draw(st.sampled_from(["road", "sea", "foot"])),
        "km": draw(st.floats(1, 3000)), "cost": draw(st.sampled_from([0, 100, 2000])),
        "closed": draw(st.sampled_from(["", "", "0-5", "3-9;20-40"])),
        **{harm: draw(SHARE) if draw(st.booleans()) else 0
           for harm in ("death", "interception", "extortion", "abuse", "separation")}}


def _organisation(draw: st.DrawFn, n: int) -> dict[str, Any]:
    family, kind = draw(st.sampled_from([
        ("rcrc", "red_cross_red_crescent"), ("un", "un"), ("ngo", "ngo"),
        ("government", "government")]))
    return {"id": f"o{n}", "family": family, "kind": kind,
            "promises_confidentiality": "yes" if draw(st.booleans()) else "no",
            **{share: draw(SHARE) for share in ("competence", "respect", "outreach",
                                                "lived_experience")}}


def _point(draw: st.DrawFn, n: int, nodes: int, organisations: int) -> dict[str, Any]:
    return {
        "id": f"p{n}", "node": f"n{draw(st.integers(0, nodes - 1))}",
        "organisation": f"o{draw(st.integers(0, organisations - 1))}",
        "registers": draw(SHARE), "capacity_per_day": draw(st.sampled_from([500, 7.7, 3, 0.4, 0])),
        "visibility": 1, "firewall": draw(SHARE), "door": draw(SHARE),
        "premises": draw(st.sampled_from(["own", "own", "government", "detention"])),
        "excludes": ";".join(sorted(draw(st.sets(st.sampled_from(STATUSES), max_size=2)))),
        **{need: draw(SHARE) for need in sorted(draw(st.sets(st.sampled_from(NEEDS), min_size=3)))}}


def _country(draw: st.DrawFn, code: str) -> dict[str, Any]:
    return {"country": code, "asylum_days": draw(st.sampled_from([0, 5, 300])),
            "expiry_days": draw(st.sampled_from([0, 5, 300])), "recognition": draw(SHARE),
            "deportation": draw(SHARE), "voluntary_return": draw(SHARE),
            "detention_days": draw(st.sampled_from([1, 5, 60]))}


@st.composite
def interventions(draw: st.DrawFn, number: int, points: int) -> Intervention:
    """One intervention of any kind, somewhere, some time."""
    kind = draw(st.sampled_from(["data_breach", "co_located_enforcement", "firewall", "outreach",
                                 "rumour", *sorted(BY_AUTHORITIES)]))
    start = draw(st.integers(0, 20))
    fields: dict[str, Any] = {
        "id": f"i{number}", "start": start, "ramp": draw(st.sampled_from([0, 0, 5])),
        "end": draw(st.none() | st.integers(start + 1, start + 20)),
        "every": draw(st.none() | st.integers(1, 5)), "compliance": draw(SHARE),
        "strength": draw(SHARE)}
    if kind in ("data_breach", "firewall", "co_located_enforcement"):
        fields["announced"] = draw(st.sampled_from([None, 0, 3, -3, "never", "only"]))
    if kind == "data_breach":
        fields |= {"recipient": draw(st.sampled_from(COUNTRIES)), "share": draw(SHARE)}
    if kind == "rumour":
        fields |= {"reach": draw(SHARE), "topic": draw(st.sampled_from([
            "breach", "door", "raid", "detained", "served", "broken"]))}
    if kind in BY_AUTHORITIES:
        fields |= {name: draw(values) for name, values in BY_AUTHORITIES[kind].items()}
        place = {"node": f"n{draw(st.integers(0, 1))}"} if draw(st.booleans()) else {"all": True}
        if "status" in KINDS[kind].acts_on and draw(st.booleans()):
            place["status"] = draw(st.sampled_from(STATUSES))
        return KINDS[kind].model_validate({**fields, "scope": place})
    if points and draw(st.booleans()):
        fields["point"] = f"p{draw(st.integers(0, points - 1))}"
    return act(kind, **fields)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A random scenario: network, people, parameters within their ranges, interventions."""
    network = draw(networks())
    names = draw(st.lists(st.sampled_from(sorted(REGISTRY)), max_size=8, unique=True))
    parameters = LIVELY | {
        name: draw(st.floats(REGISTRY[name].low, REGISTRY[name].high)) for name in names}
    for name in sorted(draw(st.sets(st.sampled_from(
            [n for n in REGISTRY if n.startswith("channel_")]), max_size=2))):
        parameters[name] = 0.0
    shares = dict.fromkeys(sorted(draw(st.sets(st.sampled_from(STATUSES), min_size=1))), 1.0)
    return make_plan(
        network, migrants=draw(st.sampled_from([90, 150, 1, 2, 7, 30])),
        days=draw(st.integers(10, 45)), burn_in=draw(st.sampled_from([0, 0, 1, 12])),
        represents=draw(st.sampled_from([1, 3.7, 50])),
        status={name: share / len(shares) for name, share in shares.items()},
        at_once=draw(st.booleans()), present_at_start=draw(SHARE), parameters=parameters,
        interventions=[draw(interventions(n, len(network.points)))
                       for n in range(draw(st.integers(0, 5)))],
        seed=draw(st.integers(0, 2**31)),
        zero_exposure=tuple(sorted(draw(st.sets(st.sampled_from(STATUSES), max_size=2)))))
