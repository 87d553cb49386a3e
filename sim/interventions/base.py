"""What all interventions share: when, where, how fully, and whether people are told.

An intervention changes the world, never an opinion or a choice. The loader of scenarios turns
what people write (``90 days``, ``15 %``, dates) into numbers before it makes one of these; each
field says in its ``unit`` how it may be written:

===============  ======================================================================
``moment``       a day of the run, or a date
``days``         a length of time
``share``        between 0 and 1, or a percentage
``announcement`` days after the start (negative: before), ``never`` or ``only``
``country``      ISO 3166 alpha-3 codes; likewise ``service_point`` and ``status``: names
``partner``      an organisation or a family; ``referral``: a service point, or ``next``
``count``        a number
``word``         one of a few words, or plain text
``switch``       yes or no
``multiplier``   how many times as much; 1 changes nothing
===============  ======================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from sim.said import Said

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached
    from sim.network.opening import NewPoint

__all__ = ["NAME_PATTERN", "Intervention", "Names", "Scope", "unit_of"]

NAME_PATTERN = r"^[a-z][a-z0-9_]*$"
LONGEST_RUN = 36500


def _as_tuple(value: Any) -> Any:
    """One name stands for a list of one."""
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]


class Scope(BaseModel):
    """Where an intervention acts, and on whom. What is given must all be true.

    Attributes:
        service_point: Service points, by id.
        node: Nodes, by id.
        country: Countries, as ISO 3166 alpha-3 codes.
        organisation: Organisations, by id.
        family: Families of organisations.
        leg: Legs, written ``from>to``.
        status: Statuses of the people it concerns.
        all: Everywhere and everyone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    service_point: Names = ()
    node: Names = ()
    country: Names = ()
    organisation: Names = ()
    family: Names = ()
    leg: Names = ()
    status: Names = ()
    all: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was named, not even ``all``."""
        return not (self.all or any(self.named().values()))

    def named(self) -> dict[str, tuple[str, ...]]:
        """What is named, by kind of thing."""
        names = {kind: getattr(self, kind) for kind in Scope.model_fields if kind != "all"}
        return {kind: value for kind, value in names.items() if value}


class Intervention(BaseModel):
    """One thing that happens to the world, or is said to happen.

    Attributes:
        id: Name of this one, by which targets and levers speak of it.
        kind: Kind, as in `KINDS`.
        start: First day.
        end: First day on which it is over; not given: it lasts.
        ramp: Days until it is in full force.
        every: It acts on one day in so many, from the start on; not given: every day.
        scope: Where it acts, and on whom.
        compliance: Share of those concerned who keep to it.
        strength: How much of what it does in full it does here.
        announced: Days after the start at which it becomes news (negative: before); ``never``;
            ``only``: announced on the day of the start and never done; not given: as is usual
            for its kind.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    usual_announcement: ClassVar[int | None] = None
    """Days after the start at which it becomes news unless a scenario says otherwise."""
    at_service_points: ClassVar[bool] = False
    """Whether it acts on service points, so that a scope without any is a mistake."""
    only_words: ClassVar[bool] = False
    """Whether it consists of words alone, so that announcing it means nothing."""
    only_deeds: ClassVar[bool] = False
    """Whether people see it for themselves, so that it is never announced."""

    acts_on: ClassVar[tuple[str, ...]] = (
        "service_point", "node", "country", "organisation", "family", "all",
    )
    """Kinds of things that its scope may name; naming others would have no effect."""
    acts_last: ClassVar[bool] = False
    """Whether it takes away from what others bring, and so acts after all of them."""

    id: str = Field(pattern=NAME_PATTERN, max_length=64)
    kind: str
    start: int = Field(0, ge=0, le=LONGEST_RUN, json_schema_extra={"unit": "moment"})
    end: int | None = Field(None, ge=0, le=LONGEST_RUN, json_schema_extra={"unit": "moment"})
    ramp: int = Field(0, ge=0, le=LONGEST_RUN, json_schema_extra={"unit": "days"})
    every: int | None = Field(None, ge=1, le=LONGEST_RUN, json_schema_extra={"unit": "days"})
    scope: Scope = Scope()
    compliance: float = Field(1.0, ge=0, le=1, json_schema_extra={"unit": "share"})
    strength: float = Field(1.0, ge=0, le=1, json_schema_extra={"unit": "share"})
    announced: (
        Annotated[int, Field(ge=-LONGEST_RUN, le=LONGEST_RUN)] | Literal["never", "only"] | None
    ) = Field(None, json_schema_extra={"unit": "announcement"})

    @field_validator("scope")
    @classmethod
    def _scope_has_effect(cls, scope: Scope) -> Scope:
        for kind in scope.named():
            if kind not in cls.acts_on:
                raise ValueError(Said("this kind cannot be limited to a {kind}", kind=kind))
        return scope

    @field_validator("end")
    @classmethod
    def _ends_after_start(cls, end: int | None, info: ValidationInfo) -> int | None:
        start = info.data.get("start")
        if end is not None and start is not None and end <= start:
            raise ValueError(Said("the end, day {end}, is not after the start, day {start}",
                                  end=end, start=start))
        return end

    @field_validator("announced")
    @classmethod
    def _deeds_are_announced(cls, announced: int | str | None) -> int | str | None:
        if announced is not None and cls.only_words:
            raise ValueError(Said("this kind consists of words, so it cannot be announced as well"))
        if announced is not None and cls.only_deeds:
            raise ValueError(Said("this kind is seen rather than announced"))
        return announced

    @property
    def is_real(self) -> bool:
        """Whether it is done, not only announced."""
        return self.announced != "only"

    def intensity(self, day: int) -> float:
        """How fully it is in force on a day, from 0 to compliance times strength.

        It rises in equal steps over `ramp` days, is full from ``start + ramp`` on, and is 0 on
        days between repeats, before the start, from the end on, and where it is only announced.
        """
        since = day - self.start
        over = self.end is not None and day >= self.end
        if since < 0 or over or not self.is_real:
            return 0.0
        if self.every is not None and since % self.every:
            return 0.0
        reached = min(1.0, (since + 1) / (self.ramp + 1))
        return reached * self.compliance * self.strength

    @property
    def makes_story(self) -> bool:
        """Whether people can hear of it, so that it needs a story of its own."""
        return self.announced_day() is not None

    def new_points(self) -> tuple[NewPoint, ...]:
        """Service points that it opens and that are not in the network's files."""
        return ()

    def apply(self, field: Reached, day: int) -> None:
        """Change the world today; called every day from day 0 on, in the order of the file.

        Args:
            field: The part of the world in this intervention's scope.
            day: Day of the run.
        """
        raise NotImplementedError(f"{self.kind} does nothing yet")

    def announced_day(self) -> int | None:
        """Day on which it becomes news; None where it never does."""
        if self.only_words or self.announced == "never":
            return None
        if self.announced == "only":
            return self.start
        delay = self.usual_announcement if self.announced is None else self.announced
        return None if delay is None else max(0, self.start + int(delay))


def unit_of(kind: type[Intervention], field: str) -> str:
    """How a field of an intervention may be written; ``word`` where nothing is said."""
    extra = kind.model_fields[field].json_schema_extra
    return str(extra.get("unit", "word")) if isinstance(extra, dict) else "word"
