"""Vega for the browser: one file made from vl_convert's own copy, so that no network is needed."""

from __future__ import annotations

import functools
import importlib.metadata
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

__all__ = ["NAME", "URL", "folder"]

NAME = "waytrust-vega.js"
URL = f"/static/assets/{NAME}"
"""Where a page finds it, once the server serves `folder()` among its assets."""


@functools.cache
def folder() -> Path:
    """The directory with the file, which is made when it is not there; takes some seconds then.

    It lies in the cache of the user (`WAYTRUST_CACHE`, or `~/.cache`), by the version of
    vl_convert; where that cannot be written, in a temporary directory.
    """
    base = os.environ.get("WAYTRUST_CACHE") or os.environ.get("XDG_CACHE_HOME")
    version = importlib.metadata.version("vl-convert-python")
    place = Path(base or Path.home() / ".cache") / "waytrust" / "vega" / version
    try:
        place.mkdir(parents=True, exist_ok=True)
        if not (place / NAME).is_file():
            _write(place / NAME)
        return place
    except OSError:
        pass
    made = Path(tempfile.mkdtemp(prefix="waytrust-vega-"))
    _write(made / NAME)
    return made


def _write(path: Path) -> None:
    import vl_convert

    draft = path.with_name(f".{NAME}.{secrets.token_hex(4)}")
    bundle: Any = vl_convert.javascript_bundle  # its annotations ask for what it does not need
    draft.write_text(bundle(), encoding="utf-8")
    draft.replace(path)  # whole or not at all, whoever else makes it at the same time
