"""What may be written about a quantity, in designs, targets and anything else that asks for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
)

from scenarios import units
from scenarios.quantity import BY_PERSON, COUNTED, PER, RATES
from scenarios.schema import UNIT_SCHEMAS, Name, Settings, Text
from sim.codes import MONEY, NEEDS, STATUSES, STEPS, URGENCIES
from sim.problems import advice, quoted
from sim.survey.questions import QUESTIONS

__all__ = ["GroupFile", "PlaceFile", "QuantityFile", "WindowFile", "known_settings", "one_of"]

MEASURED = ("present", *RATES, *BY_PERSON, *COUNTED)
MOST_NAMES = 1000


def one_of(words: Sequence[str], what: str) -> Callable[[str], str]:
    """A validator that lets only some words pass, and suggests the nearest for others."""

    def checked(word: str) -> str:
        if word in words:
            return word
        raise units.UnitError(f"{quoted(word)} is not {what}", advice(word, words))

    return checked


def _as_list(value: Any) -> Any:
    """One name stands for a list of one."""
    return (value,) if isinstance(value, str) else value


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _names_schema(words: Sequence[str] = ()) -> WithJsonSchema:
    one: dict[str, Any] = {"enum": list(words)} if words else {"type": "string"}
    return WithJsonSchema({"anyOf": [one, {"type": "array", "items": one}]})


def _choice_schema(words: Sequence[str]) -> WithJsonSchema:
    return WithJsonSchema({"enum": list(words)})


_LIST = (Field(max_length=MOST_NAMES), BeforeValidator(_as_list), AfterValidator(_each_once))

Names = Annotated[tuple[Text, ...], *_LIST, _names_schema()]
Statuses = Annotated[
    tuple[Annotated[str, AfterValidator(one_of(STATUSES, "a status"))], ...],
    *_LIST, _names_schema(STATUSES),
]  # fmt: skip
Needs = Annotated[
    tuple[Annotated[str, AfterValidator(one_of(NEEDS, "a dimension of need"))], ...],
    *_LIST, _names_schema(NEEDS),
]  # fmt: skip
Urgencies = Annotated[
    tuple[Annotated[str, AfterValidator(one_of(URGENCIES, "an urgency"))], ...],
    *_LIST, _names_schema(URGENCIES),
]  # fmt: skip
Thirds = Annotated[
    tuple[Annotated[str, AfterValidator(one_of(MONEY, "a third by money"))], ...],
    *_LIST, _names_schema(MONEY),
]  # fmt: skip
Steps = Annotated[
    tuple[Annotated[str, AfterValidator(one_of(STEPS, "a journey step"))], ...],
    *_LIST, _names_schema(STEPS),
]  # fmt: skip
Switch = Annotated[
    bool,
    BeforeValidator(lambda value: bool(units.switch(value))),
    WithJsonSchema(UNIT_SCHEMAS["switch"]),
]


def _when(value: Any, info: ValidationInfo) -> int:
    """Days after a moment where one is named, else a day of the run."""
    if info.data.get("after"):
        return units.whole_days(value)
    return units.moment(value, (info.context or {}).get("start_date"))


_WHEN = {"anyOf": [{"type": "number"}, *UNIT_SCHEMAS["moment"]["anyOf"][1:]]}
When = Annotated[int, BeforeValidator(_when), WithJsonSchema(_WHEN)]


class GroupFile(Settings):
    """Whom a quantity is about; what is not given is everybody.

    Attributes:
        status: Statuses.
        need: Dimensions of the need that is most urgent that day.
        urgency: Its urgencies.
        money: Thirds by money.
        exposed: `yes`: only people whose exposure is at least 0.45; `no`: only those below it.
    """

    status: Statuses = ()
    need: Needs = ()
    urgency: Urgencies = ()
    money: Thirds = ()
    exposed: Switch | None = None


class PlaceFile(Settings):
    """Where; what is not given is everywhere. All that is given must hold.

    Attributes:
        node: Nodes by id; `on_the_way` is one of them.
        not_node: Nodes that do not count.
        country: Countries by ISO code.
        step: Journey steps.
        organisation: Organisations: only visits to them, or visits that fear prevented.
        family: Families of organisations, likewise.
        service_point: Service points, likewise.
    """

    node: Names = ()
    not_node: Names = ()
    country: Names = ()
    step: Steps = ()
    organisation: Names = ()
    family: Names = ()
    service_point: Names = ()


class WindowFile(Settings):
    """When; from the first day to the last unless said otherwise.

    Attributes:
        after: A moment of an intervention, such as `officers.start`, `officers.end` or
            `officers.announced`, from which `from` and `to` count.
        from: First day.
        to: The day after the last.
    """

    after: Text = ""
    start: When = Field(0, alias="from")
    stop: When | None = Field(None, alias="to")


class QuantityFile(Settings):
    """One number asked of a run.

    Attributes:
        name: Its name: a column of results.
        measure: What is counted.
        per: What it is divided by: person-days in need, person-days inside the system, or
            different people. Without it, the sum in simulated people or person-days.
        group: Whom.
        place: Where.
        window: When.
        ever: Share of different people to whom it happened at least once in the window.
        question: Instead of a measure, a question of the survey.
        answer: With it, the answer whose share is asked for.
        day: And the day on which people are asked; by default the last.
        daily: Whether the value of every day is kept as well.
    """

    name: Name
    measure: Annotated[
        str, AfterValidator(one_of(MEASURED, "a measure")), _choice_schema(MEASURED)
    ] = ""
    per: Annotated[
        str, AfterValidator(one_of(PER, "something to divide by")), _choice_schema(PER)
    ] = ""
    group: GroupFile = GroupFile()
    place: PlaceFile = PlaceFile()
    window: WindowFile = WindowFile()
    ever: Switch = False
    question: Annotated[
        str,
        AfterValidator(one_of([q.id for q in QUESTIONS], "a question of the survey")),
        _choice_schema([q.id for q in QUESTIONS]),
    ] = ""
    answer: Text = ""
    day: When | None = None
    daily: Switch = False


_PARTS: dict[str, type[BaseModel]] = {
    "group": GroupFile, "place": PlaceFile, "window": WindowFile,
}  # fmt: skip


def known_settings(path: tuple[str | int, ...], whole: type[BaseModel] = QuantityFile) -> list[str]:
    """Names of the settings that may stand at a path inside a quantity."""
    model = _PARTS.get(str(path[0]), whole) if path else whole
    return [about.alias or name for name, about in model.model_fields.items()]
