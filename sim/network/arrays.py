"""A route network as arrays, the way the engines read it."""

from __future__ import annotations

from typing import NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from sim.codes import LONG_STAY, NEEDS, RETURN, STATUSES, STEPS
from sim.columns import COUNTRY, LEG, NODE, NOTHING_SHARED, ORGANISATION, POINT, twin
from sim.network.once import once_per_network
from sim.network.route import RouteNetwork
from sim.parameters import Parameters
from sim.randomness import name_hash

__all__ = ["NetworkArrays", "compile_network", "together_at"]

WILD_MODES = ("sea", "foot")


class NetworkArrays(NamedTuple):
    """The arrays of :class:`sim.columns.Tables` that come from the network."""

    nodes: np.ndarray
    legs: np.ndarray
    countries: np.ndarray
    organisations: np.ndarray
    points: np.ndarray
    remaining: NDArray[np.float64]
    together: NDArray[np.float64]
    mean_leg: NDArray[np.float64]


def compile_network(network: RouteNetwork, parameters: Parameters, represents: float
                    ) -> NetworkArrays:
    """Turn a network into arrays; capacities are scaled to simulated people.

    Args:
        network: The network.
        parameters: Parameter values.
        represents: Real people that one simulated migrant stands for.
    """
    arrays = NetworkArrays(*map(twin, _as_read(network)))
    nodes, points = arrays.nodes, arrays.points
    capacity = network.nodes["capacity"].to_numpy(float) / represents
    nodes["capacity"] = np.where(np.isinf(capacity), 0.0, capacity)
    points["capacity"] = network.points["capacity_per_day"].to_numpy(float) / represents
    points["firewall"] = network.points["firewall"] * parameters["firewall_effect"]
    return arrays._replace(together=together_at(nodes, points, network, parameters))


@once_per_network
def _as_read(network: RouteNetwork) -> NetworkArrays:
    """What does not depend on parameters or on how many people there are."""
    nodes = _nodes(network)
    legs = _legs(network, nodes)
    organisations = _organisations(network)
    points = _points(network, organisations)
    for n in range(len(nodes)):
        own = np.flatnonzero(points["node"] == n)
        nodes[n]["first_point"] = own[0] if len(own) else 0
        nodes[n]["points"] = len(own)
        nodes[n]["listed"] = points["there"][own].sum()
    return NetworkArrays(
        nodes, legs, _countries(network), organisations, points, _remaining(network, nodes),
        together=np.zeros(0), mean_leg=np.array([float(network.legs["km"].mean())]),
    )  # fmt: skip


def _countries(network: RouteNetwork) -> np.ndarray:
    countries = np.zeros(len(network.countries), COUNTRY)
    for field in COUNTRY.names or ():
        if field in network.countries:
            countries[field] = network.countries[field]
    countries["deporting"] = countries["returning"] = 1.0
    return countries


def _nodes(network: RouteNetwork) -> np.ndarray:
    table = network.nodes
    country = {code: n for n, code in enumerate(network.countries["country"])}
    nodes = np.zeros(len(table), NODE)
    nodes["key"] = [name_hash(name) for name in table["id"]]
    nodes["country"] = table["country"].map(country)
    nodes["step"] = [STEPS.index(step) for step in table["journey_step"]]
    for field in ("connectivity", "hostility", "enforcement"):
        nodes[field] = table[field]
    nodes["mean_stay"] = table["mean_stay_days"]
    nodes["attraction"] = table["attraction"]
    nodes["conditions"] = table[list(NEEDS)].to_numpy(float)
    nodes["leaving"] = nodes["onset"] = 1.0
    return nodes


def _legs(network: RouteNetwork, nodes: np.ndarray) -> np.ndarray:
    table = network.legs
    index = {name: n for n, name in enumerate(network.nodes["id"])}
    legs = np.zeros(len(table), LEG)
    legs["key"] = [name_hash(name) for name in table["id"]]
    legs["start"] = table["from"].map(index)
    legs["end"] = table["to"].map(index)
    legs["days"] = np.maximum(1, np.floor(table["days"].to_numpy(float) + 0.5))
    for field in ("km", "cost", "death", "interception", "extortion", "abuse", "separation"):
        legs[field] = table[field]
    natural = nodes["conditions"][:, NEEDS.index("natural")]
    ends = np.maximum(natural[legs["start"]], natural[legs["end"]])
    legs["wild"] = np.where(table["mode"].isin(WILD_MODES), 1.0, np.minimum(1.0, ends / 3.0))
    legs["open"] = 1
    legs["border"] = nodes["country"][legs["start"]] != nodes["country"][legs["end"]]
    counts = np.bincount(legs["start"], minlength=len(nodes))
    nodes["legs"] = counts
    nodes["first_leg"] = np.concatenate([[0], np.cumsum(counts)[:-1]])
    return legs


