"""Scenario discovery: find boxes one after the other, and keep those that hold up."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from experiments.analysis.discovery.box import quasi_p, simplified
from experiments.analysis.discovery.cases import Cases, cases_of
from experiments.analysis.discovery.holding import ALPHA, holding
from experiments.analysis.discovery.peeling import chosen, peel
from experiments.analysis.discovery.question import MEDIAN, Question, question_of
from experiments.analysis.discovery.result import Discovery, FoundBox, FoundLimit
from experiments.analysis.gaps import gaps_of
from experiments.analysis.samples import outcomes_asked
from experiments.analysis.source import Runs, open_runs
from experiments.limits import refusal
from sim.said import Said

if TYPE_CHECKING:
    import pandas as pd

    from experiments.sweep import Estimate, Progress
    from scenarios.designing import Design

__all__ = ["HALVES", "discover", "search"]

HALVES = 10
_MOST_BOXES = 3
_FEWEST_CASES = 40
_FEWEST_HITS = 10
_OFTEN = 0.6

_NOTHING = Said("no conditions were found that hold up in cases that were not searched")
_NOTHING_OFTEN = Said(
    "no conditions were found that hold up in cases that were not searched; as it is so in most "
    "cases, ask for the opposite"
)


def discover(
    of: Path | str | Runs,
    outcome: str | None = None,
    *,
    below: float | None = None,
    above: float | None = None,
    falls_by: float | None = None,
    rises_by: float | None = None,
    against: str = MEDIAN,
    boxes: int = _MOST_BOXES,
    halves: int = HALVES,
    out: Path | str | None = None,
    before: Callable[[Estimate], None] | None = None,
    progress: Callable[[Progress], None] | None = None,
    say: Callable[[str], None] | None = None,
    tick: Callable[[int, int], None] | None = None,
) -> Discovery:
    """Say under which conditions an outcome is low or high, falls or rises.

    Without a threshold, the worst quarter of all cases is searched for.

    Args:
        of: A sweep's directory; a design (library name or file), which is swept first; or runs.
        outcome: Name of the outcome; None: the first of the design.
        below: Search for values below this.
        above: Search for values above this.
        falls_by: Search for falls by this share or more, such as 0.5.
        rises_by: Search for rises by this share or more.
        against: What a fall or rise is compared with: `median` (of all cases) or `first` (the same
            point with the first value of every lever).
        boxes: Boxes to look for, at most.
        halves: Halves of the cases in which each box is searched again.
        out: For a design: directory of the sweep.
        before: For a design: told what the sweep is about to do.
        progress: For a design: told how far the sweep is.
        say: Told in a sentence what is being searched, before that takes its time.
        tick: Told before each search how many were made, and how many there will be at most; what
            it raises ends them.

    Returns:
        The boxes; `Discovery.write()` puts tables and figures into the sweep's directory.

    Raises:
        InputProblem: If there are no such runs or outcome, or the question makes no sense.
    """
    runs = open_runs(of, out=out, before=before, progress=progress)
    if not runs.design.outcomes:
        message = Said("the design '{design}' has none", design=runs.design.name)
        raise refusal(Said("outcomes"), "", message, Said("give it one"))
    (name,) = outcomes_asked(runs.design, [outcome] if outcome else None)[:1]
    quantity = next(each for each in runs.design.outcomes if each.name == name)
    question = question_of(
        quantity, below=below, above=above, falls_by=falls_by, rises_by=rises_by, against=against
    )
    if say:
        say(_beginning(len(runs.frame), halves))
    return search(runs.design, runs.frame, question, boxes=boxes, halves=halves,
                  folder=runs.folder, tick=tick)  # fmt: skip


def search(
    design: Design,
    frame: pd.DataFrame,
    question: Question,
    *,
    boxes: int = _MOST_BOXES,
    halves: int = HALVES,
    folder: Path | None = None,
    tick: Callable[[int, int], None] | None = None,
) -> Discovery:
    """The same for a design and a table of its runs (see experiments.analysis.Runs)."""
    cases = cases_of(design, frame, question)
    left, found, why = cases, [], ""
    searches, whole = count(), boxes * (halves + 1)

    def begin() -> None:
        if tick:
            tick(next(searches), whole)

    for number in range(1, boxes + 1):
        why = _too_few(left)
        if why:
            break
        begin()
        box = _find(left, cases, number, halves, design.seed, begin)
        if not box.holds_up:
            often = number == 1 and box.base > _OFTEN
            why = _NOTHING_OFTEN if often else _NOTHING
            break
        found.append(box)
        left = left.only(~box.box.holds(left.inputs))
    return Discovery(design, question, cases, found, gaps_of(design, frame), why, folder)


def _find(
    left: Cases, cases: Cases, number: int, halves: int, seed: int, begin: Callable[[], None]
) -> FoundBox:
    steps = peel(left)
    at, box = chosen(steps, left)
    box = simplified(box, left)
    held = holding(left, halves, seed + number, begin)
    inside, hits = box.counts(left)
    limits = tuple(
        FoundLimit(each, quasi_p(box, each, left), held.repeat(each)) for each in box.limits
    )
    return FoundBox(
        number=number, box=box, limits=limits, cases=inside, hits=hits,
        coverage=hits / int(cases.hit.sum()), density=hits / max(1, inside),
        mass=inside / len(cases.hit), base=float(np.mean(left.hit)),
        searched=int(left.hit.sum()) / int(cases.hit.sum()), held=held,
        steps=tuple(steps), step=at, holds_up=bool(box.limits) and held.p <= ALPHA,
    )  # fmt: skip


def _beginning(runs: int, halves: int) -> Said:
    return Said(
        "Searching {runs:,} runs for boxes, and again in {halves} halves of them: some ten "
        "seconds, more with many dimensions.", runs=runs, halves=halves,
    )  # fmt: skip


def _too_few(cases: Cases) -> str:
    count, hits = len(cases.hit), int(cases.hit.sum())
    if count < _FEWEST_CASES:
        return Said(
            "{count} cases are too few to search: {least} are the least",
            count=count, least=_FEWEST_CASES,
        )  # fmt: skip
    if hits < _FEWEST_HITS:
        return Said(
            "it is so in {hits} of {count} cases, and {least} are the least to search",
            hits=hits, count=count, least=_FEWEST_HITS,
        )  # fmt: skip
    if count - hits < _FEWEST_HITS:
        return Said(
            "it is so in {hits} of {count} cases, nearly always, so nothing tells them apart",
            hits=hits, count=count,
        )  # fmt: skip
    return ""
