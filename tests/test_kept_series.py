"""What a comparison keeps for its report: series with intervals, and what repairs bring back."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from experiments.comparison import Comparison
from experiments.kept_series import FILE, write_series
from experiments.outcome import DAILY, Outcome
from experiments.series import after_the_shock, over_time, route_stops
from tests.experiment_fakes import SHOCK
from tests.report_world import LATS, compared, ran

__all__ = ["compared", "ran"]

IN_NEED, ASKED = DAILY.index("in_need"), DAILY.index("asked")


@pytest.fixture(scope="module")
def kept(compared):
    return json.loads((compared[1] / FILE).read_text())


def test_series_are_those_of_the_picture(compared, kept):
    comparison, _ = compared
    assert kept["window"] == [SHOCK, 39]
    assert kept["over_time"]["leak"]["low"] == pytest.approx(over_time(comparison)["leak"].low)
    assert kept["after_the_shock"]["leak"] == after_the_shock(comparison, "leak")._asdict()
    stops = {stop.node: stop for stop in route_stops(comparison, "leak")}
    assert kept["along"]["leak"]["hub"]["value"] == pytest.approx(stops["hub"].change.value)


def test_periods_cover_every_day_once(kept):
    for name in ("months", "quarters"):
        days = [day for each in kept[name] for day in range(each["first"], each["last"] + 1)]
        assert days == list(range(40))
    assert [month["first"] for month in kept["months"]] == [0, 28]  # two weeks stand by themselves


def test_nothing_differs_before_the_shock_and_only_at_the_hub(kept):
    assert kept["quarters"][0]["changes"]["leak"]["hub"]["value"] < -0.1
    assert kept["quarters"][0]["changes"]["leak"]["coast"]["value"] == 0


def with_rates(comparison: Comparison, rates: dict[str, list[float]]) -> Comparison:
    """The same comparison, in which people ask on given shares of 1,000 days in need each day."""
    runs = []
    for number in range(len(next(iter(rates.values())))):
        outcomes = []
        for name in comparison.names:
            before = comparison.outcomes(name)[0]
            by_day = before.by_day.copy()
            by_day[:, IN_NEED] = 1000
            by_day[:, ASKED] = round(1000 * rates[name][number])
            outcomes.append(dataclasses.replace(before, by_day=by_day))
        runs.append(tuple[Outcome, ...](outcomes))
    return dataclasses.replace(comparison, runs=tuple(runs))


def repair_of(comparison: Comparison, folder: Path) -> dict[str, object]:
    write_series(folder, comparison)
    (found,) = json.loads((folder / FILE).read_text())["repairs"]
    return found


def test_half_of_the_loss_brought_back_is_one_half(compared, tmp_path):
    rates = {"calm": [0.2, 0.3, 0.4], "leak": [0.1, 0.2, 0.3], "both": [0.15, 0.25, 0.35]}
    found = repair_of(with_rates(compared[0], rates), tmp_path)
    assert (found["shock"], found["with"]) == ("leak", "both")
    assert (found["first"], found["last"]) == (SHOCK + 7, 39)  # from the wall on
    assert found["brought_back"] == pytest.approx({"value": 0.5, "low": 0.5, "high": 0.5})
    assert found["without_repair"]["value"] == pytest.approx(-1 / 3)
    assert found["with_repair"]["value"] == pytest.approx(-1 / 6)
    assert found["between"]["value"] == pytest.approx(0.25)


def test_the_interval_of_what_is_brought_back_holds_its_value(compared, tmp_path):
    rates = {"calm": [0.2, 0.3, 0.4], "leak": [0.1, 0.21, 0.29], "both": [0.15, 0.24, 0.36]}
    back = repair_of(with_rates(compared[0], rates), tmp_path)["brought_back"]
    assert back["low"] < back["value"] < back["high"]
    assert back["value"] == pytest.approx(0.15 / 0.3)


def test_of_a_loss_that_is_not_clear_no_share_is_given(compared, tmp_path):
    rates = {"calm": [0.2, 0.3, 0.4], "leak": [0.1, 0.4, 0.4], "both": [0.15, 0.25, 0.35]}
    assert repair_of(with_rates(compared[0], rates), tmp_path)["brought_back"] is None


def test_the_route_is_kept_with_places_and_events(compared, ran):
    for folder, names in ((compared[1], ["calm", "leak", "both"]), (ran, ["leak"])):
        route = json.loads((folder / "route.json").read_text())
        assert [each["name"] for each in route["scenarios"]] == names
        hub = next(place for place in route["places"] if place["id"] == "hub")
        assert (hub["lat"], hub["country"]) == (LATS[1], "AAA")
        event = route["scenarios"][-1]["interventions"][0]
        assert (event["kind"], event["start"], event["scope"]) == (
            "data_breach", SHOCK, {"node": ["hub"]},
        )  # fmt: skip
        assert ["coast", "hub"] in route["legs"]
    assert np.isclose(route["people"], 4000)


