"""How much one session may ask of a machine that others use too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.limits import refusal
from sim.said import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.plan import Plan

__all__ = ["BOUNDS", "USUAL", "Bounds", "Size"]


@dataclass(frozen=True)
class Size:
    """What a comparison is asked to live.

    Attributes:
        migrants: Simulated migrants of each run.
        days: Days of each run, without the burn-in.
        replicates: Paired replicates.
    """

    migrants: int = 5000
    days: int = 365
    replicates: int = 10


@dataclass(frozen=True)
class Bounds:
    """The most that may be asked for in a page; the command line knows no such bounds.

    Attributes:
        migrants: Simulated migrants of a run.
        days: Days of a run.
        replicates: Paired replicates.
        scenarios: Scenarios side by side.
        migrant_days: Migrants times days, burn-in included, of all runs together.
        decomposed: The same with a decomposition, which lives many times the runs.
        text: Letters of a scenario.
        kept: Scenarios kept in a session.
    """

    migrants: int = 100_000
    days: int = 1_095
    replicates: int = 100
    scenarios: int = 7
    migrant_days: int = 4_000_000_000
    decomposed: int = 20_000_000_000
    text: int = 60_000
    kept: int = 20

    def check(self, size: Size, plans: Sequence[Plan], *, times: int = 1) -> None:
        """Refuse what is too much.

        Args:
            size: What is asked for.
            plans: The scenarios, the baseline first.
            times: How many times as many runs a decomposition makes of it; 1: there is none.

        Raises:
            InputProblem: In one sentence, with what would be possible.
        """
        _within(Said("migrants"), size.migrants, 100, self.migrants)
        _within(Said("days"), size.days, 1, self.days)
        _within(Said("replicates"), size.replicates, 2, self.replicates)
        if len(plans) > self.scenarios:
            message = Said("scenarios are more than can be shown side by side")
            advice = Said("choose {most} or fewer", most=self.scenarios)
            raise refusal(Said("scenarios"), len(plans), message, advice)
        lived = sum(plan.burn_in + size.days for plan in plans) * size.migrants * times
        most = self.decomposed if times > 1 else self.migrant_days
        if lived * size.replicates > most:
            fits = max(0, most // lived)
            advice = Said("lower migrants or days, or compare fewer scenarios")
            if fits >= 2:
                advice = Said("{n} replicates would fit; or lower migrants or days", n=fits)
            message = Said(
                "replicates of {scenarios} scenarios with {migrants:,} migrants are more than one "
                "session may ask of this page; the command line has no such bound",
                scenarios=len(plans), migrants=size.migrants,
            )  # fmt: skip
            raise refusal(Said("replicates"), size.replicates, message, advice)


def _within(field: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        message = Said("is too small") if value < least else Said("is more than this page lives")
        advice = Said("give a whole number from {least:,} to {most:,}", least=least, most=most)
        raise refusal(field, value, message, advice)


USUAL = Size()
"""What a comparison is asked to live at first."""
BOUNDS = Bounds()
"""What a page of this process allows."""
