"""Pieces of sentences that several parts of a report share."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboards.languages import Language
from dashboards.report.change import Change
from dashboards.report.result import Difference, Event, Route
from dashboards.report.vocabulary import KINDS, word

NOTHING = "\N{EN DASH}"
"""Stands in a cell that has no value."""

__all__ = ["NOTHING", "change_words", "ends_words", "event_words", "foreign", "row_words",
           "sentence"]  # fmt: skip


def foreign(text: str) -> Markup:
    """Words of a scenario or a source, which are in English in a report of any language."""
    return Markup('<bdi lang="en">{}</bdi>').format(text)


def sentence(language: Language, clauses: Sequence[Markup]) -> Markup:
    """Clauses as one sentence."""
    between = Markup(language.text("; "))
    return language.markup("{clauses}.", clauses=between.join(clauses))


def ends_words(change: Change, language: Language) -> str:
    """The interval of a relative change, with signs."""
    low, high = (language.percent(end, sign=True) for end in change[1:3])
    return language.text("{low} to {high}", low=low, high=high)


def change_words(change: Change, language: Language) -> str:
    """A relative change with its interval, as in a cell of a table."""
    if change.few:
        return language.text("too few to trust")
    if not change.known:
        return language.text("not known")
    return language.text(
        "{value} ({ends})", value=language.percent(change.value, sign=True),
        ends=ends_words(change, language),
    )  # fmt: skip


def row_words(row: Difference, language: Language) -> str:
    """The relative change of a row; the plain difference where the baseline is zero."""
    if row.change.known or row.few or row.base != 0:
        return change_words(row.change, language)
    value, low, high = (language.number(n, sign=True) for n in (row.difference, row.low, row.high))
    return language.text("{value} ({low} to {high})", value=value, low=low, high=high)


def event_words(event: Event, route: Route, language: Language) -> str:
    """What happens and where, such as `data breach, Agadez`."""
    what = word(language, KINDS, event.kind)
    names = _where(event, route, language)
    if not names:
        return what
    if len(names) > 2:
        more = language.number(len(names) - 2)
        return language.text("{what}, {names} and {more} more", what=what, more=more,
                             names=", ".join(names[:2]))  # fmt: skip
    return language.text("{what}, {names}", what=what, names=", ".join(names))


def _where(event: Event, route: Route, language: Language) -> list[str]:
    scope = event.scope
    if "node" in scope:
        places = [(node, route.place(node)) for node in scope["node"]]
        return [place.name if place else node for node, place in places]
    if "country" in scope:
        return [
            language.country(code, route.countries.get(code, code)) for code in scope["country"]
        ]
    if "organisation" in scope:
        return [route.organisations.get(name, name) for name in scope["organisation"]]
    for kind in ("service_point", "leg", "family", "status"):
        if kind in scope:
            return [name.replace("_", " ") for name in scope[kind]]
    return []
