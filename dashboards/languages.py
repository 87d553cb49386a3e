"""The languages of what people read: translated texts, and numbers written as in each language.

Texts are gettext catalogs, `locales/LANGUAGE/LC_MESSAGES/DOMAIN.po`, read as they are: nothing
has to be compiled. English texts stand in the code.
"""

from __future__ import annotations

import functools
import gettext
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from experiments.limits import refusal
from sim.said import MINUS

__all__ = ["KEYWORDS", "LANGUAGES", "LOCALES", "Language", "language_of", "mark"]

LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
"""Code and own name of each language."""

LOCALES = Path(__file__).parent / "locales"

KEYWORDS: dict[str, Any] = {"mark": None, "text": None, "t": None, "markup": None,
                            "plural": (1, 2)}  # fmt: skip
"""Functions whose first argument (two for `plural`) is a text to translate, for Babel."""

_ISOLATE, _END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def mark(text: str) -> str:
    """Mark a text for translation where it stands; it is translated where it is used."""
    return text


@dataclass(frozen=True)
class Language:
    """One language.

    Attributes:
        code: `en`, `fr`, `es` or `ar`.
        catalog: The translated texts.
    """

    code: str
    catalog: gettext.NullTranslations = field(repr=False, compare=False)

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return "rtl" if self.code == "ar" else "ltr"

    def text(self, text: str, **values: object) -> str:
        """A text in this language; `{name}` in it stands for a value."""
        found = self.catalog.gettext(text) if text else ""
        return found.format(**values) if values else found

    def markup(self, text: str, **values: object) -> Markup:
        """The same for HTML: values that are not markup are escaped."""
        return Markup(self.catalog.gettext(text)).format(**values)

    def plural(self, one: str, many: str, n: int, **values: object) -> Markup:
        """A text that depends on a number, for HTML; `{n}` stands for the number."""
        found = Markup(self.catalog.ngettext(one, many, n))
        return found.format(n=self.number(n), **values)

    def meaning(self, text: str) -> str:
        """What Waytrust says of fields, parameters, kinds of interventions and its own scenarios.

        Args:
            text: The English text; one that is not Waytrust's stays as it is.
        """
        return _catalog(self.code, "model").gettext(text) if text else ""

    def told(self, text: str) -> str:
        """What Waytrust says of what is wrong, or of what an analysis found; see `sim.said`."""
        from dashboards.telling import told

        return told(text, self)

    def sentence(self, template: str) -> str:
        """The template of such a text."""
        return _catalog(self.code, "said").gettext(template) if template else ""

    def written(self, text: str) -> Markup:
        """What an author has written, such as the title of a scenario, for HTML.

        Args:
            text: The English text. Translated where it is Waytrust's own, else marked as English.
        """
        found = self.meaning(text)
        lang = "en" if found == text else self.code
        return Markup('<bdi lang="{}">{}</bdi>').format(lang, found)

    def number(self, value: float, digits: int = 0, *, sign: bool = False) -> str:
        """A number with so many digits after the point."""
        from babel.numbers import format_decimal

        return self._written(value, digits, "#,##0", sign, format_decimal)

    def amount(self, value: float, digits: int = 4) -> str:
        """A number with so many digits that mean something; very large and small ones with `e`."""
        if not math.isfinite(value):
            return ""
        if 10**digits <= abs(value) < 10**7:
            return self.number(value)
        text = f"{value:.{digits}g}".replace("-", MINUS).replace(".", self.marks[0])
        return self._apart(text)

    @property
    def marks(self) -> tuple[str, str]:
        """What stands before decimals, and between thousands."""
        from babel.numbers import get_decimal_symbol, get_group_symbol

        return get_decimal_symbol(self.code), get_group_symbol(self.code)

    def percent(self, share: float, digits: int = 1, *, sign: bool = False) -> str:
        """A share as a percentage."""
        from babel import Locale
        from babel.numbers import format_percent

        pattern = Locale(self.code).percent_formats[None].pattern
        return self._written(share, digits, pattern, sign, format_percent, 2)

    def per_thousand(self, share: float) -> str:
        """A share as a number of a thousand, with one digit."""
        return self.number(1000 * share, 1)

    def moment(self, when: str) -> str:
        """A moment as in a manifest, as a date."""
        from babel.dates import format_date

        return str(format_date(datetime.fromisoformat(when), "long", locale=self.code))

    def country(self, code: str, otherwise: str) -> str:
        """The name of a country from its ISO 3166 alpha-3 code."""
        from babel import Locale
        from babel.core import get_global

        found = get_global("territory_aliases").get(code, [code])[0]
        return str(Locale(self.code).territories.get(found, otherwise))

    def joined(self, words: Sequence[str], last: str = "and") -> str:
        """Words joined as in a sentence; `last`: `and`, `or`, or `,` for no sentence."""
        from babel.lists import format_list

        if last == ",":
            return ("\N{ARABIC COMMA} " if self.code == "ar" else ", ").join(words)
        if not words:
            return ""
        return str(format_list(words, "standard" if last == "and" else "or", locale=self.code))

    def listed(self, words: Sequence[str | Markup]) -> Markup:
        """The same for HTML."""
        places = [f"\x00{n}\x00" for n in range(len(words))]
        joined = str(Markup.escape(self.joined(places)))
        for place, word in zip(places, words, strict=True):
            joined = joined.replace(place, str(Markup.escape(word)))
        return Markup(joined)

    def _written(
        self, value: float, digits: int, pattern: str, sign: bool, write: Any, shift: int = 0
    ) -> str:
        whole = isinstance(value, int)  # may be larger than a float can tell
        if not whole and not math.isfinite(value):
            return self.text("not known")
        shape = pattern.replace("##0", "##0" + ("." + "0" * digits if digits else ""))
        rounded = value if whole else round(value, digits + shift) + 0.0  # no minus before a zero
        found = str(write(abs(rounded), format=shape, locale=self.code))
        before = MINUS if rounded < 0 else "+" if sign and rounded > 0 else ""
        return self._apart(before + found)

    def _apart(self, number: str) -> str:
        # A number keeps its sign in front where the text around it runs from right to left.
        return f"{_ISOLATE}{number}{_END}" if self.direction == "rtl" else number


def language_of(code: str, domain: str) -> Language:
    """A language by its code.

    Args:
        code: `en`, `fr`, `es` or `ar`.
        domain: Which texts, such as `report`.

    Raises:
        InputProblem: If Waytrust does not have the language.
    """
    if code not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise refusal("language", code, "is not a language of reports", f"give one of {known}")
    return Language(code, _catalog(code, domain))


@functools.cache
def _catalog(code: str, domain: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (LOCALES / code / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        catalog = read_po(file, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
