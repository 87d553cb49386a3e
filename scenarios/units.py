"""What people write for amounts: ``90 days``, ``15 %``, dates, plain numbers.

Each function takes what stood in the file and gives a number, or raises `UnitError` with what is
wrong and what to write instead.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable

from sim.problems import advice, did_you_mean, nearest, quoted
from sim.said import Said

__all__ = [
    "UnitError", "announcement", "date", "days", "moment", "number", "parse", "rate", "share",
    "switch", "whole_days", "whole_number",
]  # fmt: skip

AMOUNT = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*([^\d\s].*)?", re.ASCII)
SEPARATED = re.compile(r"[+-]?\d{1,3}(?:[ ,'_]\d{3})+(?!\d)", re.ASCII)
COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
LENGTHS = {"day": 1.0, "days": 1.0, "d": 1.0, "week": 7.0, "weeks": 7.0}
UNSURE_LENGTHS = {"month": 30, "months": 30, "year": 365, "years": 365}
PERCENT = {"%", "percent", "per cent"}
A_DAY = {"a day", "per day", "/day", "/ day"}
YES, NO = {"yes", "true", "on"}, {"no", "false", "off"}
LONGEST_TEXT = 80
MOST_DAYS = 36500
NAMES = frozenset({"word", "country", "service_point", "status", "partner", "referral"})
"""Units of words and of names of things."""


class UnitError(ValueError):
    """An amount cannot be understood, or not in this place.

    Attributes:
        message: What is wrong.
        suggestion: What to write instead.
    """

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion

    def __reduce__(self) -> tuple[type[UnitError], tuple[str, str]]:
        return type(self), (self.message, self.suggestion)


def number(value: object) -> float:
    """A plain number."""
    hint = Said("write a plain number, for example 0.5")
    amount, unit = _split(value, Said("{value} is not a number"), hint)
    if unit:
        raise _fault(Said("{value} has a unit where a plain number belongs"), value,
                     _write(f"{amount:g}"))
    return amount


def whole_number(value: object) -> int:
    """A plain number without a fraction."""
    amount = number(value)
    if amount != int(amount):
        raise UnitError(Said("{value} is not a whole number", value=f"{amount:g}"),
                        _write(round(amount)))
    return int(amount)


def days(value: object) -> float:
    """A length of time, in days."""
    hint = Said("write it like 90 days")
    amount, unit = _split(value, Said("{value} is not a length of time"), hint)
    if unit in UNSURE_LENGTHS:
        raise UnitError(Said("{value}: {unit} differ in length", value=quoted(value), unit=unit),
                        _write(f"{amount * UNSURE_LENGTHS[unit]:g} days"))
    if unit in PERCENT:
        raise _fault(Said("{value} is a share where a length of time belongs"), value, hint)
    if unit and unit not in LENGTHS:
        guess = nearest(unit, LENGTHS) or "days"
        raise _fault(Said("{value} is not a unit of time"), unit,
                     did_you_mean(f"{amount:g} {guess}"))
    length = amount * LENGTHS.get(unit, 1.0)
    if abs(length) > MOST_DAYS:
        raise _fault(Said("{value} is more than a hundred years"), value, hint)
    return length


def whole_days(value: object) -> int:
    """A length of time in whole days."""
    length = days(value)
    if length != int(length):
        raise _fault(Said("{value} is not a whole number of days"), value,
                     _write(f"{round(length)} days"))
    return int(length)


def share(value: object) -> float:
    """A part of a whole, between 0 and 1."""
    hint = Said("write it like 15 % or 0.15")
    amount, unit = _split(value, Said("{value} is not a share"), hint)
    if unit and unit not in PERCENT:
        raise UnitError(Said("{value} has the unit {unit} where a share belongs",
                             value=quoted(value), unit=quoted(unit)), hint)
    part = amount / 100 if unit else amount
    if part > 1 and not unit and amount <= 100:
        raise _fault(Said("{value} is more than the whole"), value, did_you_mean(f"{amount:g} %"))
    if not 0 <= part <= 1:
        raise _fault(Said("{value} is not between 0 and 100 %"), value, hint)
    return part


def rate(value: object) -> float:
    """How often something happens, per day."""
    hint = Said("write it like 0.5 a day")
    wrong = Said("{value} is not a rate per day")
    amount, unit = _split(value, wrong, hint)
    percent = unit.startswith("%")
    unit = unit.removeprefix("%").strip()
    if unit and unit not in A_DAY:
        raise _fault(wrong, value, hint)
    return amount / 100 if percent else amount


def switch(value: object) -> float:
    """Yes (1) or no (0)."""
    word = str(value).strip().lower() if not isinstance(value, float) else f"{value:g}"
    if word in YES or word == "1":
        return 1.0
    if word in NO or word == "0":
        return 0.0
    raise _fault(Said("{value} is neither yes nor no"), value, Said("write yes or no"))


def date(value: object) -> dt.date:
    """A calendar date, year first."""
    if isinstance(value, dt.date):
        return value
    wrong = _fault(Said("{value} is not a date"), value,
                   Said("write it like 2024-03-15 (year-month-day)"))
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise wrong
    try:
        return dt.date.fromisoformat(value.strip())
    except ValueError:
        raise wrong from None


def moment(value: object, start_date: dt.date | None = None) -> int:
    """A day of the run: a day number, or a date where the run has a first date."""
    if isinstance(value, dt.date) or (isinstance(value, str) and re.match(r"\s*\d{4}-\d", value)):
        if start_date is None:
            raise _fault(Said("the date {value} needs a start_date in the scenario"), value,
                         Said("add start_date, or write a day number like 90 days"))
        since = (date(value) - start_date).days
        if since < 0:
            raise UnitError(Said("{value} is before the start_date {start}", value=str(value),
                                 start=str(start_date)), Said("write a date on or after it"))
        return since
    if isinstance(value, str) and re.match(r"\s*\d{1,2}[./]\d{1,2}[./]\d", value):
        date(value)
    since = whole_days(value)
    if since < 0:
        raise _fault(Said("{value} is before the first day"), value, Said("write 0 days or later"))
    return since


def announcement(value: object) -> int | str:
    """When something becomes news: days after its start, ``never`` or ``only``."""
    hint = Said("write days after the start (10 days), never (secret) or only (announced, not "
                "done)")
    if isinstance(value, str) and not re.match(r"\s*[+-]?[\d.]", value):
        word = value.strip().lower()
        if word in ("never", "only"):
            return word
        raise _fault(Said("{value} is not a time of announcement"), value,
                     advice(word, ("never", "only"), hint))
    if isinstance(value, dt.date) or (isinstance(value, str) and re.match(r"\s*\d{4}-\d", value)):
        raise _fault(Said("{value} is a date; announcements count from the start"), value, hint)
    return whole_days(value)


def parse(value: object, unit: str, start_date: dt.date | None = None) -> object:
    """A value in a unit of the registry or of an intervention's field.

    Args:
        value: What stood in the file.
        unit: ``days``, ``share``, ``moment``, ``announcement``, ``1/day``, ``switch``, or another
            unit, of which plain numbers are written. Words and names are left as they are.
        start_date: Date of day 0, for moments.

    Raises:
        UnitError: If the value cannot be understood.
    """
    if unit in NAMES:
        return value
    if unit == "moment":
        return moment(value, start_date)
    return _READERS.get(unit, number)(value)


_READERS: dict[str, Callable[[object], object]] = {
    "days": days, "share": share, "1/day": rate, "switch": switch, "announcement": announcement,
    "count": number,
}  # fmt: skip


def _split(value: object, wrong: Said, hint: Said) -> tuple[float, str]:
    """Number and unit (in lower case, perhaps empty) of what someone wrote."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        shown = Said("nothing") if value is None else quoted(value)
        raise UnitError(Said(wrong, value=shown), hint)
    if isinstance(value, str):
        text = " ".join(value.split()) if len(value) <= LONGEST_TEXT else ""
        if split := SEPARATED.match(text):
            digits = re.sub("[^0-9]", "", split[0])
            raise _fault(wrong, value, Said("write {what}, without separators", what=digits))
        if split := COMMA.match(text):
            point = split[0].replace(",", ".")
            raise _fault(wrong, value, Said("write {what}, with a point", what=point))
        match = AMOUNT.fullmatch(text)
        if match is None:
            raise _fault(wrong, value, hint)
        amount, unit = float(match[1]), (match[2] or "").lower()
    else:
        amount, unit = _as_float(value), ""
    if not math.isfinite(amount):
        raise _fault(Said("{value} is not a number one can count with"), value, hint)
    return amount, unit


def _fault(wrong: Said, value: object, suggestion: str) -> UnitError:
    return UnitError(Said(wrong, value=quoted(value)), suggestion)


def _write(what: object) -> Said:
    # As text: what is to be typed is the same in every language.
    return Said("write {what}", what=str(what))


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf
