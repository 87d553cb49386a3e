"""Faults in what a user wrote, told in one or two sentences instead of a traceback."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, field_validator

from sim.said import Said, clean

__all__ = ["InputProblem", "Problem", "advice", "did_you_mean", "nearest", "quoted"]

Severity = Literal["error", "warning"]
LONGEST_SHOWN = 60
LONGEST_TEXT = 400
SIMILAR_ENOUGH = 0.6
_ENDS = ("?", "!", "\N{ARABIC QUESTION MARK}")


class Problem(BaseModel):
    """One fault, or one oddity, in a file or on the command line.

    Attributes:
        file: File it stands in, as the user knows it; empty for the command line.
        line: Line, counted from 1, where known.
        column: Column, counted from 1, where known.
        field: Setting or column concerned, for example ``population.migrants``.
        value: What stands there now, as text.
        message: What is wrong with it.
        suggestion: What to write instead, or what to do.
        severity: ``error`` (cannot go on) or ``warning`` (legal but odd).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str = ""
    line: int | None = None
    column: int | None = None
    field: str = ""
    value: str = ""
    message: str
    suggestion: str = ""
    severity: Severity = "error"

    @field_validator("file", "field", "value", "message", "suggestion", mode="wrap")
    @classmethod
    def _on_one_line(cls, text: Any, checked: Callable[[Any], str]) -> str:
        """Whatever stood in the file, a fault stays one readable line."""
        # Pydantic would make a plain text of one that remembers how it was made.
        return clean(text if isinstance(text, str) else checked(text), LONGEST_TEXT)

    def where(self) -> str:
        """Place as ``file:line:column``, as far as it is known."""
        parts = [self.file, self.line, self.column]
        return ":".join(str(part) for part in parts if part not in ("", None))

    def sentence(self, tell: Callable[[str], str] = str) -> str:
        """The whole fault in one or two sentences.

        Args:
            tell: Gives texts in the language of who reads them; English as it is.
        """
        text = tell(self._head()) + tell(self.message).rstrip(".")
        without_marks = self.message.replace(",", "")  # 1,000 says 1000, too
        if self.value and self.value not in self.message and self.value not in without_marks:
            there = Said("(it says {value})", value=_shortened(self.value))
            text += f" {tell(there)}"
        if self.suggestion:
            text += f". {_capital(tell(self.suggestion)).rstrip('.')}"
        return text if text.endswith(_ENDS) else text + "."

    def _head(self) -> str:
        where, field = self.where(), _shortened(self.field)
        if where and field:
            return Said("{where}: {field}: ", where=where, field=field)
        return Said("{where}: ", where=where or field) if where or field else ""


class InputProblem(Exception):  # noqa: N818 (a problem, not a crash)
    """What a user wrote is wrong; holds every fault that was found.

    Attributes:
        problems: The faults, in the order in which they were found.
    """

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(problem.sentence() for problem in self.problems)


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The most similar of some words, or None where none is similar enough."""
    plain = {candidate.casefold(): candidate for candidate in words}
    found = difflib.get_close_matches(
        word[:LONGEST_SHOWN].casefold().replace("-", "_").replace(" ", "_"),
        plain, n=1, cutoff=SIMILAR_ENOUGH,
    )  # fmt: skip
    return plain[found[0]] if found else None


def advice(word: str, words: Collection[str], otherwise: str = "") -> str:
    """What to write instead of a word that is not known.

    Args:
        word: What stands there.
        words: What could stand there.
        otherwise: What to do where nothing similar could; empty: all words are named.
    """
    guess = nearest(word, words)
    if guess:
        return did_you_mean(guess)
    return otherwise or Said("choose among {names}", names=", ".join(words))


def did_you_mean(guess: str) -> Said:
    """The question whether something else was meant."""
    return Said("did you mean {guess}?", guess=guess)


def quoted(value: object) -> str:
    """A value as it is shown in a message: text in quotes, never too long."""
    text = f"'{value}'" if isinstance(value, str) else str(value)
    return _shortened(text)


def _capital(text: str) -> str:
    at = 1 if text.startswith("\N{INVERTED QUESTION MARK}") else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def _shortened(text: str) -> str:
    return clean(text, LONGEST_SHOWN)
