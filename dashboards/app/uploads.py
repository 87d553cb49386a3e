"""Files that people bring: limited in size, kept in a folder of their own, named by us."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from experiments.limits import refusal

__all__ = ["LARGEST", "kept", "shown_name", "text_of"]

LARGEST = 5 * 2**20
"""Bytes a file may have, unless somebody says otherwise."""

_CHUNK = 2**16
_SHOWN = 80


def shown_name(name: str) -> str:
    """The name of a brought file as it may be shown: without folders, short, on one line."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(char if char.isprintable() else " " for char in last).strip()
    return plain[:_SHOWN] or "file"


def text_of(file: BinaryIO, name: str, *, largest: int = LARGEST) -> str:
    """The text of a brought file.

    Args:
        file: What was brought.
        name: What the person calls it; only told, never used as a path.
        largest: Bytes it may have.

    Raises:
        InputProblem: If it is larger, or no text in UTF-8.
    """
    found = b"".join(_limited(file, name, largest))
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refusal("file", shown_name(name), "is no text in UTF-8",
                      "save it as a text file in UTF-8") from None  # fmt: skip


@contextlib.contextmanager
def kept(file: BinaryIO, name: str, *, suffix: str = "", largest: int = LARGEST) -> Iterator[Path]:
    """A brought file on disk for a while, in a folder that holds nothing else.

    Args:
        file: What was brought.
        name: What the person calls it; only told, never used as a path.
        suffix: End of the name that it gets, such as `.yaml`.
        largest: Bytes it may have.

    Raises:
        InputProblem: If it is larger.
    """
    folder = Path(tempfile.mkdtemp(prefix="waytrust-"))
    try:
        place = folder / f"brought{suffix}"
        with place.open("wb") as out:
            for chunk in _limited(file, name, largest):
                out.write(chunk)
        yield place
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _limited(file: BinaryIO, name: str, largest: int) -> Iterator[bytes]:
    # Never asks for more than one chunk beyond the limit, whatever the browser said of its size.
    left = largest
    while chunk := file.read(min(_CHUNK, left + 1)):
        left -= len(chunk)
        if left < 0:
            raise refusal("file", shown_name(name), f"has more than {_size(largest)}",
                          "bring a smaller one")  # fmt: skip
        yield chunk


def _size(count: int) -> str:
    return f"{count // 2**20} MB" if count >= 2**20 else f"{count:,} bytes"
