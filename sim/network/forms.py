"""What each CSV file of a network must look like: columns, kinds and sensible limits."""

from __future__ import annotations

from typing import NamedTuple

from sim.codes import NEEDS, STATUSES, STEPS

__all__ = ["FILES", "Column"]


class Column(NamedTuple):
    """One column: its kind (``id ids text number choice list yes_no``), limits, allowed words."""

    name: str
    kind: str
    low: float = 0.0
    high: float = 1.0
    words: tuple[str, ...] = ()
    blank: bool = False
    optional: bool = False


def _share(name: str) -> Column:
    return Column(name, "number", 0.0, 1.0)


def _number(name: str, low: float, high: float, blank: bool = False) -> Column:
    return Column(name, "number", low, high, (), blank)


NODES = [
    Column("id", "id"), Column("name", "text"), Column("country", "text"),
    _number("lat", -90, 90), _number("lon", -180, 180),
    Column("journey_step", "choice", words=STEPS), _number("capacity", 1, 1e9, blank=True),
    _share("connectivity"), _share("hostility"), _share("enforcement"),
    _number("mean_stay_days", 1, 36500), _number("departures", 0, 1e9),
    _number("attraction", 0, 1e9), *(_number(n, 0, 10) for n in NEEDS), Column("source", "text"),
]
LEGS = [
    Column("from", "id"), Column("to", "id"), Column("two_way", "yes_no"),
    Column("mode", "choice", words=("road", "sea", "foot", "rail", "air", "river")),
    _number("km", 0.001, 20040), _number("detour", 1, 5), _number("days", 0.5, 365),
    _number("cost", 0, 1e6), *(_share(n) for n in ("death", "interception", "extortion", "abuse",
                                                  "separation")),
    Column("closed", "windows", blank=True), Column("source", "text"),
]
COUNTRIES = [
    Column("country", "text"), Column("name", "text"), _number("asylum_days", 0, 36500),
    _share("recognition"), _number("expiry_days", 0, 36500), _share("deportation"),
    _share("voluntary_return"), _number("detention_days", 1, 3650), _number("request_rate", 0, 1e4),
    Column("source", "text"),
]
ORGANISATIONS = [
    Column("id", "id"), Column("name", "text"), Column("country", "text"),
    Column("kind", "choice", words=("red_cross_red_crescent", "un", "ngo", "government")),
    Column("family", "id"), *(_share(n) for n in ("competence", "respect", "independence")),
    Column("promises_confidentiality", "yes_no"),
    *(_share(n) for n in ("outreach", "lived_experience", "donor_conditions")),
    Column("partners", "ids", blank=True, optional=True), Column("source", "text"),
]
POINTS = [
    Column("id", "id"), Column("organisation", "id"), Column("node", "id"),
    Column("service", "choice", words=("assistance", "protection", "awareness", "advocacy")),
    *(_share(n) for n in NEEDS), _share("registers"), _number("capacity_per_day", 0, 1e7),
    _share("visibility"), Column("premises", "choice", words=("own", "government", "detention")),
    _share("firewall"), _share("door"), Column("excludes", "list", words=STATUSES, blank=True),
    Column("source", "text"),
]
FILES: dict[str, list[Column]] = {
    "nodes.csv": NODES, "legs.csv": LEGS, "countries.csv": COUNTRIES,
    "organisations.csv": ORGANISATIONS, "service_points.csv": POINTS,
}
"""Columns of every file."""