def _organisations(network: RouteNetwork) -> np.ndarray:
    table = network.organisations
    country = {code: n for n, code in enumerate(network.countries["country"])}
    rows = np.zeros(len(table), ORGANISATION)
    rows["family"] = [network.families.index(f) for f in table["family"]]
    rows["country"] = table["country"].map(country)
    rows["government"] = table["kind"] == "government"
    rows["promises"] = table["promises_confidentiality"]
    for field in ("competence", "respect", "independence", "outreach", "lived_experience",
                  "donor_conditions"):
        rows[field] = table[field]
    return rows


def _points(network: RouteNetwork, organisations: np.ndarray) -> np.ndarray:
    table = network.points
    node = {name: n for n, name in enumerate(network.nodes["id"])}
    owner = {name: n for n, name in enumerate(network.organisations["id"])}
    points = np.zeros(len(table), POINT)
    points["key"] = [name_hash(name) for name in table["id"]]
    points["organisation"] = table["organisation"].map(owner)
    points["node"] = table["node"].map(node)
    points["relief"] = table[list(NEEDS)].to_numpy(float)
    for field in ("registers", "visibility", "door"):
        points[field] = table[field]
    points["kept"] = table["firewall"]
    points["promised_firewall"] = table["firewall"] > 0
    points["excludes"] = [sum(1 << STATUSES.index(s) for s in names) for names in table["excludes"]]
    theirs = organisations[points["organisation"]]
    for field in ("family", "government", "competence", "respect", "lived_experience", "outreach"):
        points[field] = theirs[field]
    points["promises"] = theirs["promises"] * (theirs["government"] == 0)
    # Visits to places of detention are not something people at liberty can ask for.
    points["there"] = ~table["id"].isin(network.added)
    points["open"] = (table["premises"] != "detention").to_numpy() & (points["there"] == 1)
    points["government"] |= (table["premises"] == "government").to_numpy(int)
    points["firewall_story"] = points["partner"] = -1
    points["leak_day"] = NOTHING_SHARED
    points["left"] = -1.0  # not yet opened
    return points


def _remaining(network: RouteNetwork, nodes: np.ndarray) -> NDArray[np.float64]:
    """Kilometres left to every node that people head for; sets each node's target and return."""
    index = {name: n for n, name in enumerate(network.nodes["id"])}
    backwards = network.graph.reverse(copy=False)
    nodes["target"] = -1
    rows: list[NDArray[np.float64]] = []
    # Some journeys end at a place of long stay for which nobody set out.
    long_stay = network.nodes.loc[nodes["step"] == LONG_STAY, "id"]
    for name in dict.fromkeys([*network.destinations, *long_stay]):
        nodes["target"][index[name]] = len(rows)
        rows.append(_distances(backwards, name, index))
    best = np.full(len(nodes), np.inf)
    # Who is sent back comes to a place of return in the own country, or else to where one set out.
    nodes["return_node"] = np.arange(len(nodes))
    for name in network.nodes.loc[nodes["step"] == RETURN, "id"]:
        at_home = nodes["country"] == nodes["country"][index[name]]
        row = np.where(at_home, _distances(backwards, name, index), np.inf)
        nodes["return_node"][row < best] = index[name]
        best = np.minimum(best, row)
    return np.array(rows)


def _distances(graph: nx.DiGraph, name: str, index: dict[str, int]) -> NDArray[np.float64]:
    row = np.full(len(index), np.inf)
    for other, km in nx.single_source_dijkstra_path_length(graph, name, weight="km").items():
        row[index[other]] = km
    return row


def together_at(nodes: np.ndarray, points: np.ndarray, network: RouteNetwork,
                parameters: Parameters) -> NDArray[np.float64]:
    """Share of evidence on one family that also counts for another, at each node.

    In full where both have open service points at the node, or are partners in its country; less
    for other humanitarian families elsewhere (the sector); nothing between government and
    humanitarian families elsewhere.
    """
    families = len(network.families)
    humanitarian = np.array([family != "government" for family in network.families])
    here = np.zeros((len(nodes), families), bool)
    here[points["node"][points["open"] == 1], points["family"][points["open"] == 1]] = True
    both = (here[:, :, None] & here[:, None, :]) | _partners(network)[nodes["country"]]
    sector = humanitarian[:, None] & humanitarian[None, :]
    share = np.where(both, 1.0, np.where(sector, parameters["association_sector"], 0.0))
    share = share * parameters["association"]
    share[:, np.arange(families), np.arange(families)] = 0.0
    return share


@once_per_network
def _partners(network: RouteNetwork) -> NDArray[np.bool_]:
    """Whether two families have organisations that are partners, by country."""
    country = {code: n for n, code in enumerate(network.countries["country"])}
    family = {name: n for n, name in enumerate(network.families)}
    owners = network.organisations
    known = dict(zip(owners["id"], owners["family"].map(family), strict=True))
    both = np.zeros((len(country), len(family), len(family)), bool)
    rows = zip(owners["country"], owners["family"], owners["partners"], strict=True)
    for code, own, partners in rows:
        for name in partners:
            one, other = family[own], known[name]
            both[country[code], [one, other], [other, one]] = True
    return both
