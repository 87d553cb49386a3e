"""The model of the Inspect page: Mesa's SolaraViz makes it anew from keyword arguments."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.app.inspecting.watched import Moment, WatchedEngine
from experiments.limits import refusal
from sim.model import TrustModel
from sim.said import Said

__all__ = ["FEWEST", "MOST", "InspectedModel"]

FEWEST, MOST = 50, 500
"""Migrants that the page lets one ask for; the reference engine is made to be read, not fast."""


class InspectedModel(TrustModel):
    """A scenario with a few hundred migrants of the reference engine, from day 0 on.

    The days before day 0, in which nothing of the scenario happens yet, are lived by the compiled
    engine, which leaves the same bytes.

    Args:
        scenario: Name of a scenario of the library.
        migrants: Simulated migrants, 50 to 500.
        seed: Seed of all random numbers.

    Raises:
        InputProblem: If there is no such scenario, or too many or too few migrants.
    """

    engine: WatchedEngine  # type: ignore[assignment, unused-ignore]

    def __init__(self, *, scenario: str, migrants: int = 200, seed: int = 1) -> None:
        from scenarios import load

        if not FEWEST <= migrants <= MOST:
            raise refusal(Said("migrants"), migrants, Said("is not a number that can be inspected"),
                          Said("give {least} to {most}", least=FEWEST, most=MOST))  # fmt: skip
        super().__init__(load(scenario), migrants=migrants, seed=seed)
        while self.day < 0:
            self.step()
        self.engine = WatchedEngine(self)
        self.steps = 0

    def diary(self, index: int) -> Sequence[Moment]:
        """What changed a migrant's mind since day 0, the newest first."""
        return list(reversed(self.engine.diaries[index]))

    def last_changed(self) -> int | None:
        """The migrant whose mind changed last, and most at that time; None if nobody's did."""
        latest = [(diary[-1].day, _size(diary[-1]), index)
                  for index, diary in enumerate(self.engine.diaries) if diary]  # fmt: skip
        return max(latest)[2] if latest else None


def _size(moment: Moment) -> float:
    return max(abs(shift.after.probability - shift.before.probability) for shift in moment.shifts)
