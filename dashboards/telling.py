"""Texts that remember how they were made (`sim.said`), told in the language of who reads them."""

from __future__ import annotations

import math
import re
import string
from typing import TYPE_CHECKING

from sim.said import WHOLE_FROM, Amount, Heading, Listed, Said, Share, begin_of

if TYPE_CHECKING:
    from dashboards.languages import Language
    from sim.problems import InputProblem

__all__ = ["fault", "told"]

_LONGEST_HEADING = 110
"""Other languages need more letters than English."""
_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
# Ways of writing numbers that templates may ask for; a test finds others.
_FIXED, _SHORT = re.compile(r",?\.(\d+)f"), re.compile(r"(?:\.(\d+))?g")


def told(text: str, language: Language) -> str:
    """A text in a language; one that nobody has translated stays as it is."""
    if language.code == "en":
        return str(text)
    if isinstance(text, Said):
        template = language.sentence(text.template)
        return _Into(language).format(template, **text.values) if text.values else template
    if isinstance(text, Share):
        return language.percent(text.share, text.digits, sign=text.sign)
    if isinstance(text, Amount):
        return _amount(text, language)
    if isinstance(text, Listed):
        return language.joined([_apart(word, language) for word in text.words], text.last)
    if isinstance(text, Heading):
        return begin_of(language.meaning(text.note), whole=text.whole, most=_LONGEST_HEADING)
    return language.meaning(str(text))  # such as the title of a scenario of the library


def fault(problem: InputProblem, language: Language) -> str:
    """Everything that is wrong with what somebody asked for, in sentences."""
    return "\n".join(each.sentence(language.told) for each in problem.problems)


class _Into(string.Formatter):
    """Puts values into a template as a language writes them."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return _apart(value if isinstance(value, str) else str(value), self._language)
        if isinstance(value, float) and not math.isfinite(value):
            return told(Said("not known"), self._language)
        if fixed := _FIXED.fullmatch(format_spec):
            return self._language.number(value, int(fixed[1]))
        if short := _SHORT.fullmatch(format_spec):
            return self._language.amount(value, int(short[1] or 6))
        return self._language.number(value) if isinstance(value, int) else (
            self._language.amount(value))  # fmt: skip


def _amount(amount: Amount, language: Language) -> str:
    if not math.isfinite(amount.value):
        return told(Said("not known"), language)
    if abs(amount.value) >= WHOLE_FROM:
        return language.number(amount.value)
    return language.amount(amount.value, amount.digits)


def _apart(text: str, language: Language) -> str:
    """A value; where the words around it run from right to left, it keeps its own direction."""
    found = told(text, language)
    plain = language.direction == "rtl" and type(text) is str and text
    return f"{_ISOLATE}{found}{_END}" if plain else found
