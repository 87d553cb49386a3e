"""The example: a very small sweep that a newcomer makes by pressing a button.

It is run by `waytrust sweep` in a process of its own, so that the pages stay quick and stopping is
easy; what is done is kept, and it goes on from there. All sessions see the same one, and it is
stopped when nobody looks at it any more.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from dashboards.explore.place import RESULTS
from experiments.writing import read_manifest

__all__ = ["DESIGN", "EXAMPLE", "FOLDER", "Example", "State"]

DESIGN = Path(__file__).with_name("example.yaml")
FOLDER = Path(RESULTS) / "explore_example"
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class State:
    """How far the example is.

    Attributes:
        kind: `none`, `running`, `done`, `stopped` or `failed`.
        share: Share of its parts that are there.
        why: Why it failed; else empty.
    """

    kind: str
    share: float = 0.0
    why: str = ""


class Example:
    """The example of this process.

    Args:
        folder: Where its sweep goes.
        design: What is swept.
    """

    def __init__(self, folder: Path = FOLDER, design: Path = DESIGN) -> None:
        self.folder, self._design = folder, design
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: Path | None = None
        self._watching = 0
        self._lock = threading.Lock()
        self._stopped = False

    def start(self) -> None:
        """Begin, or go on; nothing happens while it runs."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return
            self._stopped = False
            handle, name = tempfile.mkstemp(prefix="waytrust-example-")
            self._errors = Path(name)
            with os.fdopen(handle, "wb") as words:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "experiments.cli", "sweep", str(self._design),
                     "--out", str(self.folder), "--workers", "0"],
                    stdout=subprocess.DEVNULL, stderr=words, stdin=subprocess.DEVNULL,
                    env={**os.environ, "PYTHONPATH": os.pathsep.join(
                        [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])},
                )  # fmt: skip

    def stop(self) -> None:
        """End it; what is done is kept."""
        with self._lock:
            self._stopped = True
            if self._process is not None and self._process.poll() is None:
                self._process.terminate()
                try:
                    self._process.wait(10)
                except subprocess.TimeoutExpired:
                    self._process.kill()
                    self._process.wait()

    def watch(self) -> None:
        """Somebody looks at it."""
        with self._lock:
            self._watching += 1

    def leave(self) -> None:
        """Somebody looks away; it is stopped when that was the last one."""
        with self._lock:
            self._watching -= 1
            alone = self._watching <= 0
        if alone and self._process is not None and self._process.poll() is None:
            self.stop()

    @property
    def state(self) -> State:
        """How far it is."""
        share = self._share()
        if self._process is None:
            return State("done" if share == 1 else "none", share)
        code = self._process.poll()
        if code is None:
            return State("running", share)
        if code == 0:
            return State("done", 1.0)
        return State("stopped", share) if self._stopped else State("failed", share, self._why())

    def _share(self) -> float:
        manifest = read_manifest(self.folder)
        if manifest is None or manifest.get("kind") != "sweep":
            return 0.0
        families, size = int(str(manifest["families"])), int(str(manifest["batch_families"]))
        there = sum(1 for _ in (self.folder / "runs").glob("*.parquet"))
        return there / max(1, -(-families // size))

    def _why(self) -> str:
        try:
            text = (
                self._errors.read_text(encoding="utf-8", errors="replace") if self._errors else ""
            )
        except OSError:
            text = ""
        lines = [line for line in text.splitlines() if line.strip()]
        return lines[-1] if lines else ""


EXAMPLE = Example()
"""The one that pages show."""
