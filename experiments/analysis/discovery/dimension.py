"""Dimensions of the space that boxes are cut from: uncertainties and levers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.analysis.factors import amount, factors_of

if TYPE_CHECKING:
    from scenarios.designing import Design, Lever

__all__ = ["LEVELS", "NUMBER", "WORDS", "Dimension", "dimensions_of"]

NUMBER, LEVELS, WORDS = "number", "levels", "words"


@dataclass(frozen=True)
class Dimension:
    """Something that differs between cases.

    Attributes:
        name: A parameter, or a lever such as `wall.compliance`.
        title: What it is, in a few words; its name where nothing more is known.
        kind: NUMBER (an uncertainty), LEVELS (a lever with numbers) or WORDS (one without).
        unit: Unit of a parameter.
        source: Where the range of a parameter comes from.
        values: Of a lever, its values: numbers in order, or 0, 1, 2 ... for words.
        texts: The same as they were written.
    """

    name: str
    title: str
    kind: str
    unit: str = ""
    source: str = ""
    values: tuple[float, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether the range of a parameter is, at least in part, an assumption."""
        return "assumed" in self.source.split()

    def words(self, value: float) -> str:
        """A value as people write it."""
        if self.kind == NUMBER:
            return amount(value, self.unit)
        return self.texts[self.values.index(value)]


def dimensions_of(design: Design) -> tuple[Dimension, ...]:
    """The uncertainties of a design, then its levers with more than one value."""
    uncertain = [
        Dimension(each.name, each.title, NUMBER, each.unit, each.source)
        for each in factors_of(design)
        if each.high > each.low
    ]
    return (*uncertain, *(_lever(each) for each in design.levers if len(each.values) > 1))


def _lever(lever: Lever) -> Dimension:
    if all(_is_number(value) for value in lever.values):
        pairs = sorted(zip(lever.values, lever.texts, strict=True), key=lambda pair: float(pair[0]))  # type: ignore[arg-type]
        values = tuple(float(value) for value, _ in pairs)  # type: ignore[arg-type]
        texts = tuple(text for _, text in pairs)
        return Dimension(lever.name, lever.name, LEVELS, values=values, texts=texts)
    codes = tuple(float(code) for code in range(len(lever.values)))
    return Dimension(lever.name, lever.name, WORDS, values=codes, texts=lever.texts)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
