"""What every part of the behaviour page has in common."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from experiments.pages import Rows
from experiments.pairing import Counter, available_cores, replicate

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from experiments.behaviour.shape import Shape
    from experiments.facts.fact import Verdict
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["Made", "Part", "Report", "Size", "live", "model_of", "plan_of", "side_by_side"]

Report = Callable[[int, int | None], None]
"""Called with simulated days done and in all."""
T = TypeVar("T")


@dataclass(frozen=True)
class Size:
    """How much is simulated.

    Attributes:
        migrants: Simulated migrants of a run (one number for each size that is compared).
        days: Days of a run.
        replicates: Runs of each kind, by number of migrants where several are compared.
        threads: Runs side by side; None: one per processor core.
    """

    migrants: tuple[int, ...]
    days: int
    replicates: tuple[int, ...]
    threads: int | None = None


class Made(NamedTuple):
    """What a part gives.

    Attributes:
        figure: The picture.
        words: What it shows, in a sentence.
        numbers: The numbers behind it, as plain data.
        table: The most telling of them, as they stand in `docs/behaviour.md`.
        verdicts: Of a figure of shape: whether each thing goes the way the evidence says.
    """

    figure: Figure
    words: str
    numbers: dict[str, Any]
    table: Rows
    verdicts: tuple[Verdict, ...] = ()


class Part(NamedTuple):
    """One figure of `docs/behaviour.md`, or of the shapes in `docs/validation.md`.

    Attributes:
        name: Name of the figure.
        usual: How much is simulated.
        small: The same for a try.
        make: Makes it.
        shape: What the evidence says of it, if it is a figure of shape.
    """

    name: str
    usual: Size
    small: Size
    make: Callable[[Size, Report | None], Made]
    shape: Shape | None = None


def plan_of(scenario: str) -> Plan:
    """Plan of a library scenario, without its standing surveys."""
    from scenarios import load

    return dataclasses.replace(load(scenario).plan(), survey_days=())


def model_of(plan: Plan, size: Size, number: int, migrants: int | None = None) -> TrustModel:
    """The model of one replicate, not yet lived."""
    from sim.model import TrustModel

    return TrustModel(plan, migrants=migrants or size.migrants[0], days=size.days, replicate=number)


def live(
    model: TrustModel, tick: Callable[[], None], every: int, look: Callable[[TrustModel, int], T]
) -> list[T]:
    """Live a whole run and look at it on day 0 and every so many days.

    Args:
        model: The run, not yet lived.
        tick: Called after each day.
        every: Days between looks.
        look: Called with the model, at the end of a day, and the day.

    Returns:
        What `look` gave.
    """
    seen: list[T] = []
    while model.running:
        day = model.day
        model.step()
        tick()
        if day >= 0 and day % every == 0:
            seen.append(look(model, day))
    return seen


def side_by_side(
    simulate: Callable[[int, int, Callable[[], None]], T],
    kinds: int,
    replicates: int,
    *,
    days: int,
    threads: int | None,
    report: Report | None,
) -> list[tuple[T, ...]]:
    """Make runs in threads; one tuple per replicate, holding one result per kind of run.

    Args:
        simulate: Makes one run from the number of its kind, that of its replicate and what to
            call after each day.
        kinds: Kinds of run.
        replicates: Runs of each kind.
        days: Simulated days of all runs together, burn-in included.
        threads: Runs side by side; None: one per processor core.
        report: Told about progress.
    """
    counter = Counter(report, days)
    counter.begin()
    return replicate(
        lambda kind, number: simulate(kind, number, counter.tick),
        kinds,
        replicates,
        threads=threads or available_cores(),
        counter=counter,
    )
