"""A file of named arrays and texts under a header: a zip that NumPy can read, without pickle.

It is there whole or not at all, and whatever is wrong with it is told in a sentence.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import secrets
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import numpy as np

from sim.problems import InputProblem, Problem

__all__ = ["FORMAT", "Archive", "check_writable", "write_archive"]

FORMAT = 1
"""Number of the format; it rises whenever a file can no longer be read as before."""
KIND = "saved run of Waytrust"
HEADER = "header.json"
ZIP_START = b"PK\x03\x04"
FAST = 1
"""Level of compression. Most columns are nearly empty, so higher ones cost time and gain little."""
LONGEST_LAYOUT = 1 << 20
_DAMAGE = (OSError, EOFError, LookupError, ValueError, RuntimeError, OverflowError, struct.error,
           zlib.error, zipfile.BadZipFile)
"""What reading a zip with wrong bytes in it can end in."""


class _Hashed:
    """Passes bytes on, and hashes them."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.blake2b(digest_size=16)

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        return self._stream.write(data)

    def hash(self) -> str:
        return self._digest.hexdigest()


def write_archive(path: Path, header: Mapping[str, Any], arrays: Mapping[str, np.ndarray],
                  texts: Mapping[str, str]) -> None:
    """Write a file that takes the place of an earlier one only when it is complete.

    Args:
        path: Where it is to lie; folders above it are made.
        header: Plain data; kind, format and the hash of each member are added.
        arrays: Arrays, by name.
        texts: Texts, by name.

    Raises:
        InputProblem: If it cannot be written.
    """
    hashes: dict[str, str] = {}
    with _replacing(path) as stream, zipfile.ZipFile(
            stream, "w", zipfile.ZIP_DEFLATED, compresslevel=FAST) as archive:
        for name, array in arrays.items():
            little = array.astype(array.dtype.newbyteorder("<"), copy=False)
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                hashed = _Hashed(member)
                np.lib.format.write_array(hashed, little, allow_pickle=False)
            hashes[f"{name}.npy"] = hashed.hash()
        for name, text in texts.items():
            with archive.open(name, "w", force_zip64=True) as member:
                hashed = _Hashed(member)
                hashed.write(text.encode())
            hashes[name] = hashed.hash()
        whole = {"kind": KIND, "format": FORMAT, **header, "hashes": hashes}
        archive.writestr(zipfile.ZipInfo(HEADER), json.dumps(whole, indent=1))


def check_writable(path: Path) -> None:
    """Refuse a place where no file can be written, before any time is spent on a run.

    Raises:
        InputProblem: If nothing can be written there, or something else lies there.
    """
    with _told_if_unwritable(path):
        if path.is_dir():
            raise IsADirectoryError(21, "Is a directory")
        nearest = next(folder for folder in path.absolute().parents if folder.exists())
        draft = _draft_of(nearest / path.name)
        draft.touch()
        draft.unlink()
    if path.exists():
        try:
            Archive(path, any_format=True).close()
        except InputProblem:
            raise _problem(path, "", "something else than a saved run lies there",
                           "name another file") from None


class Archive:
    """Such a file, open for reading.

    Attributes:
        header: Its header.

    Args:
        path: The file.
        any_format: Whether a file of another format will do, because only the header matters.

    Raises:
        InputProblem: If there is none, or it is another kind of file, damaged or of another format.
    """

    def __init__(self, path: Path, *, any_format: bool = False) -> None:
        self._path = path
        try:
            self._stream = path.open("rb")
        except OSError as error:
            raise _problem(path, "", f"cannot be read ({_reason(error)})",
                           "give a file in which a run was saved") from None
        try:
            self._zip, self.header = self._opened()
            if not any_format and self.header.get("format") != FORMAT:
                raise self.problem(
                    "format", f"the file has format {self.header.get('format')}, and this Waytrust "
                    f"reads format {FORMAT}",
                    f"resume it with Waytrust {self.header.get('waytrust')}, which saved it")
        except BaseException:
            self._stream.close()
            raise

    def _opened(self) -> tuple[zipfile.ZipFile, dict[str, Any]]:
        header = None
        with self._told_if_damaged():
            start = self._stream.read(len(ZIP_START))
            archive = zipfile.ZipFile(self._stream) if start == ZIP_START else None
            if archive and HEADER in archive.namelist():
                header = json.loads(archive.read(HEADER))
        if archive is None or not isinstance(header, dict) or header.get("kind") != KIND:
            raise self.problem("", "this is not a file in which a run was saved",
                               "give one that `waytrust run --save` wrote")
        return archive, header

    def problem(self, field: str, message: str, suggestion: str) -> InputProblem:
        """The exception for something that is wrong with this file."""
        return _problem(self._path, field, message, suggestion)

    def damaged(self, member: str = "") -> InputProblem:
        """The exception for bytes that are not those that were written."""
        return self.problem(member, "the file is damaged or was cut short",
                            "take another copy of it, or save the run anew")

    def array(self, name: str) -> np.ndarray:
        """One of its arrays.

        Raises:
            InputProblem: If its bytes are not those that were written.
        """
        with self._told_if_damaged(name):
            found: np.ndarray = np.lib.format.read_array(
                io.BytesIO(self._bytes(f"{name}.npy")), allow_pickle=False,
                max_header_size=LONGEST_LAYOUT)
        return found

    def text(self, name: str) -> str:
        """One of its texts.

        Raises:
            InputProblem: If its bytes are not those that were written.
        """
        with self._told_if_damaged(name):
            return self._bytes(name).decode()

    def _bytes(self, member: str) -> bytes:
        data = self._zip.read(member)
        if hashlib.blake2b(data, digest_size=16).hexdigest() != self.header["hashes"][member]:
            raise ValueError("these are not the bytes that were written")
        return data

    @contextlib.contextmanager
    def _told_if_damaged(self, member: str = "") -> Iterator[None]:
        try:
            yield
        except _DAMAGE:
            raise self.damaged(member) from None

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """A stream into a file beside ``path``, which takes its place once all is on the disk."""
    draft = _draft_of(path)
    with _told_if_unwritable(path):
        try:
            with contextlib.suppress(FileExistsError):  # a file: opening the draft says so better
                path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(path)
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
        # Not every system lets a folder be opened; the file itself is safe by now.
        with contextlib.suppress(OSError):
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


@contextlib.contextmanager
def _told_if_unwritable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _problem(path, "", f"cannot be written ({_reason(error)})",
                       "name another file") from error


def _draft_of(path: Path) -> Path:
    return path.parent / f".{path.name[:100]}.partial-{secrets.token_hex(4)}"


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _problem(path: Path, field: str, message: str, suggestion: str) -> InputProblem:
    return InputProblem(
        Problem(file=str(path), field=field, message=message, suggestion=suggestion))
