"""What can be odd in an instance of Flee: told with file and line, or refused in a sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios.importing.flee import read_instance
from sim.problems import InputProblem
from tests.flee_files import FILES, FLEE, read_tiny, tiny, told

LOCATIONS = FILES["input_csv/locations.csv"]
ROUTES = FILES["input_csv/routes.csv"]
CONFLICTS = FILES["input_csv/conflicts.csv"]
CLOSURES = FILES["input_csv/closures.csv"]

ODD = [
    # file, its content, the line that is told, and words of the warning
    ("locations", LOCATIONS + "Niger,N,Home,9.5,9.5,town,,\nDiffa,N,Niger,9,9,town,,\n", 7,
     "name of a place in Home and of a country"),
    ("locations", LOCATIONS + "Gombe,A,Home,12,12,conflict_zone,0,10\n", 7, "no road leads"),
    ("locations", LOCATIONS.replace("11.5,11.5,camp,,2000", "11.5,11.5,camp,,1000000"), 5,
     "more than 10 times"),
    ("locations", LOCATIONS.replace(",2000", ",120"), 5, "below the largest count, 300"),
    ("locations", LOCATIONS.replace(",2000", ",many"), 5, "no number of people"),
    ("locations", LOCATIONS.replace("10.0,10.0", ","), 2, "no position"),
    ("locations", LOCATIONS.replace("10.0,10.0", "100,10"), 2, "no position"),
    ("locations", LOCATIONS + "Alpha,A,Home,10,10,town,,\n", 7, "there already, in line 2"),
    ("locations", LOCATIONS.replace("11.0,11.0,town", "11.0,11.0,castle"), 4, "read as a town"),
    ("locations", LOCATIONS.replace("Home,11.0", ",11.0"), 4, "no country"),
    ("locations", LOCATIONS.replace("zone,2,", "zone,1,"), 3, "on day 1 here and on day 2"),
    ("locations", LOCATIONS + "Zeta,A,Home\n", 7, "3 cells where 8 belong"),
    ("locations", LOCATIONS + "# Eta,A,Home,9,9,town,,\n", 7, "comment"),
    ("locations", LOCATIONS.replace("#name", "name"), 1, "does not begin with #"),
    ("locations", LOCATIONS + "Ghost Town,A,Home,9,9,town,,\n", 7, "holds a space"),
    ("routes", ROUTES + "Alpha,Atlantis,5,\n", 6, "'Atlantis' is not in locations.csv"),
    ("routes", ROUTES + "Alpha,Beta,far,\n", 6, "no length in km"),
    ("routes", ROUTES + "Alpha,Beta,-4,\n", 6, "no length in km"),
    ("routes", ROUTES + "Gamma,Alpha,180,\n", 6, "there already, in line 2"),
    ("routes", ROUTES + "Alpha,Alpha,1,\n", 6, "leads back"),
    ("routes", ROUTES.replace("180,0", "180,3"), 2, "is not 0, 1 or 2"),
    ("routes", ROUTES.replace("Beta,Gamma,90,", "Beta,Gamma,90,1"), 3,
     "whoever comes to 'Beta' is sent on to 'Gamma'"),
    ("routes", ROUTES.replace("Beta,Gamma,90,", "Beta,Gamma,90,2"), 3,
     "whoever comes to 'Gamma' is sent on to 'Beta'"),
    ("routes", ROUTES.replace("Gamma,Omega,140,", "Delta,Omega,140,"), 6, "through another camp"),
    ("closures", CLOSURES + "border,Home,Away,1,3\n", 2, "kind of closure"),
    ("closures", CLOSURES + "country,Home,Mars,1,3\n", 2, "'Mars' is not a country"),
    ("closures", CLOSURES + "link,Alpha,Delta,1,3\n", 2, "closes nothing"),
    ("closures", CLOSURES + "location,Gamma,syria,3,\n", 2, "closed as a whole"),
    ("closures", CLOSURES + "location,Gamma,,3,\n", 2, "never opens again"),
    ("closures", CLOSURES + "location,Alpha,Delta,3,4\n", 2, "no road leads"),
    ("closures", CLOSURES + "camp,Gamma,,1,3\n", 2, "not a camp"),
    ("closures", CLOSURES + "camp,Delta,,soon,3\n", 2, "not a day"),
    ("closures", CLOSURES + "camp,Delta,,-5,3\n", 2, "before day 0"),
    ("conflicts", CONFLICTS.replace("Omega\n", "Omega,\n"), 1, "ends in a comma"),
    ("conflicts", CONFLICTS.replace("Omega\n", "Sigma\n"), 1, "'Sigma' is not in locations.csv"),
    ("conflicts", CONFLICTS.replace("3,1,1", "3,1,x"), 5, "no strength"),
    ("conflicts", CONFLICTS.replace("3,1,1", "7,1,1"), 5, "counts as that day"),
    ("conflicts", CONFLICTS + "5,1,1,0,0,0\n", 7, "after the last day"),
    ("conflicts", CONFLICTS.replace("4,1,1,0,0,0\n", ""), 5, "4 of 5 days"),
    ("conflicts", CONFLICTS.replace("4,1,1,0,0,0", "4,1,1,0,1,0"), None, "which is a camp"),
    ("conflicts", "#Day,Alpha\n0,1\n1,1\n2,1\n3,1\n4,1\n", 1, "no column for 'Beta'"),
    ("conflicts", CONFLICTS.replace("\n1,1,0", "\n1,0,0"), None, "no conflict (first on day 1)"),
    ("conflicts", None, None, "conflict dates"),
    ("closures", None, None, "nothing is ever closed"),
    ("registration_corrections", None, None, "taken as they are"),
    ("sim_period", "StartDate,2020-01-01\nLength,5\nRemark,none\n", 3, "left out"),
    ("data_layout", FILES["source_data/data_layout.csv"] + "Sigma,sigma.csv\n", 4, "no file"),
    ("data_layout", FILES["source_data/data_layout.csv"] + "Sigma,../../secret.csv\n", 4,
     "not a file in source_data"),
    ("data_layout", FILES["source_data/data_layout.csv"] + "Gamma,delta.csv\n", 4,
     "not as a camp"),
    ("data_layout", "Delta,delta.csv,omega.csv\n", 1, "added up"),
    ("data_layout", "total,refugees.csv\nDelta,delta.csv\n", None, ""),
    ("delta", "2019-12-25,5\n2020-01-05,300\n", 1, "before the start"),
    ("delta", "2020-01-01,100\n#2020-01-02,9\n2020-01-05,300\n", 2, "comment"),
    ("delta", "2020-01-01,100\n2020-01-05,300\t\n", 2, "tabs"),
    ("delta", "2020-01-01,100\n 2020-01-05 , 300 \n", 2, "spaces"),
    ("delta", "2020-01-01,100\n01.05.2020,300\n", 2, "no date"),
    ("delta", "2020-01-01,100\n2020-01-05,many\n", 2, "no number of people"),
    ("delta", "2020-01-01,100\n2020-01-05,-3\n", 2, "no number of people"),
    ("delta", "2020-01-05,300\n2020-01-01,100\n", 2, "not in order"),
    ("delta", "2020-01-01,1\n2020-01-01,100\n2020-01-05,300\n", 2, "there already, in line 1"),
    ("delta", "2020-01-03,100\n2020-01-05,300\n", 1, "first count is on day 2"),
    ("delta", "2020-01-01,100\n2020-01-03,300\n", 2, "last count is on day 2"),
    ("delta", "2020-01-01,100\r\n2020-01-05,300\r\n", 1, "CRLF"),
    ("refugees", "2020-01-01,100,1,2,3\n2020-01-05,500,1,2,3\n", 1, "more columns"),
    ("refugees", "2020-01-01,600\n2020-01-05,500\n", None, "counts 500 people more"),
]


@pytest.mark.parametrize(("stem", "content", "line", "words"), ODD,
                         ids=[f"{n}-{o[0]}-{o[3][:18]}" for n, o in enumerate(ODD)])
def test_what_is_odd_is_told_and_read(tmp_path: Path, stem: str, content: str | None,
                                      line: int | None, words: str) -> None:
    it = read_tiny(tmp_path, **{stem: content})
    where = "locations" if words in ("through another camp",) else stem
    where = "omega" if not words else where
    expected = ["nobody uses"] if not words else [words]
    assert told(it, f"{where}.csv", line, *expected), [w.sentence() for w in it.warnings]
    assert it.counts.shape[0] == it.length == 5
    assert (it.departures.sum(axis=1) <= it.arrivals).all()


def test_files_that_nobody_uses_are_told(tmp_path: Path) -> None:
    tiny(tmp_path)
    (tmp_path / "input_csv" / "closures - syria.csv").write_text("closure_type\n")
    (tmp_path / "source_data" / "elsewhere.csv").write_bytes(b"\xff\xfe no text")
    it = read_instance(tmp_path)
    assert told(it, "closures - syria.csv", None, "nobody uses")
    assert told(it, "elsewhere.csv", None, "nobody uses")
    assert len(it.warnings) == 2


def test_old_names_of_files_and_columns(tmp_path: Path) -> None:
    header = "#name,region,country,gps_x,gps_y,location_type,conflict_date,pop/cap"
    tiny(tmp_path, sim_period=None, locations=header + LOCATIONS[LOCATIONS.index("\n"):])
    (tmp_path / "input_csv" / "conflict_period.csv").write_text("StartDate,2020-01-01\nLength,5\n")
    it = read_instance(tmp_path)
    assert it.locations[0].lat == 10.0
    assert it.locations[3].population == 2000
    assert told(it, "conflict_period.csv", None, "in place of sim_period.csv")


def test_many_warnings_of_a_kind_are_counted(tmp_path: Path) -> None:
    routes = ROUTES + "".join(f"Alpha,Nowhere{n},5,\n" for n in range(100))
    it = read_tiny(tmp_path, routes=routes)
    about = [w for w in it.warnings if Path(w.file).name == "routes.csv"]
    assert len(about) == 21
    assert "80 more" in about[-1].sentence()


WRONG = [
    ("sim_period", None, "missing"), ("sim_period", "", "StartDate"),
    ("sim_period", "StartDate,1 March\nLength,5\n", "2012-02-29"),
    ("sim_period", "StartDate,2020-01-01\nLength,0\n", "whole number"),
    ("sim_period", "StartDate,2020-01-01\nLength,1e9\n", "whole number"),
    ("sim_period", "StartDate,2020-01-01\n", "Length"),
    ("locations", None, "missing"), ("locations", "", "no place"),
    ("locations", "\0\0\0", "not a text file"), ("routes", None, "missing"),
    ("data_layout", None, "missing"), ("data_layout", "total,refugees.csv\n", "no camp"),
    ("data_layout", "Delta,gone.csv\n", "no count for any camp"),
]


@pytest.mark.parametrize(("stem", "content", "words"), WRONG)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, stem: str,
                                                      content: str | None, words: str) -> None:
    tiny(tmp_path, **{stem: content})
    with pytest.raises(InputProblem) as caught:
        read_instance(tmp_path)
    [problem] = caught.value.problems
    assert Path(problem.file).name == f"{stem}.csv"
    assert words in problem.sentence()
    assert problem.suggestion


def test_a_folder_that_is_no_instance_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(InputProblem, match="input_csv"):
            read_instance(folder)


LINES = st.one_of(
    st.just(""), st.just("#"), st.just(",,,,,"), st.just('"open'), st.just("\t"), st.just("\r"),
    st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=40),
    st.lists(st.sampled_from(["Alpha", "Delta", "1e400", "-1", "nan", "2020-13-40", "0", "5",
                              "inf", "country", "Home", "99999999999999999999"]),
             max_size=9).map(",".join))


@settings(max_examples=250, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(FILES)), st.data())
def test_any_line_may_be_anything(tmp_path: Path, name: str, data: st.DataObject) -> None:
    lines = FILES[name].splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines)))
        action = data.draw(st.sampled_from(["put", "replace", "drop", "twice"]))
        if action == "put" or place == len(lines):
            lines.insert(place, data.draw(LINES))
        elif action == "replace":
            lines[place] = data.draw(LINES)
        elif action == "drop":
            del lines[place]
        else:
            lines.insert(place, lines[place])
    tiny(tmp_path)
    (tmp_path / name).write_bytes("\n".join(lines).encode())
    _read_or_refuse(tmp_path)


@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["mali2012", "burundi2015"]), st.integers(0, 10**6), st.booleans(),
       st.data())
def test_real_files_cut_anywhere(tmp_path: Path, name: str, at: int, drop: bool,
                                 data: st.DataObject) -> None:
    source = FLEE / name
    file = data.draw(st.sampled_from(sorted(
        p.relative_to(source).as_posix() for p in source.rglob("*.csv"))))
    target = tmp_path / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    raw = (source / file).read_bytes()
    cut = at % max(len(raw), 1)
    (target / file).write_bytes(raw[:cut] if not drop else raw[:cut] + raw[cut + 25:])
    _read_or_refuse(target)


def _read_or_refuse(folder: Path) -> None:
    refused = None
    try:
        it = read_instance(folder)
    except InputProblem as problem:
        refused = problem
    if refused is not None:
        assert all(p.sentence() and p.file for p in refused.problems)
        return
    assert np.isfinite(it.conflicts).all()
    assert (it.counts >= 0).all()
    assert (it.departures.sum(axis=1) <= it.arrivals).all()
    assert all(w.severity == "warning" and w.file for w in it.warnings)
