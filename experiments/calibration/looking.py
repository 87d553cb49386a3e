"""What is told of a calibration before it begins and while it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.calibration.settings import Settings
    from experiments.calibration.simulating import Simulator

__all__ = ["Estimate", "Looking", "Progress"]


@dataclass(frozen=True)
class Estimate:
    """What is about to be done, said before it begins.

    Attributes:
        parameters: How many are fitted.
        targets: To how many targets.
        kept: Runs that are there from before.
        least: Runs that the fit takes at least, those among them.
        run_s: Seconds that one is expected to take.
        workers: How many work side by side.
        where: Where they do, in words.
    """

    parameters: int
    targets: int
    kept: int
    least: int
    run_s: float
    workers: int
    where: str


@dataclass(frozen=True)
class Progress:
    """How far a calibration is.

    Attributes:
        generation: Number of the generation; 0 is a sample of the prior. None: predictions are
            being checked.
        epsilon: The largest distance that it lets pass; None: whatever can be simulated, so that
            a later generation is a wave that emulators learn from.
        kept: Sets of parameters that it has kept.
        wanted: How many it wants.
        tried: How many it has tried.
        done: Runs done of those that are being lived now.
        sent: How many these are.
        replicates: Runs of each set.
        runs: Runs lived by this call.
        run_s: Seconds that these took, added up.
    """

    generation: int | None
    epsilon: float | None
    kept: int
    wanted: int
    tried: int
    done: int
    sent: int
    replicates: int
    runs: int
    run_s: float


class Looking:
    """Puts together what is told while a calibration works.

    Args:
        settings: How long it looks.
        replicates: Runs of each set of parameters.
        listener: Told how far it is.

    Attributes:
        simulator: Who simulates; nothing is told without.
    """

    def __init__(
        self,
        settings: Settings,
        replicates: int,
        listener: Callable[[Progress], None] | None,
    ) -> None:
        wanted = settings.points if settings.emulated else settings.population
        self._listener, self._wanted, self._replicates = listener, wanted, replicates
        self._now: tuple[int | None, float | None, int, int] = (0, None, 0, 0)
        self.simulator: Simulator | None = None

    def sampling(self, generation: int, epsilon: float, kept: int, tried: int) -> None:
        """Note how far a generation is."""
        self._now = (generation, epsilon if generation else None, kept, tried)
        self.ran(0, 0)

    def living(self, wave: int, done: int) -> None:
        """Note how far a wave is that emulators learn from."""
        self._now = (wave, None, done, done)
        self.ran(0, 0)

    def checking(self, wanted: int) -> None:
        """Note that predictions are being checked, of so many draws."""
        self._wanted = wanted
        self._now = (None, self._now[1], 0, 0)
        self.ran(0, 0)

    def ran(self, done: int, sent: int) -> None:
        """Note how many runs of those under way are done."""
        if self._listener is None or self.simulator is None:
            return
        generation, epsilon, kept, tried = self._now
        self._listener(Progress(
            generation, epsilon, kept, self._wanted, tried, done, sent, self._replicates,
            self.simulator.lived, self.simulator.run_s,
        ))  # fmt: skip
