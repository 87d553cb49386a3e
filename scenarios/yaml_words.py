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
    Said("found incompatible YAML document (version 1.* is required)"),
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
    (re.compile(r"expected (?P<what>.+) but found (?P<there>.+)"),
     Said("expected {what} but found {there}")),
    (re.compile(r"unacceptable character (?P<letter>#x[0-9a-f]+): (?P<why>.+)"),
     Said("unacceptable character {letter}: {why}")),
)  # fmt: skip
_EXPECTED = (
    Said("alphabetic or numeric character"), Said("a digit or '.'"), Said("a digit"),
    Said("a comment or a line break"), Said("chomping or indentation indicators"),
    Said("the node content"), Said("special characters are not allowed"),
)  # fmt: skip
"""What may be expected, and why a letter is not acceptable."""


def parser_words(text: str) -> Said:
    """What the parser says, with what it found as values."""
    for pattern, template in _WITH_HOLES:
        if match := pattern.fullmatch(text):
            return Said(template, **{name: Said(part) for name, part in match.groupdict().items()})
    return Said(text)
