"""`waytrust network check`: what is odd, what the network holds, and its map."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from experiments.cli import app
from experiments.network_check import check_network, sketch
from experiments.network_check.sources import read_source
from scenarios import network_names
from sim.problems import Problem
from tests.faulty_network import change, write_good


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "route"
    place.mkdir()
    return write_good(place)


def call(*words: object) -> Any:
    return CliRunner().invoke(app, ["network", "check", *(str(word) for word in words)])


def odd(folder: Path) -> list[Problem]:
    checked = check_network(folder)
    assert checked.valid
    return [problem for problem in checked.problems if problem.severity == "warning"]


def test_a_good_network_has_nothing_odd(folder: Path) -> None:
    assert odd(folder) == []
    result = call(folder)
    assert result.exit_code == 0
    assert "4 nodes, 4 legs, 2 countries, 2 organisations, 2 service points" in result.stdout
    assert "can be used." in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("name", ["central_america", "central_mediterranean", "horn_of_africa"])
def test_the_real_networks_have_nothing_odd(name: str) -> None:
    found = json.loads(call(name, "--json").stdout)
    assert found["valid"] is True
    assert found["problems"] == []
    assert (found["nodes"], found["islands"], found["unreached"]) == (40, [], [])


@pytest.mark.parametrize("name", network_names())
def test_every_network_of_the_library_can_be_used(name: str) -> None:
    assert json.loads(call(name, "--json").stdout)["valid"] is True


LONE = "lone,Lone,AAA,13,10,transit,,0.5,0.2,0.3,10,0,0,1,1,1,1,1,1,*=assumed\n"
FAR = "far,Far,AAA,14,10,camp,,0.5,0.2,0.3,10,0,0,1,1,1,1,1,1,*=assumed\n"


def leg(start: str, end: str, km: float, two_way: str = "no") -> str:
    return f"{start},{end},{two_way},road,{km},1,1,1,0,0,0,0,0,,*=assumed\n"


def add(folder: Path, file: str, text: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as stream:
        stream.write(text)


def test_islands_are_named(folder: Path) -> None:
    add(folder, "nodes.csv", LONE + FAR)
    [first, second] = odd(folder)
    assert (first.line, first.value) == (6, "lone")
    assert "'lone' is an island" in first.sentence()
    assert "'far' is an island" in second.sentence()
    add(folder, "legs.csv", leg("lone", "far", 111, "yes"))
    [both] = odd(folder)
    assert "2 places are an island, which no leg joins to the rest: lone, far" in both.sentence()
    facts = check_network(folder).facts()
    assert facts["islands"] == [["lone", "far"]]
    assert facts["unreached"] == ["lone", "far"]
    assert facts["dead_ends"] == ["lone", "far"]


def test_places_that_nobody_gets_to_or_on_from(folder: Path) -> None:
    add(folder, "nodes.csv", LONE + FAR)
    add(folder, "legs.csv", leg("lone", "city", 111) + leg("city", "far", 222.4))
    add(folder, "service_points.csv",
        "post,rcrc_aland,lone,assistance,0,0,0,0,0,0,0,5,0.5,own,0,0,,*=assumed\n")
    told = [problem.sentence() for problem in odd(folder)]
    assert len(told) == 3
    assert "nobody gets to 'lone'" in told[0]
    assert "nobody gets on from 'far'" in told[1]
    assert "service_points.csv:4" in told[2]
    assert "nobody can get to 'post'" in told[2]


@pytest.mark.parametrize(("km", "words"), [
    (60, ["60 km", "shorter than the straight line of 111 km"]),
    (400, ["400 km", "more than 3 times the straight line of 111 km"]),
    (200, ["times the detour is 111 km"]),
])
def test_impossible_lengths_are_told_with_both_numbers(folder: Path, km: float,
                                                       words: list[str]) -> None:
    change(folder, "legs.csv", "home,town,yes,road,111,1,1", f"home,town,yes,road,{km},1,1")
    [problem] = odd(folder)
    assert (problem.line, Path(problem.file).name) == (2, "legs.csv")
    assert all(word in problem.sentence() for word in words)


def test_impossible_speeds_are_told(folder: Path) -> None:
    change(folder, "legs.csv", "town,city,no,foot,111,1,2", "town,city,no,foot,111,1,0.5")
    [problem] = odd(folder)
    assert "222 km a day by foot" in problem.sentence()
    assert (problem.field, problem.line) == ("days", 3)


@pytest.mark.parametrize(("source", "words"), [
    ("km=computed", "does not say where detour, days"),
    ("km=computed; *=guessed", "nobody can look up, guessed"),
    ("km=computed; *=S28, M33", ""), ('*="A short citation"', ""),
    ("km; *=assumed", "cannot be read from 'km'"),
    ("dayz=computed; *=assumed", "did you mean 'days'"),
    ('*="one; two"', "nobody can look up"),
])
def test_sources_are_looked_at(folder: Path, source: str, words: str) -> None:
    quoted = '"' + source.replace('"', '""') + '"'
    change(folder, "legs.csv", "0.01,10-40;90-120,*=assumed", f"0.01,10-40;90-120,{quoted}")
    found = odd(folder)
    if not words:
        assert found == []
        return
    [problem] = found
    assert problem.field == "source"
    assert words.lower() in problem.sentence().lower()


def test_sources_are_read() -> None:
    assert read_source('lat lon=GeoNames; km="a; b"; *=assumed') == (
        {"lat": "GeoNames", "lon": "GeoNames", "km": '"a; b"', "*": "assumed"}, [])


def test_countries_without_rates_and_points_abroad(folder: Path) -> None:
    change(folder, "countries.csv", "BBB,Bland,365,0.3,365,0.5,0.1,30,1.5",
           "BBB,Bland,0,0,0,0,0,30,0")
    add(folder, "countries.csv", "CCC,Cland,365,0.3,365,0.5,0.1,30,1.5,*=assumed\n")
    change(folder, "service_points.csv", "clinic,rcrc_aland,town", "clinic,rcrc_aland,city")
    told = [problem.sentence() for problem in odd(folder)]
    assert any("Bland has no rates" in text for text in told)
    assert any("no place lies in Cland" in text for text in told)
    assert any("works in AAA, but 'city' lies in BBB" in text for text in told)


def test_what_is_wrong_stops_it_and_what_is_odd_does_not(folder: Path) -> None:
    add(folder, "nodes.csv", LONE)
    found = json.loads(call(folder, "--json").stdout)
    assert (found["valid"], len(found["problems"])) == (True, 1)
    change(folder, "legs.csv", "town,city,no,foot", "town,city,no,foto")
    result = call(folder, "--json")
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    assert found["valid"] is False
    assert {problem["severity"] for problem in found["problems"]} == {"error"}
    assert (found["nodes"], found["legs"]) == (5, 4)
    result = call(folder)
    assert result.exit_code == 2
    assert "did you mean 'foot'" in result.stderr.lower()


def test_no_way_to_a_destination_still_names_the_islands(folder: Path) -> None:
    lines = (folder / "legs.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "legs.csv").write_text("".join(lines[:2] + lines[3:]), encoding="utf-8")
    found = json.loads(call(folder, "--json").stdout)
    assert found["valid"] is False
    assert any(p["severity"] == "error" and "no way" in p["message"] for p in found["problems"])
    assert found["islands"] == []  # a leg still leads from there to back
    assert found["unreached"] == ["city"]


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_the_map_is_a_picture(folder: Path, tmp_path: Path, suffix: str) -> None:
    add(folder, "nodes.csv", LONE)
    change(folder, "legs.csv", "home,town,yes,road,111,", "home,town,yes,road,60,")
    file = tmp_path / f"map.{suffix}"
    found = json.loads(call(folder, "--json", "--map", file).stdout)
    assert found["map"] == str(file)
    raw = file.read_bytes()
    assert raw.startswith(b"\x89PNG") if suffix == "png" else b"</svg>" in raw
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
    assert "Map:" in call(folder, "--map", file).stdout


@pytest.mark.parametrize(("name", "words"), [
    ("map.gif", ".svg or .png"), ("map", ".svg or .png"), ("nowhere/map.svg", "cannot be written")])
def test_a_map_that_cannot_be_drawn_is_refused(folder: Path, tmp_path: Path, name: str,
                                               words: str) -> None:
    result = call(folder, "--json", "--map", tmp_path / name)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert words in result.stderr


def test_a_name_with_signs_of_formulas_is_drawn_as_it_is(folder: Path, tmp_path: Path) -> None:
    change(folder, "nodes.csv", "town,Town,", "town,$Town^_{$,")
    assert call(folder, "--map", tmp_path / "map.svg").exit_code == 0


def test_the_sketch_shows_every_step_and_what_is_apart(folder: Path) -> None:
    add(folder, "nodes.csv", LONE)
    text = sketch(check_network(folder), 40, 9).plain
    assert all(len(line) <= 80 for line in text.splitlines())
    assert {"O", "+", "L", "!"} <= set("".join(text.splitlines()[:-1]))
    assert "not reached" in text.splitlines()[-1]
    assert "O" in call(folder).stdout


def test_one_place_alone_can_be_sketched_and_drawn(folder: Path, tmp_path: Path) -> None:
    lines = (folder / "nodes.csv").read_text(encoding="utf-8").splitlines()
    (folder / "nodes.csv").write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    (folder / "legs.csv").write_text(
        (folder / "legs.csv").read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    result = call(folder, "--map", tmp_path / "map.svg")
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
