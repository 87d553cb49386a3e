"""People's opinions do not converge to one another: how far apart they are, over two years."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

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
from experiments.words import percent
from sim.codes import ABSENT, DEAD
from sim.compiling import kernel
from sim.engine.compiled.reading import danger, independence
from sim.rules.opinion import projected_probability

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.model import TrustModel

__all__ = ["PART", "read_minds"]

SCENARIO = "central_mediterranean"
EVERY = 10
PERCENTILES = (5, 25, 50, 75, 95)
OPINIONS = ("independence", "danger")
ASKED = (
    "Is the Red Cross and Red Crescent independent?",
    "Does asking for help expose one to detention or deportation?",
)


@kernel
def _read(t: Any, people: Any, day: int, out: Any) -> None:
    p = t.p[0]
    for row in range(people.shape[0]):
        r, s = independence(t, people[row], 0, day)
        out[row, 0] = projected_probability(r, s, p.base_rate_independence, p.prior_weight)
        r, s = danger(t, people[row], day)
        out[row, 1] = projected_probability(r, s, p.base_rate_danger, p.prior_weight)


def read_minds(model: TrustModel, people: NDArray[np.int64], day: int) -> NDArray[np.float64]:
    """Probabilities that people give to independence (of the Red Cross) and to danger.

    Args:
        model: A run that has lived the day.
        people: Who is read.
        day: The day.

    Returns:
        One row per person, one column for each of `OPINIONS`.
    """
    out = np.empty((people.size, len(OPINIONS)))
    _read(model.world.tables, np.ascontiguousarray(people, np.int64), day, out)
    return out


class _Look(NamedTuple):
    everyone: NDArray[np.float64]  # percentiles and, last, the standard deviation; by opinion
    followed: NDArray[np.float64]  # the same of those who were there on day 0


def _make(size: Size, report: Report | None) -> Made:
    plan = plan_of(SCENARIO)

    def simulate(_kind: int, number: int, tick: Callable[[], None]) -> list[_Look]:
        model = model_of(plan, size, number)
        first: list[NDArray[np.int64]] = []

        def look(lived: TrustModel, day: int) -> _Look:
            here = _living(lived)
            first[:] = first or [here]
            still = first[0][np.isin(first[0], here)]
            minds, theirs = read_minds(lived, here, day), read_minds(lived, still, day)
            return _Look(_spread(minds), _spread(theirs))

        return live(model, tick, EVERY, look)

    days = (plan.burn_in + size.days) * size.replicates[0]
    runs = side_by_side(
        simulate, 1, size.replicates[0], days=days, threads=size.threads, report=report
    )
    found = np.array([run[0] for run in runs]).mean(axis=0)  # look, who, statistic, opinion
    at = np.arange(len(found)) * EVERY
    numbers = _numbers(at, found)
    words = _words(numbers)
    return Made(_figure(at, found, size, words), words, numbers, _table(numbers))


def _living(model: TrustModel) -> NDArray[np.int64]:
    state = model.world.tables.body["state"][: model.world.people]
    return np.flatnonzero((state != ABSENT) & (state != DEAD))


def _spread(minds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.vstack([np.percentile(minds, PERCENTILES, axis=0), minds.std(axis=0)])


def _numbers(at: NDArray[np.int64], found: NDArray[np.float64]) -> dict[str, Any]:
    def when(look: int, who: int, opinion: int) -> dict[str, float]:
        names = [f"p{p}" for p in PERCENTILES] + ["sd"]
        return dict(zip(names, map(float, found[look, who, :, opinion]), strict=True))

    return {
        "last_day": int(at[-1]),
        **{
            name: {
                "everyone": {"day_0": when(0, 0, n), "last_day": when(-1, 0, n)},
                "followed": {"day_0": when(0, 1, n), "last_day": when(-1, 1, n)},
            }
            for n, name in enumerate(OPINIONS)
        },
    }


def _words(numbers: dict[str, Any]) -> str:
    def left(name: str) -> str:
        ends = numbers[name]["followed"]
        return percent(ends["last_day"]["sd"] / ends["day_0"]["sd"], 0)

    return (
        f"People do not come to think alike: after {numbers['last_day']} days the differences "
        f"between the same people are still {left('independence')} (independence) and "
        f"{left('danger')} (danger) of what they were."
    )


def _table(numbers: dict[str, Any]) -> Any:
    head = ("Opinion", "Who", "Day", "5 %", "25 %", "Middle", "75 %", "95 %", "Standard deviation")
    rows = []
    for name in OPINIONS:
        for who in ("everyone", "followed"):
            for when, day in (("day_0", 0), ("last_day", numbers["last_day"])):
                found = numbers[name][who][when]
                people = "all who are there" if who == "everyone" else "those there on day 0"
                rows.append((name, people, str(day), *(f"{v:.2f}" for v in found.values())))
    return head, rows


def _figure(at: NDArray[np.int64], found: NDArray[np.float64], size: Size, words: str) -> Figure:
    note = (
        f"Central Mediterranean in ordinary times; means of {size.replicates[0]} runs of "
        f"{size.migrants[0]:,} simulated migrants. Above: the light band holds 90 of 100 people, "
        "the dark one 50, the line is the middle person. Below: standard deviation; if people came "
        "to agree it would fall towards 0."
    )
    figure = drawing.page(words, note, (11.5, 8.2))
    panels = drawing.axes_in(
        figure, words, note, 2, 2, height_ratios=(2, 1), hspace=0.42, wspace=0.4, right=0.89
    )
    for n, question in enumerate(ASKED):
        _draw_bands(panels[0, n], at, found[:, 0, :, n], n)
        _draw_spread(panels[1, n], at, found[..., -1, n], n)
        up = (
            ("Probability people give to it (%)", "Standard deviation (points)")
            if n == 0
            else ("", "")
        )
        drawing.heading(panels[0, n], question, "", up[0])
        drawing.heading(panels[1, n], "How far apart people are", "Day", up[1])
    return figure


def _draw_bands(axes: Axes, at: NDArray[np.int64], found: NDArray[np.float64], n: int) -> None:
    colour = drawing.COLOURS[n]
    lines = 100 * found[:, : len(PERCENTILES)].T
    axes.fill_between(at, lines[0], lines[4], color=colour, alpha=0.15, linewidth=0)
    axes.fill_between(at, lines[1], lines[3], color=colour, alpha=0.3, linewidth=0)
    axes.plot(at, lines[2], color=colour, linewidth=2)
    axes.set_ylim(0, 100)
    axes.set_xlim(0, at[-1])
    names = ("5 of 100 lower", "25 lower", "middle", "25 higher", "5 higher")
    heights = drawing.apart([float(line[-1]) for line in lines], 5.5)
    for name, height in zip(names, heights, strict=True):
        drawing.name_line(axes, name, height, colour)


def _draw_spread(axes: Axes, at: NDArray[np.int64], found: NDArray[np.float64], n: int) -> None:
    colour = drawing.COLOURS[n]
    names = ("all who are there", "the same people, from day 0 on")
    for who, name in enumerate(names):
        line = {"color": colour, "linestyle": drawing.DASHES[who], "linewidth": 2}
        axes.plot(at, 100 * found[:, who], **line)
        height = 0.3 - 0.17 * who
        axes.plot([0.03, 0.12], [height, height], transform=axes.transAxes, **line)
        axes.annotate(
            name, (0.14, height), xycoords="axes fraction", fontsize=9.5, va="center", color=colour,
        )  # fmt: skip
    axes.set_ylim(0, 110 * float(found.max()))
    axes.set_xlim(0, at[-1])


PART = Part(
    "opinions",
    usual=Size(migrants=(10_000,), days=731, replicates=(4,)),
    small=Size(migrants=(300,), days=30, replicates=(2,)),
    make=_make,
)
