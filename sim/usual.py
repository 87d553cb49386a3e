"""The world as it is usually: what interventions change by day, put back every morning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sim.columns import Tables

__all__ = ["Usual"]

_SCHEDULED = {
    "nodes": ("capacity", "connectivity", "hostility", "enforcement", "mean_stay", "conditions",
              "attraction", "planned_raid", "leaving", "onset", "words", "rebuttal", "rebuttal_by",
              "rebuttal_event"),
    "legs": ("open", "closed_to", "cost", "death", "interception", "extortion", "abuse",
             "separation"),
    "countries": ("asylum_days", "recognition", "expiry_days", "deportation", "voluntary_return",
                  "detention_days", "request_rate", "deporting", "returning"),
    "points": ("door", "warned", "firewall", "firewall_story", "promised_firewall", "kept",
               "outreach", "campaign", "promises_too_much", "capacity", "open", "visibility",
               "registers", "excludes", "relief", "government", "promises", "competence",
               "respect", "lived_experience", "there", "partner", "partner_seen", "agenda",
               "agenda_near", "dissuades", "transparent", "amends", "restores", "refers",
               "refers_to", "refers_whom"),
}
"""What interventions may change; every morning it is as the network says, and then they act."""


class Usual:
    """What the network says of everything that interventions may change.

    Attributes:
        values: A copy of each of these tables.
    """

    def __init__(self, tables: Tables) -> None:
        self.values = {name: getattr(tables, name).copy() for name in _SCHEDULED}
        self._tables: Tables | None = None
        self._pairs: list[tuple[NDArray[np.uint8], NDArray[np.uint8]]] = []

    def __getstate__(self) -> dict[str, Any]:
        """A copy finds the tables it belongs to when it first puts them back."""
        return {"values": self.values, "_tables": None, "_pairs": []}

    def restore(self, tables: Tables) -> None:
        """Put everything in these tables back to what it is usually."""
        if tables is not self._tables:
            self._tables, self._pairs = tables, self._beside(tables)
        for today, usual in self._pairs:
            today[...] = usual

    def _beside(self, tables: Tables) -> list[tuple[NDArray[np.uint8], NDArray[np.uint8]]]:
        """The bytes of fields that stand side by side, today and usually.

        Field by field, to put everything back took 0.1 ms a day.
        """
        found = []
        for name, fields in _SCHEDULED.items():
            usual = self.values[name]
            today, before = _as_bytes(getattr(tables, name)), _as_bytes(usual)
            found += [(today[:, a:b], before[:, a:b]) for a, b in _stretches(usual.dtype, fields)]
        return found


def _as_bytes(table: np.ndarray) -> NDArray[np.uint8]:
    return table.view(np.uint8).reshape(len(table), table.itemsize)


def _stretches(row: Any, fields: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the bytes of some fields of a row begin and end, those side by side as one."""
    places = sorted((row.fields[field][:2] for field in fields), key=lambda place: place[1])
    found: list[tuple[int, int]] = []
    for kind, offset in places:
        begin = found.pop()[0] if found and found[-1][1] == offset else offset
        found.append((begin, offset + kind.itemsize))
    return found
