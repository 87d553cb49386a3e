"""A number with its interval, and whether it may be trusted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator

__all__ = ["Change", "Ends", "Number"]


def _number(value: object) -> object:
    return math.nan if value is None else value


Number = Annotated[float, BeforeValidator(_number)]
"""A number in JSON; null stands for one that is not known."""


class Change(NamedTuple):
    """An estimate, the ends of its 95 % interval, and whether too few people stand behind it."""

    value: float
    low: float
    high: float
    few: bool = False

    @property
    def known(self) -> bool:
        """Whether there is an interval at all."""
        return all(math.isfinite(end) for end in self[:3])

    @property
    def clear(self) -> bool:
        """Whether chance between runs does not explain it, and enough people stand behind it."""
        return self.known and not self.few and (self.low > 0 or self.high < 0)

    @property
    def ends_by_size(self) -> tuple[float, float]:
        """Both ends without their sign, the smaller first."""
        near, far = sorted((abs(self.low), abs(self.high)))
        return near, far


def _change(found: object) -> object:
    if not isinstance(found, Mapping):
        return found
    ends = (_number(found[name]) for name in ("value", "low", "high"))
    return (*ends, bool(found.get("few", False)))


Ends = Annotated[Change, BeforeValidator(_change)]
"""A change as it stands in a file: an object with `value`, `low`, `high` and perhaps `few`."""
