"""What happens to ways: people stopped on them, borders closed, more people on the move."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationInfo, field_validator

from sim.interventions.base import Intervention, Scope
from sim.said import Said

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["BorderClosure", "Externalisation", "Surge"]

MOST = 100.0
"""Largest multiplier."""


class Externalisation(Intervention):
    """Countries on the way stop people for the sake of those farther on.

    In practice: patrol boats, desert patrols and checkpoints of a transit country, paid or trained
    by a country of destination.

    Changes in the world: interception rises on the legs that begin in the countries or nodes of
    its scope, or on the legs it names. People are turned back or detained there, spend longer on
    the way, and think such a leg more dangerous. It is learnt on the way, so it is not announced.

    Evidence: M33 (interceptions per crossing of the Central Mediterranean rose from 1 to 43 %
    within a few years). Factor and addition are assumed.

    Attributes:
        factor: How many times as often as usual people are intercepted.
        addition: Share of crossings intercepted beside that.
    """

    only_deeds: ClassVar[bool] = True
    acts_on: ClassVar[tuple[str, ...]] = ("node", "country", "leg", "all")

    kind: Literal["externalisation"] = "externalisation"
    factor: float = Field(2.0, ge=1, le=MOST, json_schema_extra={"unit": "multiplier"})
    addition: float = Field(0.0, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Stop more people on the way today."""
        intensity = self.intensity(day)
        if intensity <= 0.0:
            return
        here = _among(field, self.scope, np.isin(field.leg_table["start"], field.nodes))
        usual = field.network.legs["interception"].to_numpy(float)[here]
        # What remains of those who pass is multiplied, so that the order of several is the same.
        pass_by = (1.0 - usual) ** ((self.factor - 1.0) * intensity)
        pass_by = pass_by * (1.0 - self.addition * intensity)
        stopped = field.leg_table["interception"]
        stopped[here] = 1.0 - (1.0 - stopped[here]) * pass_by


class BorderClosure(Intervention):
    """A border, a crossing or a road is closed for a time.

    In practice: a closed border post, a suspended ferry, a curfew between two towns, a visa
    requirement for some (a scope by status).

    Changes in the world: nobody, or nobody of the statuses in its scope, can set off on the legs
    it names, on those across the border of its countries, or on those from and to its nodes. Those
    under way arrive. Those who wait look for another way, another destination, or are stranded.
    Where compliance times strength is below 1, so large a part of the legs is closed, always the
    same ones. It is learnt at the border, so it is not announced.

    Evidence: assumed.

    Attributes:
        direction: ``in`` (into the countries or nodes), ``out`` (out of them) or ``both``.
    """

    only_deeds: ClassVar[bool] = True
    acts_on: ClassVar[tuple[str, ...]] = ("node", "country", "leg", "status", "all")

    kind: Literal["border_closure"] = "border_closure"
    direction: Literal["both", "in", "out"] = "both"

    def apply(self, field: Reached, day: int) -> None:
        """Close ways today."""
        intensity = self.intensity(day)
        if intensity <= 0.0:
            return
        legs = field.leg_table
        here = _among(field, self.scope, self._touching(field))
        closed = here[field.chosen(legs["key"][here], intensity)]
        if self.scope.status:
            legs["closed_to"][closed] |= field.status_bits()
        else:
            legs["open"][closed] = 0

    def _touching(self, field: Reached) -> NDArray[np.bool_]:
        """Legs from and to the nodes in scope; of whole countries, those across their borders."""
        legs = field.leg_table
        if self.scope.leg and not (self.scope.node or self.scope.country):
            return np.ones(len(legs), bool)
        starts, ends = np.isin(legs["start"], field.nodes), np.isin(legs["end"], field.nodes)
        touching = {"in": ends, "out": starts, "both": starts | ends}[self.direction]
        return touching if self.scope.node else touching & (legs["border"] == 1)


class Surge(Intervention):
    """More people set out, or more are deported or return.

    In practice: war or a failed harvest where people come from; a campaign of deportations; a
    programme of assisted voluntary return.

    Changes in the world: at the origins in its scope, people who wait to set out do so sooner. They
    are the same people as without it, so that scenarios can be compared person by person: it
    moves departures forward and adds none. Or, in the countries in its scope, detention ends in
    deportation more often, or people return more often. A scope by status limits it to them.

    Evidence: assumed.

    Attributes:
        of: What there is more of: ``departures``, ``deportations`` or ``returns``.
        factor: How many times as often as usual.
    """

    only_deeds: ClassVar[bool] = True
    acts_on: ClassVar[tuple[str, ...]] = ("node", "country", "status", "all")

    kind: Literal["surge"] = "surge"
    of: Literal["departures", "deportations", "returns"]
    factor: float = Field(2.0, ge=1, le=MOST, json_schema_extra={"unit": "multiplier"})

    @field_validator("of")
    @classmethod
    def _of_a_country(cls, of: str, info: ValidationInfo) -> str:
        scope = info.data.get("scope")
        if scope is not None and scope.node and of != "departures":
            raise ValueError(Said("{of} are a matter of countries: name a country in the scope",
                                  of=of))
        return of

    def apply(self, field: Reached, day: int) -> None:
        """Let more of it happen today."""
        times = 1.0 + (self.factor - 1.0) * self.intensity(day)
        if self.of == "departures":
            field.node_table["leaving"][field.nodes[:, None], field.statuses] *= times
            return
        column = "deporting" if self.of == "deportations" else "returning"
        countries = np.unique(field.node_table["country"][field.nodes])
        field.country_table[column][countries[:, None], field.statuses] *= times


def _among(field: Reached, scope: Scope, those: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Legs for which something holds; if the scope names legs, only of these."""
    here = np.flatnonzero(those)
    return here[np.isin(here, field.legs)] if scope.leg else here
