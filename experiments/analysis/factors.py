"""Factors: the uncertainties of a design with their range, their words and their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.said import Amount, Heading, Said, Share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from scenarios.designing import Design

__all__ = ["Factor", "amount", "factors_of"]

_UNITS = {
    "days": Said("{amount} days"), "1/day": Said("{amount} a day"),
    "dollars": Said("{amount} dollars"),
}  # fmt: skip


@dataclass(frozen=True)
class Factor:
    """A parameter that a design varies.

    Attributes:
        name: Its name in the registry.
        title: What it is, in a few words; its name where the registry does not know it.
        unit: Its unit in the registry.
        source: Where its range comes from: evidence ids, `trial` or `assumed`.
        low: Lower end of the range that was explored.
        high: Upper end.
        scale: `linear` or `log`.
    """

    name: str
    title: str
    unit: str
    source: str
    low: float
    high: float
    scale: str

    @property
    def assumed(self) -> bool:
        """Whether its range is, at least in part, an assumption."""
        return "assumed" in self.source.split()

    def to_unit(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values as shares of the range (0 to 1), on the scale on which it was explored."""
        from experiments.sweep.sampling import unit_of

        return unit_of(values, self)

    def words(self, value: float) -> str:
        """A value with its unit, such as `310 days` or `25 %`."""
        return amount(value, self.unit)


def amount(value: float, unit: str, digits: int = 4) -> str:
    """A number with its unit, rounded to some significant digits."""
    if unit == "share":
        shown = f"{100 * value:.{digits}g}"
        return Share(value, 0 if value in (0.0, 1.0) else len(shown.partition(".")[2]))
    found = Amount(value, digits)
    return Said(_UNITS[unit], amount=found) if unit in _UNITS else found


def factors_of(design: Design) -> tuple[Factor, ...]:
    """The uncertainties of a design, in its order, with what the registry knows of them."""
    from sim.parameters import REGISTRY

    made = []
    for each in design.uncertainties:
        known = REGISTRY.get(each.name)
        low, high = each.low, each.high
        if each.values:
            low, high = min(each.values), max(each.values)
        made.append(
            Factor(
                each.name,
                Heading(known.note) if known else each.name,
                known.unit if known else "",
                known.source if known else "",
                low, high, each.scale,
            )
        )  # fmt: skip
    return tuple(made)
