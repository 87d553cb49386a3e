"""Texts that remember how they were made (`sim.said`), told in the language of who reads them."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from sim.said import Amount, Heading, Listed, Said, Share

if TYPE_CHECKING:
    from dashboards.languages import Language
    from sim.problems import InputProblem

__all__ = ["fault", "told"]

_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
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
        return language.amount(text.value, text.digits)
    if isinstance(text, Listed):
        return language.joined([_apart(word, language) for word in text.words], text.last)
    if isinstance(text, Heading):
        return str(Heading(language.meaning(text.note)))
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
            return _apart(str(value) if not isinstance(value, str) else value, self._language)
        if fixed := _FIXED.fullmatch(format_spec):
            return self._language.number(value, int(fixed[1]))
        if short := _SHORT.fullmatch(format_spec):
            return self._language.amount(value, int(short[1] or 6))
        if isinstance(value, int):
            return self._language.number(value)
        return self._language.amount(value)


def _apart(text: str, language: Language) -> str:
    """A value; where the words around it run from right to left, it keeps its own direction."""
    found = told(text, language)
    plain = language.direction == "rtl" and type(text) is str and text
    return f"{_ISOLATE}{found}{_END}" if plain else found
