"""The first compilation on two cores: half of it in a process of its own.

Numba compiles one function at a time in a process. While this process compiles all else,
`python -m experiments.warming` compiles the second half of a day into the same cache, which takes
about as long, so that this process finds it there. If that fails, this process compiles everything
as it would have. Measured: the two take 21 s and 23 s of processor time.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.model import TrustModel

__all__ = ["compile_second_half", "compile_the_rest", "share_compilation"]

_OTHER_LEVEL = "WAYTRUST_WARMING"
_PATIENCE_S = 300


def share_compilation() -> None:
    """Compile the model, half of it in another process, if nothing of it is compiled yet."""
    from experiments.pairing import available_cores
    from sim.compiling import is_compiled

    if is_compiled() or available_cores() < 2 or _OTHER_LEVEL in os.environ:
        return
    try:
        other = subprocess.Popen(
            [sys.executable, "-m", "experiments.warming"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, _OTHER_LEVEL: "1"},
        )  # fmt: skip
    except OSError:  # only slower
        return
    atexit.register(other.kill)
    compile_the_rest()
    with contextlib.suppress(subprocess.TimeoutExpired):
        other.wait(_PATIENCE_S)


def _nearly_empty() -> TrustModel:
    """A model with one day, on which nobody is there yet."""
    import scenarios
    from sim.model import TrustModel

    return TrustModel(scenarios.load("central_mediterranean"), migrants=50, days=1)


def compile_second_half() -> None:
    """Live the second half of a day, which compiles all that it needs."""
    from sim.engine.compiled.engine import CompiledEngine

    model = _nearly_empty()
    CompiledEngine(model.world).live_the_second_half(model.day)


def compile_the_rest() -> None:
    """Live a day without its second half, and ask people about it."""
    from sim.engine.compiled.engine import CompiledEngine
    from sim.engine.compiled.team import Team
    from sim.survey import standing_survey

    class WithoutSecondHalf(CompiledEngine):
        def live_the_second_half(self, day: int) -> None:
            """Nothing: the other process sees to that."""

    model = _nearly_empty()
    model.engine = WithoutSecondHalf(model.world)
    model.step()
    standing_survey(model.world, day=model.day)
    Team(2).work([int, int])  # how threads wait for each other


if __name__ == "__main__":
    compile_second_half()
