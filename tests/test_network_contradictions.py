"""Rows of a network that contradict each other, and several faults at once."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.network import compile_network, load_network
from sim.parameters import Parameters
from sim.problems import InputProblem
from sim.rules.movement import room_left
from tests.faulty_network import GOOD, change, faults, write_good


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small network without any fault."""
    return write_good(tmp_path)


# --- things that contradict each other ---------------------------------------------------------

@pytest.mark.parametrize(("file", "row"), [
    ("nodes.csv", "town,Town,AAA,11,10,transit,500,0.5,0.2,0.3,10,0,0,1,1,1,1,1,1,*=assumed\n"),
    ("countries.csv", "AAA,Aland,365,0.3,3650,0.1,0.1,3,0.5,*=assumed\n"),
    ("organisations.csv", GOOD["organisations.csv"].splitlines(keepends=True)[1]),
    ("service_points.csv", GOOD["service_points.csv"].splitlines(keepends=True)[1])])
def test_an_id_that_stands_twice(folder: Path, file: str, row: str) -> None:
    text = GOOD[file] + row
    (folder / file).write_text(text, encoding="utf-8")
    [problem] = faults(folder)
    assert problem.file == str(folder / file)
    assert problem.line == text.count("\n")
    assert problem.value == row.split(",", maxsplit=1)[0]
    assert "twice" in problem.message
    assert problem.suggestion


@pytest.mark.parametrize("row", [
    "town,city,no,foot,111,1,2,50,0.001,0.01,0.01,0.01,0.01,,*=assumed\n",
    "town,home,no,road,111,1,1,10,0.001,0.01,0.01,0.01,0.01,,*=assumed\n",
    "city,town,yes,foot,111,1,2,50,0.001,0.01,0.01,0.01,0.01,,*=assumed\n"],
    ids=["the same", "the way back of a two-way leg", "two-way over a one-way leg"])
def test_a_leg_that_stands_twice(folder: Path, row: str) -> None:
    text = GOOD["legs.csv"] + row
    (folder / "legs.csv").write_text(text, encoding="utf-8")
    problems = faults(folder)
    assert all(problem.file == str(folder / "legs.csv") for problem in problems)
    assert text.count("\n") in {problem.line for problem in problems}
    assert all("twice" in problem.message for problem in problems)
    assert all(problem.suggestion for problem in problems)


def test_a_leg_from_a_place_to_itself(folder: Path) -> None:
    change(folder, "legs.csv", "town,city,no", "town,town,no")
    [problem] = [p for p in faults(folder) if "back to where it starts" in p.message]
    assert problem.line == 3
    assert "town" in problem.sentence()
    assert problem.suggestion


def test_an_island_is_named_with_what_to_do(folder: Path) -> None:
    change(folder, "legs.csv", "town,city,no", "city,town,no")
    [problem] = faults(folder)
    text = problem.sentence()
    assert "no way from 'home' to 'city'" in text
    assert text.startswith(f"{folder / 'nodes.csv'}:2")
    assert "legs.csv" in problem.suggestion


def test_nobody_sets_out_and_nobody_aims_anywhere(folder: Path) -> None:
    change(folder, "nodes.csv", "14,1,0,1", "14,0,0,1")
    change(folder, "nodes.csv", "200,0,1,1", "200,0,0,1")
    problems = faults(folder)
    assert {p.field for p in problems} == {"departures", "attraction"}
    assert all(p.suggestion for p in problems)


# --- all faults at once ------------------------------------------------------------------------

