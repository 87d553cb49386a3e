"""Instances of Flee are read as they are: three real ones, and the rules by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from scenarios.importing.flee import FleeInstance, read_instance
from scenarios.importing.flee.flows import arrivals, departures
from tests.flee_files import FILES, FLEE, NAMES, read_tiny, told


@pytest.fixture(scope="module")
def real() -> dict[str, FleeInstance]:
    return {name: read_instance(FLEE / name) for name in NAMES}


@pytest.mark.parametrize(("name", "days", "camps", "placed", "start", "end", "home"), [
    ("burundi2015", 396, 5, 5, 191, 205_445, "Burundi"),
    ("car2013", 820, 15, 14, 18_054, 424_499, "CAR"),
    ("mali2012", 300, 7, 7, 10_838, 89_991, "Mali"),
])
def test_real_instances(real: dict[str, FleeInstance], name: str, days: int, camps: int,
                        placed: int, start: int, end: int, home: str) -> None:
    it = real[name]
    assert (it.length, len(it.camps), int(it.placed.sum())) == (days, camps, placed)
    assert it.counts.shape == (days, camps)
    assert (int(it.start_counts.sum()), int(it.counts[-1].sum())) == (start, end)
    assert it.home_country == home
    assert it.arrivals[0] == 0
    assert (it.arrivals >= 0).all()
    assert it.departures.shape == (days, len(it.locations))
    assert (it.departures.sum(axis=1) == it.arrivals).all()
    fighting = it.conflicts > 0
    assert not it.departures[~fighting].any()


def test_counts_are_linear_between_rows_and_flat_outside(real: dict[str, FleeInstance]) -> None:
    it = real["burundi2015"]  # con-lusenda.csv, corrected by 155 / 7332 at 2015-09-30
    lusenda = [camp.name for camp in it.camps].index("Lusenda")
    factor = 155 / 7332
    days = np.arange(0, 90)
    assert (it.counts[:90, lusenda] == np.floor(days / 90 * 7 * factor)).all()
    assert it.counts[94, lusenda] == 155
    assert it.counts[152, lusenda] == 155
    assert it.counts[395, lusenda] < 17_210


def test_camps_of_two_files_are_added(real: dict[str, FleeInstance]) -> None:
    it = real["car2013"]
    mboti = [camp.name for camp in it.camps].index("Mboti")
    assert it.camps[mboti].files == ("dcon-mboti.csv", "dcon-mboti-outside.csv")
    assert it.counts[:, mboti].max() == 9_294
    assert it.counts[3, mboti] == 410 + 6095


def test_a_camp_without_a_place_counts_in_the_sum_only(real: dict[str, FleeInstance]) -> None:
    it = real["car2013"]
    bossobolo = [camp.name for camp in it.camps].index("Bossobolo")
    assert not it.placed[bossobolo]
    assert it.counts[0, bossobolo] == 18_054
    assert it.placed.sum() == len(it.camps) - 1


QUIRKS = [
    ("mali2012", "conflicts.csv", 1, "spaces"),
    ("mali2012", "closures.csv", 1, "CRLF"),
    ("mali2012", "mau-fassala-mbera.csv", 1, "before the start"),
    ("mali2012", "nig-intikane.csv", None, "nobody uses"),
    ("mali2012", "registration_corrections.csv", 1, "after the last day"),
    ("mali2012", "locations.csv", 23, "below the largest count"),
    ("burundi2015", "locations.csv", 7, "spaces"),
    ("burundi2015", "conflicts.csv", 1, "ends in a comma"),
    ("burundi2015", "closures.csv", 2, "both ends of a road"),
    ("burundi2015", "closures.csv", 3, "no redirection"),
    ("burundi2015", "routes.csv", 38, "'Nyarugusu' is sent on to 'Kagunga'"),
    ("burundi2015", "con-lusenda.csv", 2, "straight line"),
    ("car2013", "dcon-mole.csv", 3, "comment"),
    ("car2013", "dcon-mole.csv", 2, "spaces"),
    ("car2013", "dcon-mboti.csv", 1, "tabs"),
    ("car2013", "dcon-bossobolo.csv", 1, "comment"),
    ("car2013", "dcon-bossobolo.csv", 3, "first count is on day 512"),
    ("car2013", "data_layout.csv", 12, "2 files"),
    ("car2013", "data_layout.csv", 10, "'Bossobolo' has counts but is not in locations.csv"),
    ("car2013", "locations.csv", 38, "no road leads to 'Bili'"),
    ("car2013", "locations.csv", 39, "'Boyabu' is reached only through another camp (Mole)"),
    ("car2013", "locations.csv", 40, "704"),
    ("car2013", "locations.csv", 20, "'Kaga Bandoro' holds a space"),
    ("car2013", "registration_corrections.csv", 8, "after the last day"),
    ("car2013", "cameroon.csv", None, "nobody uses"),
]


@pytest.mark.parametrize(("name", "file", "line", "words"), QUIRKS,
                         ids=[f"{q[0]}-{q[1]}-{q[2]}" for q in QUIRKS])
def test_every_quirk_is_told_with_file_and_line(
        real: dict[str, FleeInstance], name: str, file: str, line: int | None, words: str) -> None:
    assert told(real[name], file, line, words), [
        w.sentence() for w in real[name].warnings if Path(w.file).name == file]


def test_the_tiny_instance_by_hand(tmp_path: Path) -> None:
    it = read_tiny(tmp_path)
    assert it.counts.tolist() == [[100, 0], [150, 50], [200, 100], [250, 150], [300, 200]]
    assert it.arrivals.tolist() == [0, 100, 100, 100, 100]
    # Day 1: Alpha alone is in conflict; from day 2 on Beta has three quarters of the people.
    assert it.departures[:, :2].tolist() == [[0, 0], [100, 0], [25, 75], [25, 75], [25, 75]]
    assert it.open_zones(1) == ["Alpha"]
    assert it.open_zones(4) == ["Alpha", "Beta"]
    assert it.warnings == ()


def test_a_fall_is_a_debt_that_later_rises_pay_off() -> None:
    counts = np.array([[10, 10], [10, 30], [5, 25], [5, 28], [5, 40], [5, 40]])
    assert arrivals(counts).tolist() == [0, 20, 0, 0, 5, 0]


@given(arrays.arrays(np.int64, (12, 3), elements=st.integers(0, 1000)))
def test_arrivals_bring_the_sum_to_its_running_peak(counts: np.ndarray) -> None:
    total = counts.sum(axis=1)
    assert (total[0] + arrivals(counts).cumsum() == np.maximum.accumulate(total)).all()


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=20), st.data())
def test_everybody_who_arrives_sets_out_somewhere_in_conflict(people: list[int],
                                                              data: st.DataObject) -> None:
    days = len(people)
    conflicts = data.draw(arrays.arrays(float, (days, 4), elements=st.sampled_from([0, 1, 2.5])))
    population = data.draw(arrays.arrays(float, 4, elements=st.integers(0, 10**7)))
    found = departures(np.array(people), conflicts, population)
    assert (found >= 0).all()
    if not (conflicts > 0).any():
        assert not found.any()
        return
    assert found.sum(axis=1).tolist() == people
    assert not found[:, ~(conflicts > 0).any(axis=0)].any()


def test_shares_add_up_over_many_small_days() -> None:
    conflicts, population = np.ones((1000, 3)), np.array([700.0, 200.0, 100.0])
    found = departures(np.ones(1000, np.int64), conflicts, population).sum(axis=0)
    assert np.abs(found - [700, 200, 100]).max() <= 2


def test_corrections_scale_earlier_counts_in_the_order_of_the_file(tmp_path: Path) -> None:
    it = read_tiny(
        tmp_path, delta="2020-01-01,100\n2020-01-02,200\n2020-01-03,100\n2020-01-04,300\n",
        registration_corrections="Delta,2020-01-03,normalize\nDelta,2020-01-04,normalize\n")
    # First by 100 / 200, then, with the new rows, by 300 / 100.
    assert it.counts[:, 0].tolist() == [150, 300, 300, 300, 300]


@pytest.mark.parametrize(("line", "words"), [
    ("Delta,2019-12-31,normalize", "before the start"),
    ("Delta,2020-01-02,normalize", "no count on this date"),
    ("Delta,2020-01-01,normalize", "before this date"),
    ("Delta,some day,normalize", "no date"),
    ("Dalta,2020-01-05,normalize", "did you mean 'Delta'"),
    ("Omega,2020-01-05,normalize", "no count above 0"),
])
def test_a_correction_without_effect_is_told(tmp_path: Path, line: str, words: str) -> None:
    it = read_tiny(tmp_path, registration_corrections=line + "\n")
    assert it.counts[:, 0].tolist() == [100, 150, 200, 250, 300]
    assert told(it, "registration_corrections.csv", 1, words) or told(
        it, "registration_corrections.csv", 1, words.replace("did", "Did"))


def test_folders_are_not_changed(tmp_path: Path) -> None:
    read_tiny(tmp_path)
    found = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert found == set(FILES)
