"""Work in a process of its own: from the shell, or where this process would be in the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["ROOT", "answer_of", "python"]

ROOT = Path(__file__).parent.parent


def python(
    arguments: Sequence[str], environment: Mapping[str, str] | None = None
) -> tuple[float, str]:
    """Run Python in the folder of this checkout; seconds it took, and what it printed.

    Raises:
        RuntimeError: If it ends with an error.
    """
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env={**os.environ, **(environment or {})},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    took = time.perf_counter() - started
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise RuntimeError(f"python {' '.join(arguments[:2])}: {last[0]}")
    return took, done.stdout


def answer_of(module: str, *arguments: object) -> Any:
    """What a module of this package prints as JSON on its last line."""
    _, printed = python(["-W", "ignore", "-m", f"benchmarks.{module}", *map(str, arguments)])
    return json.loads(printed.strip().splitlines()[-1])
