"""A mistake in one cell or file of a network: one sentence that names file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.network import compile_network, load_network
from sim.parameters import Parameters
from tests.faulty_network import GOOD, change, faults, write_good


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small network without any fault."""
    return write_good(tmp_path)


def test_the_network_without_faults_is_read(folder: Path) -> None:
    network = load_network(folder)
    assert list(network.legs["id"]) == [
        "home>back", "home>town", "town>city", "town>home", "city>back", "back>home"]
    there, back = (network.graph.edges[ends] for ends in (("home", "town"), ("town", "home")))
    assert there["closed"] == back["closed"] == [(10, 40), (90, 120)]
    assert (there["km"], there["cost"]) == (back["km"], back["cost"]) == (111.0, 10.0)
    assert network.origins == ["home"]
    assert network.destinations == ["city"]
    assert list(network.points["excludes"]) == [[], ["irregular", "refused"]]
    assert network.families == ["rcrc", "ngo", "un", "government"]  # the usual four, always
    assert network.nodes["capacity"].tolist() == [float("inf"), 500.0, float("inf"), float("inf")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_a_spreadsheet_writes_is_read(folder: Path, encoding: str, newline: str) -> None:
    for file, text in GOOD.items():
        blank = text.replace("Town", '"Town, the old ""Bourg"""') + "\n,,\n\n"
        (folder / file).write_text(blank, encoding=encoding, newline=newline)
    network = load_network(folder)
    assert network.nodes["name"][1] == 'Town, the old "Bourg"'
    assert len(network.legs) == 6


# --- one mistake -------------------------------------------------------------------------------

LEG = "town,city,no,foot,111,1,2,50,0.001"
MISTAKES = [
    # file, what stands there, what stands there now, line, field, value, part of the remedy
    ("legs.csv", "town,city,no", "town,citty,no", 3, "to", "citty", "did you mean 'city'"),
    ("legs.csv", "town,city,no", "twon,city,no", 3, "from", "twon", "did you mean 'town'"),
    ("legs.csv", "foot,111,", "foot,-111,", 3, "km", "-111", "between"),
    ("legs.csv", "foot,111,", "foot,0,", 3, "km", "0", "between"),
    ("legs.csv", "foot,111,", "foot,nan,", 3, "km", "nan", "between"),
    ("legs.csv", "foot,111,", "foot,inf,", 3, "km", "inf", "between"),
    ("legs.csv", "foot,111,", "foot,1e12,", 3, "km", "1e12", "between"),
    ("legs.csv", "foot,111,", "foot,far,", 3, "km", "far", "number"),
    ("legs.csv", "foot,111,", "foot,,", 3, "km", "", "number"),
    ("legs.csv", LEG, LEG.replace("0.001", "1.5"), 3, "death", "1.5", "between 0 and 1"),
    ("legs.csv", LEG, LEG.replace("0.001", "0.1%"), 3, "death", "0.1%", "number"),
    ("legs.csv", "city,no,foot", "city,no,foto", 3, "mode", "foto", "did you mean 'foot'"),
    ("legs.csv", "city,no,foot", "city,perhaps,foot", 3, "two_way", "perhaps", "yes or no"),
    ("legs.csv", "10-40;90-120", "10 to 40", 2, "closed", "10 to 40", "10-40;90-120"),
    ("legs.csv", "10-40;90-120", "40-10", 2, "closed", "40-10", "10-40"),
    ("nodes.csv", "town,Town,AAA,11", "town,Town,AAA,110", 3, "lat", "110", "between -90 and 90"),
    ("nodes.csv", "transit,500", "transit,-500", 3, "capacity", "-500", "between"),
    ("nodes.csv", "AAA,11,10,transit", "AAA,11,10,transfer", 3, "journey_step", "transfer",
     "transit"),
    ("nodes.csv", "town,Town,AAA", "town,Town,AAB", 3, "country", "AAB", "did you mean 'AAA'"),
    ("service_points.csv", "clinic,rcrc_aland", "Old Clinic,rcrc_aland", 2, "id", "Old Clinic",
     "a-z"),
    ("nodes.csv", "town,Town", "town,", 3, "name", "", "empty"),
    ("nodes.csv", "14,1,0,1", "14,-1,0,1", 2, "departures", "-1", "between"),
    ("countries.csv", "BBB,Bland,365,0.3", "BBB,Bland,365,30", 3, "recognition", "30",
     "between 0 and 1"),
    ("organisations.csv", "state_bland,State,BBB", "state_bland,State,BBC", 3, "country", "BBC",
     "did you mean 'BBB'"),
    ("organisations.csv", "0.8,yes,0.3", "0.8,maybe,0.3", 2, "promises_confidentiality", "maybe",
     "yes or no"),
    ("service_points.csv", "clinic,rcrc_aland,town", "clinic,rcrc_oland,town", 2, "organisation",
     "rcrc_oland", "did you mean 'rcrc_aland'"),
    ("service_points.csv", "clinic,rcrc_aland,town", "clinic,rcrc_aland,toun", 2, "node", "toun",
     "did you mean 'town'"),
    ("service_points.csv", "irregular;refused", "irregular;refusd", 3, "excludes", "refusd",
     "refused"),
    ("service_points.csv", "0.5,own,0,0", "0.5,own,0,2", 2, "door", "2", "between 0 and 1"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "field", "value", "remedy"), MISTAKES,
    ids=[f"{m[0]}-{m[4]}-{m[5]}" for m in MISTAKES])
def test_a_mistake_is_told_in_one_sentence(
        folder: Path, file: str, old: str, new: str, line: int, field: str, value: str,
        remedy: str) -> None:
    change(folder, file, old, new)
    [problem] = faults(folder)
    text = problem.sentence()
    assert text.startswith(f"{folder / file}:{line}")
    assert "\n" not in text
    assert (problem.line, problem.severity) == (line, "error")
    assert problem.field == field
    assert field in text
    assert value in text
    assert remedy in text.replace("Did you", "did you")
    allowed = ("between", "one of", "yes or no")
    assert problem.suggestion or any(word in text for word in allowed), f"no remedy in: {text}"


@pytest.mark.parametrize(("file", "column"), [
    ("nodes.csv", "mean_stay_days"), ("legs.csv", "death"), ("service_points.csv", "registers"),
    ("organisations.csv", "independence"), ("countries.csv", "recognition")])
def test_a_missing_or_misspelt_column_is_named(folder: Path, file: str, column: str) -> None:
    change(folder, file, f",{column},", f",{column[:-1]},")
    found = faults(folder)
    texts = [problem.sentence() for problem in found]
    assert all(text.startswith(f"{folder / file}:1") for text in texts)
    assert any(f"did you mean '{column}'" in text.lower() for text in texts)
    assert any(problem.field == column and "missing" in problem.message for problem in found)


def test_an_unknown_column_is_named_with_those_that_are_known(folder: Path) -> None:
    change(folder, "countries.csv", ",source\nAAA", ",source,qqqq\nAAA")
    text = "\n".join(problem.sentence() for problem in faults(folder))
    assert "qqqq" in text
    assert "asylum_days" in text


def test_a_column_given_twice_is_named(folder: Path) -> None:
    change(folder, "countries.csv", "request_rate,source", "request_rate,source,deportation")
    problems = faults(folder)
    assert any(p.field == "deportation" and "twice" in p.message for p in problems)


@pytest.mark.parametrize("file", GOOD)
def test_a_missing_file_is_named_with_what_belongs_there(folder: Path, file: str) -> None:
    (folder / file).unlink()
    [problem] = faults(folder)
    assert problem.file == str(folder / file)
    assert "missing" in problem.message
    assert all(name in problem.suggestion for name in GOOD)


@pytest.mark.parametrize("file", GOOD)
@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe", b"\x00" * 4096,
                b"PK\x03\x04 a spreadsheet, zipped", b'"an open quote\n' * 9,
                "id,name\nKöln,Köln\n".encode("latin-1")],
    ids=["empty", "blank lines", "picture", "zeros", "zip", "open quote", "Latin-1"])
