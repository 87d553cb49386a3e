"""Round steps for an axis."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["Axis", "axis_over"]


@dataclass(frozen=True)
class Axis:
    """A straight scale from values to pixels.

    Attributes:
        low: Value at `start`.
        high: Value at `end`.
        start: Pixel of the lowest value.
        end: Pixel of the highest.
        ticks: Round values between them.
    """

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """The pixel of a value; values beyond the ends stay at the ends."""
        inside = min(max(value, self.low), self.high)
        return self.start + (inside - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def digits(self) -> int:
        """Digits after the point that tell neighbouring ticks apart."""
        return next((d for d in range(9) if all(round(t, d) == t for t in self.ticks)), 9)


def axis_over(low: float, high: float, start: float, end: float, most: int = 6) -> Axis:
    """An axis that holds two values, with round ticks.

    Args:
        low: Lowest value to show.
        high: Highest value to show.
        start: Pixel of the lowest value.
        end: Pixel of the highest.
        most: Ticks at most.
    """
    known = math.isfinite(low) and math.isfinite(high)
    if not known or high - low <= 1e-9 * max(1.0, abs(low), abs(high)):
        middle = low if math.isfinite(low) else 0.0
        reach = 0.1 * abs(middle) if abs(middle) > 1e-6 else 1.0
        low, high = middle - reach, middle + reach
    step = _round_step((high - low) / max(most - 1, 1))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(n * step, 12) for n in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], start, end, ticks)


def _round_step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(size * m for m in (1, 2, 2.5, 5, 10) if size * m >= rough * 0.999)
