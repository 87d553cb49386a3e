"""The demo: a data breach at Agadez, and the same breach followed by a firewall."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from experiments.compare import compare
from experiments.comparison import Comparison

__all__ = ["BASE", "OTHERS", "OUT", "REPLICATES", "run_demo"]

BASE = "central_mediterranean"
OTHERS = ("agadez_breach", "agadez_breach_firewall")
MIGRANTS, DAYS, REPLICATES = 20_000, 365, 10
OUT = Path("results/demo")


def run_demo(
    out: Path | str = OUT,
    *,
    threads: int | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> Comparison:
    """Compare the three scenarios of the demo and write tables and pictures.

    Args:
        out: Directory for the results.
        threads: Runs side by side; by default one per processor core.
        progress: Called with simulated days done and in all.
    """
    return compare(
        BASE,
        *OTHERS,
        replicates=REPLICATES,
        migrants=MIGRANTS,
        days=DAYS,
        threads=threads,
        out=out,
        progress=progress,
    )
