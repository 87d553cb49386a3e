"""Parts of the protocol that are read from the code."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable
from itertools import groupby
from types import ModuleType
from typing import TYPE_CHECKING

from experiments.evidence import cited_by
from experiments.odd.variables import TABLES, variables
from experiments.pages import markdown_table

if TYPE_CHECKING:
    from sim.plan import Plan

__all__ = ["BLOCKS"]


def _entities() -> str:
    parts = []
    for table, title in TABLES.items():
        rows = [(f"`{each.name}`", each.kind, each.meaning) for each in variables(table)]
        parts.append(f"**{title}**\n\n{markdown_table((('Variable', 'Kind', 'Meaning'), rows))}")
    return "\n\n".join(parts)


def _words() -> str:
    from sim import codes

    rows = [
        (title, ", ".join(word.replace("_", " ") for word in words))
        for title, words in (
            ("Statuses", codes.STATUSES), ("States", codes.STATES), ("Needs", codes.NEEDS),
            ("Urgencies", codes.URGENCIES), ("Outcomes of need", codes.OUTCOMES[1:]),
            ("Channels of evidence", codes.CHANNELS), ("Kinds of event", codes.KINDS_OF_EVENT[1:]),
            ("Journey steps", codes.STEPS), ("Money", codes.MONEY),
            ("Sources of information", codes.SOURCES),
        )
    ]  # fmt: skip
    return markdown_table((("What", "Values"), rows))


def _scales() -> str:
    head = ("Route", "Real people", "Simulated", "Days", "Burn-in", "Countries", "Places", "Legs",
            "Organisations", "Service points")  # fmt: skip
    rows = []
    for name, plan in _routes():
        network = plan.network
        rows.append((
            f"`{name}`", f"{plan.people:,.0f}", f"{plan.migrants:,}", str(plan.days),
            str(plan.burn_in), str(len(network.countries)), str(len(network.nodes)),
            str(network.graph.number_of_edges()), str(len(network.organisations)),
            str(len(network.points)),
        ))  # fmt: skip
    return markdown_table((head, rows), right=9)


def _schedule() -> str:
    from sim.engine.schedule import PHASES

    rows = [
        (f"`{phase.method}`", phase.what, ", ".join(f"`{_name(rule)}`" for rule in phase.rules))
        for phase in PHASES
    ]
    return markdown_table((("Phase", "What happens", "Rules that decide it"), rows))


def _streams() -> str:
    names = sorted(_declared_streams())
    lines = []
    for group, members in groupby(names, key=lambda name: name.partition(".")[0]):
        chances = ", ".join(f"`{each.removeprefix(f'{group}.')}`" for each in members)
        lines.append(f"- {group}: {chances}")
    return "\n".join([f"{len(names)} streams:", "", *lines])


def _declared_streams() -> set[str]:
    """Names of the streams that modules of the model declare, whatever else has been loaded."""
    import sim
    from sim.randomness import STREAMS

    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(sim.__path__, f"{sim.__name__}.")
    ]
    held = {
        value for module in modules for value in vars(module).values() if isinstance(value, int)
    }
    return {name for name, value in STREAMS.items() if value in held}


def _interventions() -> str:
    from sim.interventions import KINDS

    rows = []
    for name, kind in KINDS.items():
        paragraphs = (inspect.getdoc(kind) or "").split("\n\n")
        evidence = next(part for part in paragraphs if part.startswith("Evidence: "))
        told = " ".join(evidence.removeprefix("Evidence: ").split())
        rows.append((f"`{name}`", paragraphs[0], told))
    return markdown_table((("Kind", "What it is", "Evidence"), rows))


def _observed() -> str:
    from sim.codes import MEASURES, POINT_MEASURES
    from sim.measures import OPINION_EVERY
    from sim.survey.questions import QUESTIONS

    counted = ", ".join(f"`{name}`" for name in MEASURES)
    points = ", ".join(f"`{name}`" for name in POINT_MEASURES)
    rows = [(f"`{each.id}`", each.text, ", ".join(each.answers)) for each in QUESTIONS]
    return (
        f"Each day, by place and status: {counted}. At each service point: {points}. Every "
        f"{OPINION_EVERY} days: mean opinions. On chosen days, the questionnaire:\n\n"
        f"{markdown_table((('Question', 'Words', 'Answers'), rows))}"
    )


def _initial() -> str:
    head = ("Route", "Status on setting out", "There on day 0", "People with zero exposure")
    rows = []
    for name, plan in _routes():
        shares = ", ".join(
            f"{status.replace('_', ' ')} {share:.0%}" for status, share in plan.status.items()
            if share > 0
        )  # fmt: skip
        present = f"{plan.present_at_start:.0%}"
        rows.append((f"`{name}`", shares, present, ", ".join(plan.zero_exposure) or "none"))
    return markdown_table((head, rows))


def _inputs() -> str:
    from sim.network.forms import FILES

    rows = [
        (f"`{file}`", ", ".join(f"`{each.name}`" for each in form)) for file, form in FILES.items()
    ]
    return markdown_table((("File", "Columns"), rows))


def _parameters() -> str:
    from sim.parameters import REGISTRY

    rows = []
    for group, members in groupby(REGISTRY.values(), key=lambda each: each.group):
        some = list(members)
        rows.append((
            group, str(len(some)), str(sum(bool(cited_by(each)) for each in some)),
            str(sum(each.assumed for each in some)),
        ))  # fmt: skip
    head = ("Part of the model", "Parameters", "Name evidence", "Assumed, at least in part")
    return markdown_table((head, rows), right=3)


def _submodels() -> str:
    parts = []
    for name, module in _modules():
        rows = [
            (f"`{each}({', '.join(_arguments(rule))})`", _first_line(rule))
            for each, rule in _rules(module)
        ]
        table = markdown_table((("Rule", "What it says"), rows))
        parts.append(f"**`sim/rules/{name}.py`**: {_first_line(module)}\n\n{table}")
    return "\n\n".join(parts)


def _modules() -> list[tuple[str, ModuleType]]:
    from sim import rules

    names = sorted(each.name for each in pkgutil.iter_modules(rules.__path__))
    return [(name, importlib.import_module(f"sim.rules.{name}")) for name in names]


def _rules(module: ModuleType) -> list[tuple[str, Callable[..., object]]]:
    named = ((name, getattr(module, name)) for name in module.__all__)
    return [(name, rule) for name, rule in named if callable(rule)]


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").split("\n")[0].replace("``", "`")


def _arguments(rule: Callable[..., object]) -> Iterable[str]:
    return inspect.signature(getattr(rule, "py_func", rule)).parameters


def _name(rule: Callable[..., object]) -> str:
    return str(getattr(rule, "__name__", rule))


def _routes() -> Iterable[tuple[str, Plan]]:
    from scenarios import load

    for name in ("central_mediterranean", "central_america", "horn_of_africa"):
        yield name, load(name).plan()


BLOCKS: dict[str, Callable[[], str]] = {
    "entities": _entities,
    "words": _words,
    "scales": _scales,
    "schedule": _schedule,
    "streams": _streams,
    "interventions": _interventions,
    "observed": _observed,
    "initial": _initial,
    "inputs": _inputs,
    "parameters": _parameters,
    "submodels": _submodels,
}
"""What stands between the marks of each name."""
