"""A network of one's own is kept with results, even where these lie inside its folder."""

from __future__ import annotations

from pathlib import Path

from experiments.inputs import keep_network
from scenarios.importing import write_instance
from sim.network import load_network
from tests.flee_files import tiny


def test_results_inside_the_folder_of_the_network(tmp_path: Path) -> None:
    tiny(tmp_path / "in")
    (tmp_path / "route").mkdir()
    write_instance(tmp_path / "in", tmp_path / "route")
    results = tmp_path / "route" / "results"
    results.mkdir()
    network = load_network(tmp_path / "route")
    keep_network(network, results)
    assert load_network(results / "network").same_as(network)
    kept = {path.name for path in (results / "network").iterdir()}
    assert {"README.md", "LICENSE.txt", "nodes.csv"} <= kept
    assert "results" not in kept
