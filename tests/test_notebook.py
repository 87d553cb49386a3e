"""The worked notebook runs from top to bottom, and shows what it says."""

from __future__ import annotations

import copy
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parent.parent / "docs" / "worked_example.ipynb"
SMALLER = {
    "migrants=1500": "migrants=300", "replicates=4, migrants=1000": "replicates=2, migrants=200",
    '"points": 40': '"points": 24', '"migrants": 300': '"migrants": 100',
}  # fmt: skip
"""Fewer people and runs, but all days; a box is looked for in no fewer than 40 cases."""


def smaller(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The same notebook with less to simulate."""
    notebook = copy.deepcopy(notebook)
    for written, instead in SMALLER.items():
        (cell,) = (each for each in notebook.cells if written in each.source)
        assert cell.source.count(written) == 1
        cell.source = cell.source.replace(written, instead)
    return notebook


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    notebook = smaller(nbformat.read(NOTEBOOK, as_version=4))
    # The interpreter of these tests, whatever kernels the user has.
    folder = tmp_path_factory.mktemp("kernel")
    client = NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(folder)}})
    client.create_kernel_manager()
    assert client.km is not None
    client.km.kernel_spec.argv[0] = sys.executable
    client.execute()
    return notebook


def shown(notebook: nbformat.NotebookNode, source: str) -> list[nbformat.NotebookNode]:
    """What the cell with this in its source put out."""
    (cell,) = (cell for cell in notebook.cells if source in cell.source and "outputs" in cell)
    return list(cell.outputs)


@pytest.mark.parametrize("source", ["run.figure()", "comparison.figure()", "sensitivity.figure()"])
def test_figures_are_drawn(executed: nbformat.NotebookNode, source: str) -> None:
    assert any("image/png" in each.get("data", {}) for each in shown(executed, source))


def test_tables_are_shown(executed: nbformat.NotebookNode) -> None:
    for source in ("comparison.to_frame()", "swept.to_frame()", "duckdb.sql"):
        assert any("text/html" in each.get("data", {}) for each in shown(executed, source))


def test_nothing_is_said_on_stderr(executed: nbformat.NotebookNode) -> None:
    noise = [
        each["text"]
        for cell in executed.cells
        for each in cell.get("outputs", [])
        if each.output_type == "stream" and each.name == "stderr"
        and "IProgress not found" not in each["text"]  # tqdm, where ipywidgets is missing
    ]
    assert noise == []


def test_sentences_and_the_report_are_there(executed: nbformat.NotebookNode) -> None:
    assert "deterred_exposed" in str(shown(executed, "discovery.sentences"))
    assert "report.html" in str(shown(executed, "wt.report"))
