"""GraphML becomes a network; a file can neither fetch anything nor grow."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import scenarios
from experiments.cli import app
from scenarios.importing import read_graphml, write_given
from sim.network import load_network
from sim.problems import InputProblem
from tests.route_files import POINTS, WAYS, graphml


def call(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_graph_becomes_a_network_that_can_be_run(tmp_path: Path) -> None:
    file = tmp_path / "sahara.graphml"
    file.write_text(graphml(), encoding="utf-8")
    result = call("import", "graphml", file, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["nodes"] == 3
    checked = json.loads(call("network", "check", tmp_path / "out", "--json").stdout)
    assert (checked["valid"], checked["problems"]) == (True, [])
    assert scenarios.check(tmp_path / "out" / "scenario.yaml") == []
    network = load_network(tmp_path / "out")
    assert list(network.nodes["country"]) == ["NER", "LBY", "LBY"]
    legs = network.legs.set_index("id")
    assert legs.loc["agadez>sabha", "days"] == 9
    assert legs.loc["tripoli>sabha", "km"] == 770


def test_a_graph_that_networkx_wrote(tmp_path: Path) -> None:
    graph = nx.DiGraph()
    for number, (_, lat, lon, values) in enumerate(POINTS):
        graph.add_node(number, lat=lat, lon=lon, **values)
    keys = [key for key, *_ in POINTS]
    for start, end, values in WAYS:
        graph.add_edge(keys.index(start), keys.index(end), **values)
    nx.write_graphml(graph, tmp_path / "own.graphml")
    (tmp_path / "out").mkdir()
    made = write_given(read_graphml(tmp_path / "own.graphml"), tmp_path / "out", "GraphML", "own")
    assert list(made.network.nodes["id"]) == ["agadez", "sabha", "tripoli"]
    assert list(made.network.legs["id"]) == ["agadez>sabha", "sabha>tripoli"]  # one way each


def test_nodes_with_an_organisation_are_service_points(tmp_path: Path) -> None:
    node = ('<node id="clinic"><data key="organisation">Ministry of Health</data>'
            '<data key="node">sabha</data></node>')
    file = tmp_path / "route.graphml"
    file.write_text(graphml(nodes=node), encoding="utf-8")
    (tmp_path / "out").mkdir()
    made = write_given(read_graphml(file), tmp_path / "out", "GraphML", "route")
    [point] = made.network.points.to_dict("records")
    assert point["node"] == "sabha"
    [owner] = made.network.organisations.to_dict("records")
    assert (owner["kind"], owner["family"]) == ("government", "government")
    assert owner["independence"] < 0.5


BOMB = """<!DOCTYPE graphml [
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">
]>
"""
ELSEWHERE = '<!DOCTYPE graphml SYSTEM "http://example.org/graphml.dtd">\n'


@pytest.mark.parametrize(("content", "words"), [
    (graphml(head=BOMB), "document type"),
    (graphml(head=ELSEWHERE), "document type"),
    (graphml(head="<!doctype graphml>"), "document type"),
    (graphml().replace('encoding="UTF-8"', 'encoding="UTF-7"'), "UTF-8"),
    (graphml().replace('encoding="UTF-8"', 'encoding="utf-16"'), "UTF-8"),
    (graphml()[:-30], "line"),
    (graphml().replace("</graph>", "</graph>&bomb;"), "line"),
    (graphml(nodes='<node id="lost"/>', edges='<edge source="lost" target="sabha"/>'), "'lost'"),
    (graphml(edges='<edge source="sabha" target="atlantis"/>'), "'atlantis'"),
    (graphml().replace("27.038", "north"), "GraphML"),
    (graphml().replace("27.038", "270.38"), "node 'sabha'"),
    (graphml().replace(">origin<", ">orgin<"), "Did you mean 'origin'"),
    (graphml().replace('"mode">road', '"mode">camel'), "edge 'agadez' to 'sabha'"),
    (graphml().replace('edgedefault="undirected"', ""), ""),
    ("<graphml/>", "GraphML"), ("", "line"), ("<html></html>", "GraphML"),
    ("<a>" * 30_000, "line"),
])
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "route.graphml"
    file.write_text(content, encoding="utf-8")
    result = call("import", "graphml", file, "--out", tmp_path / "out")
    if words:
        assert result.exit_code == 2, result.output
        assert words in result.stderr
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        assert not (tmp_path / "out").exists()
    else:
        assert result.exit_code in (0, 2)


def test_utf_16_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "route.graphml"
    file.write_bytes(graphml(head=BOMB).encode("utf-16"))
    with pytest.raises(InputProblem, match="UTF-8"):
        read_graphml(file)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.graphml", tmp_path):
        with pytest.raises(InputProblem):
            read_graphml(path)


@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.integers(0, 60), st.text(max_size=12))
def test_any_part_may_be_anything(tmp_path: Path, at: int, gone: int, put: str) -> None:
    content = graphml()
    at %= len(content)
    file = tmp_path / "route.graphml"
    file.write_text(content[:at] + put + content[at + gone:], encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir(exist_ok=True)
    refused = None
    try:
        made = write_given(read_graphml(file), out, "GraphML", "route")
    except InputProblem as problem:
        refused = problem
    if refused is None:
        assert made.network.destinations
    else:
        assert all(p.file and "made of it" not in p.message for p in refused.problems)
