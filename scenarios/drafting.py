"""A new scenario file with comments, for people to go on with."""

from __future__ import annotations

import inspect
import io
import textwrap
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin

from ruamel.yaml import YAML

from scenarios.editor import notes_of
from sim.interventions import KINDS, Intervention, unit_of

__all__ = ["Draft", "kind_words"]

WIDTH = 98
FILL_IN = "fill_in"
_HOW = {
    "moment": "a day of the run, such as 90 days, or a date if there is a start_date",
    "days": "such as 30 days", "share": "such as 15 %", "switch": "yes or no",
    "country": "countries as codes of three letters, such as [NER, DZA]",
}  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """What is known of a scenario that is to be written.

    Attributes:
        name: Name, ASCII snake case.
        base: Scenario that it extends.
        title: Title in plain words.
        question: The question it asks.
        kind: Kind of intervention; None: one is shown in comments.
        scope: Where it acts: kind of thing to name.
        start: First day.
        end: First day on which it is over; None: it lasts.
        country: Country of the place, for settings that need one.
    """

    name: str
    base: str
    title: str = ""
    question: str = ""
    kind: str | None = None
    scope: dict[str, str] = field(default_factory=dict)
    start: int = 90
    end: int | None = None
    country: str | None = None

    def text(self) -> str:
        """The file."""
        title = self.title or self.name.replace("_", " ").capitalize()
        question = self.question or "Who then stops asking for help, where, and for how long?"
        about = f"{title.rstrip('.')}. {question}"
        head = [
            *_comment(about), f"name: {self.name}", f"title: {_quoted(title)}",
            f"question: {_quoted(question)}",
            f"extends: {self.base}   # all that is not said here is as there",
            "# days: 365             # length of the run",
            "# population:           # real people, and how many are simulated",
            "#   {people: 200000, migrants: 20000}",
        ]  # fmt: skip
        return "\n".join([*head, *self._interventions(), ""])

    def _interventions(self) -> list[str]:
        if self.kind is None:
            example = Draft(self.name, self.base, kind="outreach", scope={"all": "yes"})
            return [
                "# What happens to the world; remove the # in front of an example and change it:",
                *(f"# {line}" for line in example._interventions()),
            ]
        cls = KINDS[self.kind]
        about = inspect.cleandoc(cls.__doc__ or "").partition("\n")[0]
        entry = [
            *_comment(about), f"- id: {self.kind}",
            "  kind: " + self.kind,
            f"  start: {self.start} days          # {_HOW['moment']}",
            f"  end: {self.end} days            # it is over on this day" if self.end is not None
            else "  # end: 180 days        # without an end it lasts",
            f"  scope: {self._scope()}",
            *self._own(cls),
        ]  # fmt: skip
        return ["interventions:", *(f"  {line}" for line in entry)]

    def _scope(self) -> str:
        if not self.scope or "all" in self.scope:
            return "all                # everywhere"
        return "{" + ", ".join(f"{kind}: {name}" for kind, name in self.scope.items()) + "}"

    def _own(self, cls: type[Intervention]) -> list[str]:
        """The settings that only this kind has, each with what it means."""
        notes = notes_of(cls)
        lines: list[str] = []
        for name, about in cls.model_fields.items():
            if name in Intervention.model_fields:
                continue
            how = _HOW.get(unit_of(cls, name), _choices(about.annotation))
            note = f"{notes.get(name, '')} {'Write ' + how + '.' if how else ''}".strip()
            lines += [f"  {line}" for line in _comment(note)]
            if about.is_required():
                lines.append(f"  {name}: {self._value(cls, name)}")
            else:
                lines.append(f"  # {name}: {_shown(about.default, unit_of(cls, name))}")
        return lines

    def _value(self, cls: type[Intervention], name: str) -> str:
        """A value for a setting that must be given."""
        if unit_of(cls, name) == "country":
            return f"[{self.country or FILL_IN}]"
        words = _words(cls.model_fields[name].annotation)
        return words[0] if words else FILL_IN


def kind_words() -> dict[str, str]:
    """Every kind of intervention with one line of what it is."""
    return {
        name: inspect.cleandoc(cls.__doc__ or "").partition("\n")[0].rstrip(".")
        for name, cls in KINDS.items()
    }


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, WIDTH - 8)]


def _quoted(text: str) -> str:
    """Text as YAML, in quotes where it needs them."""
    writer = YAML()
    writer.width = 4096
    target = io.StringIO()
    writer.dump({"t": text}, target)
    return target.getvalue().removeprefix("t: ").rstrip("\n")


def _words(annotation: Any) -> tuple[str, ...]:
    found = get_args(annotation) if get_origin(annotation) is Literal else ()
    return tuple(str(word) for word in found)


def _choices(annotation: Any) -> str:
    words = _words(annotation)
    return f"one of {', '.join(words)}" if words else ""


def _shown(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if unit == "share" and isinstance(value, int | float):
        return f"{100 * value:g} %"
    if unit == "days" and isinstance(value, int | float):
        return f"{value:g} days"
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return "" if value is None else f"{value}"
