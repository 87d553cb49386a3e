"""When an intervention is in force, and when it is news."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scenarios.units import parse
from sim.codes import KINDS_OF_EVENT
from sim.interventions import (
    KINDS,
    CoLocatedEnforcement,
    DataBreach,
    Firewall,
    Outreach,
    Rumour,
    Scope,
    unit_of,
)


def wall(**fields: object) -> Firewall:
    return Firewall.model_validate({"id": "wall", **fields})


def test_in_force_from_start_to_end() -> None:
    item = wall(start=10, end=20)
    assert [day for day in range(40) if item.intensity(day)] == list(range(10, 20))
    assert wall().intensity(10_000) == 1
    assert item.intensity(10) == item.intensity(19) == 1


def test_a_ramp_rises_evenly_to_the_full_force() -> None:
    item = wall(start=10, ramp=4, compliance=0.5, strength=0.8)
    assert item.intensity(9) == 0
    assert [item.intensity(day) for day in range(10, 16)] == pytest.approx(
        [0.08, 0.16, 0.24, 0.32, 0.4, 0.4]
    )


def test_repeats() -> None:
    item = wall(start=3, every=7, end=20)
    assert [day for day in range(40) if item.intensity(day)] == [3, 10, 17]


def test_strength_zero_is_nothing() -> None:
    assert wall(strength=0).intensity(5) == 0
    assert wall(compliance=0).intensity(5) == 0


def test_news() -> None:
    assert wall(start=10).announced_day() == 10
    assert wall(start=10, announced=-3).announced_day() == 7
    assert wall(start=10, announced="never").announced_day() is None
    only = wall(start=10, announced="only")
    assert only.announced_day() == 10
    assert not only.is_real
    assert only.intensity(12) == 0
    assert CoLocatedEnforcement(id="officers").announced_day() is None
    assert DataBreach(id="leak", start=4, recipient=("NER",)).announced_day() == 4


def test_words_are_not_announced() -> None:
    assert Outreach(id="talk").announced_day() is None
    with pytest.raises(ValidationError, match="consists of words"):
        Rumour(id="story", topic="raid", announced=3)


def test_wrong_fields_are_refused() -> None:
    for fields in ({"strength": 2}, {"start": -1}, {"start": 5, "end": 5}, {"every": 0},
                   {"colour": "red"}, {"id": "Not An Id"}, {"scope": {"town": "agadez"}}):
        with pytest.raises(ValidationError):
            wall(**fields)


def test_a_scope_takes_one_name_or_many() -> None:
    scope = Scope.model_validate({"node": "agadez", "country": ["NER", "LBY"]})
    assert scope.named() == {"node": ("agadez",), "country": ("NER", "LBY")}
    assert not scope.empty
    assert Scope().empty
    assert not Scope(all=True).empty


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_documented_and_named(kind: str) -> None:
    cls = KINDS[kind]
    text = inspect.getdoc(cls) or ""
    assert "In practice:" in text
    assert "Changes in the world:" in text
    assert "Evidence:" in text
    assert cls.model_fields["kind"].default == kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_amount_has_a_unit(kind: str) -> None:
    cls = KINDS[kind]
    for name, field in cls.model_fields.items():
        if field.annotation in (int, float):
            assert unit_of(cls, name) in ("moment", "days", "share", "multiplier"), name
            parse(1, unit_of(cls, name))


def test_rumours_are_about_events_of_the_model() -> None:
    topics = Rumour.model_json_schema()["properties"]["topic"]["enum"]
    assert set(topics) <= set(KINDS_OF_EVENT)


@given(
    start=st.integers(0, 400), length=st.integers(1, 400) | st.none(), ramp=st.integers(0, 60),
    every=st.integers(1, 30) | st.none(), compliance=st.floats(0, 1), strength=st.floats(0, 1),
    day=st.integers(-10, 900),
)  # fmt: skip
def test_intensity_stays_within_its_limits(
    start: int, length: int | None, ramp: int, every: int | None, compliance: float,
    strength: float, day: int,
) -> None:  # fmt: skip
    end = None if length is None else start + length
    item = wall(start=start, end=end, ramp=ramp, every=every, compliance=compliance,
                strength=strength)
    assert 0 <= item.intensity(day) <= compliance * strength
    if day < start or (end is not None and day >= end):
        assert item.intensity(day) == 0
