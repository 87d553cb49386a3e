"""The scenario that goes with an imported network, as the text of a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Starter"]


@dataclass(frozen=True)
class Starter:
    """What the file says.

    Attributes:
        comment: Lines above it, without `#`.
        name: Name, ASCII snake case.
        title: Title, without a full stop.
        question: Question.
        network: Network it stands on: `.` for the folder of the file itself.
        days: Length.
        people: Real people that the run is about.
        migrants: Simulated people.
        present: Share of them on the way on day 0.
        status: Share of each status, in per cent.
        burn_in: Days before day 0.
        start_date: Date of day 0.
        arrivals: File of arrivals.
    """

    comment: Sequence[str]
    name: str
    title: str
    question: str
    network: str
    days: int
    people: int
    migrants: int
    present: int
    status: dict[str, int]
    burn_in: int = 180
    start_date: str | None = None
    arrivals: str | None = None

    def text(self) -> str:
        """The text of the file."""
        last = self.days - 1
        survey = sorted({0, last // 2, last})
        status = ", ".join(f"{name}: {share} %" for name, share in self.status.items())
        lines = [
            *(f"# {line}".rstrip() for line in self.comment),
            f"name: {self.name}",
            f"title: {_quoted(self.title)}",
            f"question: {_quoted(self.question)}",
            f"network: {_quoted(self.network)}",
            f"days: {self.days}",
            f"burn_in: {self.burn_in}",
            *([f"start_date: {self.start_date}"] if self.start_date else []),
            "population:",
            f"  people: {self.people}",
            f"  migrants: {self.migrants}",
            f"  present_at_start: {self.present} %",
            f"  status: {{{status}}}",
            *([f"  arrivals: {_quoted(self.arrivals)}"] if self.arrivals else []),
            f"survey_days: {survey}",
        ]
        return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
