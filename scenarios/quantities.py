"""Reads quantities: what designs, targets and results ask of a run, checked against a scenario."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from pydantic import ValidationError

from scenarios import faults
from scenarios.asking import Asking
from scenarios.positions import Node
from scenarios.quantity import Group, Place, Quantity, Window
from scenarios.quantity_places import check_place
from scenarios.quantity_rules import check_rules
from scenarios.quantity_schema import QuantityFile, known_settings
from scenarios.quantity_windows import check_day, check_window
from sim.problems import Problem, quoted

__all__ = ["plain_quantity", "read_quantities", "read_quantity"]


def read_quantities(
    node: Node | None,
    asking: Asking,
    found: list[Problem],
    taken: Container[str] = (),
    prefix: str = "outcomes",
) -> tuple[Quantity, ...]:
    """All quantities of a list that can be understood.

    Args:
        node: The list in the file, if there is one.
        asking: The scenario they are asked of.
        found: Problems are added to it.
        taken: Names that mean something else in results.
        prefix: What the list is called in messages.
    """
    read: list[Quantity] = []
    lines: dict[str, Node] = {}
    for position, entry in enumerate(node.items if node is not None else []):
        name = entry.mapping.get("name")
        word = name.value if name is not None and isinstance(name.value, str) else None
        label = f"{prefix}.{str(word if word else position + 1)[:64]}"
        if name is not None and word is not None:
            if word in taken:
                found.append(name.place.problem(
                    f"{quoted(word)} is the name of another column of the results",
                    field=f"{label}.name", value=word, suggestion="choose another name"))
            elif word in lines:
                found.append(name.place.problem(
                    f"the name {quoted(word)} is used twice", field=f"{label}.name", value=word,
                    suggestion="give each its own name"))
            lines.setdefault(word, name)
        made = read_quantity(entry, label, asking, found)
        if made is not None:
            read.append(made)
    return tuple(read)


def read_quantity(
    entry: Node, label: str, asking: Asking, found: list[Problem]
) -> Quantity | None:
    """One quantity, or None where it cannot be understood.

    Args:
        entry: Where it is written: `name`, `measure`, `group` and so on, and nothing else.
        label: What it is called in messages.
        asking: The scenario it is asked of.
        found: Problems are added to it.
    """
    before = len(found)
    try:
        written = QuantityFile.model_validate(
            entry.plain(), context={"start_date": asking.start_date})
    except ValidationError as error:
        found += faults.describe(error, entry, label, known_settings)
        return None
    found += check_rules(written, entry, label)
    # People on the way are counted but not surveyed.
    found += check_place(written.place, entry, label, asking, on_the_way=not written.question)
    found += check_window(written.window, entry, label, asking)
    found += check_day(written, entry, label, asking)
    return _quantity(written, asking) if len(found) == before else None


def plain_quantity(asked: Quantity) -> dict[str, Any]:
    """A quantity as it is written in files, without what is not given."""
    group = {k: _plain(v) for k, v in vars(asked.group).items() if v not in ((), None)}
    place = {k: _plain(v) for k, v in vars(asked.place).items() if v}
    when = asked.window
    window: dict[str, Any] = {"after": when.after} if when.after else {}
    window |= {"from": when.start} if when.start else {}
    window |= {"to": when.stop} if when.stop is not None else {}
    words = {k: getattr(asked, k) for k in ("measure", "per", "question", "answer")}
    parts = {"group": group, "place": place, "window": window}
    day = {} if asked.day is None else {"day": asked.day}
    flags = {k: True for k in ("ever", "daily") if getattr(asked, k)}
    given = {k: v for k, v in (words | parts).items() if v}
    return {"name": asked.name, **given, **day, **flags}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _quantity(written: QuantityFile, asking: Asking) -> Quantity:
    day = written.day
    if written.question and day is None and asking.days is not None:
        day = asking.days - 1
    when = written.window
    return Quantity(
        name=written.name,
        measure=written.measure,
        per=written.per,
        group=Group(**written.group.model_dump()),
        place=Place(**written.place.model_dump()),
        window=Window(when.start, when.stop, when.after),
        ever=written.ever,
        question=written.question,
        answer=written.answer,
        day=day,
        daily=written.daily,
    )
