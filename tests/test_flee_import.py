"""Instances of Flee become networks and scenarios; two of them are in the library."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import scenarios
from experiments.cli import app
from scenarios.importing import write_instance
from scenarios.importing.flee import read_instance
from scenarios.importing.flee.windows import closed_windows
from scenarios.resolve import LIBRARY, NETWORKS
from sim.network import load_network
from sim.problems import InputProblem
from tests.flee_files import FILES, FLEE, NAMES, read_tiny, tiny

LOCATIONS = FILES["input_csv/locations.csv"]
ROUTES = FILES["input_csv/routes.csv"]
CLOSURES = FILES["input_csv/closures.csv"]
IN_LIBRARY = ("burundi2015", "mali2012")
FOREVER = 7300


def call(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("name", NAMES)
def test_a_real_instance_becomes_a_network_that_runs(name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    result = call("import", "flee", FLEE / name, "--out", out, "--json")
    assert result.exit_code == 0, result.stderr
    made = json.loads(result.stdout)
    it = read_instance(FLEE / name)
    assert (made["days"], made["people"]) == (it.length, int(it.arrivals.sum()))
    assert len(made["warnings"]) >= len(it.warnings)
    checked = json.loads(call("network", "check", out, "--json").stdout)
    assert checked["valid"] is True
    assert all(problem["severity"] == "warning" for problem in checked["problems"])
    assert scenarios.check(out / "scenario.yaml") == []
    plan = scenarios.load(out / "scenario.yaml").plan()
    assert (plan.days, plan.people, plan.present_at_start) == (it.length, it.arrivals.sum(), 0.0)
    assert sum(count for _, _, count in plan.arrivals or ()) == it.arrivals.sum()


def test_camps_origins_and_the_rest(tmp_path: Path) -> None:
    write_instance(FLEE / "car2013", tmp_path)
    network = load_network(tmp_path)
    nodes = network.nodes.set_index("id")
    it = read_instance(FLEE / "car2013")
    camps = nodes.index[nodes["journey_step"] == "camp"]
    assert len(camps) == 14
    assert set(network.destinations) == set(camps) - {"bili"}  # which no road leads to
    assert nodes.loc["mboti", "capacity"] == 704
    assert nodes.loc["kaga_bandoro", "country"] == "CAF"
    assert nodes.loc["boyabu", "country"] == "COD"
    assert nodes.loc["betou", "country"] == "COG"
    assert set(network.origins) == {
        place.name.lower().replace(" ", "_") for n, place in enumerate(it.locations)
        if it.departures[:, n].any()}
    assert set(network.points["node"]) == set(camps)


def test_counts_and_the_people_of_day_0_lie_beside_the_network(tmp_path: Path) -> None:
    write_instance(FLEE / "car2013", tmp_path)
    it = read_instance(FLEE / "car2013")
    counts = rows(tmp_path / "counts.csv")
    assert len(counts) == it.length * len(it.camps)
    assert sum(int(row["count"]) for row in counts) == it.counts.sum()
    start = rows(tmp_path / "start.csv")
    assert "bossobolo" not in {row["camp"] for row in start}
    assert sum(int(row["count"]) for row in start) == it.start_counts[it.placed].sum()
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    for word in ("FabFlee", "BSD-3-Clause", "Derek Groen", "UNHCR", "ACLED", "Bossobolo"):
        assert word in readme
    assert "Derek Groen" in (tmp_path / "LICENSE.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", IN_LIBRARY)
def test_the_library_holds_what_an_import_gives(name: str, tmp_path: Path) -> None:
    write_instance(FLEE / name, tmp_path)
    kept = NETWORKS / name
    for path in tmp_path.glob("*.csv"):
        own = LIBRARY / "arrivals" / f"{name}.csv" if path.stem == "arrivals" else kept / path.name
        assert own.read_bytes() == path.read_bytes(), path.name
    assert "Derek Groen" in (kept / "LICENSE.txt").read_text(encoding="utf-8")
    text = (kept / "README.md").read_text(encoding="utf-8")
    assert all(word in text for word in ("FabFlee", "UNHCR", "ACLED", "## What was odd"))


@pytest.mark.slow
def test_people_arrive_in_the_camps() -> None:
    from sim.model import TrustModel

    model = TrustModel(scenarios.load("mali2012").plan(), migrants=500, days=300, seed=3)
    model.run()
    last = model.record.totals()
    assert last["settled"] > 450


# --- what is closed -------------------------------------------------------------------------------

def windows(folder: Path, **changes: str) -> dict[tuple[str, str], list[tuple[int, int]]]:
    return closed_windows(read_tiny(folder, **changes))[0]


@pytest.mark.parametrize(("rows_", "closed"), [
    ("country,Home,Away,1,3", {"Gamma>Delta", "Delta>Gamma", "Gamma>Omega", "Omega>Gamma"}),
    ("link,Gamma,Alpha,1,3", {"Gamma>Alpha", "Alpha>Gamma"}),
    ("location,Alpha,,1,3", {"Gamma>Alpha", "Alpha>Gamma"}),
    ("location,Gamma,Delta,1,3", {"Gamma>Delta", "Delta>Gamma"}),
    ("camp,Delta,,1,3", {"Gamma>Delta"}),
    ("idpcamp,Delta,,1,3", {"Gamma>Delta"}),
    ("remove_forced_redirection,Gamma,Delta,1,3", set()),
])
def test_what_a_closure_closes(tmp_path: Path, rows_: str, closed: set[str]) -> None:
    found = windows(tmp_path, closures=f"{CLOSURES}{rows_}\n")
    assert {f"{a}>{b}" for (a, b), days in found.items() if days} == closed
    assert all(days == [(1, 3)] for days in found.values() if days)


@pytest.mark.parametrize(("days", "expected"), [
    ("1,3", [(1, 3)]), ("3,0", [(3, FOREVER)]), ("3,3", [(3, FOREVER)]), ("3,", [(3, FOREVER)]),
    ("-2,3", [(0, 3)]), ("9000,0", [])])
def test_an_end_not_after_the_start_means_never(tmp_path: Path, days: str,
                                                expected: list[Any]) -> None:
    found = windows(tmp_path, closures=f"{CLOSURES}link,Alpha,Gamma,{days}\n")
    assert found["Alpha", "Gamma"] == expected


def test_closures_that_touch_are_one(tmp_path: Path) -> None:
    text = f"{CLOSURES}link,Alpha,Gamma,1,3\nlocation,Alpha,,2,4\nlink,Gamma,Alpha,6,8\n"
    assert windows(tmp_path, closures=text)["Gamma", "Alpha"] == [(1, 4), (6, 8)]


@pytest.mark.parametrize(("forced", "removed", "expected"), [
    ("Gamma,Beta,90,2", "", [(0, FOREVER)]),                         # from Beta to Gamma
    ("Gamma,Beta,90,2", "remove_forced_redirection,Beta,Gamma,3,0\n", [(0, 3)]),
    ("Gamma,Beta,90,2", "remove_forced_redirection,Beta,Gamma,0,9\n", []),
    ("Gamma,Beta,90,1", "", []),                                     # would cut off the camps
])
def test_redirections_close_the_other_roads(tmp_path: Path, forced: str, removed: str,
                                            expected: list[Any]) -> None:
    routes = ROUTES.replace("Beta,Gamma,90,", forced) + "Alpha,Beta,60,\n"
    it = read_tiny(tmp_path, routes=routes, closures=CLOSURES + removed)
    found, warnings = closed_windows(it)
    assert found["Beta", "Alpha"] == expected
    assert found["Alpha", "Beta"] == []
    assert bool(warnings) == forced.endswith(",1")
    assert all("nobody would get to Delta, Omega" in w.message for w in warnings)


def test_a_road_that_is_closed_one_way_has_two_rows(tmp_path: Path) -> None:
    tiny(tmp_path / "in", closures=f"{CLOSURES}camp,Delta,,0,4\n")
    (tmp_path / "out").mkdir()
    write_instance(tmp_path / "in", tmp_path / "out")
    found = {(row["from"], row["to"]): (row["two_way"], row["closed"])
             for row in rows(tmp_path / "out" / "legs.csv")}
    assert found["gamma", "delta"] == ("no", "0-4")
    assert found["delta", "gamma"] == ("no", "")
    assert found["gamma", "omega"] == ("yes", "")


# --- wrong input ----------------------------------------------------------------------------------

def test_nothing_is_left_behind_where_an_import_is_refused(tmp_path: Path) -> None:
    tiny(tmp_path / "in", sim_period="StartDate,someday\nLength,5\n")
    result = call("import", "flee", tmp_path / "in", "--out", tmp_path / "deep" / "out")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "sim_period.csv:1" in result.stderr
    assert "Traceback" not in result.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in"]


def test_an_import_never_writes_over_files(tmp_path: Path) -> None:
    tiny(tmp_path / "in")
    first = call("import", "flee", tmp_path / "in", "--out", tmp_path / "out")
    assert first.exit_code == 0, first.stderr
    before = (tmp_path / "out" / "legs.csv").read_bytes()
    again = call("import", "flee", tmp_path / "in", "--out", tmp_path / "out")
    assert again.exit_code == 2
    assert "empty or a new directory" in again.stderr
    assert (tmp_path / "out" / "legs.csv").read_bytes() == before


@pytest.mark.parametrize(("changes", "words"), [
    ({"delta": "2020-01-01,300\n", "omega": "2020-01-01,1\n"}, "nobody sets out"),
    ({"routes": "#name1,name2,distance,forced_redirection\n"}, "has a way"),
])
def test_an_instance_where_nobody_can_move_is_refused(tmp_path: Path, changes: dict[str, str],
                                                      words: str) -> None:
    with pytest.raises(InputProblem, match=words):
        write_instance(tiny(tmp_path / "in", **changes), tmp_path)


def test_a_place_with_people_and_no_road_stays_a_place(tmp_path: Path) -> None:
    places = LOCATIONS + "Gombe,A,Home,12,12,conflict_zone,0,4000\n"
    conflicts = FILES["input_csv/conflicts.csv"].replace("Omega\n", "Omega,Gombe\n")
    conflicts = "\n".join(line + (",1" if line[0].isdigit() else "")
                          for line in conflicts.splitlines())
    tiny(tmp_path / "in", locations=places, conflicts=conflicts)
    (tmp_path / "out").mkdir()
    made = write_instance(tmp_path / "in", tmp_path / "out")
    assert "gombe" not in made.network.origins
    assert any("get nowhere" in w.message for w in made.warnings)
    assert any(row["origin"] == "gombe" for row in rows(tmp_path / "out" / "arrivals.csv"))
    assert scenarios.check(tmp_path / "out" / "scenario.yaml") == []


@settings(max_examples=80, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_can_be_read_becomes_a_network_or_is_refused(tmp_path: Path,
                                                              data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["input_csv/locations.csv", "input_csv/routes.csv",
                                      "input_csv/closures.csv"]))
    lines = FILES[name].splitlines() + ["location,Gamma,Delta,1,3", "country,Home,Away,0,0"] * (
        "closures" in name)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        cells = lines[place].split(",")
        cell = data.draw(st.integers(0, len(cells) - 1))
        cells[cell] = data.draw(st.sampled_from(
            ["", "Alpha", "Omega", "Home", "0", "-1", "1e9", "19999", "camp", "?", "Ünï çode"]))
        lines[place] = ",".join(cells)
    out = tmp_path / "out"
    out.mkdir(exist_ok=True)
    tiny(tmp_path / "in")
    (tmp_path / "in" / name).write_text("\n".join(lines), encoding="utf-8")
    refused = None
    try:
        made = write_instance(tmp_path / "in", out)
    except InputProblem as problem:
        refused = problem
    if refused is None:
        assert made.network.destinations
        assert scenarios.check(out / "scenario.yaml") == []
    else:
        assert all("made of it" not in p.message for p in refused.problems), str(refused)
