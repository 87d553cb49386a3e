"""What a moved slider asks, and what is known of the answer so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from dashboards.workshop.bounds import Size
from experiments.comparing.lives import Lives
from experiments.comparison import Comparison, Settings
from experiments.outcome import Layout, Outcome
from experiments.posterior import EVIDENCE, Posterior
from sim.problems import Problem

if TYPE_CHECKING:
    from scenarios import Scenario
    from sim.plan import Plan

__all__ = ["SIZE", "Answer", "Question"]

SIZE = Size(migrants=5000, days=365, replicates=8)
"""What a slider asks for."""


@dataclass(frozen=True)
class Question:
    """A pair of scenarios to be compared quickly.

    Attributes:
        base: The baseline.
        other: What is compared with it.
        size: Migrants and days, and replicates in the end.
        posterior: Where parameters come from, as `compare` takes it.
    """

    base: Scenario
    other: Scenario
    size: Size = SIZE
    posterior: str = EVIDENCE

    @cached_property
    def plans(self) -> tuple[Plan, Plan]:
        """Both as `compare` lives them."""
        size, seed = self.size, self.base.seed
        both = (each.plan() for each in (self.base, self.other))
        base, other = (
            replace(plan, migrants=size.migrants, days=size.days, seed=seed, survey_days=())
            for plan in both
        )
        return base, other

    @cached_property
    def lives(self) -> Lives:
        """Both with the parameters of each replicate."""
        return Lives(self.plans, _posterior(self.posterior))

    @cached_property
    def layout(self) -> Layout:
        """The rows of every outcome."""
        return Layout.of(self.plans[0].network)

    def comparison(self, runs: tuple[tuple[Outcome, ...], ...]) -> Comparison:
        """What `compare` makes of these runs."""
        base, other = self.plans
        name = other.name if other.name != base.name else f"{other.name}_again"
        return Comparison(
            names=(base.name, name), plans=self.plans, loaded=(self.base, self.other),
            layout=self.layout, runs=runs,
            settings=Settings(self.size.migrants, self.size.days, base.seed),
            facts={"engine": "compiled"},
        )  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What is known so far.

    Attributes:
        question: What was asked.
        runs: Whole replicates: the baseline's outcome and the other's; at first one that is not
            whole yet.
        day: Days that the first replicate has lived; None once it is whole.
        seconds: Seconds since the question was asked.
        problems: What was wrong, where nothing could be lived.
    """

    question: Question
    runs: tuple[tuple[Outcome, ...], ...] = ()
    day: int | None = None
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()

    @property
    def replicates(self) -> int:
        """Whole replicates."""
        return 0 if self.day is not None else len(self.runs)

    @property
    def final(self) -> bool:
        """Whether nothing more is to come."""
        return bool(self.problems) or self.replicates >= self.question.size.replicates

    @cached_property
    def comparison(self) -> Comparison:
        """The comparison so far; the baseline is always whole."""
        return self.question.comparison(self.runs)

    @cached_property
    def lived(self) -> Comparison:
        """The same over days that every run has lived."""
        if self.day is None:
            return self.comparison
        day = self.day
        runs = tuple(tuple(_until(each, day) for each in run) for run in self.runs)
        return self.question.comparison(runs)


@cache
def _posterior(name: str) -> Posterior | None:
    # Read once, and not again whenever a slider is moved.
    return Posterior.named(name)


def _until(outcome: Outcome, day: int) -> Outcome:
    """An outcome with nothing after a day."""
    by_day = outcome.by_day.copy()
    by_day[day:] = 0
    return replace(outcome, by_day=by_day)
