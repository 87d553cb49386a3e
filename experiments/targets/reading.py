"""Reads files of targets, and puts what they ask in the terms of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from experiments.targets.schema import ASKED, TargetFile
from experiments.targets.target import Target
from scenarios import faults, yaml_positions
from scenarios.asking import Asking
from scenarios.positions import Node
from scenarios.quantities import read_quantity
from sim.problems import InputProblem, Problem, quoted

if TYPE_CHECKING:
    from scenarios.scenario import Scenario

__all__ = ["LIBRARY", "Written", "ask", "read_targets", "written_in"]

LIBRARY = Path(__file__).resolve().parent.parent / "evidence" / "targets.yaml"
"""The targets that ship with Waytrust."""
_ASKED_NAME = "asked"


@dataclass(frozen=True)
class Written:
    """A target as it stands in a file, before any scenario is asked.

    Attributes:
        node: Where it stands.
        settings: What was read.
    """

    node: Node
    settings: TargetFile

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
    found += _unknown(root)
    listed = root.mapping.get("targets")
    if listed is None or not listed.items:
        found.append((listed or root).place.problem(
            "no targets are listed", field="targets",
            suggestion="write targets: [{id: T08, question: danger, answer: agree}]"))  # fmt: skip
    read: dict[str, Written] = {}
    for position, entry in enumerate(listed.items if listed is not None else []):
        written = _read(entry, position, found)
        if written is None:
            continue
        if written.id in read:
            found.append(entry.at(("id",)).place.problem(
                f"the id {quoted(written.id)} is used twice", field=f"targets.{written.id}.id",
                value=written.id, suggestion="give each its own id"))  # fmt: skip
        read.setdefault(written.id, written)
    if any(problem.severity == "error" for problem in found):
        raise InputProblem(faults.in_order(found))
    return list(read.values())


def ask(written: Sequence[Written], scenario: Scenario) -> tuple[Target, ...]:
    """Targets in the terms of one scenario.

    Args:
        written: The targets.
        scenario: The scenario that is asked.

    Raises:
        InputProblem: If one asks for what does not exist in the scenario, such as a place.
    """
    found: list[Problem] = []
    asking = Asking.of(scenario)
    targets = [_asked(each, asking, found) for each in written]
    if found:
        where = f"asked of the scenario {scenario.name}: "
        raise InputProblem([
            problem.model_copy(update={"message": where + problem.message})
            for problem in faults.in_order(found)
        ])  # fmt: skip
    return tuple(target for target in targets if target is not None)


def read_targets(file: Path | str, scenario: Scenario) -> tuple[Target, ...]:
    """All targets of a file, asked of one scenario.

    Raises:
        InputProblem: With everything that is wrong.
    """
    return ask(written_in(file), scenario)


def _unknown(root: Node) -> list[Problem]:
    return [
        faults.unknown_setting(root, (name,), "", ["targets"], {})
        for name in root.mapping if name != "targets"
    ]  # fmt: skip


def _read(entry: Node, position: int, found: list[Problem]) -> Written | None:
    named = entry.mapping.get("id")
    word = named.value if named is not None and isinstance(named.value, str) else position + 1
    label = f"targets.{str(word)[:64]}"
    try:
        return Written(entry, TargetFile.model_validate(entry.plain()))
    except ValidationError as error:
        found += faults.describe(error, entry, label, lambda _: list(TargetFile.model_fields))
        return None


def _asked(written: Written, asking: Asking, found: list[Problem]) -> Target | None:
    settings, node = written.settings, written.node
    name = Node(_ASKED_NAME, node.place, node.place)
    parts = {key: value for key, value in node.mapping.items() if key in ASKED}
    entry = replace(node, value={"name": name, **parts})
    quantity = read_quantity(entry, f"targets.{written.id}", asking, found)
    if quantity is None:
        return None
    return Target(
        id=written.id,
        kind=settings.kind,
        quantity=replace(quantity, name=written.id),
        observed=settings.observed,
        low=settings.low,
        high=settings.high,
        title=settings.title,
        evidence=settings.evidence,
    )
