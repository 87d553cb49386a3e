"""A network of any size, written as the files that the loader reads."""

from __future__ import annotations

from pathlib import Path

__all__ = ["LEGS_PER_NODE", "write_network"]

STEPS = (1, 2, 3, 5, 8)
"""Each node is joined, both ways, to those that come so many places after it on a ring."""
LEGS_PER_NODE = 2 * len(STEPS)
ENDS = 5
"""Nodes where people set out, and as many for which they head, whatever the size."""
NODES_PER_POINT = 5
_NEEDS = ("regulatory", "financial", "physical", "human", "social", "natural")


def write_network(folder: Path, nodes: int) -> None:
    """Write a network with ten legs per node and a service point at every fifth."""
    folder.mkdir(parents=True, exist_ok=True)
    needs = ",".join(_NEEDS)
    _write(
        folder / "nodes.csv",
        "id,name,country,lat,lon,journey_step,capacity,connectivity,hostility,enforcement,"
        f"mean_stay_days,departures,attraction,{needs},source",
        [_node(n, nodes) for n in range(nodes)],
    )
    _write(
        folder / "legs.csv",
        "from,to,two_way,mode,km,detour,days,cost,death,interception,extortion,abuse,separation,"
        "closed,source",
        [f"n{n},n{(n + step) % nodes},yes,road,100,1,1,10,0.001,0.01,0.01,0.01,0.01,,*=assumed"
         for n in range(nodes) for step in STEPS],
    )  # fmt: skip
    _write(
        folder / "countries.csv",
        "country,name,asylum_days,recognition,expiry_days,deportation,voluntary_return,"
        "detention_days,request_rate,source",
        ["AAA,Aland,365,0.3,3650,0.1,0.1,3,0.5,*=assumed"],
    )
    _write(
        folder / "organisations.csv",
        "id,name,country,kind,family,competence,respect,independence,promises_confidentiality,"
        "outreach,lived_experience,donor_conditions,source",
        ["rcrc,Red Cross,AAA,red_cross_red_crescent,rcrc,0.7,0.8,0.8,yes,0.3,0.2,0.1,*=assumed"],
    )
    _write(
        folder / "service_points.csv",
        f"id,organisation,node,service,{needs},registers,capacity_per_day,visibility,premises,"
        "firewall,door,excludes,source",
        [f"p{n},rcrc,n{n},assistance,0,0,0.6,0.4,0,0,0.4,20,0.5,own,0,0,,*=assumed"
         for n in range(0, nodes, NODES_PER_POINT)],
    )  # fmt: skip


def _node(n: int, nodes: int) -> str:
    first, last = n < ENDS, n >= nodes - ENDS
    step = "origin" if first else "long_stay" if last else "transit"
    where = f"AAA,{n * 80 / nodes:.4f},{n % 90}"
    return (
        f"n{n},Node {n},{where},{step},,0.5,0.2,0.3,10,{int(first)},{int(last)},"
        "1,1,1,1,1,1,*=assumed"
    )


def _write(path: Path, head: str, rows: list[str]) -> None:
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
