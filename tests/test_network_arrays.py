"""A network as the arrays that the engines read."""

from __future__ import annotations

import dataclasses

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from sim.codes import RETURN
from sim.network import RouteNetwork, compile_network
from sim.parameters import Parameters
from sim.randomness import name_hash


def test_arrays_hold_the_tables(network: RouteNetwork) -> None:
    arrays = compile_network(network, Parameters.of(), 10.0)
    nodes, legs, points = arrays.nodes, arrays.legs, arrays.points
    order = {name: n for n, name in enumerate(network.nodes["id"])}
    for n, name in enumerate(network.nodes["id"]):
        out = legs[nodes["first_leg"][n]:][:nodes["legs"][n]]
        assert {int(end) for end in out["end"]} == {
            order[end] for end in network.graph.successors(name)}
        assert (out["start"] == n).all()
        own = points[nodes["first_point"][n]:][:nodes["points"][n]]
        assert (own["node"] == n).all()
        assert len(own) == (network.points["node"] == name).sum()
    assert points["capacity"].tolist() == pytest.approx(
        (network.points["capacity_per_day"] / 10.0).tolist())
    limited = np.isfinite(network.nodes["capacity"].to_numpy(float))
    assert nodes["capacity"][limited].tolist() == pytest.approx(
        (network.nodes["capacity"][limited] / 10.0).tolist())
    assert (nodes["capacity"][~limited] == 0.0).all()  # 0 stands for: no limit
    borders = network.legs["from"].map(network.nodes.set_index("id")["country"]).to_numpy() != (
        network.legs["to"].map(network.nodes.set_index("id")["country"]).to_numpy())
    assert (legs["border"].astype(bool) == borders).all()


def test_what_is_left_to_go_is_the_shortest_way(network: RouteNetwork) -> None:
    arrays = compile_network(network, Parameters.of(), 10.0)
    order = list(network.nodes["id"])
    for name in network.destinations:
        left = arrays.remaining[arrays.nodes["target"][order.index(name)]]
        assert left[order.index(name)] == 0.0
        shorter = left[arrays.legs["start"]] <= arrays.legs["km"] + left[arrays.legs["end"]] + 1e-9
        assert shorter.all()
        for origin in network.origins:
            assert left[order.index(origin)] == pytest.approx(
                nx.shortest_path_length(network.graph, origin, name, weight="km"))
    aims = arrays.nodes["target"] >= 0
    assert [order[n] for n in np.flatnonzero(aims)] == network.destinations


def test_people_return_to_their_own_country(network: RouteNetwork) -> None:
    nodes = compile_network(network, Parameters.of(), 10.0).nodes
    with_home = set(nodes["country"][nodes["step"] == RETURN])
    assert with_home
    for n, home in enumerate(nodes["return_node"]):
        assert nodes["country"][home] == nodes["country"][n]
        # To a place of return, or, where the country has none, to where they set out.
        assert nodes["step"][home] == RETURN if nodes["country"][n] in with_home else home == n


def test_ids_have_different_hashes(networks: dict[str, RouteNetwork]) -> None:
    for network in networks.values():
        for table in (network.nodes, network.legs, network.points):
            assert pd.Series([name_hash(name) for name in table["id"]]).is_unique


def test_what_was_read_once_is_not_shared_with_a_run(network: RouteNetwork) -> None:
    first = compile_network(network, Parameters.of(), 10.0)
    kept = [array.tobytes() for array in first]
    for array in first:
        array.view(np.uint8).reshape(-1)[:] = 255
    again = compile_network(network, Parameters.of(), 10.0)
    assert [array.tobytes() for array in again] == kept


def test_another_network_of_changed_tables_is_read_anew(network: RouteNetwork) -> None:
    before = compile_network(network, Parameters.of(), 10.0)
    longer = network.legs.assign(km=network.legs["km"] * 2.0)
    after = compile_network(dataclasses.replace(network, legs=longer), Parameters.of(), 10.0)
    assert (after.legs["km"] == 2.0 * before.legs["km"]).all()
