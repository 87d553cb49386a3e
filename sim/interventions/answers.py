"""What organisations say about themselves, and about what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from sim.interventions.base import NAME_PATTERN, Intervention

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["Rebuttal", "Transparency"]


class Transparency(Intervention):
    """An organisation says where and why it works with authorities, and where it does not.

    In practice: a notice at the door about which data are kept and who can see them, meetings at
    which staff answer questions, the text of an agreement read aloud in the languages people speak.

    Changes in the world: at each service point in its scope it reaches a share of the people of
    the place a day, who hear the organisation's own word. That is worth less to whoever has seen
    the opposite, so after a breach it repairs little. It promises no services and shows nobody
    the way to them.

    Evidence: Q11 (saying openly what one does helps even people in great danger), M06 and M07
    (after deceit, words do not repair everything). The share reached is assumed.

    Attributes:
        reach: Share of the people of the place whom it reaches a day, for each service point.
    """

    only_words: ClassVar[bool] = True
    at_service_points: ClassVar[bool] = True
    acts_on: ClassVar[tuple[str, ...]] = (*Intervention.acts_on, "status")

    kind: Literal["transparency"] = "transparency"
    reach: float = Field(0.02, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Speak to people today."""
        share = self.reach * self.intensity(day)
        if share > 0.0:
            field.raise_for_statuses("transparent", share)
            field.speak()


class Rebuttal(Intervention):
    """Organisations answer a story, true or false.

    In practice: "nobody has passed on any list", said by volunteers where the rumour goes round,
    on local radio and in group chats; early, or weeks later.

    Changes in the world: of the people at the nodes in its scope it reaches a share a day. Those
    of them who tell the story no longer do; what they made of it remains. Those reached also hear,
    once, the word of an organisation in its scope at that place (of the family that the story is
    about, if there is one), which is worth less to whoever has seen the opposite.

    Evidence: M08 and M09 (how long rumours live), M11 (how late answers come), M07 (a word helps,
    but not after deceit). The share reached is assumed.

    Attributes:
        answers: Id of the intervention whose story it answers: a rumour, or one that is announced.
        reach: Share of the people of the place whom it reaches a day.
    """

    only_words: ClassVar[bool] = True

    kind: Literal["rebuttal"] = "rebuttal"
    answers: str = Field(pattern=NAME_PATTERN, max_length=64)
    reach: float = Field(0.05, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Reach people today."""
        field.answer(self.answers, self.reach * self.intensity(day))
