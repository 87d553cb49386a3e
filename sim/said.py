"""Texts for people that remember how they were made, so that they can be told in other languages.

Each is the English text and can be used as one: printed, compared, stored. Whoever shows it in
another language looks up its template and puts its values in (`dashboards.languages`). Most of
Waytrust therefore need not know that there are other languages.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

__all__ = [
    "MINUS", "WHOLE_FROM", "Amount", "Heading", "Listed", "Said", "Share", "begin_of", "clean",
]  # fmt: skip

MINUS, _SPACE = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"
WHOLE_FROM = 1e4
"""Amounts from which on digits after the point mean nothing."""
_LONGEST_HEADING, _SHORTEST_HEADING = 70, 6
Last = Literal["and", "or", ","]


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
        text = f"{value:,.0f}" if abs(value) >= WHOLE_FROM else f"{value:,.{digits}g}"
        made = super().__new__(cls, text.replace("-", MINUS))
        made.value, made.digits = value, digits
        return made

    def __reduce__(self) -> tuple[type[Amount], tuple[float, int]]:
        return type(self), (self.value, self.digits)


class Listed(str):
    """Words joined as in a sentence: `a, b and c`.

    Attributes:
        words: The words; may be such texts themselves.
        last: What stands before the last one; `,` for what is not a sentence: `a, b, c`.
    """

    __slots__ = ("last", "words")
    words: tuple[str, ...]
    last: Last

    def __new__(cls, words: Sequence[str], last: Last = "and") -> Listed:
        """Join words."""
        plain = len(words) < 2 or last == ","
        text = ", ".join(words) if plain else f"{', '.join(words[:-1])} {last} {words[-1]}"
        made = super().__new__(cls, text)
        made.words, made.last = tuple(words), last
        return made

    def __reduce__(self) -> tuple[type[Listed], tuple[tuple[str, ...], Last]]:
        return type(self), (self.words, self.last)


class Heading(str):
    """What a longer text is about: that of it which stands before the explanation.

    Attributes:
        note: The longer text, such as the note of a parameter.
        whole: Whether its first sentence was needed as a whole.
    """

    __slots__ = ("note", "whole")
    note: str
    whole: bool

    def __new__(cls, note: str) -> Heading:
        """Find what stands before the explanation."""
        # "Half-life of bad news: evidence against ..." is about the half-life of bad news.
        head = begin_of(note, whole=False)
        whole = len(head) < _SHORTEST_HEADING or head.endswith(" from")
        made = super().__new__(cls, begin_of(note, whole=whole))
        made.note, made.whole = note, whole
        return made

    def __reduce__(self) -> tuple[type[Heading], tuple[str]]:
        return type(self), (self.note,)


def begin_of(note: str, *, whole: bool, most: int = _LONGEST_HEADING) -> str:
    """The begin of a longer text: its first sentence, or that up to the colon; never too long."""
    sentence = note.split(". ", maxsplit=1)[0].rstrip(".")
    head = sentence if whole else sentence.split(": ", maxsplit=1)[0].rstrip()
    head = textwrap.shorten(head, most, placeholder=" …", break_on_hyphens=False)
    return head if head[:2].isupper() else head[:1].lower() + head[1:]


def clean(text: str, most: int) -> str:
    """A text on one line, at most so long; a value is cut before what stands around it."""
    text = _mapped(text, _one_line)
    too_long = len(text) - most
    if too_long <= 0:
        return text
    longest = max(_leaves(text), key=len, default="")
    if type(text) is not str and len(longest) > too_long:
        kept = longest[: max(0, len(longest) - too_long - 3)] + "..."
        text = _mapped(text, lambda leaf: kept if leaf == longest else leaf)
    return text if len(text) <= most else text[: max(0, most - 3)] + "..."


def _mapped(text: str, change: Callable[[str], str]) -> str:
    """A text whose plain parts are changed."""
    if isinstance(text, Said) and text.values:
        values = {
            name: _mapped(value, change) if isinstance(value, str) else value
            for name, value in text.values.items()
        }
        return Said(text.template, **values)
    if isinstance(text, Listed):
        return Listed([_mapped(word, change) for word in text.words], text.last)
    if type(text) is not str and not isinstance(text, Said):
        return text
    changed = change(text)
    return text if changed == text else changed  # a template without values, as a rule


def _leaves(text: str) -> Iterator[str]:
    if isinstance(text, Said):
        for value in text.values.values():
            if isinstance(value, str):
                yield from _leaves(value)
    elif isinstance(text, Listed):
        for word in text.words:
            yield from _leaves(word)
    elif type(text) is str:
        yield text


def _one_line(text: str) -> str:
    plain = "".join(c if c.isprintable() or c == _SPACE else " " for c in text)
    return " ".join(part for part in plain.split(" ") if part)


def _said(template: str, values: dict[str, object]) -> Said:
    return Said(template, **values)


def _share(share: float, digits: int, sign: bool) -> Share:
    return Share(share, digits, sign=sign)
