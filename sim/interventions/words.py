"""What is said: campaigns and rumours."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import Field, ValidationInfo, field_validator

from sim.interventions.base import Intervention
from sim.said import Said

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["Outreach", "Rumour", "Topic"]

Topic = Literal[
    "breach", "door", "raid", "law", "detained", "refused", "mistreated", "agenda", "broken",
    "leg_danger", "served",
]  # fmt: skip
"""What a rumour can be about; the names are events of `sim.codes.KINDS_OF_EVENT`.

Not a firewall: that is a fact of the situation, of which people know by its announcement.
"""


class Outreach(Intervention):
    """Organisations tell people which services there are and what independence means.

    In practice: volunteers at bus stations, radio spots, messages on the phone, posters in the
    languages people speak.

    Changes in the world: at each service point in its scope it reaches a share of the people of the
    place a day, beside the organisation's usual outreach. Those it reaches learn of the service
    point and hear the organisation's own word, which is worth less to whoever has seen the
    opposite. A campaign may promise more than the services can give: who then finds a service full
    or gets less has been let down as well.

    Evidence: M12 and M13 (peers inform; the effect lasts about three months), M14 (elsewhere no
    effect), M21 (10 to 15 % name organisations as a source), Q11 (saying openly what one does
    helps).

    Attributes:
        reach: Share of the people of the place whom it reaches a day, for each service point.
        promises_too_much: How far it promises more than the services can give (0 to 1).
    """

    only_words: ClassVar[bool] = True

    kind: Literal["outreach"] = "outreach"
    reach: float = Field(0.02, ge=0, le=1, json_schema_extra={"unit": "share"})
    promises_too_much: float = Field(0.0, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Reach people today, and lead them to expect what they may not get."""
        intensity = self.intensity(day)
        field.table["campaign"][field.points] += self.reach * intensity
        promised = field.table["promises_too_much"]
        promised[field.points] = np.maximum(promised[field.points],
                                            self.promises_too_much * intensity)


class Rumour(Intervention):
    """A story about an organisation or a place begins to go round, true or false.

    In practice: "they give our names to the police", heard at a bus station or read in a group
    chat. Nothing else happens: what follows is what people make of it.

    Changes in the world: on its first day (and on each repeat) a share of the people present at
    the nodes in its scope have heard the story and may tell it on.

    Evidence: M08 and M09 (how long rumours live), M10 and M11 (true and false ones), C10 (effects
    of a rule that was not yet in force). The share reached at first is assumed.

    Attributes:
        topic: What the story says happened. Danger on a leg needs one leg in the scope.
        reach: Share of the people present in its scope who know it on the first day. They tell it,
            but are not themselves moved by it: an intervention writes no opinion.
        is_true: Whether what it says happened.
    """

    only_words: ClassVar[bool] = True

    kind: Literal["rumour"] = "rumour"
    topic: Topic
    acts_on: ClassVar[tuple[str, ...]] = (*Intervention.acts_on, "leg")
    reach: float = Field(0.05, ge=0, le=1, json_schema_extra={"unit": "share"})
    is_true: bool = Field(False, json_schema_extra={"unit": "switch"})

    @field_validator("topic")
    @classmethod
    def _danger_is_on_a_leg(cls, topic: str, info: ValidationInfo) -> str:
        scope = info.data.get("scope")
        if scope is not None and topic == "leg_danger" and len(scope.leg) != 1:
            raise ValueError(Said("a rumour of danger on a leg needs one leg (from>to) in its "
                                  "scope"))
        if scope is not None and topic != "leg_danger" and scope.leg:
            raise ValueError(Said("only a rumour of danger on a leg can be limited to a leg"))
        return topic

    @property
    def makes_story(self) -> bool:
        """A rumour is a story."""
        return True

    def apply(self, field: Reached, day: int) -> None:
        """Start the story on its first day, and again on each repeat."""
        over = self.end is not None and day >= self.end
        since = day - self.start
        again = self.every is not None and since > 0 and since % self.every == 0
        if not over and (since == 0 or again):
            share = self.reach * self.compliance * self.strength
            field.spread(self.topic, day, share, self.is_true)
