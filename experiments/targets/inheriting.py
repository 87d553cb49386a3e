"""Fields that a target takes from others, by `like` and `of`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from experiments.targets.schema import ASKED
from sim.problems import advice, quoted

if TYPE_CHECKING:
    from scenarios.positions import Node
    from sim.problems import Problem

__all__ = ["Heirs"]

_ITS_OWN = ("id", "title", "note", "fitted", "like")
"""What no target takes from another."""
_OF_QUOTIENT = ("scenario", "baseline", "days", "migrants", *ASKED)
"""What is taken from the target that one is divided by: not its figure and not its kind."""
_BY_QUESTION = ("question", "answer", "day")
_BY_MEASURE = ("measure", "per", "window", "ever")


@dataclass(frozen=True)
class Heirs:
    """Targets of a file, and what each takes from which.

    Attributes:
        entries: What stands in the file, by id.
        found: Problems are added to it.
    """

    entries: Mapping[str, Node]
    found: list[Problem]

    def whole(self, entry: Node, label: str, below: tuple[int, ...] = ()) -> Node:
        """A target with the fields that it takes from others; a field given replaces the whole.

        A field that is written and left empty (`per:`) is taken from nobody.

        Args:
            entry: What stands in the file.
            label: What it is called in messages.
            below: Those that are being filled in and need this one.
        """
        if not any(name in entry.mapping for name in ("like", "of")):
            return entry
        taken: dict[str, Node] = {}
        for name in ("of", "like"):
            other = self._other(entry, name, label, (*below, id(entry)))
            if other is None:
                continue
            wanted = _OF_QUOTIENT if name == "of" else None
            taken |= {
                key: node for key, node in other.mapping.items()
                if (key in wanted if wanted is not None else key not in _ITS_OWN)
            }  # fmt: skip
        both = {**_without_rivals(taken, entry.mapping), **entry.mapping}
        left = {key: node for key, node in both.items() if not _emptied(key, entry, taken)}
        return replace(entry, value=left)

    def _other(
        self, entry: Node, name: str, label: str, below: tuple[int, ...]
    ) -> Node | None:
        """The target that a field names, with what it takes from others in turn."""
        node = entry.mapping.get(name)
        if node is None or not isinstance(node.value, str):
            return None
        other = self.entries.get(node.value)
        if other is None:
            self.found.append(node.place.problem(
                f"there is no target {quoted(node.value)} in this file", field=f"{label}.{name}",
                value=node.value, suggestion=advice(
                    node.value, self.entries, "name the id of another target")))  # fmt: skip
            return None
        if id(other) in below:
            if id(other) == below[0]:
                self.found.append(node.place.problem(
                    f"{quoted(node.value)} leads back to this target itself",
                    field=f"{label}.{name}", value=node.value,
                    suggestion="name a target that takes nothing from this one"))  # fmt: skip
            return None
        return self.whole(other, label, below)


def _without_rivals(taken: dict[str, Node], own: Mapping[str, Node]) -> dict[str, Node]:
    """What is taken, less what belongs to a measure where a question is given, and so on."""
    gone: tuple[str, ...] = ()
    if "question" in own:
        gone += _BY_MEASURE
    if "measure" in own:
        gone += _BY_QUESTION
    kind = own.get("kind")
    if kind is not None and kind.value == "ever":
        gone += ("per",)
    if kind is not None and kind.value in ("level", "ever"):
        gone += ("baseline", "of")
    if kind is not None and kind.value in ("difference", "relative_change"):
        gone += ("of",)
    return {key: node for key, node in taken.items() if key not in gone}


def _emptied(key: str, entry: Node, taken: Mapping[str, Node]) -> bool:
    own = entry.mapping.get(key)
    return own is not None and own.value is None and key in taken
