"""Quantities: which fields go together, and whether what they name exists."""

from __future__ import annotations

from typing import Any

import pytest

import scenarios
from scenarios.asking import Asking
from scenarios.naming import Names
from scenarios.positions import Source, from_plain
from scenarios.quantities import plain_quantity, read_quantities, read_quantity
from scenarios.quantity import BY_PERSON, COUNTED, RATES, Quantity
from scenarios.quantity_words import quantity_words
from sim.codes import MEASURES
from tests.design_files import GOOD, errors, of_outcome

POLICE = scenarios.load("clinic_police")


def read(**fields: Any) -> Quantity:
    found: list[Any] = []
    entry = from_plain({"name": "it", **fields}, Source("test"))
    made = read_quantity(entry, "it", Asking.of(POLICE), found)
    assert found == []
    assert made is not None
    return made


@pytest.mark.parametrize("measure", [*BY_PERSON, *COUNTED, *RATES, "present"])
def test_every_measure_can_be_asked_for(measure: str) -> None:
    made = read(measure=measure, group={"status": "irregular"}, place={"country": "MEX"})
    assert made.measure == measure


def test_measures_are_those_of_a_run() -> None:
    assert {*BY_PERSON, *COUNTED, "present"} - {"unmet"} == set(MEASURES)


def test_one_name_stands_for_a_list_and_repeats_for_one() -> None:
    one = read(measure="asked", group={"need": "physical"}, place={"node": "tijuana"})
    assert one == read(measure="asked", group={"need": ["physical", "physical"]},
                       place={"node": ["tijuana"]})


def test_windows_count_from_moments_of_interventions() -> None:
    after = {"after": "officers.end", "from": "0 days", "to": "2 weeks"}
    made = read(measure="asked", window=after)
    assert (made.window.after, made.window.start, made.window.stop) == ("officers.end", 0, 14)
    made = read(measure="asked", window={"after": "officers.start", "from": -90})
    assert made.window.start == -90
    assert read(measure="asked", window={"to": 365}).window.stop == 365


@pytest.mark.parametrize(
    "fields",
    [
        {"measure": "asked", "per": "in_need", "daily": True, "group": {"exposed": "no"},
         "place": {"family": ["rcrc", "ngo"], "not_node": "tijuana"}},
        {"measure": "unmet", "ever": "yes", "window": {"from": 3, "to": 9}},
        {"question": "trust", "answer": "high", "place": {"country": "MEX"}},
    ],
)  # fmt: skip
def test_what_is_written_is_read_back(fields: dict[str, Any]) -> None:
    made = read(**fields)
    entry = from_plain([plain_quantity(made)], Source("test"))
    assert read_quantities(entry, Asking.of(POLICE), []) == (made,)
    words = quantity_words(made, Names(POLICE.route))
    assert words
    assert "_" not in words


