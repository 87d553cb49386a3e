"""Factors: the uncertainties of a design with their range, their words and their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.words import listed
from sim.said import MINUS, Amount, Heading, Said, Share

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from scenarios.designing import Design

__all__ = ["UNITS", "Factor", "amount", "assumed_words", "factors_of"]

UNITS = {
    "days": Said("days"), "share": Said("share"), "1/day": Said("1/day"), "amount": Said("amount"),
    "utility": Said("utility"), "multiplier": Said("multiplier"), "dollars": Said("dollars"),
    "count": Said("count"), "switch": Said("switch"),
}  # fmt: skip
"""Units of the registry, as they stand beside a name."""

_WITH_UNIT = {
    "days": Said("{amount} days"), "1/day": Said("{amount} a day"),
    "dollars": Said("{amount} dollars"),
}  # fmt: skip

_ONE_ASSUMED = (
    Said("The range of {name} is at least in part an assumption."),
    Said("Of these, the range of {name} is at least in part an assumption."),
)
_MANY_ASSUMED = (
    Said("The ranges of {names} are at least in part assumptions."),
    Said("Of these, the ranges of {names} are at least in part assumptions."),
)


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
        if "e" in shown:  # far outside of what a share can be
            return f"{shown.replace('-', MINUS)}\N{NO-BREAK SPACE}%"
        return Share(value, 0 if value in (0.0, 1.0) else len(shown.partition(".")[2]))
    found = Amount(value, digits)
    return Said(_WITH_UNIT[unit], amount=found) if unit in _WITH_UNIT else found


def assumed_words(names: Sequence[str], *, of_these: bool = False) -> Said:
    """That the ranges of some parameters are assumptions.

    Args:
        names: The parameters, at least one.
        of_these: Whether they are some of those that the sentence before was about.
    """
    if len(names) == 1:
        return Said(_ONE_ASSUMED[of_these], name=names[0])
    return Said(_MANY_ASSUMED[of_these], names=listed(names))


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
                UNITS.get(known.unit, known.unit) if known else "",
                known.source if known else "",
                low, high, each.scale,
            )
        )  # fmt: skip
    return tuple(made)
