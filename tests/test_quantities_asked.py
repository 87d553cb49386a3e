"""Quantities: what a design asks of a run is what the run's own tables and surveys say."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from experiments.quantities import Asked
from scenarios.designing import load_design
from sim.codes import OUTCOMES, STATUSES
from sim.model import TrustModel
from sim.plan import Plan
from sim.survey import survey
from sim.watching import Cell

DAYS = 40
SCENARIO = {
    "extends": "central_america",
    "interventions": [
        {"id": "officers", "kind": "co_located_enforcement", "start": 10, "end": 25,
         "scope": {"service_point": "tijuana_rcrc_clinic"}},
        {"id": "leak", "kind": "data_breach", "start": 12, "announced": 8,
         "recipient": ["MEX"], "scope": {"country": "MEX"}},
        {"id": "late", "kind": "firewall", "start": 400, "scope": {"country": "MEX"}},
    ],
}  # fmt: skip
WILLING = ("served", "turned_away", "deterred", "not_worth")


def asked(outcomes: list[dict[str, object]], **constants: object) -> Asked:
    design = load_design({
        "name": "q", "scenario": SCENARIO, "outcomes": outcomes,
        "constants": {"migrants": 800, "days": DAYS, **constants},
    })  # fmt: skip
    return Asked(design.scenario.plan(), design.outcomes)


def answered(outcomes: dict[str, dict[str, object]]) -> tuple[Asked, TrustModel]:
    made = asked([{"name": name, **each} for name, each in outcomes.items()])
    return made, TrustModel(made.plan, cells=made.cells, polls=made.polls).run()


class Tables:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.model = TrustModel(plan).run()
        frame = self.model.record.to_frame()
        self.frame = frame[frame["channel"] == "all"].copy()
        nodes = plan.network.nodes.set_index("id")
        for column in ("country", "journey_step"):
            self.frame[column] = self.frame["node"].map(nodes[column])

    def sum(self, *measures: str, first: int = 0, stop: int = DAYS, **equal: str) -> float:
        return float(self.rows(measures, **equal).loc[first : stop - 1].sum())

    def rows(self, measures: tuple[str, ...], **equal: str) -> pd.Series:
        frame = self.frame[self.frame["measure"].isin(measures)]
        for column, value in equal.items():
            frame = frame[frame[column] == value]
        by_day = frame.groupby("day")["value"].sum()
        return by_day.reindex(range(DAYS), fill_value=0.0)

    def cells(self, *cells: Cell) -> TrustModel:
        return TrustModel(self.plan, cells=cells).run()


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables(asked([{"name": "any", "measure": "asked"}]).plan)


TABLED: dict[str, tuple[dict[str, object], Callable[[Tables], float]]] = {
    "served": ({"measure": "served"}, lambda t: t.sum("served")),
    "in_need": ({"measure": "in_need"}, lambda t: t.sum(*OUTCOMES[1:])),
    "unmet": (
        {"measure": "unmet", "group": {"status": "irregular"}},
        lambda t: t.sum("in_need", status="irregular") - t.sum("served", status="irregular"),
    ),
    "seeking": ({"measure": "help_seeking_rate"}, lambda t: t.sum("asked") / t.sum("in_need")),
    "willing": ({"measure": "willingness"}, lambda t: t.sum("asked") / t.sum(*WILLING)),
    "deterred_per_need": (
        {"measure": "deterred", "per": "in_need", "place": {"country": "MEX"}},
        lambda t: t.sum("deterred", country="MEX") / t.sum("in_need", country="MEX"),
    ),
    "registrations_at": (
        {"measure": "registrations", "place": {"step": "border"}},
        lambda t: t.sum("registrations", journey_step="border"),
    ),
    "deterred_at_node": (
        {"measure": "deterred", "place": {"node": "tijuana"}},
        lambda t: t.sum("deterred", node="tijuana"),
    ),
    "elsewhere": (
        {"measure": "in_need", "place": {"not_node": "tijuana"}},
        lambda t: t.sum("in_need") - t.sum("in_need", node="tijuana"),
    ),
    "on_the_way": (
        {"measure": "in_transit", "place": {"node": "on_the_way"}},
        lambda t: t.sum("in_transit", node="on_the_way"),
    ),
    "at_a_node": (
        {"measure": "in_need", "place": {"not_node": "on_the_way"}},
        lambda t: t.sum("in_need") - t.sum("in_need", node="on_the_way"),
    ),
    "before": ({"measure": "in_need", "window": {"to": 10}}, lambda t: t.sum("in_need", stop=10)),
    "some_days": (
        {"measure": "not_worth", "window": {"from": 5, "to": 17}},
        lambda t: t.sum("not_worth", first=5, stop=17),
    ),
    "after_start": (
        {"measure": "in_need", "window": {"after": "officers.start"}},
        lambda t: t.sum("in_need", first=10),
    ),
    "around_start": (
        {"measure": "in_need", "window": {"after": "officers.start", "from": -3, "to": 4}},
        lambda t: t.sum("in_need", first=7, stop=14),
    ),
    "after_end": (
        {"measure": "in_need", "window": {"after": "officers.end", "from": 1}},
        lambda t: t.sum("in_need", first=26),
    ),
    "after_news": (
        {"measure": "in_need", "window": {"after": "leak.announced", "to": 7}},
        lambda t: t.sum("in_need", first=20, stop=27),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def tabled() -> dict[str, float]:
    made, run = answered({name: each for name, (each, _) in TABLED.items()})
    assert made.cells == ()  # all of them stand in the tables that every run keeps
    return made.values(run)


@pytest.mark.parametrize("name", TABLED)
def test_quantities_are_those_of_the_standing_tables(
    name: str, tabled: dict[str, float], tables: Tables
) -> None:
    expected = TABLED[name][1](tables)
    assert tabled[name] == expected
    assert expected > 0


GROUPS = {
    "need": ({"need": "physical"}, {"needs": ("physical",)}),
    "urgency": ({"urgency": ["pressing", "acute"]}, {"urgencies": ("pressing", "acute")}),
    "money": ({"money": "poorest_third"}, {"money": ("poorest_third",)}),
    "exposed": ({"exposed": "yes"}, {"exposed": True}),
    "all_at_once": (
        {"status": "irregular", "money": "middle_third", "exposed": "yes", "need": "physical"},
        {"statuses": ("irregular",), "money": ("middle_third",), "exposed": True,
         "needs": ("physical",)},
    ),
}  # fmt: skip


def test_groups_are_counted_apart(tables: Tables) -> None:
    wanted = {
        name: {"measure": "not_worth", "per": "in_need", "group": group, "window": {"from": 3}}
        for name, (group, _) in GROUPS.items()
    }
    made, run = answered(wanted)
    found = made.values(run)
    watcher = tables.cells(*(Cell(**cell, first=3) for _, cell in GROUPS.values())).watcher  # type: ignore[arg-type]
    assert watcher is not None
    for number, name in enumerate(GROUPS):
        above, below = watcher.total(number, ["not_worth"]), watcher.total(number, OUTCOMES[1:])
        assert below > above > 0, name
        assert found[name] == above / below, name
    assert len(set(found.values())) == len(found)


def test_per_present_per_people_and_ever_count_whom_they_say(tables: Tables) -> None:
    irregular = {"group": {"status": "irregular"}, "window": {"from": 5, "to": 30}}
    made, run = answered({
        "present": {"measure": "present", **irregular},
        "per_present": {"measure": "in_need", "per": "present", **irregular},
        "per_people": {"measure": "served", "per": "people", **irregular},
        "ever": {"measure": "deterred", "ever": "yes", **irregular},
        "ever_unmet": {"measure": "unmet", "ever": "yes"},
        "visits": {"measure": "in_need", "per": "present", "window": {"from": 5, "to": 30},
                   "group": {"status": "irregular", "need": "physical", "urgency": "routine"}},
    })  # fmt: skip
    found = made.values(run)
    watcher = tables.cells(
        Cell(statuses=("irregular",), first=5, stop=30, persons=True), Cell(persons=True),
        Cell(statuses=("irregular",), needs=("physical",), urgencies=("routine",), first=5,
             stop=30),
    ).watcher
    assert watcher is not None
    days, people = watcher.total(0, ["present"]), watcher.persons(0, ["present"])
    assert found["present"] == days
    assert found["per_present"] == watcher.total(0, OUTCOMES[1:]) / days
    # Whatever need the visits are for, everybody there is below the line.
    assert found["visits"] == watcher.total(2, OUTCOMES[1:]) / days
    assert found["per_people"] == watcher.total(0, ["served"]) / people
    assert found["ever"] == watcher.persons(0, ["deterred"]) / people
    unmet = watcher.persons(1, OUTCOMES[2:])
    assert found["ever_unmet"] == unmet / watcher.persons(1, ["present"])
    assert 0 < found["ever"] < found["ever_unmet"] < 1


def test_visits_are_counted_by_who_helps(tables: Tables) -> None:
    network = tables.plan.network
    owner = network.points.set_index("id")["organisation"].to_dict()
    family = network.organisations.set_index("id")["family"].to_dict()
    run = tables.model.record
    visits = {name: run.by_point[:, n].sum(axis=0) for n, name in enumerate(run.points)}
    busiest = max(visits, key=lambda name: visits[name][3])
    mine = owner[busiest]
    places = {
        "point": ({"service_point": busiest}, lambda name: name == busiest),
        "organisation": ({"organisation": mine}, lambda name: owner[name] == mine),
        "family": ({"family": "ngo"}, lambda name: family[owner[name]] == "ngo"),
    }  # fmt: skip
    measures = {"asked": 0, "served": 1, "deterred": 3}
    made, lived = answered({
        f"{measure}_{name}": {"measure": measure, "place": place}
        for name, (place, _) in places.items() for measure in measures
    })  # fmt: skip
    found = made.values(lived)
    for name, (_, belongs) in places.items():
        for measure, column in measures.items():
            expected = sum(visits[point][column] for point in visits if belongs(point))
            assert found[f"{measure}_{name}"] == expected, (name, measure)
    assert found["deterred_point"] > 0


def test_days_add_up_and_are_those_of_the_tables(tables: Tables) -> None:
    made, run = answered({
        "served": {"measure": "served", "daily": True, "window": {"from": 10, "to": 20}},
        "share": {"measure": "asked", "per": "in_need", "daily": True,
                  "group": {"status": "refugee"}, "place": {"node": "tijuana"}},
        "exposed": {"measure": "deterred", "daily": True, "group": {"exposed": True}},
    })  # fmt: skip
    values, days = made.values(run), made.daily(run)
    assert days["served"].tolist() == tables.rows(("served",)).tolist()
    assert days["served"][10:20].sum() == values["served"]
    assert days["exposed"].sum() == values["exposed"] > 0
    there = {"status": "refugee", "node": "tijuana"}
    need = tables.rows(("in_need",), **there).to_numpy()
    with np.errstate(invalid="ignore"):
        expected = np.where(need, tables.rows(("asked",), **there).to_numpy() / need, np.nan)
    assert days["share"].tolist() == pytest.approx(expected.tolist(), nan_ok=True)
    assert np.isnan(days["share"]).any()


def test_where_nobody_is_counted_there_is_no_number() -> None:
    made = Asked(
        asked([{"name": "x", "measure": "asked"}]).plan,
        load_design({
            "name": "q", "scenario": SCENARIO, "constants": {"days": 600},
            "outcomes": [{"name": "late", "measure": "asked", "window": {"after": "late.start"}}],
        }).outcomes,
    )  # fmt: skip
    found = made.values(TrustModel(made.plan, cells=made.cells).run())
    assert math.isnan(found["late"])  # this run is over by then
    nobody = {"measure": "asked", "group": {"status": "deportee"}, "place": {"node": "tijuana"},
              "window": {"to": 1}}
    made, run = answered({"nobody": {**nobody, "per": "in_need"}, "sum": nobody})
    assert math.isnan(made.values(run)["nobody"])
    assert made.values(run)["sum"] == 0


STATUS_POLL = {"question": "danger", "answer": "agree", "group": {"status": "irregular"}}


def test_polls_are_the_standing_survey(tables: Tables) -> None:
    day = {"day": 30}
    made, run = answered({
        "all": {"question": "danger", "answer": "agree", **day},
        "status": {**STATUS_POLL, **day},
        "country": {"question": "danger", "answer": "agree", "place": {"country": "MEX"}, **day},
        "node": {"question": "danger", "answer": "agree", "place": {"node": "tijuana"}, **day},
        "last": STATUS_POLL,
        "both": {**STATUS_POLL, "place": {"country": "MEX"}},
    })  # fmt: skip
    found = made.values(run)
    again = TrustModel(replace(tables.plan, survey_days=(30, DAYS - 1))).run()
    shares = {
        (int(row.day), row.group): row.share
        for table in again.surveys for row in table.itertuples()
        if (row.question, row.answer) == ("danger", "agree")
    }  # fmt: skip
    assert found["all"] == shares[30, "all"]
    assert found["status"] == shares[30, "status:irregular"]
    assert found["country"] == shares[30, "country:MEX"]
    assert found["node"] == shares[30, "node:tijuana"]
    assert found["last"] == shares[DAYS - 1, "status:irregular"]
    both = survey(again.world, day=DAYS - 1, country="MEX", status="irregular")
    row = both[(both["question"] == "danger") & (both["answer"] == "agree")]
    assert found["both"] == float(row["share"].iloc[0])
    assert len({*found.values()}) > 3


def test_every_status_is_one_part_of_the_whole() -> None:
    parts = {f"of_{name}": {"measure": "in_need", "group": {"status": name}} for name in STATUSES}
    made, run = answered({"whole": {"measure": "in_need"}, **parts})
    found = made.values(run)
    assert sum(found[name] for name in parts) == found["whole"] > 0
