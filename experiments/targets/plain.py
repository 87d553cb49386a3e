"""Targets as they are written in files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.targets.schema import ASKED
from scenarios.quantities import plain_quantity

if TYPE_CHECKING:
    from experiments.targets.target import Target, Value
    from scenarios.scenario import Scenario

__all__ = ["plain_targets"]


class _Scenarios:
    """Scenarios that are written beside targets, each under a name of its own."""

    def __init__(self, asked: Scenario | None) -> None:
        self._asked = asked
        self._named: list[tuple[Scenario, str]] = [] if asked is None else [(asked, asked.name)]
        self.written: dict[str, Any] = {}

    def of_level(self, scenario: Scenario) -> dict[str, str]:
        """How a level names its scenario: not at all where it is the one that is asked."""
        return {} if scenario == self._asked else {"scenario": self.name(scenario)}

    def name(self, scenario: Scenario) -> str:
        """Under which name it is written."""
        name = next((name for known, name in self._named if known == scenario), None)
        if name is None:
            taken, number = [name for _, name in self._named], 1
            name = scenario.name
            while name in taken:
                number += 1
                name = f"{scenario.name[:56]}_{number}"
            self._named.append((scenario, name))
        self.written[name] = {**scenario.resolved(), "name": name}
        return name


def plain_targets(targets: Sequence[Target], asked: Scenario | None = None) -> dict[str, Any]:
    """A file of targets as plain data; see `targets_text`."""
    scenarios = _Scenarios(asked)
    entries: list[dict[str, Any]] = []
    ids = {target.id for target in targets}
    for target in targets:
        words = {"title": target.title, "evidence": list(target.evidence), "fitted": target.fitted}
        entry = {
            "id": target.id, "kind": target.kind, **{k: v for k, v in words.items() if v},
            **_plain(target.value, scenarios),
        }  # fmt: skip
        figures = {"observed": target.observed, "low": target.low, "high": target.high}
        if target.of is not None:
            entry["of"] = target.of.quantity.name
            if entry["of"] not in ids:
                ids.add(entry["of"])
                # What it is divided by may not be among the targets; nobody compares it.
                entries.append({"id": entry["of"], "kind": target.of.kind,
                                **_plain(target.of, scenarios), **figures})  # fmt: skip
            # What is not asked here must not be taken from there.
            entry |= {key: None for key in plain_quantity(target.of.quantity)
                      if key in ASKED and key not in entry}  # fmt: skip
        entries.append({**entry, **figures})
    whole: dict[str, Any] = {"targets": entries}
    return {"scenarios": scenarios.written, **whole} if scenarios.written else whole


def _plain(value: Value, scenarios: _Scenarios) -> dict[str, Any]:
    asked = plain_quantity(value.quantity)
    del asked["name"]
    if value.kind == "ever":
        del asked["ever"]
    if value.baseline is None:
        return {**scenarios.of_level(value.scenario), **asked}
    names = {"scenario": value.scenario, "baseline": value.baseline}
    return {**{key: scenarios.name(each) for key, each in names.items()}, **asked}
