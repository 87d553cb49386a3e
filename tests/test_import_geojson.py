"""GeoJSON becomes a network: what is given is kept, what is missing is assumed and told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import scenarios
from experiments.cli import app
from scenarios.importing import read_geojson, write_given
from scenarios.importing.names import Ids, country_of
from sim.network import RouteNetwork, great_circle_km
from sim.problems import InputProblem
from tests.route_files import collection, write_geojson


def call(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def made(folder: Path, whole: object) -> tuple[RouteNetwork, list[str]]:
    """The network made of a collection, and what was told."""
    file = write_geojson(folder / "route.geojson", whole)
    out = folder / "out"
    out.mkdir(exist_ok=True)
    written = write_given(read_geojson(file), out, "GeoJSON", "route")
    return written.network, [problem.sentence() for problem in written.warnings]


def test_a_route_becomes_a_network_that_can_be_run(tmp_path: Path) -> None:
    file = write_geojson(tmp_path / "sahara.geojson")
    result = call("import", "geojson", file, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert (told["nodes"], told["legs"]) == (3, 4)
    checked = json.loads(call("network", "check", tmp_path / "out", "--json").stdout)
    assert checked["valid"] is True
    assert checked["problems"] == []
    assert scenarios.check(tmp_path / "out" / "scenario.yaml") == []
    readme = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "sahara.geojson" in readme
    assert "assumed" in readme


def test_what_is_given_is_kept_with_its_source(tmp_path: Path) -> None:
    network, _ = made(tmp_path, collection())
    nodes = network.nodes.set_index("id")
    assert list(nodes.index) == ["agadez", "sabha", "tripoli"]
    assert list(nodes["country"]) == ["NER", "LBY", "LBY"]
    assert nodes.loc["sabha", "name"] == "Sabhā"
    assert nodes.loc["tripoli", "enforcement"] == 0.6
    assert nodes.loc["tripoli", "capacity"] == 20_000
    assert 'enforcement="route.geojson"' in nodes.loc["tripoli", "source"]
    legs = network.legs.set_index("id")
    assert legs.loc["agadez>sabha", "days"] == 9
    assert 'days="route.geojson"' in legs.loc["agadez>sabha", "source"]
    assert legs.loc["sabha>tripoli", "km"] == 770
    assert "km=computed" in legs.loc["agadez>sabha", "source"]


def test_lengths_come_from_the_coordinates(tmp_path: Path) -> None:
    whole = collection()
    network, _ = made(tmp_path, whole)
    straight = great_circle_km(16.973, 7.991, 27.038, 14.429)
    leg = network.legs.set_index("id").loc["agadez>sabha"]
    assert leg["km"] == pytest.approx(straight * leg["detour"], rel=1e-3)
    whole["features"][3]["geometry"]["coordinates"].insert(1, [8.0, 27.0])
    network, _ = made(tmp_path, whole)
    leg = network.legs.set_index("id").loc["agadez>sabha"]
    along = great_circle_km(16.973, 7.991, 27, 8) + great_circle_km(27, 8, 27.038, 14.429)
    assert leg["km"] == pytest.approx(along, rel=1e-3)
    assert leg["detour"] == pytest.approx(along / straight, rel=1e-2)


def test_assumed_numbers_are_counted_and_told(tmp_path: Path) -> None:
    network, told = made(tmp_path, collection())
    assert any("numbers are assumed" in text and "nodes.csv" in text for text in told)
    assert all("*=assumed" in source for source in network.nodes["source"])
    assert set(network.points["node"]) == {"sabha", "tripoli"}
    assert any("names no organisation" in text for text in told)


def test_ends_of_lines_are_found_by_position(tmp_path: Path) -> None:
    whole = collection()
    for way in whole["features"][3:]:
        del way["properties"]["from"], way["properties"]["to"]
    network, _ = made(tmp_path, whole)
    assert set(network.legs["id"]) == {
        "agadez>sabha", "sabha>agadez", "sabha>tripoli", "tripoli>sabha"}


def test_organisations_of_the_file_take_the_place_of_assumed_ones(tmp_path: Path) -> None:
    whole = collection()
    whole["features"].append({
        "type": "Feature", "geometry": {"type": "Point", "coordinates": [13.2, 32.9]},
        "properties": {"organisation": "Libyan Red Crescent", "service": "protection",
                       "registers": 0.2, "capacity_per_day": 55}})
    network, told = made(tmp_path, whole)
    [point] = network.points.to_dict("records")
    assert (point["node"], point["service"]) == ("tripoli", "protection")
    assert (point["registers"], point["capacity_per_day"]) == (0.2, 55)
    [owner] = network.organisations.to_dict("records")
    assert (owner["kind"], owner["country"]) == ("red_cross_red_crescent", "LBY")
    assert not any("names no organisation" in text for text in told)
    assert any("kind of 'Libyan Red Crescent'" in text for text in told)


def test_steps_that_are_missing_are_assumed_and_told(tmp_path: Path) -> None:
    whole = collection()
    for place in whole["features"][:3]:
        place["properties"].pop("journey_step", None)
    network, told = made(tmp_path, whole)
    assert network.origins == ["agadez"]
    assert network.destinations == ["tripoli"]
    assert sum("no place has the journey step" in text for text in told) == 2
    for way in whole["features"][3:]:
        way["properties"]["two_way"] = "no"
    whole["features"] = [whole["features"][n] for n in (1, 2, 0, 3, 4)]
    network, _ = made(tmp_path, whole)
    assert (network.origins, network.destinations) == (["agadez"], ["tripoli"])


@pytest.mark.parametrize(("change", "words"), [
    (lambda f: f.append({"type": "Feature", "properties": {},
                         "geometry": {"type": "Polygon", "coordinates": []}}), "feature 6"),
    (lambda f: f.append({"type": "Feature", "properties": None, "geometry": None}), "feature 6"),
    (lambda f: f.append(f[4]), "joins the same places as feature 5"),
    (lambda f: f[4]["properties"].update({"to": "sabha"}), "leads back"),
    (lambda f: f[1]["properties"].update({"country": "Utopia"}), "'Utopia' is not known"),
    (lambda f: f[1]["properties"].pop("country"), "no country is given"),
    (lambda f: f.append({**f[1], "properties": {"id": "far", "country": "LBY"}}), ""),
])
def test_what_is_odd_is_told(tmp_path: Path, change: Callable[[list[Any]], None],
                             words: str) -> None:
    whole = collection()
    whole["features"][1]["properties"]["journey_step"] = "arrival"
    change(whole["features"])
    _, told = made(tmp_path, whole)
    assert any(words in text for text in told), told


@pytest.mark.parametrize(("change", "words"), [
    (lambda f: f[4]["properties"].update({"to": "tripolis"}), ["feature 5", "to", "tripoli"]),
    (lambda f: f[1]["geometry"].update({"coordinates": [14, 127]}), ["feature 2", "sabha"]),
    (lambda f: f[1]["geometry"].update({"coordinates": [14]}), ["feature 2", "longitude"]),
    (lambda f: f[1]["geometry"].update({"coordinates": "here"}), ["feature 2"]),
    (lambda f: f[1]["properties"].update({"id": "agadez"}), ["feature 2", "feature 1"]),
    (lambda f: f[1]["properties"].update({"journey_step": "orgin"}), ["feature 2", "origin"]),
    (lambda f: f[1]["properties"].update({"hostility": 7}), ["feature 2", "hostility", "7"]),
    (lambda f: f[1]["properties"].update({"hostility": "much"}), ["feature 2", "much"]),
    (lambda f: f[3]["properties"].update({"mode": "camel"}), ["feature 4", "mode", "camel"]),
    (lambda f: f[3]["properties"].update({"two_way": "perhaps"}), ["feature 4", "two_way"]),
    (lambda f: f[3]["properties"].update({"km": 1e9}), ["feature 4", "km"]),
    (lambda f: f[3]["geometry"].update({"coordinates": [[8, 17]]}), ["feature 4", "two pos"]),
    (lambda f: f.append(7), ["feature 6"]),
    (lambda f: f.__delitem__(slice(3, None)), ["no way between places"]),
    (lambda f: f.__delitem__(slice(0, 2)), ["feature 2", "from"]),
    (lambda f: f.clear(), ["fewer than two places"]),
    (lambda f: f.append({"geometry": {"type": "Point", "coordinates": [13, 33]}, "properties":
     {"organisation": "X", "node": "nowhere"}}), ["feature 6", "nowhere"]),
    (lambda f: f.append({"geometry": {"type": "Point", "coordinates": [13, 33]}, "properties":
     {"organisation": "X", "registers": 3}}), ["feature 6", "registers"]),
])
def test_a_mistake_is_told_with_its_place(tmp_path: Path, change: Callable[[list[Any]], None],
                                          words: list[str]) -> None:
    whole = collection()
    change(whole["features"])
    file = write_geojson(tmp_path / "route.geojson", whole)
    result = call("import", "geojson", file, "--out", tmp_path / "out")
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "route.geojson" in result.stderr
    assert all(word in result.stderr for word in words), result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"null", b"[" * 100_000, b"\xff\xfe", b'{"features": 3}', b"{}", b"\0",
    b'{"type":"FeatureCollection","features":[NaN]}', b"1" * 5000])
def test_a_file_that_is_no_geojson_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "route.geojson"
    file.write_bytes(content)
    with pytest.raises(InputProblem):
        read_geojson(file)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.geojson", tmp_path):
        with pytest.raises(InputProblem):
            read_geojson(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=True) | st.integers() | st.text(max_size=8)
    | st.sampled_from(["origin", "agadez", "NER", "yes", "0.5"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner,
                                                                max_size=3), max_leaves=6)


@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_value_may_be_anything(tmp_path: Path, data: st.DataObject) -> None:
    whole = collection()
    for _ in range(data.draw(st.integers(1, 3))):
        feature = data.draw(st.sampled_from(whole["features"]))
        part = data.draw(st.sampled_from(["properties", "geometry"]))
        inner = feature.get(part)
        if isinstance(inner, dict) and inner and data.draw(st.booleans()):
            inner[data.draw(st.sampled_from(sorted(inner)))] = data.draw(JSON)
        else:
            feature[part] = data.draw(JSON)
    refused = None
    try:
        network, _ = made(tmp_path, whole)
    except InputProblem as problem:
        refused = problem
    if refused is None:
        assert network.destinations
    else:
        assert all(p.file and "made of it" not in p.message for p in refused.problems)


# --- names ----------------------------------------------------------------------------------------

@given(st.lists(st.text(max_size=60), max_size=12))
def test_every_name_gets_an_id_of_its_own(names: list[str]) -> None:
    ids = Ids("node")
    found = [ids.of(name) for name in names]
    assert len(set(found)) == len(found)
    assert all(name.isascii() and name[0].isalpha() and name == name.lower() for name in found)
    assert all(c.isalnum() or c == "_" for name in found for c in name)


@pytest.mark.parametrize(("text", "code"), [
    ("Burkina_Faso", "BFA"), ("CAR", "CAF"), ("DRC", "COD"), ("RC", "COG"), ("Niger", "NER"),
    ("côte d'ivoire", "CIV"), ("NGA", "NGA"), ("ng", "NGA"), ("Turkey", "TUR"), ("Sudan", "SDN"),
    ("South_Sudan", "SSD"), ("Türkiye", "TUR"), ("United States", "USA")])
def test_countries_are_known_by_name_and_code(text: str, code: str) -> None:
    found = country_of(text)
    assert found is not None
    assert found[0] == code
