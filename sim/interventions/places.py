"""How people live at a place: needs that jump, neighbours who turn hostile or come round."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import Field, field_validator

from sim.codes import NEEDS
from sim.interventions.base import Intervention, Names
from sim.said import Said

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["CommunityDialogue", "Hostility", "Shock"]

MOST = 100.0
"""Largest multiplier."""
OF_PLACES = ("node", "country", "all")


class Shock(Intervention):
    """Needs jump at some places.

    In practice: a flood, a heat wave, an epidemic, a price crisis, a camp that burns down.

    Changes in the world: at the nodes in its scope needs of the named dimensions begin so many
    times as often as usual; the others begin as often as before. Needs that have begun stay until
    they are met or lapse. It is lived through, so it is not announced.

    Evidence: assumed.

    Attributes:
        needs: Dimensions of need that jump: some of ``regulatory``, ``financial``, ``physical``,
            ``human``, ``social`` and ``natural``; all of them where none is named.
        factor: How many times as often as usual they begin.
    """

    only_deeds: ClassVar[bool] = True
    acts_on: ClassVar[tuple[str, ...]] = OF_PLACES

    kind: Literal["shock"] = "shock"
    needs: Names = Field(NEEDS, min_length=1)
    factor: float = Field(2.0, ge=1, le=MOST, json_schema_extra={"unit": "multiplier"})

    @field_validator("needs")
    @classmethod
    def _are_needs(cls, needs: tuple[str, ...]) -> tuple[str, ...]:
        for need in needs:
            if need not in NEEDS:
                raise ValueError(Said("there is no need '{need}': choose among {names}",
                                      need=need[:40], names=", ".join(NEEDS)))
        return needs

    def apply(self, field: Reached, day: int) -> None:
        """Let living conditions be worse today."""
        dimensions = np.flatnonzero(np.isin(NEEDS, self.needs))
        times = 1.0 + (self.factor - 1.0) * self.intensity(day)
        field.node_table["conditions"][field.nodes[:, None], dimensions] *= times


class Hostility(Intervention):
    """The people of a place turn against migrants.

    In practice: rumours of crime, an election campaign, attacks on shelters, landlords and
    employers who turn people away.

    Changes in the world: hostility at the nodes in its scope rises by a share of the room left to
    full hostility. Social needs begin more often there (`onset_hostility`); in this model it does
    nothing else. It is lived through, so it is not announced.

    Evidence: E041 (discrimination keeps people from care, in some regions much more than in
    others). The rise is assumed.

    Attributes:
        rise: By how much hostility rises, as a share of the room left to full hostility.
    """

    only_deeds: ClassVar[bool] = True
    acts_on: ClassVar[tuple[str, ...]] = OF_PLACES

    kind: Literal["hostility"] = "hostility"
    rise: float = Field(0.5, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Let people be more hostile today."""
        hostility = field.node_table["hostility"]
        room = 1.0 - hostility[field.nodes]
        hostility[field.nodes] += room * self.rise * self.intensity(day)


class CommunityDialogue(Intervention):
    """Organisations bring migrants and the people of a place together.

    In practice: meetings in the quarter, services open to both, mediators, work with religious and
    traditional leaders. It takes time: use a `ramp`.

    Changes in the world: hostility at the nodes in its scope falls by a share of what it is
    (after anything that raises it), so social needs begin less often there.

    Evidence: assumed.

    Attributes:
        fall: By how much hostility falls, as a share of what it is.
    """

    only_deeds: ClassVar[bool] = True
    acts_last: ClassVar[bool] = True
    acts_on: ClassVar[tuple[str, ...]] = OF_PLACES

    kind: Literal["community_dialogue"] = "community_dialogue"
    fall: float = Field(0.5, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Let people be less hostile today."""
        field.node_table["hostility"][field.nodes] *= 1.0 - self.fall * self.intensity(day)
