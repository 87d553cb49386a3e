"""What was odd in the files of an instance: warnings that name file and line."""

from __future__ import annotations

from sim.problems import Problem

__all__ = ["Told"]

MOST_OF_A_KIND = 20


class Told:
    """Collects warnings; where one file has very many of a kind, the rest are counted.

    Attributes:
        warnings: The warnings so far.
    """

    def __init__(self) -> None:
        self.warnings: list[Problem] = []
        self._seen: dict[tuple[str, str], int] = {}

    def warn(self, file: str, line: int | None, message: str, *, kind: str = "", field: str = "",
             value: str = "", suggestion: str = "") -> None:
        """Add one warning.

        Args:
            file: File, as the user knows it.
            line: Line, counted from 1.
            message: What is odd, and what was made of it.
            kind: A word for the kind of oddity; more than 20 of one kind in a file are counted.
            field: Column concerned.
            value: What stands there.
            suggestion: What one might do about it.
        """
        if kind:
            count = self._seen[file, kind] = self._seen.get((file, kind), 0) + 1
            if count > MOST_OF_A_KIND:
                return
        self.warnings.append(Problem(
            file=file, line=line, field=field, value=value[:200], message=message,
            suggestion=suggestion, severity="warning"))

    def finished(self) -> tuple[Problem, ...]:
        """All warnings, with a last one for each kind of which some were only counted."""
        more = [
            Problem(file=file, message=f"{count - MOST_OF_A_KIND:,} more warnings of this kind: "
                    f"{kind}", severity="warning")
            for (file, kind), count in self._seen.items() if count > MOST_OF_A_KIND
        ]
        return (*self.warnings, *more)
