"""A copy of a scenario file, comments and all, under a name of its own."""

from __future__ import annotations

import re
from typing import NamedTuple

from scenarios.loader import load
from scenarios.resolve import find_file

__all__ = ["Copy", "copied"]

_NAME = re.compile(r"^name:.*$", re.MULTILINE)
_EXTENDS = re.compile(r"^extends:\s*([^\s#]+)", re.MULTILINE)


class Copy(NamedTuple):
    """A scenario file to be written.

    Attributes:
        text: The file.
        beside: What to compare it with: the scenario that it extends, or the one copied.
    """

    text: str
    beside: str


def copied(given: str, name: str) -> Copy:
    """The text of a scenario of the library, or of a file, with another name.

    Args:
        given: Name in the library, or a file.
        name: The new name, ASCII snake case.

    Raises:
        InputProblem: If there is no such scenario or it cannot be used.
    """
    load(given)
    text = find_file(given).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    line = f"name: {name}"
    text = _NAME.sub(line, text, count=1) if _NAME.search(text) else f"{line}\n{text}"
    extended = _EXTENDS.search(text)
    return Copy(text, extended.group(1) if extended else given)
