"""From the shell to the result: a whole command, with and without code compiled before."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.children import python
from benchmarks.crowd import SCENARIO, Crowds
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from benchmarks.tables import in_seconds

__all__ = ["PART", "measure", "tables"]

WARM_REPEATS = 3


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:  # noqa: ARG001
    """Time the command; a first run, which may have to compile something, is not counted."""
    migrants, days = scale.shell
    words = ["run", SCENARIO, "--migrants", str(migrants), "--days", str(days)]
    say(f"waytrust {' '.join(words)}")
    warm = [_command(words) for _ in range(WARM_REPEATS + 1)][1:]
    found = {"command": f"waytrust {' '.join(words)}", "warm_s": warm, "median_s": median(warm)}
    if scale.first_compilation:
        say("the same with an empty cache: everything is compiled first")
        found["empty_cache_s"] = _with_empty_cache(words)
    return found


def _command(words: list[str], environment: dict[str, str] | None = None) -> float:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        took, _ = python(["-m", "experiments.cli", *words, "--out", str(out)], environment)
    return took


def _with_empty_cache(words: list[str]) -> float:
    with tempfile.TemporaryDirectory() as cache:
        return _command(words, {"WAYTRUST_CACHE": cache})


def tables(found: Found) -> Tables:
    """Seconds from the shell to the results in a folder."""
    rows = [[f"`{found['command']}`, compiled before", in_seconds(found["median_s"])]]
    if "empty_cache_s" in found:
        empty = found["empty_cache_s"]
        rows.append(["The same with an empty cache", in_seconds(empty)])
        rows.append(["So the first compilation takes", in_seconds(empty - found["median_s"])])
    return {"shell": ("From the shell to the result", (["Command", "Time"], rows))}


PART = Part("shell", "from the shell to the result, and the first compilation", measure, tables)
