"""A scenario in sentences: what the world is, what happens to it, when, where and to whom."""

from __future__ import annotations

import datetime as dt
import inspect
from typing import TYPE_CHECKING, Any

from scenarios.naming import Names
from sim.codes import EXCHANGES
from sim.interventions import Intervention, unit_of
from sim.parameters import REGISTRY

if TYPE_CHECKING:
    from scenarios.scenario import Scenario

__all__ = ["Told", "day_words", "tell"]


class Told:
    """A scenario in words.

    Attributes:
        about: Who and where it is about, in sentences.
        happenings: What happens, in order of time: id of each intervention and its sentences.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.about = [_people(scenario), _mix(scenario), *_settings(scenario)]
        names = Names(scenario.route)
        self.happenings = [
            (item.id, _happening(item, names, scenario))
            for item in sorted(scenario.interventions, key=lambda item: item.start)
        ]


def tell(scenario: Scenario) -> Told:
    """A scenario in words."""
    return Told(scenario)


def day_words(day: int, scenario: Scenario) -> str:
    """A day of the run, with its date where there is one."""
    if scenario.start_date is None:
        return f"day {day}"
    return f"day {day} ({_date(scenario.start_date + dt.timedelta(days=day))})"


def _date(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"


def _people(scenario: Scenario) -> str:
    route = scenario.route
    begin = f", beginning on {_date(scenario.start_date)}" if scenario.start_date else ""
    return (
        f"{scenario.migrants:,} simulated migrants stand for {scenario.people:,.0f} people over "
        f"{scenario.days} days{begin}, on the route {scenario.network}: {len(route.nodes)} places "
        f"in {len(route.countries)} countries, with {len(route.points)} service points."
    )


def _mix(scenario: Scenario) -> str:
    mix = ", ".join(
        f"{_percent(share)} {status.replace('_', ' ')}" for status, share in scenario.status.items()
    )
    when = "a list of arrivals says when" if scenario.arrivals else "evenly over the days"
    rest = "" if scenario.present_at_start >= 1 else f"; the others set out later, {when}"
    return (
        f"At departure they are {mix}; {_percent(scenario.present_at_start)} are on their way on "
        f"day 0{rest}."
    )


def _settings(scenario: Scenario) -> list[str]:
    said = []
    if scenario.zero_exposure:
        who = ", ".join(status.replace("_", " ") for status in scenario.zero_exposure)
        said.append(f"These have nothing to fear: {who}.")
    if scenario.opinion_exchange != EXCHANGES[0]:
        said.append("When people meet they exchange beliefs as in Routes and Rumours, another "
                    "model, and do not tell what happened to them.")
    if scenario.parameters:
        changed = ", ".join(
            f"{name} is {value:g} instead of {REGISTRY[name].default:g}"
            for name, value in scenario.parameters.items()
        )
        said.append(f"Parameters changed: {changed}.")
    return said


def _happening(item: Intervention, names: Names, scenario: Scenario) -> str:
    """Everything about one intervention, in sentences."""
    first = inspect.cleandoc(type(item).__doc__ or "").partition("\n")[0].rstrip(".")
    if item.is_real:
        head = f"{_when(item, scenario)}, {names.where(item.scope)}: {first}."
    else:
        head = f"On {day_words(item.start, scenario)}, {names.where(item.scope)}, it is announced "
        head += f"and not done: {first}."
    return " ".join([head, *_manner(item), *_news(item, scenario), *_own(item, names)])


def _when(item: Intervention, scenario: Scenario) -> str:
    start = day_words(item.start, scenario)
    if item.end is None:
        return f"From {start} on"
    if item.end == item.start + 1:
        return f"On {start}"
    return f"From {start} to {day_words(item.end - 1, scenario)}"


def _manner(item: Intervention) -> list[str]:
    said = []
    if item.every:
        said.append(f"It acts on one day in {item.every}.")
    if item.ramp:
        said.append(f"It is in full force after {item.ramp} days.")
    if item.compliance < 1:
        said.append(f"{_percent(item.compliance)} keep to it.")
    if item.strength < 1:
        said.append(f"It happens to {_percent(item.strength)} of its full strength.")
    return said


def _news(item: Intervention, scenario: Scenario) -> list[str]:
    day = item.announced_day()
    if day is not None and item.is_real:
        return [f"It becomes news on {day_words(day, scenario)}."]
    return ["Nobody is told of it."] if item.announced == "never" else []


def _own(item: Intervention, names: Names) -> list[str]:
    """Settings that only this kind has."""
    own = [name for name in type(item).model_fields if name not in Intervention.model_fields]
    return [
        f"{name.replace('_', ' ').capitalize()}: {_value(value, unit_of(type(item), name), names)}."
        for name in own if (value := getattr(item, name)) is not None
    ]


def _value(value: Any, unit: str, names: Names) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return names.of("country" if unit == "country" else "word", value, most=8)
    if unit == "share":
        return _percent(value)
    if unit == "days":
        return f"{value:g} days"
    return f"{value:g}" if isinstance(value, int | float) else str(value).replace("_", " ")


def _percent(share: float) -> str:
    return f"{100 * share:.4g} %"
