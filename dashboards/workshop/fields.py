"""The fields of a form, made from the registry of interventions and never listed by hand."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from scenarios.editor import notes_of
from scenarios.known import Known
from sim.interventions import KINDS, Intervention, Scope, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.network import RouteNetwork

__all__ = ["Control", "Field", "Option", "fields_of", "options_of", "scope_fields", "shown",
           "written"]  # fmt: skip

Control = Literal["share", "day", "days", "number", "switch", "choice", "choices", "word", "news"]
"""How a field is shown: a slider, a number with its unit, a switch, one of a list, several."""

_CONTROLS: dict[str, Control] = {
    "share": "share", "moment": "day", "days": "days", "switch": "switch", "count": "number",
    "multiplier": "number", "announcement": "news",
}  # fmt: skip
_NAMED = ("country", "service_point", "status", "partner", "referral")
_LEFT_OUT = ("id", "kind", "scope")


@dataclass(frozen=True)
class Field:
    """One setting of a kind of intervention.

    Attributes:
        name: Its name in a scenario.
        control: How it is shown.
        unit: Its unit in the registry.
        note: What it means.
        required: Whether it must be given.
        default: What holds where nothing is given.
        words: Words to choose among; none where they come from the network or are free.
        least: The smallest value.
        most: The largest value.
        own: Whether only this kind has it.
    """

    name: str
    control: Control
    unit: str
    note: str
    required: bool
    default: Any
    words: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    own: bool = True


@dataclass(frozen=True)
class Option:
    """Something to choose.

    Attributes:
        value: What stands in the scenario.
        name: What people call it.
    """

    value: str
    name: str


@functools.cache
def fields_of(kind: str) -> tuple[Field, ...]:
    """The settings of a kind: its own first, then those that all kinds have.

    Fields that the kind would refuse, such as news of what is only words, are left out.
    """
    cls = KINDS[kind]
    schema, notes = cls.model_json_schema()["properties"], notes_of(cls)
    common = Intervention.model_fields
    order = [*(n for n in cls.model_fields if n not in common), *common]
    silent = cls.only_words or cls.only_deeds
    return tuple(
        _field(cls, name, schema[name], notes.get(name, ""))
        for name in order
        if name not in _LEFT_OUT and not (name == "announced" and silent)
    )


def scope_fields(kind: str) -> tuple[str, ...]:
    """What a scope of this kind may name."""
    return tuple(name for name in Scope.model_fields if name in KINDS[kind].acts_on)


def options_of(
    field: Field | str, network: RouteNetwork, opened: Sequence[str] = ()
) -> list[Option]:
    """What can be chosen in a field, or in a part of a scope.

    Args:
        field: The field, or the kind of thing that a scope names.
        network: The network of the scenario.
        opened: Service points that interventions of the scenario open.
    """
    if isinstance(field, Field) and field.words:
        return [Option(word, word.replace("_", " ")) for word in field.words]
    thing = field.unit if isinstance(field, Field) else field
    known = Known(network)
    points = opened if thing in ("service_point", "referral") else ()
    names = [*known.names.get(thing, []), *points]
    titles = {meant: word for word, meant in known.aliases.get(thing, {}).items()}
    if thing == "partner":
        titles = {meant: word for word, meant in known.aliases["organisation"].items()}
    if thing == "leg":
        places = {meant: word for word, meant in known.aliases["node"].items()}
        titles = {leg: " → ".join(places.get(end, end) for end in leg.split(">")) for leg in names}
    return [Option(name, titles.get(name, name.replace("_", " "))) for name in names]


def written(field: Field, value: Any) -> Any:
    """A value as it is written into a scenario: `15 %`, `90 days`, `yes`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.control == "share" and isinstance(value, int | float):
        return f"{round(100 * value, 6):g} %"
    if field.control in ("day", "days", "news") and isinstance(value, int | float):
        return f"{value:g} days"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return list(value) if isinstance(value, tuple) else value


def shown(field: Field, given: Any) -> Any:
    """What a form shows for what stands in a scenario; what cannot be understood as it stands."""
    from scenarios import units

    if given is None:
        return field.default
    try:
        value = units.parse(given, field.unit)
    except units.UnitError:
        return given
    if field.control == "switch":
        return bool(value)
    if field.control == "choices":
        return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)
    return value


def _field(cls: type[Intervention], name: str, schema: dict[str, Any], note: str) -> Field:
    info, unit = cls.model_fields[name], unit_of(cls, name)
    plain = next(
        (each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"), schema
    )
    many = plain.get("type") == "array"
    words = tuple(map(str, plain.get("enum", ())))
    if many and unit == "word" and isinstance(info.default, tuple):
        words = tuple(map(str, info.default))  # the default names all there are
    control: Control = _CONTROLS.get(unit, "word")
    if many:
        control = "choices"
    elif words or unit in _NAMED or name == "answers":
        control = "choice"
    return Field(
        name=name, control=control, unit=unit, note=note, required=info.is_required(),
        default=None if info.is_required() else info.default, words=words,
        least=plain.get("minimum"), most=plain.get("maximum"),
        own=name not in Intervention.model_fields,
    )  # fmt: skip
