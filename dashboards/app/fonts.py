"""Fonts that pages may need and a system may lack: DejaVu, which Matplotlib brings, has Arabic."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

__all__ = ["FONTS"]


def _of_matplotlib(name: str) -> Path:
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf" / name


FONTS: dict[str, Callable[[], Path]] = {
    name: partial(_of_matplotlib, name) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
}
"""Name, as pages ask for it, to where the file lies."""
