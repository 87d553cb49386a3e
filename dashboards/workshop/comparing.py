"""A comparison as the page asks for it: exactly what `waytrust compare` makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboards.workshop.bounds import BOUNDS, USUAL, Size
from dashboards.workshop.jobs import Job
from experiments import compare
from experiments.comparing.game import Game
from experiments.posterior import EVIDENCE

if TYPE_CHECKING:
    from experiments.comparison import Comparison
    from scenarios import Scenario

__all__ = ["Request", "seconds_for", "work_of"]

_PER_SECOND = 2.5e6
"""Migrant-days that one core lives in a second, about (docs/performance.md)."""
_FIGURES = 3.0
"""Seconds for tables and figures, about."""


@dataclass(frozen=True)
class Request:
    """What is to be compared.

    Attributes:
        scenarios: The scenarios, the baseline first.
        size: How large and how often.
        seed: Seed of every run; None: what the baseline says.
        decompose: Whether to say, too, what each channel adds.
        posterior: Where parameters come from, as `compare` takes it.
    """

    scenarios: tuple[Scenario, ...]
    size: Size = USUAL
    seed: int | None = None
    decompose: bool = False
    posterior: str = EVIDENCE

    @property
    def times(self) -> int:
        """How many times as many runs the decomposition makes of it."""
        if not self.decompose:
            return 1
        return Game.of([each.plan() for each in self.scenarios], None).everybody + 1

    def check(self) -> None:
        """Refuse what is too much for a page.

        Raises:
            InputProblem: In one sentence, with what would be possible.
        """
        plans = [each.plan() for each in self.scenarios]
        BOUNDS.check(self.size, plans, times=self.times)


def work_of(request: Request) -> Callable[[Job[Comparison]], Comparison]:
    """The work of a comparison, for `Jobs.start`.

    Raises:
        InputProblem: If it is too much for a page.
    """
    request.check()
    size = request.size

    def work(job: Job[Comparison]) -> Comparison:
        return compare(
            *request.scenarios, replicates=size.replicates, migrants=size.migrants,
            days=size.days, seed=request.seed, decompose=request.decompose,
            posterior=request.posterior, progress=job.progress, say=job.say,
        )  # fmt: skip

    return work


def seconds_for(request: Request, cores: int) -> float:
    """About how long a comparison takes on an idle machine, in seconds.

    Days that scenarios share are counted once, as they are lived.
    """
    from sim.parting import parting_day

    plans = [replace(each.plan(), days=request.size.days) for each in request.scenarios]
    base, *others = plans
    days = base.burn_in + base.days
    days += sum(plan.days - min(parting_day(base, plan), plan.days) for plan in others)
    if request.decompose:
        days *= request.times
    lived = days * request.size.migrants * request.size.replicates
    return _FIGURES + lived / _PER_SECOND / min(cores, request.size.replicates)
