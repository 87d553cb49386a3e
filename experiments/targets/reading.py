"""Reads files of targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from experiments.targets.inheriting import Heirs
from experiments.targets.kinds import QUOTIENTS
from experiments.targets.schema import TargetFile
from experiments.targets.shelf import Shelf
from scenarios import faults, yaml_positions
from scenarios.positions import Node
from sim.problems import InputProblem, Problem, quoted

if TYPE_CHECKING:
    from scenarios.positions import Place

__all__ = ["LIBRARY", "Written", "written_in"]

LIBRARY = Path(__file__).resolve().parent.parent / "evidence" / "targets.yaml"
"""The targets that ship with Waytrust."""
_PARTS = ("targets", "scenarios")


@dataclass(frozen=True)
class Written:
    """A target as it stands in a file, before any scenario is asked.

    Attributes:
        node: Where it stands, with what it takes from others filled in.
        settings: What was read.
        shelf: The scenarios that it may name.
        of: The target that it is divided by.
    """

    node: Node
    settings: TargetFile
    shelf: Shelf = field(compare=False, repr=False)
    of: Written | None = None

    @property
    def id(self) -> str:
        """Its id."""
        return self.settings.id


def written_in(file: Path | str = LIBRARY) -> list[Written]:
    """All targets of a file, in its order.

    Args:
        file: The file; by default the targets of the library.

    Raises:
        InputProblem: With everything that is wrong with it.
    """
    found: list[Problem] = []
    path = Path(file)
    root = yaml_positions.read(path, path.name if path == LIBRARY else str(file), found)
    found += [faults.unknown_setting(root, (name,), "", _PARTS, {})
              for name in root.mapping if name not in _PARTS]  # fmt: skip
    shelf = Shelf(_own_scenarios(root, found))
    listed = root.mapping.get("targets")
    if listed is None or not listed.items:
        found.append((listed or root).place.problem(
            "no targets are listed", field="targets",
            suggestion="write targets: [{id: T08, question: danger, answer: agree}]"))  # fmt: skip
    entries = listed.items if listed is not None else []
    heirs = Heirs(_by_id(entries, found), found)
    read: dict[str, Written] = {}
    for position, entry in enumerate(entries):
        written = _read(entry, _label(entry, position), heirs, shelf, found)
        if written is not None:
            read.setdefault(written.id, written)
    whole = [_divided(each, read, found) for each in read.values()]
    found += shelf.problems() if not found else []
    if any(problem.severity == "error" for problem in found):
        raise InputProblem(faults.in_order(found))
    return whole


def _own_scenarios(root: Node, found: list[Problem]) -> Mapping[str, Node]:
    """Scenarios that are written in the file: by name, or as a list of which each gives its own."""
    node = root.mapping.get("scenarios")
    if node is None or node.value in (None, []):
        return {}
    if node.mapping:
        return node.mapping
    own: dict[str, Node] = {}
    for entry in node.items:
        name = entry.mapping.get("name")
        if name is None or not isinstance(name.value, str):
            found.append(entry.place.problem(
                "a scenario in a list needs a name", field="scenarios",
                suggestion="add name: my_scenario"))  # fmt: skip
        elif name.value in own:
            found.append(_twice(name.place, "name", name.value, "scenarios"))
        else:
            own[name.value] = entry
    if not node.items:
        found.append(node.place.problem(
            "it must be a group of scenarios", field="scenarios", value=str(node.value),
            suggestion="write my_scenario: {extends: central_mediterranean}"))  # fmt: skip
    return own


def _by_id(entries: list[Node], found: list[Problem]) -> dict[str, Node]:
    named: dict[str, Node] = {}
    for entry in entries:
        node = entry.mapping.get("id")
        if node is None or not isinstance(node.value, str):
            continue
        if node.value in named:
            found.append(_twice(node.place, "id", node.value, f"targets.{node.value}.id"))
        named.setdefault(node.value, entry)
    return named


def _twice(place: Place, what: str, word: str, label: str) -> Problem:
    return place.problem(f"the {what} {quoted(word)} is used twice", field=label, value=word,
                         suggestion=f"give each its own {what}")  # fmt: skip


def _label(entry: Node, position: int) -> str:
    named = entry.mapping.get("id")
    word = named.value if named is not None and isinstance(named.value, str) else position + 1
    return f"targets.{str(word)[:64]}"


def _read(
    entry: Node, label: str, heirs: Heirs, shelf: Shelf, found: list[Problem]
) -> Written | None:
    before = len(found)
    whole = heirs.whole(entry, label)
    if len(found) > before:
        return None
    if "of" in entry.mapping and "kind" not in whole.mapping:
        found.append(entry.at(("of",)).place.problem(
            "it does not say what kind of target this is", field=f"{label}.kind",
            suggestion=f"add kind: {' or '.join(QUOTIENTS)}"))  # fmt: skip
        return None
    try:
        return Written(whole, TargetFile.model_validate(whole.plain()), shelf)
    except ValidationError as error:
        found += faults.describe(error, whole, label, lambda _: list(TargetFile.model_fields))
        return None


def _divided(written: Written, read: Mapping[str, Written], found: list[Problem]) -> Written:
    """A quotient with what it is divided by."""
    if written.settings.kind not in QUOTIENTS:
        return written
    node = written.node.at(("of",))
    of = read.get(written.settings.of)
    if of is None:
        # What is wrong with the other one has been told.
        return written

    def refuse(message: str, suggestion: str) -> None:
        found.append(node.place.problem(message, field=f"targets.{written.id}.of", value=of.id,
                                        suggestion=suggestion))  # fmt: skip

    if of.settings.kind in QUOTIENTS:
        refuse(f"{quoted(of.id)} is itself divided by another target",
               "name a level or an effect")  # fmt: skip
    elif written.settings.kind == "remaining_share" and of.settings.baseline is None:
        refuse(f"{quoted(of.id)} is a level, and only an effect can remain",
               "name a target of kind relative_change or difference")  # fmt: skip
    return replace(written, of=of)