def test_a_file_that_is_no_table_is_named(folder: Path, file: str, content: bytes) -> None:
    (folder / file).write_bytes(content)
    for problem in faults(folder):
        assert problem.file == str(folder / file)
        assert problem.message
        assert len(problem.sentence()) < 1000


@pytest.mark.parametrize("file", ["nodes.csv", "legs.csv", "countries.csv", "organisations.csv"])
def test_a_table_without_rows_is_named(folder: Path, file: str) -> None:
    (folder / file).write_text(GOOD[file].splitlines()[0] + "\n", encoding="utf-8")
    assert any(file in problem.sentence() for problem in faults(folder))


def test_a_network_where_nobody_helps_is_a_network(folder: Path) -> None:
    for file in ("organisations.csv", "service_points.csv"):
        (folder / file).write_text(GOOD[file].splitlines()[0] + "\n", encoding="utf-8")
    arrays = compile_network(load_network(folder), Parameters.of(), 10.0)
    assert len(arrays.points) == 0
    assert (arrays.nodes["points"] == 0).all()


def test_a_folder_in_place_of_a_file_and_no_folder_at_all(folder: Path) -> None:
    (folder / "legs.csv").unlink()
    (folder / "legs.csv").mkdir()
    [problem] = faults(folder)
    assert problem.file == str(folder / "legs.csv")
    [problem] = faults(folder / "nothing_here")
    assert "nothing_here" in problem.sentence()
    [problem] = faults(folder / "nodes.csv")
    assert "nodes.csv" in problem.sentence()


@pytest.mark.parametrize(("old", "new", "cells"), [
    ("town,city,no,foot,", "town,city,no,foot,,", 16), ("town,city,no,foot,", "town,city,no,", 14)])
def test_too_many_or_too_few_cells(folder: Path, old: str, new: str, cells: int) -> None:
    change(folder, "legs.csv", old, new)
    [problem] = faults(folder)
    assert problem.sentence().startswith(f"{folder / 'legs.csv'}:3")
    assert str(cells) in problem.sentence()
    assert "15" in problem.sentence()
