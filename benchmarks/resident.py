"""`python -m benchmarks.resident MIGRANTS`: the most memory that a process with a run needed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.crowd import plan_of

__all__ = ["main", "most_so_far"]


def main(migrants: int) -> None:
    """Build a run, live two days, and print the largest resident size in bytes."""
    from sim.model import TrustModel

    TrustModel(plan_of(burn_in=1, days=1), migrants=migrants).run()
    print(json.dumps(most_so_far()))


def most_so_far() -> int:
    """The largest resident size of this process, in bytes.

    `getrusage` would count what the process held from which this one was started.

    Raises:
        OSError: Where the system does not tell, as outside Linux.
        ValueError: The same.
    """
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return 1024 * int(line.split()[1])
    raise ValueError("the system does not tell how much memory a process needed")


if __name__ == "__main__":
    main(int(sys.argv[1]))
