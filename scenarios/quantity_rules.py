"""Which fields of a quantity go together."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.positions import Node
from scenarios.quantity import BY_PERSON, COUNTED, RATES
from scenarios.quantity_schema import QuantityFile
from sim.codes import POINT_MEASURES
from sim.problems import Problem, advice, quoted
from sim.survey.questions import NUMBER, QUESTIONS

__all__ = ["check_rules"]

OF_POINTS = ("organisation", "family", "service_point")
OF_NEED = ("need", "urgency")
COUNTED_GROUP, COUNTED_PLACE = ("status",), ("node", "not_node", "country", "step")
ASKED_GROUP, ASKED_PLACE = ("status",), ("node", "not_node", "country", "step")

Fault = tuple[tuple[str, ...], str, str]
"""Where it stands, what is wrong, and what to do."""


def check_rules(written: QuantityFile, entry: Node, label: str) -> list[Problem]:
    """What does not go together in a quantity.

    Args:
        written: What was read.
        entry: Where it stands.
        label: What it is called in messages.
    """
    problems = []
    for path, message, suggestion in _rules(written):
        at = entry.at(path)
        field = ".".join((label, *(path or ("answer" if written.question else "measure",))))
        value = "" if isinstance(at.value, dict | list) else str(at.value)
        problems.append(at.place.problem(message, field=field, value=value,
                                         suggestion=suggestion))
    return problems


def _rules(written: QuantityFile) -> Iterator[Fault]:
    if written.measure and written.question:
        yield (("question",), "a measure and a question cannot be asked for at once",
               "remove one of them, or ask for each under a name of its own")
    elif written.question:
        yield from _of_question(written)
    elif written.measure:
        yield from _of_measure(written)
    else:
        yield (), "it says neither a measure nor a question", "add measure: asked, for example"


def _of_question(written: QuantityFile) -> Iterator[Fault]:
    possible = QUESTIONS[NUMBER[written.question]].answers
    if not written.answer:
        yield ((), f"the answer to {quoted(written.question)} is missing",
               f"add answer: {', '.join(possible)}")
    elif written.answer not in possible:
        yield (("answer",), f"{quoted(written.answer)} is no answer to {written.question}",
               advice(written.answer, possible))
    for name in ("per", "window", "ever", "daily"):
        usual = QuantityFile.model_fields[name].default
        if getattr(written, name) != usual:
            yield ((name,), f"{name} means nothing for a question of the survey",
                   "name the day with day instead" if name == "window" else "remove it")
    yield from _limited(written, "a question of the survey", ASKED_GROUP, ASKED_PLACE)
    if "on_the_way" in written.place.node:
        yield (("place", "node"), "people on the way are not surveyed",
               "name a node of the network")


def _of_measure(written: QuantityFile) -> Iterator[Fault]:
    measure = written.measure
    for name in ("answer", "day"):
        if getattr(written, name) not in ("", None):
            yield ((name,), f"{name} belongs to a question of the survey",
                   "say when with window" if name == "day" else "remove it, or add question")
    if measure in COUNTED:
        yield from _limited(written, measure, COUNTED_GROUP, COUNTED_PLACE)
    if measure not in BY_PERSON + RATES + COUNTED:
        for name in OF_NEED:
            if getattr(written.group, name):
                yield (("group", name), f"{measure} is not about need, so it cannot be limited to "
                       f"one {name}", "remove it")
    if measure not in POINT_MEASURES + COUNTED:
        for name in OF_POINTS:
            if getattr(written.place, name):
                words = ", ".join(POINT_MEASURES)
                yield (("place", name), f"{measure} is not counted by {name.replace('_', ' ')}",
                       f"remove it, or measure one of {words}")
    if measure == written.per:
        yield (("per",), f"{measure} divided by itself is always 1", "remove per")
    if measure in RATES and written.per:
        yield (("per",), f"{measure} is a share already", "remove per")
    yield from _of_ever(written)


def _of_ever(written: QuantityFile) -> Iterator[Fault]:
    if not written.ever:
        return
    if written.measure not in BY_PERSON:
        yield (("ever",), f"{written.measure} is not something that happens to a person in need",
               f"remove ever, or measure one of {', '.join(BY_PERSON)}")
    for name in ("per", "daily"):
        if getattr(written, name):
            yield ((name,), f"{name} means nothing beside ever, which gives a share of people",
                   f"remove {name}, or remove ever")


def _limited(
    written: QuantityFile, what: str, group: tuple[str, ...], place: tuple[str, ...]
) -> Iterator[Fault]:
    """Limits that something cannot have."""
    for part, allowed in (("group", group), ("place", place)):
        for name, value in getattr(written, part):
            if value not in ((), None) and name not in allowed:
                yield ((part, name), f"{what} cannot be limited by {name}",
                       f"remove it; {', '.join(group + place)} are possible")
