"""The first compilation on two cores: half of it in a process of its own.

Numba compiles one function at a time in a process. While this process compiles all else,
`python -m experiments.warming` compiles the evening of a day into the same cache, which takes about
as long, so that this process finds it there. If that fails, this process compiles everything as it
would have. Measured: the two take 71 % and 59 % of the processor time of one that compiles all.
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

__all__ = ["compile_evening", "compile_the_rest", "share_compilation"]

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


def compile_evening() -> None:
    """Live the evening of a day, which compiles all that it needs."""
    from sim.engine.compiled.engine import CompiledEngine

    model = _nearly_empty()
    CompiledEngine(model.world).live_the_evening(model.day)


def compile_the_rest() -> None:
    """Live a day without its evening, and ask people about it."""
    from sim.engine.compiled.engine import CompiledEngine
    from sim.survey import standing_survey

    class WithoutEvening(CompiledEngine):
        def live_the_evening(self, day: int) -> None:
            """Nothing: the other process sees to that."""

    model = _nearly_empty()
    model.engine = WithoutEvening(model.world)
    model.step()
    standing_survey(model.world, day=model.day)


if __name__ == "__main__":
    compile_evening()
