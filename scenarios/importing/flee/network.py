"""A network from an instance of Flee."""

from __future__ import annotations

import math

from scenarios.importing.assumed import COUNTRY, LEG, NODE, add_societies, filled
from scenarios.importing.draft import Draft, DraftRow
from scenarios.importing.flee.instance import FleeInstance
from scenarios.importing.flee.places import Link, Location
from scenarios.importing.flee.windows import Windows, closed_windows
from scenarios.importing.names import Codes, Ids
from scenarios.importing.weights import settle_weights
from sim.network import great_circle_km
from sim.problems import Problem

__all__ = ["network_of", "node_ids"]

KM_A_DAY = 200.0
"""How far people get in a day on a road; assumed."""
MOST_DETOUR = 5.0
MOST_LEG_DAYS = 365.0
ALL_HELPED_IN = 30.0
"""Days in which the assumed points together could help everybody once."""
SAFE: dict[str, object] = {"hostility": 0.0, "enforcement": 0.0}
NO_RISK: dict[str, object] = dict.fromkeys(
    ("cost", "death", "interception", "extortion", "abuse", "separation"), 0.0)
PRIMA_FACIE: dict[str, object] = {
    "asylum_days": 0.0, "recognition": 1.0, "expiry_days": 0.0, "deportation": 0.0,
    "voluntary_return": 0.0, "detention_days": 1.0, "request_rate": 0.2}


def network_of(instance: FleeInstance) -> tuple[Draft, list[Problem]]:
    """The network: camps are destinations, places in conflict are origins, the rest is transit.

    Returns:
        The network, and warnings about what its form cannot say.

    Raises:
        InputProblem: If no camp can be reached from where people set out.
    """
    draft = Draft()
    ids = node_ids(instance)
    _add_nodes(instance, draft, ids)
    windows, warnings = closed_windows(instance)
    for link in instance.links:
        _add_link(instance, draft, link, ids, windows)
    warnings += settle_weights(draft, str(instance.folder / "input_csv" / "locations.csv"))
    camps = [ids[place.name] for place in instance.locations if place.is_camp]
    people = max(float(instance.counts.sum(axis=1).max()), 1.0)
    add_societies(draft, camps, max(20.0, people / ALL_HELPED_IN / max(len(camps), 1)))
    start = int(instance.start_counts[instance.placed].sum())
    if start:
        warnings.append(Problem(
            file=str(instance.folder / "source_data" / "data_layout.csv"), severity="warning",
            message=f"{start:,} people stand in camps on day 0; a scenario cannot say so, so they "
                    "are in start.csv and not in the run"))
    return draft, warnings


def node_ids(instance: FleeInstance) -> dict[str, str]:
    """Id of the node for each place by name."""
    names = Ids("place")
    return {place.name: names.of(place.name) for place in instance.locations}


def _add_nodes(instance: FleeInstance, draft: Draft, ids: dict[str, str]) -> None:
    codes = Codes()
    countries: dict[str, str] = {}
    out = instance.departures.sum(axis=0)
    share = out / max(int(out.sum()), 1)
    lat, lon = _middle(instance.locations)
    cite = _cite(instance)
    for n, place in enumerate(instance.locations):
        code, country, _ = codes.of(place.country)
        countries.setdefault(code, country)
        has = math.isfinite(place.lat)
        step = "camp" if place.is_camp else "origin" if out[n] else "transit"
        capacity = float(place.population) if place.is_camp and place.population else None
        row = DraftRow({
            "id": ids[place.name], "name": place.name.replace("_", " "), "country": code,
            "lat": place.lat if has else lat, "lon": place.lon if has else lon,
            "journey_step": step, "capacity": capacity, "mean_stay_days": 1.0,
            "departures": round(max(float(share[n]), 1e-6), 6) if step == "origin" else 0.0,
            "attraction": 1.0 if step == "camp" else 0.0}, {})
        row.sources = {name: cite for name in ("lat", "lon") if has}
        if capacity is not None:
            row.sources["capacity"] = cite
        if step == "origin":
            row.sources["departures"] = cite
        draft.nodes.append(filled("nodes.csv", row, {**NODE, **SAFE}))
    for code, country in countries.items():
        row = DraftRow({"country": code, "name": country})
        draft.countries.append(filled("countries.csv", row, {**COUNTRY, **PRIMA_FACIE}))


def _add_link(instance: FleeInstance, draft: Draft, link: Link, ids: dict[str, str],
              windows: Windows) -> None:
    a, b = (instance.locations[instance.index[name]] for name in (link.name1, link.name2))
    straight = great_circle_km(a.lat, a.lon, b.lat, b.lon)
    detour = link.km / straight if straight > 0 else 1.0
    there, back = windows[link.name1, link.name2], windows[link.name2, link.name1]
    same = there == back
    ways = [(link.name1, link.name2, there)]
    ways += [] if same else [(link.name2, link.name1, back)]
    for start, end, closed in ways:
        row = DraftRow({
            "from": ids[start], "to": ids[end], "two_way": same, "km": link.km,
            "detour": round(min(MOST_DETOUR, max(1.0, detour if detour == detour else 1.0)), 3),
            "days": min(MOST_LEG_DAYS, max(0.5, round(link.km / KM_A_DAY, 1))),
            "closed": closed}, {"km": _cite(instance), "detour": "computed"})
        draft.legs.append(filled("legs.csv", row, {**LEG, **NO_RISK}))


def _middle(locations: tuple[Location, ...]) -> tuple[float, float]:
    known = [(place.lat, place.lon) for place in locations if math.isfinite(place.lat)]
    if not known:
        return 0.0, 0.0
    return sum(lat for lat, _ in known) / len(known), sum(lon for _, lon in known) / len(known)


def _cite(instance: FleeInstance) -> str:
    name = "".join(c for c in instance.name if c.isalnum() or c in "_- ")
    return f'"Flee instance {name}"'
