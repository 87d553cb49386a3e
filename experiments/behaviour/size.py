"""Results do not depend on how many migrants are simulated, only their precision does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.behaviour import drawing
from experiments.behaviour.part import (
    Made,
    Part,
    Report,
    Size,
    live,
    model_of,
    plan_of,
    side_by_side,
)
from experiments.behaviour.shape import Shape
from experiments.facts.fact import Fact, Verdict
from experiments.intervals import Interval, mean_interval, unpaired_ratio
from experiments.words import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.model import TrustModel

__all__ = ["PART"]

SCENARIO = "agadez_breach"
EVERY = 28
MEASURES = {
    "asked": "ask for help, of days in need",
    "served": "are helped, of days in need",
    "deterred": "stay away out of fear, of days in need",
    "danger": "probability given to danger, mean",
    "dont_know": "“I don't know”, of all surveyed",
    "detained": "are detained, of days present",
}

_NAMED = {
    "danger": "Mean probability given to danger", "dont_know": "Share of “I don't know”",
}  # fmt: skip
MARGIN = 0.075
"""Largest relative change that counts as none; the narrowest tolerance of a target is 7.6 %."""
_SHAPE = Shape(
    "Results free of the number of simulated migrants",
    "Not a finding about the world but a demand on the model: halving or doubling the number of "
    "simulated migrants must change no expected result. The margin lies below the narrowest "
    "tolerance of any target (T11, 7.6 % of its figure). What is left has a known cause "
    "([behaviour.md](behaviour.md#it-hardly-matters-how-many-are-simulated)).",
)  # fmt: skip


def _make(size: Size, report: Report | None) -> Made:
    plan = plan_of(SCENARIO)
    samples: dict[int, NDArray[np.float64]] = {}
    days = (plan.burn_in + size.days) * sum(size.replicates)
    done = 0
    for migrants, replicates in zip(size.migrants, size.replicates, strict=True):
        samples[migrants] = _sample(size, migrants, replicates, _shifted(report, done, days))
        done += replicates * (plan.burn_in + size.days)
    found = {
        name: {migrants: mean_interval(sample[:, n]) for migrants, sample in samples.items()}
        for n, name in enumerate(MEASURES)
    }
    numbers = _numbers(size, found)
    words = _words(numbers)
    figure = _figure(size, found, words)
    return Made(figure, words, numbers, _table(found), _verdicts(size, samples))


def _verdicts(size: Size, samples: dict[int, NDArray[np.float64]]) -> tuple[Verdict, ...]:
    """Whether the largest number of migrants gives what the smallest gives, within a margin."""
    few, many = samples[min(samples)], samples[max(samples)]
    verdicts = []
    for n, (name, what) in enumerate(MEASURES.items()):
        change = unpaired_ratio(few[:, n], many[:, n])
        claim = _NAMED.get(name, f"People who {what}")
        claim += f": {max(samples):,} migrants over {min(samples):,}"
        fact = Fact(f"size_{name}", "", claim, "nothing", margin=MARGIN)
        holds = change.low > -MARGIN and change.high < MARGIN
        verdicts.append(Verdict(fact, change, min(size.replicates), holds))
    return tuple(verdicts)


def _sample(
    size: Size, migrants: int, replicates: int, report: Report | None
) -> NDArray[np.float64]:
    """One row per replicate, one column per measure."""
    plan = plan_of(SCENARIO)

    def simulate(_kind: int, number: int, tick: Callable[[], None]) -> list[float]:
        # Other replicates for each size, so that sizes are compared as strangers.
        model = model_of(plan, size, number + 1000 * size.migrants.index(migrants), migrants)
        unsure = live(model, tick, EVERY, _unsure)
        return _measured(model, float(np.mean(unsure)))

    days = (plan.burn_in + size.days) * replicates
    runs = side_by_side(simulate, 1, replicates, days=days, threads=size.threads, report=report)
    return np.array([run[0] for run in runs])


def _unsure(model: TrustModel, day: int) -> float:
    from sim.survey import all_surveyed_shares

    return all_surveyed_shares(model.world, day=day)["dont_know"]


def _measured(model: TrustModel, unsure: float) -> list[float]:
    record = model.record
    need = record.total("in_need")
    names = record.opinion_names()
    danger = record.opinions[..., names.index("probability_danger")].sum()
    present = record.counts[record.opinion_days][..., record.measures.index("present")].sum()
    detained = record.total("people_detained") / record.total("present")
    shares = [record.total(name) / need for name in ("asked", "served", "deterred")]
    return [*shares, float(danger / present), unsure, detained]


def _shifted(report: Report | None, done: int, whole: int) -> Report | None:
    if report is None:
        return None
    return lambda days, _: report(done + days, whole)


def _numbers(size: Size, found: dict[str, dict[int, Interval]]) -> dict[str, Any]:
    return {
        "replicates": {f"{m}": r for m, r in zip(size.migrants, size.replicates, strict=True)},
        "days": size.days,
        "measures": {
            name: {f"{migrants}": interval._asdict() for migrants, interval in by.items()}
            for name, by in found.items()
        },
        "largest_difference": {name: _largest(by) for name, by in found.items()},
    }


def _largest(by: dict[int, Interval]) -> float:
    """Largest difference between two sizes, relative to their mean."""
    values = [interval.value for interval in by.values()]
    return (max(values) - min(values)) / float(np.mean(values)) if any(values) else 0.0


def _words(numbers: dict[str, Any]) -> str:
    sizes = [f"{int(m):,}" for m in numbers["replicates"]]
    worst = max(numbers["largest_difference"].values())
    return (
        f"Whether {', '.join(sizes[:-1])} or {sizes[-1]} migrants are simulated: the shares below "
        f"differ by at most {percent(worst, 0)} of their value."
    )


def _table(found: dict[str, dict[int, Interval]]) -> Any:
    sizes = [f"{migrants:,} migrants" for migrants in next(iter(found.values()))]
    rows = []
    for name, by in found.items():
        cells = [
            f"{percent(i.value, 2)} ({percent(i.low, 2, bare=True)} to {percent(i.high, 2)})"
            for i in by.values()
        ]
        rows.append((MEASURES[name], *cells, percent(_largest(by), 1)))
    return ("Share", *sizes, "Largest difference"), rows


def _figure(size: Size, found: dict[str, dict[int, Interval]], words: str) -> Figure:
    runs = ", ".join(f"{r} of {m:,}" for m, r in zip(size.migrants, size.replicates, strict=True))
    note = (
        f"The breach at Agadez over {size.days} days, standing for the same number of real people; "
        f"independent runs: {runs} simulated migrants. Bars: 95 % intervals of the mean over runs. "
        "Every panel begins at zero."
    )
    figure = drawing.page(words, note, (11.5, 6.8))
    panels = drawing.axes_in(figure, words, note, 2, 3, hspace=0.5, wspace=0.28)
    for n, (name, by) in enumerate(found.items()):
        _draw_measure(panels.flat[n], MEASURES[name], by)
    return figure


def _draw_measure(axes: Axes, words: str, by: dict[int, Interval]) -> None:
    colour = drawing.COLOURS[0]
    for at, interval in enumerate(by.values()):
        axes.plot([at, at], [100 * interval.low, 100 * interval.high], color=colour, linewidth=2)
        axes.plot([at], [100 * interval.value], marker="o", color=colour, markersize=6)
        axes.annotate(
            f"{100 * interval.value:.2f}", (at, 100 * interval.high), xytext=(0, 4),
            textcoords="offset points", ha="center", fontsize=9, color=drawing.INK,
        )  # fmt: skip
    axes.set_xticks(range(len(by)), [f"{migrants:,}" for migrants in by])
    axes.set_xlim(-0.5, len(by) - 0.5)
    top = max(interval.high for interval in by.values())
    axes.set_ylim(0, 100 * (top if top > 0 else 0.01) * 1.25)
    drawing.heading(axes, words, "simulated migrants", "%")


PART = Part(
    "size",
    usual=Size(migrants=(5_000, 20_000, 80_000), days=365, replicates=(24, 12, 6)),
    small=Size(migrants=(200, 300), days=110, replicates=(2, 2)),
    make=_make,
    shape=_SHAPE,
)