def test_points_that_interventions_open_can_be_named() -> None:
    opening = scenarios.load("zinder_opening_after_firewall")
    (new,) = [point for item in opening.interventions for point in item.new_points()]
    found: list[Any] = []
    place = {"service_point": new.id, "node": new.node}
    entry = from_plain({"name": "it", "measure": "served", "place": place}, Source("test"))
    assert read_quantity(entry, "it", Asking.of(opening), found) is not None
    assert found == []


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({}, "measure", "neither a measure nor a question"),
        ({"measure": "askd"}, "measure", "did you mean asked?"),
        ({"measure": "asked", "per": "inneed"}, "per", "did you mean in_need?"),
        ({"measure": "asked", "question": "trust", "answer": "high"}, "question", "at once"),
        ({"measure": "asked", "group": {"statsu": "irregular"}}, "group.statsu",
         "did you mean status?"),
        ({"measure": "asked", "group": {"status": "iregular"}}, "group.status",
         "did you mean irregular?"),
        ({"measure": "asked", "group": {"need": ["physical", "x"]}}, "group.need.1",
         "choose among"),
        ({"measure": "asked", "group": {"exposed": "maybe"}}, "group.exposed", "write yes or no"),
        ({"measure": "asked", "place": {"step": "boarder"}}, "place.step", "did you mean border?"),
        ({"measure": "asked", "place": {"node": "agades"}}, "place.node", "did you mean agadez?"),
        ({"measure": "asked", "place": {"country": "Niger"}}, "place.country", "did you mean NER?"),
        ({"measure": "asked", "place": {"country": "NER", "node": "tunis"}}, "place",
         "nothing on the route"),
        ({"measure": "asked", "place": {"organisation": "rcrc_niger", "country": "TUN"}}, "place",
         "nothing on the route"),
        ({"measure": "asked", "place": {"node": "tunis", "not_node": "tunis"}}, "place",
         "nothing on the route"),
        ({"measure": "detentions", "group": {"money": "poorest_third"}}, "group.money",
         "cannot be limited by money"),
        ({"measure": "detentions", "group": {"exposed": "no"}}, "group.exposed",
         "cannot be limited by exposed"),
        ({"measure": "detentions", "place": {"family": "rcrc"}}, "place.family",
         "cannot be limited by family"),
        ({"measure": "detentions", "ever": True}, "ever", "not something that happens"),
        ({"measure": "present", "group": {"need": "physical"}}, "group.need", "not about need"),
        ({"measure": "in_need", "place": {"family": "rcrc"}}, "place.family", "not counted by"),
        ({"measure": "help_seeking_rate", "place": {"family": "rcrc"}}, "place.family",
         "not counted by"),
        ({"measure": "help_seeking_rate", "per": "people"}, "per", "share already"),
        ({"measure": "help_seeking_rate", "ever": True}, "ever", "not something that happens"),
        ({"measure": "in_need", "per": "in_need"}, "per", "always 1"),
        ({"measure": "asked", "ever": True, "per": "people"}, "per", "beside ever"),
        ({"measure": "asked", "ever": True, "daily": True}, "daily", "beside ever"),
        ({"measure": "asked", "day": 3}, "day", "belongs to a question"),
        ({"measure": "asked", "answer": "high"}, "answer", "belongs to a question"),
        ({"question": "trst", "answer": "high"}, "question", "did you mean trust?"),
        ({"question": "trust"}, "answer", "is missing"),
        ({"question": "trust", "answer": "hihg"}, "answer", "did you mean high?"),
        ({"question": "trust", "answer": "high", "per": "people"}, "per", "means nothing"),
        ({"question": "trust", "answer": "high", "window": {"to": 9}}, "window", "with day"),
        ({"question": "trust", "answer": "high", "daily": "yes"}, "daily", "means nothing"),
        ({"question": "trust", "answer": "high", "group": {"exposed": True}}, "group.exposed",
         "cannot be limited by exposed"),
        ({"question": "trust", "answer": "high", "place": {"node": "tunis", "country": "ITA"}},
         "place", "all of this at once"),
        ({"question": "trust", "answer": "high", "place": {"family": "rcrc"}}, "place.family",
         "cannot be limited by family"),
        ({"question": "trust", "answer": "high", "place": {"node": "on_the_way"}}, "place.node",
         "not surveyed"),
        ({"question": "trust", "answer": "high", "day": 300}, "day", "name day 299"),
        ({"measure": "asked", "window": {"to": 301}}, "window.to", "write to: 300 days"),
        ({"measure": "asked", "window": {"from": 300}}, "window.from", "after the run"),
        ({"measure": "asked", "window": {"from": 20, "to": 20}}, "window.to", "empty"),
        ({"measure": "asked", "window": {"from": -1}}, "window.from", "before the first day"),
        ({"measure": "asked", "window": {"from": "2024-01-01"}}, "window.from", "start_date"),
        ({"measure": "asked", "window": {"until": 20}}, "window.until", "choose among"),
        ({"measure": "asked", "window": {"start": 20}}, "window.start", "choose among"),
        ({"measure": "asked", "window": {"after": "wal.start"}}, "window.after",
         "did you mean wall.start?"),
        ({"measure": "asked", "window": {"after": "wall"}}, "window.after",
         "did you mean wall.start?"),
        ({"measure": "asked", "window": {"after": "wall.strat"}}, "window.after",
         "did you mean wall.start?"),
        ({"measure": "asked", "window": {"after": "wall.end"}}, "window.after", "has no end"),
        ({"measure": "asked", "window": {"after": "leak.start", "from": 0, "to": 211}},
         "window.to", "write to: 210 days"),
        ({"measure": "asked", "window": {"after": "leak.start", "from": -91}}, "window.from",
         "before the first day"),
        ({"mesure": "asked"}, "mesure", "did you mean measure?"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(fields: dict[str, Any], field: str, words: str) -> None:
    found = of_outcome(**fields)
    assert f"outcomes.it.{field}" in [p.field for p in found]
    told = next(p for p in found if p.field == f"outcomes.it.{field}")
    assert words in told.sentence().replace("Did", "did").replace("Name", "name").replace(
        "Write", "write").replace("Choose", "choose").replace("Say when", "say when")


def test_names_of_outcomes() -> None:
    def told(*names: Any) -> list[str]:
        found = errors(outcomes=[{"name": name, "measure": "asked"} for name in names])
        return [p.message for p in found]

    assert told("one", "two") == []
    assert told("one", "one") == ["the name 'one' is used twice"]
    for taken in ("run", "key", "point", "replicate", "wall_s", "error", "batch", *GOOD[
            "uncertainties"]):
        assert told(taken) == [f"'{taken}' is the name of another column of the results"]
    assert "small letters" in told("Not This")[0]
    assert errors(outcomes=[{"measure": "asked"}])[0].field == "outcomes.1.name"
    assert errors(outcomes=["asked"])[0].field == "outcomes.1"


def test_windows_move_with_levers() -> None:
    start = {"intervention": "wall", "field": "start", "values": [150, 250]}
    outcome = {"name": "it", "measure": "asked", "window": {"after": "wall.start", "to": 60}}
    (found,) = errors(levers=[start], outcomes=[outcome])
    assert found.field == "outcomes.it.window.to"
    assert "wall.start is day 250" in found.message
    secret = {"intervention": "leak", "field": "announced", "values": [10, "never"]}
    outcome = {"name": "it", "measure": "asked", "window": {"after": "leak.announced"}}
    assert errors(outcomes=[outcome]) == []
    (found,) = errors(levers=[secret], outcomes=[outcome])
    assert "is not announced in every combination of its levers" in found.message
