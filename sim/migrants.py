"""All migrants of a model, with the verbs of Mesa's ``AgentSet`` that columns can do well.

Example:
    >>> model.migrants.select(state=["staying", "settled"]).groupby("status").count()
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.codes import (
    HAS_LANGUAGE,
    HAS_PHONE,
    KINDS_OF_EVENT,
    MIXED_HOUSEHOLD,
    MONEY,
    NEEDS,
    OUTCOMES,
    STATES,
    STATUSES,
)
from sim.columns import BODY
from sim.population_view import EVER, MigrantView, code_of
from sim.scene import Scene

__all__ = ["Groups", "Migrants"]

_WORDS: dict[str, tuple[str, ...]] = {
    "status": STATUSES, "first_status": STATUSES, "state": STATES, "money": MONEY,
    "outcome": OUTCOMES, "told_kind": KINDS_OF_EVENT, "need": NEEDS,
}
_IDS = {"node": "node_ids", "origin": "node_ids", "destination": "node_ids",
        "told_node": "node_ids", "leg": "leg_ids", "asked": "point_ids", "told_point": "point_ids"}
_TRAITS = {"in_mixed_household": MIXED_HOUSEHOLD, "has_phone": HAS_PHONE,
           "has_language": HAS_LANGUAGE}
_EVER = {f"ever_{name}": 1 << bit for bit, name in enumerate(EVER)}
_NUMBERS = ("entered", "departed", "since", "days_left", "told_day")
_USUAL = ("entered", "origin", "destination", "status", "state", "node", "leg", "money", "need",
          "outcome")


class Migrants(Sequence[MigrantView]):
    """Some or all migrants who have entered, in the order in which they did.

    Attributes:
        indices: Their places in the columns.
    """

    def __init__(self, scene: Scene, day: int, index: NDArray[np.intp] | None = None) -> None:
        self._scene = scene
        self._day = day
        self.indices = np.arange(scene.world.people) if index is None else index

    def __len__(self) -> int:
        return len(self.indices)

    @overload
    def __getitem__(self, place: int) -> MigrantView: ...
    @overload
    def __getitem__(self, place: slice) -> Migrants: ...
    def __getitem__(self, place: int | slice) -> MigrantView | Migrants:
        if isinstance(place, slice):
            return self._these(self.indices[place])
        return MigrantView(self._scene, int(self.indices[place]), self._day)

    def __iter__(self) -> Iterator[MigrantView]:
        return (MigrantView(self._scene, int(n), self._day) for n in self.indices)

    def __repr__(self) -> str:
        return f"<{len(self)} migrants>"

    @property
    def attributes(self) -> list[str]:
        """Names that `get`, `select`, `groupby` and `to_frame` understand."""
        return ["index", *_WORDS, *_IDS, *_NUMBERS, *NEEDS, *_TRAITS, *_EVER]

    def get(self, name: str) -> NDArray[Any]:
        """Values of one attribute: words for what has words, else numbers.

        Args:
            name: Attribute; the name of a need gives its level.

        Raises:
            KeyError: If there is no such attribute.
        """
        body = self._scene.world.tables.body
        if name == "index":
            return self.indices
        if name in NEEDS:
            return np.array(body["level"][self.indices, NEEDS.index(name)])
        if name in _TRAITS:
            return (body["traits"][self.indices] & _TRAITS[name]) > 0
        if name in _EVER:
            return (body["ever"][self.indices] & _EVER[name]) > 0
        if name in _NUMBERS:
            return np.array(body[name][self.indices])
        words = self._words(name)
        codes = body[name][self.indices].astype(np.int64)
        found = np.array([*words, None], object)[np.where(codes >= 0, codes, len(words))]
        return np.array(found)

    def set(self, name: str, value: str | float) -> Migrants:
        """Write one attribute of all of them; returns themselves.

        Raises:
            KeyError: If there is no such attribute, or it has no column of its own.
        """
        body = self._scene.world.tables.body
        if isinstance(value, str):
            body[name][self.indices] = code_of(value, self._words(name), name)
        elif name in NEEDS:
            body["level"][self.indices, NEEDS.index(name)] = value
        elif name in (BODY.names or ()):
            body[name][self.indices] = value
        else:
            raise KeyError(name)
        return self

    def select(self, filter_func: Callable[[MigrantView], bool] | None = None, *,
               at_most: int | None = None, **where: Any) -> Migrants:
        """Those for whom all of this is true.

        Args:
            filter_func: Asked of every one that is left (slow for many thousands).
            at_most: Not more than so many, the first.
            where: Attribute and the value, or list of values, it must have.
        """
        keep = np.ones(len(self), bool)
        for name, value in where.items():
            wanted = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
            keep &= pd.Series(self.get(name)).isin(wanted).to_numpy()
        chosen = self._these(self.indices[keep])
        if filter_func is not None:
            asked = [migrant.index for migrant in chosen if filter_func(migrant)]
            chosen = self._these(np.array(asked, np.intp))
        return chosen if at_most is None else chosen[:at_most]

    def agg(self, name: str, func: Callable[[NDArray[Any]], Any]) -> Any:
        """One value made from all values of an attribute, such as ``agg("physical", max)``."""
        return func(self.get(name))

    def groupby(self, name: str) -> Groups:
        """Groups of those who share the value of an attribute."""
        values = pd.Series(self.get(name))
        return Groups({value: self._these(self.indices[(values == value).to_numpy()])
                       for value in sorted(values.dropna().unique())})

    def to_frame(self, names: Sequence[str] = _USUAL) -> pd.DataFrame:
        """A table with one row per migrant."""
        return pd.DataFrame({name: self.get(name) for name in names},
                            index=pd.Index(self.indices, name="migrant"))

    def _these(self, index: NDArray[np.intp]) -> Migrants:
        return Migrants(self._scene, self._day, index)

    def _words(self, name: str) -> Sequence[str]:
        if name in _WORDS:
            return _WORDS[name]
        words: list[str] = getattr(self._scene, _IDS[name])
        return words


class Groups(Mapping[Any, Migrants]):
    """Migrants in groups, by the value they share."""

    def __init__(self, groups: dict[Any, Migrants]) -> None:
        self._groups = groups

    def __getitem__(self, value: Any) -> Migrants:
        return self._groups[value]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)

    def count(self) -> dict[Any, int]:
        """How many are in each group."""
        return {value: len(group) for value, group in self._groups.items()}

    def agg(self, name: str, func: Callable[[NDArray[Any]], Any]) -> dict[Any, Any]:
        """One value per group, made from all values of an attribute."""
        return {value: group.agg(name, func) for value, group in self._groups.items()}
