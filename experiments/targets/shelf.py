"""The scenarios that a file of targets may name: its own, those beside it, the library's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from scenarios import loader, resolve
from scenarios.positions import Node
from sim.problems import InputProblem, advice, quoted

if TYPE_CHECKING:
    from scenarios.scenario import Scenario
    from sim.problems import Problem

__all__ = ["Shelf"]


class Shelf:
    """Loads every scenario once.

    Args:
        own: Scenarios that are written in the file, by name.
    """

    def __init__(self, own: Mapping[str, Node]) -> None:
        self._own = own
        self._loaded: dict[tuple[object, ...], Scenario | None] = {}
        self._merged: dict[str, Node] = {}

    def get(self, node: Node, field: str, found: list[Problem]) -> Scenario | None:
        """The scenario that a field names or holds; None where it cannot be used.

        Args:
            node: Where it is named.
            field: What the field is called in messages.
            found: Problems are added to it, those of a scenario once.
        """
        if isinstance(node.value, dict):
            key: tuple[object, ...] = ("", node.place.source.shown, node.place.line,
                                       node.place.column)  # fmt: skip
            if key not in self._loaded:
                self._loaded[key] = self._written(node, field.replace(".", "_"), found)
            return self._loaded[key]
        name = node.value
        if not isinstance(name, str) or not name.strip():
            found.append(node.place.problem(
                f"{quoted(node.plain())} is not the name of a scenario", field=field,
                value=str(node.plain()), suggestion="write the name of one in quotes"))  # fmt: skip
            return None
        if name not in self._own and name in resolve.library_names():
            return self._once((name,), name, found)
        if name in self._own:
            if (name,) not in self._loaded:
                self._loaded[name,] = self._written(self._own[name], name, found)
            return self._loaded[name,]
        return self._beside(node, name, field, found)

    def problems(self) -> list[Problem]:
        """Everything that is wrong with scenarios of the file that no target asks."""
        found: list[Problem] = []
        for name, node in self._own.items():
            if (name,) not in self._loaded:
                self._loaded[name,] = self._written(node, name, found)
        return found

    def _beside(self, node: Node, name: str, field: str, found: list[Problem]) -> Scenario | None:
        """A scenario in a file beside the targets."""
        try:
            for candidate in (name, f"{name}.yaml", f"{name}.yml"):
                path = resolve.own_file(replace(node, value=candidate), field)
                if path is not None and path.is_file():
                    return self._once((str(path.resolve()),), path, found)
        except InputProblem as problem:
            found += problem.problems
            return None
        folder = node.place.source.folder
        beside = [path.name for path in folder.glob("*.y*ml")] if folder is not None else []
        known = [*self._own, *resolve.library_names(), *beside]
        found.append(node.place.problem(
            f"there is no scenario {quoted(name)} under scenarios, beside this file or in the "
            "library", field=field, value=name,
            suggestion=advice(name, known, "see waytrust scenarios list")))  # fmt: skip
        return None

    def _once(self, key: tuple[object, ...], source: object, found: list[Problem]
              ) -> Scenario | None:
        if key not in self._loaded:
            scenario, problems = loader.examine(source)  # type: ignore[arg-type]
            self._loaded[key] = self._kept(scenario, problems, found)
        return self._loaded[key]

    def _written(self, node: Node, name: str, found: list[Problem]) -> Scenario | None:
        """A scenario that is written in the file itself."""
        odd: list[Problem] = []
        try:
            root = self._followed(name, node, odd, ())
        except InputProblem as problem:
            odd += problem.problems
            return self._kept(None, odd, found)
        return self._kept(*loader.examine_node(root, odd), found)

    def _followed(
        self, name: str, node: Node, odd: list[Problem], below: tuple[str, ...]
    ) -> Node:
        """It with what it extends merged in; it may extend another one of the same file."""
        if name in self._merged and self._own.get(name) is node:
            return self._merged[name]
        if not isinstance(node.value, dict):
            raise InputProblem(node.place.problem(
                "a scenario is a group of settings", field=f"scenarios.{name}",
                suggestion="write extends: central_america below it, for example"))  # fmt: skip
        if "name" not in node.mapping:
            node = replace(node, value={"name": Node(name, node.place), **node.mapping})
        link = node.mapping.get("extends")
        own = link is not None and isinstance(link.value, str) and link.value in self._own
        if link is None or not own or link.value == name:
            root = resolve.followed(node, odd)
        elif link.value in below:
            raise InputProblem(link.place.problem(
                f"{quoted(link.value)} leads back to a scenario that extends it", field="extends",
                value=str(link.value), suggestion="remove one of the extends"))  # fmt: skip
        else:
            parent = str(link.value)
            base = self._followed(parent, self._own[parent], odd, (*below, name))
            root = resolve.laid_over(base, node)
        self._merged[name] = root
        return root

    @staticmethod
    def _kept(
        scenario: Scenario | None, problems: list[Problem], found: list[Problem]
    ) -> Scenario | None:
        found += [each for each in problems if each.severity == "error"]
        return scenario
