"""`python -m benchmarks.resident MIGRANTS`: the most memory that a process with a run needed."""

from __future__ import annotations

import json
import resource
import sys

from benchmarks.crowd import plan_of

__all__ = ["main"]


def main(migrants: int) -> None:
    """Build a run, live two days, and print the largest resident size in bytes."""
    from sim.model import TrustModel

    TrustModel(plan_of(burn_in=1, days=1), migrants=migrants).run()
    unit = 1 if sys.platform == "darwin" else 1024
    print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit))


if __name__ == "__main__":
    main(int(sys.argv[1]))
