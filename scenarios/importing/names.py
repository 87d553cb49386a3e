"""Ids from names as people write them, and codes of countries.

Codes and names of countries: ISO 3166 as given by GeoNames (https://www.geonames.org, CC BY 4.0),
with other spellings that data sets use.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from pathlib import Path

__all__ = ["Codes", "Ids", "country_of", "plain"]

_TABLE = Path(__file__).resolve().parent / "countries.csv"
_LONGEST = 48


def plain(text: str) -> str:
    """A name without accents, case and punctuation, words separated by single spaces."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", bare.replace("'", "")).strip()


class Ids:
    """Gives every name an id of its own, in ASCII snake case.

    Args:
        word: What an id begins with where a name has no letter to begin with.
    """

    def __init__(self, word: str) -> None:
        self._word = word
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """An id that nobody else has."""
        stem = plain(name).replace(" ", "_")[:_LONGEST].strip("_")
        if not stem or not stem[0].isalpha():
            stem = f"{self._word}_{stem}".strip("_")
        found, count = stem, 1
        while found in self._taken:
            count += 1
            found = f"{stem}_{count}"
        self._taken.add(found)
        return found


class Codes:
    """Codes of countries as a data set names them; unknown ones get a code of their own."""

    def __init__(self) -> None:
        self._own: dict[str, str] = {}

    def of(self, text: str) -> tuple[str, str, bool]:
        """Code of three letters, name, and whether the country is known.

        Unknown countries get codes that ISO 3166 leaves to users: XAA, XAB and so on.
        """
        known = country_of(text)
        if known is not None:
            return *known, True
        key = plain(text) or text
        if key not in self._own:
            count = len(self._own)
            self._own[key] = f"X{chr(65 + count // 26 % 26)}{chr(65 + count % 26)}"
        return self._own[key], text.replace("_", " ").strip() or "Unknown country", False


def country_of(text: str) -> tuple[str, str] | None:
    """Code of three letters and name of a country that is given by code or by name."""
    return _known().get(plain(text))


@functools.cache
def _known() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        for word in (row["code"], row["name"], *row["also"].split(";")):
            if word:
                found[plain(word)] = row["code"], row["name"]
    for row in rows:  # two letters last: other spellings come first
        found.setdefault(plain(row["short"]), (row["code"], row["name"]))
    return found
