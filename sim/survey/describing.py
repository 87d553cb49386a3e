"""Who was asked, in words: by status, and how long ago they left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.codes import NEVER, STATUSES

if TYPE_CHECKING:
    from sim.world import World

__all__ = ["respondents_in_words"]

_MOST_NAMED = 4


def respondents_in_words(world: World, people: NDArray[np.int64], group: NDArray[np.int64],
                         groups: int, day: int) -> list[str]:
    """The respondents of each group, such as ``62 % irregular, 38 % regular; left 212 days ago``.

    Args:
        world: The world.
        people: Indices of those who were asked.
        group: Group of each of them.
        groups: How many groups there are.
        day: The day on which they were asked.
    """
    body = world.tables.body[people]
    cells = group * len(STATUSES) + body["status"].astype(np.int64)
    by_status = np.bincount(cells, minlength=groups * len(STATUSES)).reshape(groups, -1)
    gone = body["departed"] != NEVER
    days = np.where(gone, day - body["departed"].astype(np.int64), 0)
    ago = np.bincount(group, weights=days, minlength=groups)
    left = np.bincount(group[gone], minlength=groups)
    return [_told(by_status[n], float(ago[n]), int(left[n])) for n in range(groups)]


def _told(by_status: NDArray[np.int64], ago: float, left: int) -> str:
    asked = int(by_status.sum())
    if not asked:
        return "nobody"
    order = [int(n) for n in np.argsort(-by_status, kind="stable") if by_status[n]]
    parts = [f"{by_status[n] / asked:.0%} {STATUSES[n]}" for n in order[:_MOST_NAMED]]
    if len(order) > _MOST_NAMED:
        parts.append(f"{by_status[order[_MOST_NAMED:]].sum() / asked:.0%} of other status")
    words = ", ".join(parts).replace("%", " %").replace("_", " ")
    if left < asked:
        words += f"; {(asked - left) / asked:.0%}".replace("%", " %") + " have not left yet"
    return words + (f"; the others left {ago / left:.0f} days ago on average" if 0 < left < asked
                    else f"; left {ago / left:.0f} days ago on average" if left else "")
