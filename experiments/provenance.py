"""What a result was made with, so that it can be made again."""

from __future__ import annotations

import hashlib
import importlib
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import metadata

__all__ = ["manifest", "text_hash", "versions"]

_LIBRARIES = ("numpy", "numba", "mesa", "pandas", "waytrust")


def versions() -> dict[str, str]:
    """Versions of Python and of the libraries that results depend on."""
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # run from its sources
            found[name] = str(getattr(importlib.import_module(name), "__version__", "unknown"))
    return found


def text_hash(text: str) -> str:
    """Short hash of a text, such as a resolved scenario."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def manifest(kind: str, scenarios: Mapping[str, str], **facts: object) -> dict[str, object]:
    """The record that stands beside a result.

    Args:
        kind: `run` or `compare`.
        scenarios: Resolved scenario text by name.
        **facts: Settings and measurements, such as seed, engine, threads and wall time.
    """
    from sim.compiling import code_hash

    return {
        "waytrust": versions()["waytrust"],
        "kind": kind,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        **facts,
        "versions": versions(),
        "hashes": {
            "code": code_hash(),
            "scenarios": {name: text_hash(text) for name, text in scenarios.items()},
        },
        "machine": platform.machine(),
    }
