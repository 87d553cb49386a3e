"""What a text says: the scenario, or everything that is wrong with it, with line and value.

A text is read where it is: nothing is written to a disk, and a text that somebody types or sends
can name scenarios and networks of the library only, never files of this machine.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboards.workshop.bounds import BOUNDS
from sim.problems import InputProblem, Problem
from sim.said import Said

if TYPE_CHECKING:
    from scenarios import Scenario
    from scenarios.positions import Node

__all__ = ["Entry", "Reading", "check_size", "decoded", "library_text", "read"]


@dataclass(frozen=True)
class Entry:
    """An intervention as it is written, with what it takes from what it extends.

    Attributes:
        id: Its id, or its number in the list where it has none.
        kind: Its kind, as it is written; empty where nothing is.
        given: Its settings as plain data.
        own: Whether it stands in the text itself, and not only in what the text extends.
    """

    id: str
    kind: str
    given: dict[str, object]
    own: bool


@dataclass(frozen=True)
class Reading:
    """What a text says.

    Attributes:
        text: The text.
        scenario: The scenario, if it can be used.
        problems: Everything wrong or odd, in the order of the text.
        whole: The settings with what the text extends, as plain data; empty where unreadable.
        entries: Interventions, those that are inherited first.
    """

    text: str
    scenario: Scenario | None
    problems: tuple[Problem, ...] = ()
    whole: dict[str, object] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether the text is a group of settings, so that forms can change it."""
        return bool(self.whole)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What has to be mended before it can be used."""
        return tuple(each for each in self.problems if each.severity == "error")


@functools.lru_cache(maxsize=128)
def read(text: str, name: str = "scenario") -> Reading:
    """Read the text of a scenario.

    Args:
        text: YAML.
        name: What the file is called in messages, without `.yaml`.
    """
    from scenarios import loader, resolve, yaml_positions
    from scenarios.positions import Source

    shown = f"{name}.yaml"
    if len(text) > BOUNDS.text:
        return Reading(text, None, (_too_long(shown, len(text)),))
    found: list[Problem] = []
    try:
        own = yaml_positions.from_text(text, Source(shown), found)
        whole = resolve.followed(own, found)
        scenario, problems = loader.examine_node(whole, found)
    except InputProblem as problem:
        return Reading(text, None, (*found, *problem.problems))
    except RecursionError:
        problem_ = Problem(file=shown, message=Said("it is nested too deep to be read"),
                           suggestion=Said("use fewer levels"))  # fmt: skip
        return Reading(text, None, (problem_,))
    return Reading(text, scenario, tuple(problems), whole.plain(), _entries(own, whole))


def check_size(size: int, name: str) -> None:
    """Refuse a file that is too large, whether or not it was sent.

    Raises:
        InputProblem: If it is.
    """
    if size > BOUNDS.text:
        raise InputProblem(_too_long(name, size))


def decoded(data: bytes, name: str) -> str:
    """The text of a file that somebody sends.

    Raises:
        InputProblem: If it is too large or no text.
    """
    check_size(len(data), name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputProblem(Problem(
            file=name, message=Said("byte {number} is not UTF-8 text", number=str(error.start)),
            suggestion=Said("send a scenario, saved as UTF-8"))) from None  # fmt: skip


def library_text(name: str) -> str:
    """The text of a scenario of the library, or one that extends it where it needs its folder."""
    from scenarios.resolve import find_file

    text = find_file(name).read_text(encoding="utf-8")
    if read(text, name).scenario is None:
        return f"name: {name}\nextends: {name}\n"
    return text


def _too_long(name: str, letters: int) -> Problem:
    return Problem(
        file=name, value=Said("{n:,} bytes", n=letters),
        message=Said("it is larger than {n:,} bytes", n=BOUNDS.text),
        suggestion=Said("shorten it, or compare it with the command line: waytrust compare"),
    )  # fmt: skip


def _entries(own: Node, whole: Node) -> tuple[Entry, ...]:
    from scenarios.entries import label_of

    listed = own.mapping.get("interventions")
    written = {label_of(each, n) for n, each in enumerate(listed.items if listed else [])}
    everything = whole.mapping.get("interventions")
    found = []
    for number, node in enumerate(everything.items if everything else []):
        given = node.plain() if node.mapping else {}
        label = label_of(node, number)
        own_number = label in written or "id" not in given
        found.append(Entry(label.removeprefix("interventions."), str(given.get("kind", "")),
                           given, own_number))  # fmt: skip
    return tuple(found)