def test_all_faulty_cells_of_all_files_are_told_at_once(folder: Path) -> None:
    change(folder, "nodes.csv", "town,Town,AAA,11", "town,Town,AAA,110")
    change(folder, "nodes.csv", "200,0,1,1", "200,0,-1,1")
    change(folder, "legs.csv", "foot,111,", "fly,-111,")
    change(folder, "service_points.csv", "0.5,own,0,0", "0.5,mine,0,2")
    assert [(Path(p.file).name, p.line, p.field) for p in faults(folder)] == [
        ("nodes.csv", 3, "lat"), ("nodes.csv", 4, "attraction"), ("legs.csv", 3, "mode"),
        ("legs.csv", 3, "km"), ("service_points.csv", 2, "premises"),
        ("service_points.csv", 2, "door")]


def test_all_things_that_are_not_there_are_told_at_once(folder: Path) -> None:
    change(folder, "legs.csv", "town,city,no", "toun,citi,no")
    change(folder, "service_points.csv", "clinic,rcrc_aland,town", "clinic,rcrc_oland,toun")
    assert {(Path(p.file).name, p.line, p.field) for p in faults(folder)} == {
        ("legs.csv", 3, "from"), ("legs.csv", 3, "to"), ("service_points.csv", 2, "node"),
        ("service_points.csv", 2, "organisation")}


def test_all_missing_files_and_columns_are_told_at_once(folder: Path) -> None:
    (folder / "countries.csv").unlink()
    (folder / "legs.csv").unlink()
    change(folder, "organisations.csv", ",independence,", ",independance,")
    change(folder, "nodes.csv", "town,Town,AAA,11", "town,Town,AAA,110")
    told = {Path(p.file).name for p in faults(folder)}
    assert told == {"countries.csv", "legs.csv", "organisations.csv", "nodes.csv"}


def test_faulty_cells_do_not_hide_things_that_are_not_there(folder: Path) -> None:
    change(folder, "nodes.csv", "town,Town,AAA,11", "town,Town,AAA,110")
    change(folder, "legs.csv", "town,city,no", "town,citty,no")
    assert {(Path(p.file).name, p.field) for p in faults(folder)} == {
        ("nodes.csv", "lat"), ("legs.csv", "to")}


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.data())
def test_whatever_stands_in_a_cell_ends_in_a_network_or_in_a_sentence(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(GOOD)))
    rows = list(csv.reader(io.StringIO(GOOD[file])))
    row = data.draw(st.integers(0, len(rows) - 1))
    cell = data.draw(st.integers(0, len(rows[0]) - 1))
    rows[row][cell] = data.draw(st.one_of(
        st.text(max_size=12), st.floats().map(str), st.integers().map(str),
        st.sampled_from(["home", "town", "city", "yes", "0", "1", "-0", "1-2", ";", "AAA"])))
    with tempfile.TemporaryDirectory() as name:
        for other, text in GOOD.items():
            (Path(name) / other).write_text(text, encoding="utf-8")
        with (Path(name) / file).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
        try:
            compile_network(load_network(Path(name)), Parameters.of(), 10.0)
            sentences = []
        except InputProblem as problem:
            sentences = str(problem).splitlines() or ["nothing is said"]
    assert all(sentence.startswith(name) for sentence in sentences), sentences


def test_no_room_is_not_taken_for_no_limit(folder: Path) -> None:
    change(folder, "nodes.csv", "transit,500", "transit,0")
    try:
        network = load_network(folder)
    except InputProblem as problem:
        [sentence] = str(problem).splitlines()
    else:
        capacity = compile_network(network, Parameters.of(), 10.0).nodes["capacity"][1]
        sentence = "capacity" if room_left(1.0, capacity) == 0.0 else "no limit"
    assert "capacity" in sentence


def test_the_line_is_that_of_the_file_even_after_a_cell_of_two_lines(folder: Path) -> None:
    change(folder, "nodes.csv", "home,Home,", 'home,"Home\nsweet home",')
    change(folder, "nodes.csv", "town,Town,AAA,11", "town,Town,AAA,110")
    text = (folder / "nodes.csv").read_text(encoding="utf-8")
    [problem] = faults(folder)
    assert problem.line is not None
    assert text.splitlines()[problem.line - 1].startswith("town,")
