"""Mistakes in the files of a network: one sentence each, naming file, line, field and remedy."""

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
from sim.problems import InputProblem, Problem
from sim.rules.movement import room_left

GOOD = {
    "nodes.csv": """\
id,name,country,lat,lon,journey_step,capacity,connectivity,hostility,enforcement,mean_stay_days,\
departures,attraction,regulatory,financial,physical,human,social,natural,source
home,Home,AAA,10,10,origin,,0.8,0.1,0.1,14,1,0,1,1,1,1,1,1,*=assumed
town,Town,AAA,11,10,transit,500,0.5,0.2,0.3,10,0,0,1,1,1,1,1,1,*=assumed
city,City,BBB,12,10,long_stay,,0.9,0.2,0.3,200,0,1,1,1,1,1,1,1,*=assumed
back,Back,AAA,10.1,10,return,,0.8,0.1,0.1,30,0,0,1,1,1,1,1,1,*=assumed
""",
    "legs.csv": """\
from,to,two_way,mode,km,detour,days,cost,death,interception,extortion,abuse,separation,closed,source
home,town,yes,road,111,1,1,10,0.001,0.01,0.01,0.01,0.01,10-40;90-120,*=assumed
town,city,no,foot,111,1,2,50,0.001,0.01,0.01,0.01,0.01,,*=assumed
city,back,no,air,215,1.02,1,0,0,0,0,0,0,,*=assumed
back,home,yes,road,11.2,1,1,0,0,0,0,0,0,,*=assumed
""",
    "countries.csv": """\
country,name,asylum_days,recognition,expiry_days,deportation,voluntary_return,detention_days,\
request_rate,source
AAA,Aland,365,0.3,3650,0.1,0.1,3,0.5,*=assumed
BBB,Bland,365,0.3,365,0.5,0.1,30,1.5,*=assumed
""",
    "organisations.csv": """\
id,name,country,kind,family,competence,respect,independence,promises_confidentiality,outreach,\
lived_experience,donor_conditions,source
rcrc_aland,Red Cross,AAA,red_cross_red_crescent,rcrc,0.7,0.8,0.8,yes,0.3,0.2,0.1,*=assumed
state_bland,State,BBB,government,government,0.6,0.6,0.1,no,0.1,0,0,*=assumed
""",
    "service_points.csv": """\
id,organisation,node,service,regulatory,financial,physical,human,social,natural,registers,\
capacity_per_day,visibility,premises,firewall,door,excludes,source
clinic,rcrc_aland,town,assistance,0,0,0.6,0.4,0,0,0.4,20,0.5,own,0,0,,*=assumed
desk,state_bland,city,protection,0.5,0,0,0,0,0,1,20,0.5,government,0,0.1,irregular;refused,*=assumed
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small network without any fault."""
    for file, text in GOOD.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace one passage of one file."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def faults(folder: Path) -> list[Problem]:
    """All faults that are found."""
    with pytest.raises(InputProblem) as caught:
        load_network(folder)
    assert str(caught.value) == "\n".join(p.sentence() for p in caught.value.problems)
    return caught.value.problems


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
