"""Result directories: complete or not there at all.

A directory is written under a temporary name beside its place and then renamed. One that is
already there is replaced only if it is empty or an earlier result of the same kind.
"""

from __future__ import annotations

import contextlib
import errno
import json
import math
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from experiments.limits import refusal
from sim.said import Said

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "MANIFEST",
    "check_place",
    "json_text",
    "new_directory",
    "new_file",
    "read_manifest",
    "write_json",
    "write_parquet",
]

MANIFEST = "manifest.json"
_COMMANDS = {"calibration": "calibrate", "discovery": "discover"}
"""The command that writes a kind of result, where it is called otherwise."""


def check_place(out: Path | str | None, kind: str) -> None:
    """Refuse a directory that cannot be written, before any time is spent on a run.

    Args:
        out: Where results are to go; None means nowhere.
        kind: Kind of result, as the manifest names it: `run` or `compare`.

    Raises:
        InputProblem: If the place is taken by something else or cannot be written.
    """
    if out is None:
        return
    place = Path(out)
    try:
        _check_taken(place, kind)
        nearest = next(p for p in (place.absolute(), *place.absolute().parents) if p.exists())
        if not nearest.is_dir():
            raise NotADirectoryError(20, "Not a directory", str(nearest))
        parent = nearest.parent if nearest == place.absolute() else nearest
        with tempfile.TemporaryDirectory(prefix=".waytrust-", dir=parent):
            pass
    except OSError as error:
        raise _unwritable(place, error) from None


@contextmanager
def new_directory(out: Path | str, kind: str, *, replace: bool = True) -> Iterator[Path]:
    """A temporary directory that takes the place of `out` when the block ends well.

    Args:
        out: The place.
        kind: Kind of result, as the manifest names it.
        replace: Whether an earlier result makes way; otherwise whoever came first stays.

    Raises:
        InputProblem: If the place is taken by something else or cannot be written.
    """
    place = Path(out).absolute()
    try:
        _check_taken(place, kind)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = _sibling(place, "partial")
        draft.mkdir()
    except OSError as error:
        raise _unwritable(place, error) from None
    try:
        yield draft
        _swap(draft, place, replace=replace)
    except OSError as error:
        raise _unwritable(place, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def new_file(path: Path, field: str) -> Iterator[Path]:
    """A temporary file that takes the place of `path` when the block ends well.

    Args:
        path: The file; an earlier one is replaced.
        field: What the file is called in messages, such as `map`.

    Raises:
        InputProblem: If it cannot be written.
    """
    draft = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}{path.suffix}")
    try:
        yield draft
        draft.replace(path)
    except OSError as error:
        raise refusal(field, path, _why(error), Said("name another file")) from None
    finally:
        with suppress(OSError):  # also where its directory is none
            draft.unlink()


def read_manifest(folder: Path | str) -> dict[str, object] | None:
    """The manifest of a result directory, or None where there is none of ours."""
    try:
        found = json.loads((Path(folder) / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and "waytrust" in found else None


def json_text(value: object) -> str:
    """JSON with plain numbers; what is not a number (NaN) becomes null."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=1, allow_nan=False)


def write_json(path: Path, value: object) -> None:
    """Write one JSON object."""
    path.write_text(json_text(value) + "\n", encoding="utf-8")


def write_parquet(path: Path, frame: pd.DataFrame) -> None:
    """Write a table as Parquet, compressed with zstd."""
    frame.to_parquet(path, compression="zstd", index=False)


def _check_taken(place: Path, kind: str) -> None:
    if place.exists() and not place.is_dir():
        raise refusal("out", place, Said("is a file"), Said("name a directory"))
    if not place.is_dir() or not any(place.iterdir()):
        return
    manifest = read_manifest(place)
    if manifest is None or manifest.get("kind") != kind:
        command = _COMMANDS.get(kind, kind)
        message = Said("holds files that are not an earlier result of `waytrust {command}`",
                       command=command)  # fmt: skip
        raise refusal("out", place, message, Said("name an empty or a new directory"))


def _swap(draft: Path, place: Path, *, replace: bool) -> None:
    if not replace:
        with contextlib.suppress(FileExistsError):
            _rename_onto_nothing(draft, place)
        return
    if not place.exists():
        draft.rename(place)
        return
    old = _sibling(place, "old")
    place.rename(old)
    try:
        draft.rename(place)
    except OSError:
        old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _rename_onto_nothing(draft: Path, place: Path) -> None:
    """Rename a directory unless something stands in its place by now."""
    try:
        draft.rename(place)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        raise FileExistsError(*error.args) from None


def _sibling(place: Path, word: str) -> Path:
    return place.parent / f".{place.name[:100]}.{word}-{secrets.token_hex(4)}"


def _unwritable(place: Path, error: OSError) -> Exception:
    return refusal("out", place, _why(error), Said("name another directory"))


def _why(error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()  # as the system says it, in English
    return Said("cannot be written ({reason})", reason=reason)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
