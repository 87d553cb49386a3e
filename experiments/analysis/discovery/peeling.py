"""PRIM, the patient rule induction method, by way of the EMA Workbench.

Friedman and Fisher (1999, doi:10.1023/A:1008894516817); for scenarios Bryant and Lempert (2010);
as implemented in the EMA Workbench (Kwakkel 2017, doi:10.1016/j.envsoft.2017.06.054): it peels
thin slices off all cases, one after the other, so that the share of hits in what is left grows
fastest, and then pastes back what was taken too much.
"""

from __future__ import annotations

import importlib
import inspect
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analysis.discovery.box import Box, Limit, pruned
from experiments.analysis.discovery.dimension import WORDS
from sim.said import Said

if TYPE_CHECKING:
    import pandas as pd

    from experiments.analysis.discovery.cases import Cases

__all__ = ["RULE", "Step", "chosen", "peel"]

RULE = Said(
    "of all boxes on the way, the one in which density (of its cases, the share in which it is so) "
    "and coverage (of all cases in which it is so, the share inside) have the largest harmonic "
    "mean, without the limits that add nothing"
)

_LOADING = Lock()


@dataclass(frozen=True)
class Step:
    """A box on the way from all cases to the purest box.

    Attributes:
        box: The box.
        coverage: Share of all hits that are in it.
        density: Share of hits among the cases in it.
        mass: Share of all cases that are in it.
    """

    box: Box
    coverage: float
    density: float
    mass: float

    @property
    def balance(self) -> float:
        """Harmonic mean of coverage and density, known as F1."""
        both = self.coverage + self.density
        return 2 * self.coverage * self.density / both if both else 0.0


def peel(cases: Cases, alpha: float = 0.05, least_mass: float = 0.05) -> list[Step]:
    """Run PRIM once.

    Args:
        cases: The cases; some are hits and some are not.
        alpha: Share of the cases that is peeled off in one step.
        least_mass: Share of the cases that a box must hold at least.

    Returns:
        The boxes, from all cases to the last one.
    """
    with _quiet():
        found = _search(cases, alpha, least_mass)
        first = found.box_lims[0]
        boxes = [_box(each, first, cases) for each in found.box_lims]
    hits, count = int(cases.hit.sum()), len(cases.hit)
    steps = []
    for box in boxes:
        inside, inside_hits = box.counts(cases)
        steps.append(Step(box, inside_hits / hits, inside_hits / max(1, inside), inside / count))
    return steps


def chosen(steps: list[Step], cases: Cases) -> tuple[int, Box]:
    """Choose a box by RULE: its number on the way, and the box once its idle limits are gone."""
    best = max(range(len(steps)), key=lambda at: round(steps[at].balance, 9))
    return best, pruned(steps[best].box, cases)


def _search(cases: Cases, alpha: float, least_mass: float) -> Any:
    _load()
    from ema_workbench.analysis import prim

    class Box(prim.PrimBox):  # type: ignore[misc]
        def _calculate_quasi_p(self, *_: Any) -> dict[str, list[float]]:
            return {}  # half of all the time, at every step: done once, for the box that is chosen

    class Prim(prim.Prim):  # type: ignore[misc]
        def find_box(self) -> Any:
            self._update_yi_remaining(self)
            return self._paste(self._peel(Box(self, self.box_init, self.yi_remaining[:])))

    # A threshold just above zero: EMA counts as hits what reaches it.
    return Prim(
        _table(cases), cases.hit.astype(int), threshold=1e-9,
        peel_alpha=alpha, paste_alpha=alpha, mass_min=least_mass,
    ).find_box()  # fmt: skip


def _load() -> None:
    # When it is imported, EMA asks for the lines of source around every call, only to name its
    # functions: two seconds where much is imported already.
    name = "ema_workbench.analysis.prim"
    with _LOADING:
        if name in sys.modules:
            return
        with_lines = inspect.getouterframes

        def without_lines(frame: Any, context: int = 1) -> Any:  # noqa: ARG001
            return with_lines(frame, 0)

        inspect.getouterframes = without_lines
        try:
            importlib.import_module(name)
        finally:
            inspect.getouterframes = with_lines


def _table(cases: Cases) -> pd.DataFrame:
    import pandas as pd

    # Words are passed as whole numbers: sets of them keep their order from one process to the
    # next, which sets of text do not, and EMA breaks ties by that order.
    return pd.DataFrame(
        {
            each.name: pd.Series(column.astype(int).tolist(), dtype=object)
            if each.kind == WORDS
            else pd.Series(column)
            for each, column in zip(cases.dimensions, cases.inputs.T, strict=True)
        }
    )


def _box(limits: Any, first: Any, cases: Cases) -> Box:
    made = []
    for at, each in enumerate(cases.dimensions):
        if each.name not in limits.columns:  # EMA leaves out words that are all the same
            continue
        (low, high), (least, most) = limits[each.name], first[each.name]
        if each.kind == WORDS:
            if set(low) != set(least):
                made.append(Limit(at, "among", among=frozenset(float(code) for code in low)))
            continue
        if low > least:
            made.append(Limit(at, "low", float(low)))
        if high < most:
            made.append(Limit(at, "high", float(high)))
    return Box(tuple(made))


@contextmanager
def _quiet() -> Iterator[None]:
    # EMA warns of optional packages when it is imported, and uses pandas in a way that pandas
    # announces to end; neither says anything about the cases.
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
