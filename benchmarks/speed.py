"""Agent-steps per second on one core: the whole model beside minimal Mesa models.

An agent-step is one day of one living migrant inside the system (in Mesa: one agent and step). The
models are timed in turn, so that a busy moment of the machine hits all of them, and ratios are
taken turn by turn.
"""

from __future__ import annotations

from typing import Any

from benchmarks.crowd import SCENARIO, Crowds, live
from benchmarks.minimal_mesa import BareLoop, MinimalModel, OwnCells
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from benchmarks.tables import millions, times
from benchmarks.timing import Timed, in_turn, ratio

__all__ = ["PART", "WHOLE", "YARDSTICKS", "measure", "tables"]

WHOLE = "Whole model"
YARDSTICKS: dict[str, type[MinimalModel]] = {
    "Minimal Mesa model": MinimalModel,
    "The same with cells of its own": OwnCells,
    "Bare loop, below Mesa's interface": BareLoop,
}
SETTLING = 10
"""Steps before Mesa models are timed: at first the agents of a cell lie side by side in memory."""


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:
    """Time the whole model and the Mesa models at equal sizes."""
    return {"sizes": [_beside_each_other(n, scale, crowds, say) for n in scale.beside_mesa]}


def _beside_each_other(agents: int, scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:
    say(f"{agents:,} agents, whole model and Mesa models")
    model = crowds.copy(agents)
    whole = Timed(WHOLE, lambda: live(model, scale.days))
    timed = [whole, *(_yardstick(name, agents, scale.days) for name in YARDSTICKS)]
    in_turn(timed, scale.repeats)
    models = [{**each.to_dict(), "whole_model_over_it": ratio(each, whole)} for each in timed]
    return {"agents": agents, "models": models}


def _yardstick(name: str, agents: int, days: int) -> Timed:
    from scenarios import load

    graph = load(SCENARIO).plan().network.graph.to_undirected()
    model = YARDSTICKS[name](agents, graph)
    for _ in range(SETTLING):
        model.step()

    def work() -> int:
        for _ in range(days):
            model.step()
        return agents * days

    return Timed(name, work)


def tables(found: Found) -> Tables:
    """Agent-steps per second by model and size, and how the whole model compares."""
    sizes = found["sizes"]
    head = ["Model"]
    for size in sizes:
        head += [f"{size['agents']:,} agents", "whole model over it"]
    rows = []
    for number, name in enumerate((WHOLE, *YARDSTICKS)):
        cells = [name]
        for size in sizes:
            one = size["models"][number]
            over_it = times(one["whole_model_over_it"]) if number else ""
            cells += [millions(one["median_s"]), over_it]
        rows.append(cells)
    return {"speed": ("Agent-steps per second on one core", (head, rows))}


PART = Part("speed", "agent-steps per second beside minimal Mesa models", measure, tables)
