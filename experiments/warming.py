"""The first compilation on two cores: half of it in a process of its own.

Numba compiles one function at a time in a process. While this process compiles the morning of a
day, `python -m experiments.warming` compiles the evening into the same cache, so that this process
finds it there. If that fails, or comes late, this process compiles everything as it would have.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys

__all__ = ["compile_evening", "share_compilation"]

_OTHER_LEVEL = "WAYTRUST_WARMING"


def share_compilation() -> None:
    """Begin to compile half of the model in another process, if nothing of it is compiled yet."""
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


def compile_evening() -> None:
    """Live the evening of a day on which nobody is there yet, which compiles all that it needs."""
    import scenarios
    from sim.engine.compiled.engine import CompiledEngine
    from sim.model import TrustModel

    model = TrustModel(scenarios.load("central_mediterranean"), migrants=50, days=1)
    CompiledEngine(model.world).live_the_evening(model.day)


if __name__ == "__main__":
    compile_evening()
