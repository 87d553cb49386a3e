"""What runs gave, kept in a file so that nothing is lived twice."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

__all__ = ["Answer", "Answers"]


class Answer(NamedTuple):
    """What came of one run.

    Attributes:
        values: The value of every target; empty if it failed.
        wall_s: Seconds it took.
        error: Why it failed; empty if it did not.
    """

    values: dict[str, float]
    wall_s: float
    error: str = ""


class Answers:
    """A file with one line per run, to which lines are only ever added.

    A line that was cut off when its writer was killed is taken away; the run is lived again.

    Args:
        file: The file; it is made if it is not there.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, Answer] = {}
        self._read()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: str) -> Answer | None:
        """What came of a run, if it was lived before."""
        return self._known.get(key)

    def add(self, key: str, answer: Answer, *, keep: bool = True) -> None:
        """Note what came of a run.

        Args:
            key: Key of the run.
            answer: What came of it.
            keep: Whether it is written down too; otherwise it is lived again another time.

        Raises:
            OSError: If it cannot be written.
        """
        self._known[key] = answer
        if not keep:
            return
        line = json.dumps({"key": key, **answer._asdict()}) + "\n"
        # One call, so that others who write to the same file cannot come between.
        handle = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(handle, line.encode())
        finally:
            os.close(handle)

    def sync(self) -> None:
        """Wait until everything lies on the disk, where a power cut does not reach it."""
        if not self._file.is_file():
            return
        handle = os.open(self._file, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def _read(self) -> None:
        if not self._file.is_file():
            return
        whole = self._file.read_bytes()
        end = whole.rfind(b"\n") + 1
        if end < len(whole):
            os.truncate(self._file, end)
        for line in whole[:end].splitlines():
            try:
                found = json.loads(line)
                key = found.pop("key")
                self._known[key] = Answer(**found)
            except (ValueError, TypeError, KeyError):
                continue  # a line that was damaged: its run is lived again
