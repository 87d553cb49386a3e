"""The same screening on Waytrust itself, with the exchange of beliefs of Routes and Rumours.

Same map, same design, same repeats. Seven inputs have nothing to stand for them here, and others
have something that comes near; an input that does nothing shows what the method takes for
something.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from experiments.peer.inputs import INPUTS
from experiments.peer.journey import ENTRY, EXIT
from experiments.peer.running import WORLD_SEED
from experiments.peer.world import Size, World, make_world
from sim.codes import ABSENT, DEAD, SETTLED
from sim.model import TrustModel
from sim.network import RouteNetwork, load_network
from sim.parameters import REGISTRY, Parameters
from sim.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DAYS", "MIGRANTS", "network_of", "parameters_of", "plan_of", "run_ours"]

DAYS, MIGRANTS = 120, 300
_KM = 2500.0
"""Kilometres across the map."""
_KM_A_DAY = 300.0
_POINT_AT_EVERY = 4
_NEEDS = ("regulatory", "financial", "physical", "human", "social", "natural")
_ORGANISATIONS = {"rcrc": ("red_cross_red_crescent", "rcrc"), "others": ("ngo", "ngo"),
                  "state": ("government", "government")}


def parameters_of(inputs: Mapping[str, float]) -> dict[str, float]:
    """Parameters of Waytrust for a point of the design.

    Where the two inputs mean the same they have the same value; elsewhere a parameter lies as far
    between the ends of its own plausible range as the input between those of the screening.
    """
    found = {}
    for each in INPUTS:
        share = (inputs[each.name] - each.low) / (each.high - each.low)
        for name in each.here:
            low, high = REGISTRY[name].low, REGISTRY[name].high
            found[name] = low + share * (high - low)
    return found


def network_of(world: World) -> RouteNetwork:
    """A map as a route network: entries are origins, exits destinations, links two-way legs."""
    with tempfile.TemporaryDirectory() as folder:
        _write(world, Path(folder))
        return load_network(Path(folder))


def plan_of(network: RouteNetwork, inputs: Mapping[str, float], *, migrants: int = MIGRANTS,
            days: int = DAYS, exchange: str = "routes_and_rumours") -> Plan:
    """A run of Waytrust at a point of the design."""
    return Plan(
        name="peer", title="Peer", question="", network=network, days=days, burn_in=0,
        people=float(migrants), migrants=migrants, present_at_start=0.0,
        status={"irregular": 0.55, "asylum_seeker": 0.15, "regular": 0.25, "other": 0.05},
        arrivals=None, parameters=Parameters.of(parameters_of(inputs)), interventions=(),
        survey_days=(), seed=1, opinion_exchange=exchange)


def run_ours(design: pd.DataFrame, repeats: int, size: Size | None = None, *,
             migrants: int = MIGRANTS, days: int = DAYS,
             progress: Callable[[int, int], None] = lambda _done, _of: None) -> pd.DataFrame:
    """Run every point of a design; the same columns as those of the screening itself.

    `var_n_link` is how far those under way differ in how much they are sure of: the variance of
    the sum of trust over all beliefs. `mean_cap` is their money in thirds, `mean_freq_plan` the
    mean doubt over all beliefs (nobody plans here without knowing the way), `var_links` the
    variance of traffic over legs.
    """
    import pandas as pd

    world = make_world(size or Size(), WORLD_SEED)
    network = network_of(world)
    rows = []
    for point, inputs in enumerate(design.to_dict("records")):
        plan = plan_of(network, {str(name): float(v) for name, v in inputs.items()},
                       migrants=migrants, days=days)
        for repeat in range(repeats):
            model = TrustModel(plan, replicate=point * repeats + repeat)
            rows.append({"point": point, "repeat": repeat, **_lived(model)})
            progress(len(rows), len(design) * repeats)
    return pd.DataFrame(rows)


def _lived(model: TrustModel) -> dict[str, float]:
    """Live a run, counting who takes which leg, and look at its people at the end."""
    tables = model.world.tables
    body = tables.body
    count = np.zeros(len(tables.legs), np.int64)
    before = body["leg"].copy()
    while model.running:
        model.step()
        taken = (body["leg"] >= 0) & (body["leg"] != before)
        np.add.at(count, body["leg"][taken], 1)
        before = body["leg"].copy()
    here = ~np.isin(body["state"], (ABSENT, DEAD))
    arrived = here & (body["state"] == SETTLED)
    under_way = here & ~arrived
    trust: NDArray[np.float64] = tables.aired[under_way, :, 1].astype(np.float64)
    exits = np.flatnonzero(tables.nodes["attraction"] > 0.0)
    some = int(under_way.sum()) > 1
    return {
        "set_out": int(here.sum()),
        "n_arrived": int(arrived.sum()),
        "mean_cap": float(body["money"][under_way].mean()) if some else 0.0,
        "var_n_link": float(trust.sum(axis=1).var(ddof=1)) if some else 0.0,
        "mean_freq_plan": float(1.0 - trust.mean()) if some else 0.0,
        "var_links": float(count.var(ddof=1)),
        **{f"exit_{n}": int((arrived & (body["node"] == node)).sum())
           for n, node in enumerate(exits)},
    }


def _write(world: World, folder: Path) -> None:
    needs = ",".join(_NEEDS)
    steps = {ENTRY: "origin", EXIT: "long_stay"}

    def node(n: int) -> str:
        kind = int(world.kind[n])
        x, y = world.spot[n]
        place = f"p{n},Place {n},AAA,{20 * y:.4f},{25 * x:.4f},{steps.get(kind, 'transit')}"
        ends = f"{int(kind == ENTRY)},{int(kind == EXIT)}"
        return f"{place},,0.5,0.2,0.3,2,{ends},1,1,1,1,1,1,*=assumed"

    def leg(n: int) -> str:
        one, other = world.ends[n]
        km = max(1.0, _KM * float(np.linalg.norm(world.spot[one] - world.spot[other])))
        return (f"p{one},p{other},yes,road,{km:.1f},1,{max(1, round(km / _KM_A_DAY))},"
                f"{km / 10:.1f},0.0005,0.02,0.02,0.02,0.01,,*=assumed")

    def point(n: int, organisation: str) -> str:
        return (f"s{n}{organisation},{organisation},p{n},assistance,0.3,0.4,0.6,0.4,0.3,0.4,0.4,20,"
                "0.5,own,0,0.1,,*=assumed")

    files = {
        "nodes": ("id,name,country,lat,lon,journey_step,capacity,connectivity,hostility,"
                  f"enforcement,mean_stay_days,departures,attraction,{needs},source",
                  [node(n) for n in range(len(world.kind))]),
        "legs": ("from,to,two_way,mode,km,detour,days,cost,death,interception,extortion,abuse,"
                 "separation,closed,source", [leg(n) for n in range(len(world.ends))]),
        "countries": ("country,name,asylum_days,recognition,expiry_days,deportation,"
                      "voluntary_return,detention_days,request_rate,source",
                      ["AAA,Aland,365,0.3,3650,0.1,0,3,0.5,*=assumed"]),
        "organisations": ("id,name,country,kind,family,competence,respect,independence,"
                          "promises_confidentiality,outreach,lived_experience,donor_conditions,"
                          "source",
                          [f"{id_},{id_.title()},AAA,{kind},{family},0.7,0.8,0.8,yes,0.3,0.2,0.1,"
                           "*=assumed" for id_, (kind, family) in _ORGANISATIONS.items()]),
        "service_points": (f"id,organisation,node,service,{needs},registers,capacity_per_day,"
                           "visibility,premises,firewall,door,excludes,source",
                           [point(n, list(_ORGANISATIONS)[n // _POINT_AT_EVERY % 3])
                            for n in range(0, len(world.kind), _POINT_AT_EVERY)]),
    }
    for name, (head, rows) in files.items():
        (folder / f"{name}.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
