"""What the YAML parser says, as texts that can be told in other languages."""

from __future__ import annotations

import re

from sim.said import Said

__all__ = ["parser_words"]

_WHOLE = (
    Said("could not find expected ':'"),
    Said("sequence entries are not allowed here"),
    Said("mapping keys are not allowed here"),
    Said("mapping values are not allowed here"),
    Said("found unexpected end of stream"),
    Said("found unexpected document separator"),
    Said("found unexpected ':'"),
)
"""Each stands for itself; they are here to be gathered for translation."""
_WITH_HOLES = (
    (re.compile(r"found character (?P<letter>.+) that cannot start any token"),
     Said("found character {letter} that cannot start any token")),
    (re.compile(r"found unknown escape character (?P<letter>.+)"),
     Said("found unknown escape character {letter}")),
    (re.compile(r"expected (?P<what>.+), but found (?P<there>.+)"),
     Said("expected {what}, but found {there}")),
    (re.compile(r"expected (?P<what>.+), but got (?P<there>.+)"),
     Said("expected {what}, but got {there}")),
)  # fmt: skip


def parser_words(text: str) -> Said:
    """What the parser says, with what it found as values."""
    for pattern, template in _WITH_HOLES:
        if match := pattern.fullmatch(text):
            return Said(template, **match.groupdict())
    return Said(text)
