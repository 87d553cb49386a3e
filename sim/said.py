"""Texts for people that remember how they were made, so that they can be told in other languages.

Each is the English text and can be used as one: printed, compared, stored. Whoever shows it in
another language looks up its template and puts its values in (`dashboards.languages`). Most of
Waytrust therefore need not know that there are other languages.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Literal

__all__ = ["MINUS", "Amount", "Heading", "Listed", "Said", "Share", "clean"]

MINUS, _SPACE = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"
_LONGEST_HEADING, _SHORTEST_HEADING = 70, 6


class Said(str):
    """A sentence or a part of one.

    Attributes:
        template: The English text, with values in braces as for `str.format`. Without any values
            braces stand for themselves, so that a text may also be a template for others.
        values: What stands in it; may be such texts themselves.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Said:
        """Put values into a template."""
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values
        return made

    def __reduce__(self) -> tuple[Callable[..., Said], tuple[str, dict[str, object]]]:
        return _said, (self.template, self.values)


class Share(str):
    """A share as a percentage with a true minus sign, such as `3.2 %`.

    Attributes:
        share: The share; it is a number.
        digits: Digits after the point.
        sign: Whether a plus sign stands before positive ones.
    """

    __slots__ = ("digits", "share", "sign")
    share: float
    digits: int
    sign: bool

    def __new__(cls, share: float, digits: int = 1, *, sign: bool = False) -> Share:
        """Write a share."""
        text = f"{100 * share:{'+' if sign else ''}.{digits}f}"
        if not any(c in "123456789" for c in text):
            text = text.lstrip("+-")
        made = super().__new__(cls, f"{text.replace('-', MINUS)}{_SPACE}%")
        made.share, made.digits, made.sign = share, digits, sign
        return made

    def __reduce__(self) -> tuple[Callable[..., Share], tuple[float, int, bool]]:
        return _share, (self.share, self.digits, self.sign)


class Amount(str):
    """A number with a few significant digits and a true minus sign, such as `12.5` or `40,000`.

    Attributes:
        value: The number.
        digits: How many digits mean something.
    """

    __slots__ = ("digits", "value")
    value: float
    digits: int

    def __new__(cls, value: float, digits: int = 4) -> Amount:
        """Write a number."""
        usual = 1e-4 <= abs(value) < 1e4 or value == 0
        text = f"{value:,.{digits}g}" if usual else f"{value:,.0f}"
        made = super().__new__(cls, text.replace("-", MINUS))
        made.value, made.digits = value, digits
        return made

    def __reduce__(self) -> tuple[type[Amount], tuple[float, int]]:
        return type(self), (self.value, self.digits)


class Listed(str):
    """Words joined as in a sentence: `a, b and c`.

    Attributes:
        words: The words; may be such texts themselves.
        last: What stands before the last one.
    """

    __slots__ = ("last", "words")
    words: tuple[str, ...]
    last: Literal["and", "or"]

    def __new__(cls, words: Sequence[str], last: Literal["and", "or"] = "and") -> Listed:
        """Join words."""
        few = len(words) < 2
        text = "".join(words) if few else f"{', '.join(words[:-1])} {last} {words[-1]}"
        made = super().__new__(cls, text)
        made.words, made.last = tuple(words), last
        return made

    def __reduce__(self) -> tuple[type[Listed], tuple[tuple[str, ...], str]]:
        return type(self), (self.words, self.last)


class Heading(str):
    """What a longer text is about: that of it which stands before the explanation.

    Attributes:
        note: The longer text, such as the note of a parameter.
    """

    __slots__ = ("note",)
    note: str

    def __new__(cls, note: str) -> Heading:
        """Find what stands before the explanation."""
        # "Half-life of bad news: evidence against ..." is about the half-life of bad news.
        whole = note.split(". ", maxsplit=1)[0].rstrip(".")
        head = whole.split(": ", maxsplit=1)[0].rstrip()
        if len(head) < _SHORTEST_HEADING or head.endswith(" from"):
            head = whole
        head = textwrap.shorten(head, _LONGEST_HEADING, placeholder=" …", break_on_hyphens=False)
        made = super().__new__(cls, head if head[:2].isupper() else head[:1].lower() + head[1:])
        made.note = note
        return made

    def __reduce__(self) -> tuple[type[Heading], tuple[str]]:
        return type(self), (self.note,)


def clean(text: str, most: int) -> str:
    """A text on one line, at most so long; a value is cut before what stands around it."""
    if isinstance(text, Said) and text.values:
        text = _with_clean_values(text, most)
    return _shortened(_one_line(text), most)


def _with_clean_values(text: Said, most: int) -> Said:
    plain = {
        name: _one_line(value) if isinstance(value, str) else value
        for name, value in text.values.items()
    }
    words = {name: value for name, value in plain.items() if type(value) is str}
    too_long = len(Said(text.template, **plain)) - most
    if words and too_long > 0:
        longest = max(words, key=lambda name: len(words[name]))
        plain[longest] = _shortened(words[longest], len(words[longest]) - too_long)
    return Said(text.template, **plain)


def _one_line(text: str) -> str:
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if plain == text else plain


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: max(0, most - 3)] + "..."


def _said(template: str, values: dict[str, object]) -> Said:
    return Said(template, **values)


def _share(share: float, digits: int, sign: bool) -> Share:
    return Share(share, digits, sign=sign)
