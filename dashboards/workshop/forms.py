"""The form of a scenario: plain data for the browser, and its changes put into the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dashboards.languages import Language, mark
from dashboards.meanings import about
from dashboards.report.vocabulary import KINDS as KIND_WORDS
from dashboards.report.vocabulary import word
from dashboards.workshop import editing
from dashboards.workshop.fields import (
    Field,
    Option,
    fields_of,
    options_of,
    scope_fields,
    shown,
    written,
)
from dashboards.workshop.labels import LABELS, choice_of, label_of, meaning_of
from dashboards.workshop.reading import read
from scenarios.loader import load
from sim.codes import STATUSES
from sim.interventions import KINDS

if TYPE_CHECKING:
    from dashboards.workshop.reading import Entry, Reading
    from sim.network import RouteNetwork

__all__ = ["applied", "first_entry", "form_of", "kinds", "network_of"]

NEWS_ON_A_DAY = "day"
"""Stands in a form for news on a day of its own."""
_EMPTY = {"end": mark("it lasts"), "every": mark("every day"), "capacity": mark("as there")}
"""What holds where nothing is given."""
_FIRST_DAY = 90


def kinds(language: Language) -> list[Option]:
    """Every kind of intervention that can be added, by what it is called."""
    found = [Option(kind, word(language, KIND_WORDS, kind).capitalize()) for kind in KINDS]
    return sorted(found, key=lambda option: option.name)


def form_of(reading: Reading, route: RouteNetwork, language: Language) -> list[dict[str, Any]]:
    """The sections of a form: what the scenario is, then each intervention.

    Args:
        reading: The scenario as it is written.
        route: The network whose names can be chosen.
        language: The language of labels, choices, and what fields mean.
    """
    sections = [_settings(reading, language)]
    opened = _opened(reading)
    stories = [e.id for e in reading.entries if _tells(e)]
    days = _days(reading)
    acts = (_section(e, route, opened, stories, days, language) for e in reading.entries)
    return [*sections, *acts]


def applied(reading: Reading, path: str, value: Any) -> str:
    """The text of a scenario after a change in its form.

    Args:
        reading: The scenario as it is written.
        path: Which field, as `form_of` names it.
        value: What the form says now; None: nothing.
    """
    part, *rest = path.split("/")
    if part == "set":
        plain = int(value) if rest == ["days"] and value is not None else value
        return editing.set_setting(reading.text, tuple(rest), _or_nothing(plain))
    if part == "drop":
        return editing.remove(reading.text, rest[0])
    entry = next(each for each in reading.entries if each.id == rest[0])
    if rest[1] == "scope":
        return _scoped(reading.text, entry, rest[2], value)
    if rest[1] in ("announced", "announced_days"):
        given = _news(value, on_day=rest[1] == "announced_days")
        return editing.set_field(reading.text, entry.id, ("announced",), given)
    field = next(each for each in fields_of(entry.kind) if each.name == rest[1])
    if isinstance(value, list) and field.control != "choices":
        value = value[0] if value else None
    given = editing.NOTHING if value in (None, "", []) else written(field, _number(field, value))
    return editing.set_field(reading.text, entry.id, (field.name,), given)


def first_entry(kind: str, reading: Reading, route: RouteNetwork) -> dict[str, Any]:
    """An intervention to begin with: what must be given has a first value."""
    taken = [each.id for each in reading.entries]
    point = str(route.points["id"].iloc[0]) if len(route.points) else ""
    node = str(route.points["node"].iloc[0]) if point else str(route.nodes["id"].iloc[0])
    scope: Any = "all" if "all" in scope_fields(kind) else {"node": node}
    start = min(_FIRST_DAY, _days(reading) // 4)
    entry: dict[str, Any] = {
        "id": editing.free_id(kind, taken), "kind": kind, "start": f"{start} days", "scope": scope,
    }  # fmt: skip
    stories = [each.id for each in reading.entries if _tells(each)]
    for field in fields_of(kind):
        if field.required:
            names = [option.value for option in options_of(field, route)] or stories or [node]
            entry[field.name] = [names[0]] if field.control == "choices" else names[0]
    # Some kinds say nothing until they say whom they concern.
    narrower = {**entry, "scope": {"status": STATUSES[-2]}}
    possible = (each for each in (entry, narrower)
                if not read(editing.add(reading.text, each)).errors)  # fmt: skip
    return next(possible, entry)


def _settings(reading: Reading, t: Language) -> dict[str, Any]:
    whole = reading.whole
    title = reading.scenario.title if reading.scenario else whole.get("title", "")
    return {
        "id": "set", "title": t.text("Title and question"), "folds": True, "open": False,
        "fields": [
            {"id": "set/title", "type": "text", "label": t.text("Title"), "value": title},
            {"id": "set/question", "type": "text", "label": t.text("The question it asks"),
             "value": whole.get("question", "")},
        ],
    }  # fmt: skip


def _section(
    entry: Entry, route: RouteNetwork, opened: Sequence[str], stories: Sequence[str], days: int,
    t: Language,
) -> dict[str, Any]:  # fmt: skip
    section: dict[str, Any] = {
        "id": f"act/{entry.id}", "entry": entry.id, "own": entry.own, "kind": entry.kind,
        "title": word(t, KIND_WORDS, entry.kind).capitalize() if entry.kind else entry.id,
    }  # fmt: skip
    if entry.kind not in KINDS or "id" not in entry.given:
        note = t.text("Mend it in the text beside: its id or its kind is missing or not known.")
        return {**section, "fields": [], "more": [], "scope": [], "note": note, "about": []}
    made = [_field(entry, field, route, opened, stories, days, t)
            for field in fields_of(entry.kind)]  # fmt: skip
    front = [f for field, each in zip(fields_of(entry.kind), made, strict=True)
             if field.own or field.name in ("start", "end", "strength") for f in each]  # fmt: skip
    more = [f for each in made for f in each if f not in front]
    return {**section, "fields": front, "more": more, "scope": _scope(entry, route, opened, t),
            "note": "", "about": [meaning_of(each, t) for each in about(entry.kind)]}  # fmt: skip


def _field(
    entry: Entry, field: Field, route: RouteNetwork, opened: Sequence[str],
    stories: Sequence[str], days: int, t: Language,
) -> list[dict[str, Any]]:  # fmt: skip
    value = shown(field, entry.given.get(field.name))
    label = label_of(field.name, t)
    alike = field.note.rstrip(".").lower() == LABELS.get(field.name, label).lower()
    base: dict[str, Any] = {
        "id": f"act/{entry.id}/{field.name}", "label": label,
        "note": "" if alike else meaning_of(field.note, t),
    }  # fmt: skip
    if field.control == "news":
        return _news_fields(base, value, t)
    if field.control == "share":
        number = 100 * value if isinstance(value, int | float) else None
        return [{**base, "type": "range", "value": number, "min": 0, "max": 100, "step": 1,
                 "unit": "%"}]  # fmt: skip
    if field.control == "day" and field.name == "start":
        return [{**base, "type": "range", "value": _plain(value), "min": 0, "max": days - 1,
                 "step": 1, "unit": t.text("day")}]  # fmt: skip
    if field.control in ("day", "days", "number"):
        unit = {"day": t.text("day"), "days": t.text("days"), "number": ""}[field.control]
        return [{**base, "type": "number", "value": _plain(value), "min": field.least,
                 "max": field.most, "step": "any" if field.control == "number" else 1, "unit": unit,
                 "empty": t.text(_EMPTY.get(field.name, "")) if field.default is None else "",
                 }]  # fmt: skip
    if field.control == "switch":
        return [{**base, "type": "switch", "value": bool(value)}]
    options = options_of(field, route, opened)
    if field.control == "choice" and not options:
        options = [Option(name, name) for name in stories]
    if field.control == "choices":
        named = value if isinstance(value, tuple | list) else [value]
        return [{**base, "type": "checks", "value": [str(each) for each in named],
                 "options": _options(options, named, field.name, t)}]  # fmt: skip
    if options:
        return [{**base, "type": "select", "value": value,
                 "options": _options(options, [value], field.name, t)}]
    return [{**base, "type": "text", "value": "" if value is None else str(value)}]


def _news_fields(base: dict[str, Any], value: Any, t: Language) -> list[dict[str, Any]]:
    on_day = isinstance(value, int | float)
    options = [
        Option("", t.text("as is usual for this kind")), Option("never", t.text("never")),
        Option("only", t.text("announced and never done")),
        Option(NEWS_ON_A_DAY, t.text("so many days after the start")),
    ]  # fmt: skip
    choice = {**base, "type": "select", "value": NEWS_ON_A_DAY if on_day else value or "",
              "options": _options(options, [], "announced", t)}  # fmt: skip
    if not on_day:
        return [choice]
    days = {**base, "id": f"{base['id']}_days", "label": t.text("Days after the start"), "note": "",
            "type": "number", "value": value, "min": None, "max": None, "step": 1,
            "unit": t.text("days"), "empty": ""}  # fmt: skip
    return [choice, days]


def _scope(
    entry: Entry, route: RouteNetwork, opened: Sequence[str], t: Language
) -> list[dict[str, Any]]:
    given = entry.given.get("scope")
    everywhere = given == "all" or (isinstance(given, dict) and given.get("all") is True)
    named = given if isinstance(given, dict) else {}
    fields: list[dict[str, Any]] = []
    help_of_all = t.text("Of each list, one of those ticked; a list without a tick does not count.")
    for thing in scope_fields(entry.kind):
        base = {"id": f"act/{entry.id}/scope/{thing}", "label": label_of(f"scope_{thing}", t),
                "note": "" if fields or thing == "all" else help_of_all}  # fmt: skip
        if thing == "all":
            fields.append({**base, "type": "switch", "value": everywhere})
            continue
        value = named.get(thing, [])
        chosen = [str(each) for each in (value if isinstance(value, list) else [value])]
        options = _options(options_of(thing, route, opened), chosen, thing, t)
        fields.append({**base, "type": "checks", "value": chosen, "options": options})
    return fields


def _scoped(text: str, entry: Entry, thing: str, value: Any) -> str:
    if thing == "all":
        return editing.set_field(text, entry.id, ("scope",), "all" if value else {})
    names = value[0] if isinstance(value, list) and len(value) == 1 else value
    return editing.set_field(text, entry.id, ("scope", thing), _or_nothing(names))


def _news(value: Any, *, on_day: bool) -> Any:
    if on_day:
        return f"{int(value)} days" if value is not None else editing.NOTHING
    return {"": editing.NOTHING, NEWS_ON_A_DAY: "0 days"}.get(value, value)


def _or_nothing(value: Any) -> Any:
    return editing.NOTHING if value in (None, "", []) else value


def _number(field: Field, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    number = value / 100 if field.control == "share" else value
    if field.control in ("day", "days"):
        return int(number)
    return number


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float) else None


def _options(
    options: Sequence[Option], chosen: Any, name: str, t: Language
) -> list[dict[str, str]]:
    """Options as plain data, with what is chosen and not among them, so that it can be seen."""
    found = [{"value": each.value, "name": choice_of(name, each.value, each.name, t)}
             for each in options]  # fmt: skip
    known = {each.value for each in options}
    more = [str(each) for each in chosen if each not in (None, "") and str(each) not in known]
    return [*found, *({"value": each, "name": each} for each in more)]


def _opened(reading: Reading) -> list[str]:
    if reading.scenario is None:
        return []
    return [new.id for act in reading.scenario.interventions for new in act.new_points()]


def _tells(entry: Entry) -> bool:
    cls = KINDS.get(entry.kind)
    if cls is None:
        return False
    if entry.kind == "rumour":
        return True
    said = entry.given.get("announced")
    if cls.only_words or said == "never":
        return False
    return said is not None or cls.usual_announcement is not None


def _days(reading: Reading) -> int:
    return reading.scenario.days if reading.scenario else 365


def network_of(route: str) -> RouteNetwork:
    """The network of a route of the library."""
    from dashboards.workshop.shelf import baseline_of

    return load(baseline_of(route)).route
