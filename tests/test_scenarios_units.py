"""Amounts as people write them."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import units
from scenarios.units import UnitError

DAY_ZERO = dt.date(2024, 1, 1)


@pytest.mark.parametrize(
    ("value", "unit", "meant"),
    [
        ("90 days", "days", 90.0),
        ("1 day", "days", 1.0),
        ("90days", "days", 90.0),
        ("2 weeks", "days", 14.0),
        ("0.5 days", "days", 0.5),
        (90, "days", 90.0),
        ("90", "days", 90.0),
        ("90\u202fdays", "days", 90.0),
        ("15 %", "share", 0.15),
        ("15%", "share", 0.15),
        ("15\u00a0%", "share", 0.15),
        ("15 percent", "share", 0.15),
        ("15 per cent", "share", 0.15),
        (0.15, "share", 0.15),
        (0, "share", 0.0),
        ("100 %", "share", 1.0),
        ("0.5 a day", "1/day", 0.5),
        ("2 % a day", "1/day", 0.02),
        (0.5, "1/day", 0.5),
        ("-5.3", "utility", -5.3),
        (3, "count", 3.0),
        (True, "switch", 1.0),
        ("no", "switch", 0.0),
        (1, "switch", 1.0),
        ("10 days", "announcement", 10),
        (-10, "announcement", -10),
        ("never", "announcement", "never"),
        ("Only", "announcement", "only"),
        ("90 days", "moment", 90),
        ("2024-01-31", "moment", 30),
        (DAY_ZERO, "moment", 0),
        ("anything", "word", "anything"),
    ],
)
def test_what_is_meant(value: object, unit: str, meant: object) -> None:
    assert units.parse(value, unit, DAY_ZERO) == meant


@pytest.mark.parametrize(
    ("value", "unit", "says", "advises"),
    [
        ("90 dys", "days", "'dys' is not a unit of time", "90 days"),
        ("6 months", "days", "months differ in length", "write 180 days"),
        ("15 %", "days", "a share where a length of time belongs", "90 days"),
        ("a while", "days", "not a length of time", "90 days"),
        (None, "days", "nothing is not a length of time", "90 days"),
        ([1], "days", "not a length of time", "90 days"),
        ("1000000 days", "days", "a hundred years", ""),
        (10**400, "days", "not a number one can count with", ""),
        (15, "share", "more than the whole", "did you mean 15 %?"),
        ("150 %", "share", "not between 0 and 100 %", "15 %"),
        (-0.1, "share", "not between 0 and 100 %", "15 %"),
        ("15 days", "share", "unit 'days' where a share belongs", "15 %"),
        (True, "share", "not a share", "15 %"),
        (float("nan"), "share", "not a number", ""),
        ("1,5 %", "share", "not a share", "1.5"),
        ("200,000", "count", "not a number", "write 200000"),
        ("200 000", "count", "not a number", "write 200000"),
        ("3 %", "utility", "has a unit", "write 3"),
        ("often", "1/day", "not a rate per day", "0.5 a day"),
        ("3 a week", "1/day", "not a rate per day", "0.5 a day"),
        ("maybe", "switch", "neither yes nor no", "yes or no"),
        ("nevr", "announcement", "not a time of announcement", "did you mean never?"),
        ("2024-03-01", "announcement", "count from the start", "10 days"),
        ("15/03/2024", "moment", "not a date", "2024-03-15"),
        ("2024-02-31", "moment", "not a date", "year-month-day"),
        ("2023-12-31", "moment", "before the start_date", "on or after"),
        (-1, "moment", "before the first day", "0 days"),
        (1.5, "moment", "not a whole number of days", "2 days"),
    ],
)
def test_what_is_said_about_mistakes(value: object, unit: str, says: str, advises: str) -> None:
    with pytest.raises(UnitError) as caught:
        units.parse(value, unit, DAY_ZERO)
    assert says in caught.value.message
    assert advises in caught.value.suggestion


def test_a_date_needs_a_first_date() -> None:
    with pytest.raises(UnitError, match="needs a start_date"):
        units.moment("2024-03-15")


def test_whole_numbers() -> None:
    assert units.whole_number(20000.0) == 20000
    with pytest.raises(UnitError, match="not a whole number"):
        units.whole_number(0.5)


def test_a_unit_error_survives_pickling() -> None:
    error = UnitError("wrong", "write it right")
    again = pickle.loads(pickle.dumps(error))
    assert (again.message, again.suggestion) == ("wrong", "write it right")


@given(st.integers(0, 36500))
def test_days_and_their_written_form_agree(days: int) -> None:
    assert units.whole_days(f"{days} days") == units.whole_days(days) == days


@given(
    st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.none(),
              st.lists(st.integers(), max_size=2)),
    st.sampled_from(["days", "share", "1/day", "switch", "announcement", "moment", "count",
                     "utility"]),
)  # fmt: skip
@settings(max_examples=400, deadline=None)
def test_any_value_is_understood_or_refused(value: object, unit: str) -> None:
    try:
        read = units.parse(value, unit, DAY_ZERO)
    except UnitError:
        return
    assert isinstance(read, (int, float, str))
    if unit == "share":
        assert isinstance(read, float)
        assert 0 <= read <= 1
