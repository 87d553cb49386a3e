"""What the Inspect page says of a migrant, in words."""

from __future__ import annotations

from dashboards.app.inspecting.watched import DANGER, Moment, Shift
from dashboards.languages import Language, mark
from dashboards.report.vocabulary import CHANNELS, EVENTS, FAMILIES, NEEDS, STATUSES, word
from sim.network import RouteNetwork
from sim.population_view import MigrantView

__all__ = ["STATES", "about_person", "about_words", "moment_words", "shift_words"]

STATES = {
    "absent": mark("has not set out yet"),
    "travelling": mark("is on the way"),
    "staying": mark("is staying"),
    "detained": mark("is detained"),
    "stranded": mark("is stranded"),
    "settled": mark("has settled"),
    "returned": mark("has returned"),
    "dead_or_missing": mark("is dead or missing"),
}


def about_person(someone: MigrantView, network: RouteNetwork, language: Language) -> str:
    """Who a migrant is and what the migrant is doing, in two or three sentences."""
    places = dict(zip(network.nodes["id"], network.nodes["name"], strict=True))
    told = language.text(
        "Migrant {number} · {status} · {state}: {place}. Origin: {origin}. Destination: "
        "{destination}.",
        number=language.number(someone.index), status=word(language, STATUSES, someone.status),
        state=word(language, STATES, someone.state), place=_place(someone, places),
        origin=places[someone.origin], destination=places[someone.destination],
    )  # fmt: skip
    needs = [word(language, NEEDS, name) for name in someone.needs]
    # Texts inside f-strings would not be found by whoever gathers them for translation.
    need = language.text("Needs no help today.")
    if needs:
        need = language.text("In need of: {needs}.", needs=", ".join(needs))
    return f"{told} {need}"


def moment_words(moment: Moment, network: RouteNetwork, language: Language) -> str:
    """What changed a mind, how it came, and where."""
    what = word(language, EVENTS, moment.kind)
    if moment.point is not None:
        points = dict(zip(network.points["id"], network.points["organisation"], strict=True))
        names = dict(zip(network.organisations["id"], network.organisations["name"], strict=True))
        organisation = names.get(points.get(moment.point, ""), moment.point.replace("_", " "))
        what = language.text("{what} ({organisation})", what=what, organisation=organisation)
    if moment.channel not in CHANNELS:
        return what
    return language.text("{channel}: {what}", channel=language.text(CHANNELS[moment.channel][0]),
                         what=what)  # fmt: skip


def shift_words(shift: Shift, language: Language) -> str:
    """How an opinion moved."""
    before, after = shift.before.probability, shift.after.probability
    change = mark("{about}: {before} to {after}, less sure than before")
    if shift.after.uncertainty <= shift.before.uncertainty:
        change = mark("{about}: {before} to {after}, surer than before")
    return language.text(change, about=about_words(shift.about, language),
                         before=language.percent(before), after=language.percent(after))


def about_words(about: str, language: Language) -> str:
    """What an opinion is about."""
    if about == DANGER:
        return language.text("Asking for help is dangerous")
    family = word(language, FAMILIES, about)
    return language.text("{family}: independent of the authorities", family=family)


def _place(someone: MigrantView, places: dict[str, str]) -> str:
    if someone.leg is None:
        return places[someone.node]
    start, _, end = someone.leg.partition(">")
    return f"{places[start]} – {places[end]}"  # noqa: RUF001  (from here to there)
