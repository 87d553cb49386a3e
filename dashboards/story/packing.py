"""Arrays as text: base64 of small whole numbers, which a browser reads without parsing."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["NO_VALUE", "PER_HUNDRED", "packed", "shares"]

NO_VALUE = 255
PER_HUNDRED = 2.5
"""Shares are kept in steps of 0.4 percentage points: finer than an eye can tell in a colour."""

_SIZES = (("u1", np.uint8), ("u2", np.uint16), ("u4", np.uint32))


def packed(values: NDArray[Any], *, signed: bool = False) -> dict[str, object]:
    """An array in the smallest kind of whole numbers that holds it, little-endian.

    Args:
        values: Whole numbers, none below zero unless `signed`.
        signed: Whether they are degrees times 100, as 16-bit numbers with a sign.
    """
    chosen: np.dtype[Any]
    if signed:
        kind, chosen = "i2", np.dtype("<i2")
    else:
        most = int(values.max(initial=0))
        kind, size = next((k, s) for k, s in _SIZES if most <= np.iinfo(s).max)
        chosen = np.dtype(size).newbyteorder("<")
    data = np.ascontiguousarray(values, chosen).tobytes()
    return {"kind": kind, "shape": list(values.shape), "data": base64.b64encode(data).decode()}


def shares(values: NDArray[np.float64]) -> dict[str, object]:
    """Shares between 0 and 1 in steps of 0.4 percentage points; 255 where there is none."""
    steps = np.round(np.clip(np.nan_to_num(values), 0, 1) * 100 * PER_HUNDRED)
    return packed(np.where(np.isnan(values), NO_VALUE, steps).astype(np.int64))
