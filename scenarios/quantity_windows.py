"""Whether the days that a quantity is about lie within the run."""

from __future__ import annotations

from scenarios.asking import Asking
from scenarios.positions import Node
from scenarios.quantity_schema import QuantityFile, WindowFile
from sim.interventions import Intervention
from sim.problems import Problem, nearest, quoted

__all__ = ["MOMENTS", "check_day", "check_window", "moment_of"]

MOMENTS = ("start", "end", "announced")


def moment_of(item: Intervention, moment: str) -> int | None:
    """Day of a moment of an intervention; None where it never comes."""
    return {"start": item.start, "end": item.end, "announced": item.announced_day()}[moment]


def check_window(window: WindowFile, entry: Node, label: str, asking: Asking) -> list[Problem]:
    """What is wrong with when a quantity is asked for."""
    written = entry.mapping.get("window")
    if written is None or asking.days is None:
        return []
    label = f"{label}.window"
    if not window.after:
        return _within(window, written, label, [0], asking.days)
    days, problem = _moments(window.after, written.at(("after",)), f"{label}.after", asking)
    return [problem] if problem else _within(window, written, label, days, asking.days)


def check_day(written: QuantityFile, entry: Node, label: str, asking: Asking) -> list[Problem]:
    """What is wrong with the day of a question."""
    if written.day is None or asking.days is None or 0 <= written.day < asking.days:
        return []
    return [entry.at(("day",)).place.problem(
        f"day {written.day} lies after the run of {asking.days} days", field=f"{label}.day",
        value=str(entry.at(("day",)).value),
        suggestion=f"name day {asking.days - 1} at the latest")]


def _moments(
    after: str, node: Node, label: str, asking: Asking
) -> tuple[list[int], Problem | None]:
    """Days on which a moment can fall, or what is wrong with it."""
    name, _, moment = after.rpartition(".")

    def wrong(message: str, suggestion: str) -> tuple[list[int], Problem]:
        return [], node.place.problem(message, field=label, value=after, suggestion=suggestion)

    if name not in asking.interventions:
        ids = list(asking.interventions)
        if not ids:
            return wrong(f"the scenario has no intervention {quoted(name or after)}",
                         "remove after: the scenario has no interventions at all")
        guess = nearest(name or after, ids)
        end = moment if name and moment in MOMENTS else MOMENTS[0]
        return wrong(f"the scenario has no intervention {quoted(name or after)}",
                     f"did you mean {guess}.{end}?" if guess else f"choose among {', '.join(ids)}")
    if moment not in MOMENTS:
        return wrong(f"{quoted(moment)} is not a moment of an intervention",
                     f"did you mean {name}.{nearest(moment, MOMENTS) or MOMENTS[0]}?")
    days = [moment_of(item, moment) for item in asking.interventions[name]]
    if None in days:
        levers = " in every combination of its levers" if len(days) > 1 else ""
        what = "has no end" if moment == "end" else "is not announced"
        return wrong(f"{quoted(name)} {what}{levers}", f"count from {name}.start")
    return sorted({day for day in days if day is not None}), None


def _within(
    window: WindowFile, written: Node, label: str, moments: list[int], days: int
) -> list[Problem]:
    """What is wrong with a window, counted from one or several days."""
    for base in moments:
        first, past = base + window.start, days if window.stop is None else base + window.stop
        since = f" ({window.after} is day {base})" if window.after else ""
        if not 0 <= first < days:
            when = "before the first day" if first < 0 else f"after the run of {days} days"
            return [_fault(written, "from", f"the window begins on day {first}{since}, {when}",
                           "change from", label)]
        if past > days:
            return [_fault(written, "to", f"the window ends with day {past - 1}{since}, after the "
                           f"run of {days} days",
                           f"write to: {days - base} days, or leave to out", label)]
        if past <= first:
            return [_fault(written, "to", f"the window is empty: it begins on day {first} and is "
                           f"over on day {past}{since}", "`to` is the day after the last", label)]
    return []


def _fault(written: Node, name: str, message: str, suggestion: str, label: str) -> Problem:
    node = written.at((name,))
    value = "" if isinstance(node.value, dict | list) else str(node.value)
    return node.place.problem(message, field=f"{label}.{name}", value=value, suggestion=suggestion)
