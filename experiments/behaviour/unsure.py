"""Without a shock, most people stay unsure whether the Red Cross is independent where they are."""

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
from experiments.words import percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

__all__ = ["PART"]

SCENARIOS = ("central_mediterranean", "central_america", "horn_of_africa")
NAMES = ("Central Mediterranean", "Central America", "Horn of Africa")
BAND, FROM = (0.52, 0.62), 90
EVERY = 10


def _make(size: Size, report: Report | None) -> Made:
    plans = [plan_of(name) for name in SCENARIOS]
    days = sum(plan.burn_in + size.days for plan in plans) * size.replicates[0]

    def simulate(kind: int, number: int, tick: Callable[[], None]) -> list[float]:
        from sim.survey import all_surveyed_shares

        model = model_of(plans[kind], size, number)
        return live(
            model, tick, EVERY,
            lambda m, day: all_surveyed_shares(m.world, day=day)["dont_know"],
        )  # fmt: skip

    runs = side_by_side(
        simulate, len(plans), size.replicates[0], days=days, threads=size.threads, report=report
    )
    shares = np.array(runs).transpose(1, 0, 2)  # network, replicate, look
    at = np.arange(shares.shape[2]) * EVERY
    numbers = _numbers(at, shares)
    words = _words(numbers)
    return Made(_figure(at, shares, size, words), words, numbers, _table(numbers))


def _numbers(at: NDArray[np.int64], shares: NDArray[np.float64]) -> dict[str, Any]:
    later = shares[:, :, at >= FROM]
    return {
        "band": list(BAND),
        "from_day": FROM,
        "to_day": int(at[-1]),
        "networks": {
            name: {
                "day_0": float(shares[n, :, 0].mean()),
                "mean": float(later[n].mean()),
                "lowest_mean": float(later[n].mean(axis=0).min()),
                "highest_mean": float(later[n].mean(axis=0).max()),
                "lowest": float(later[n].min()),
                "highest": float(later[n].max()),
                "last_day": float(shares[n, :, -1].mean()),
                "looks_inside": float(((later[n] >= BAND[0]) & (later[n] <= BAND[1])).mean()),
            }
            for n, name in enumerate(SCENARIOS)
        },
    }


def _words(numbers: dict[str, Any]) -> str:
    found = numbers["networks"].values()
    low, high = min(f["lowest_mean"] for f in found), max(f["highest_mean"] for f in found)
    return (
        "Without a shock, most people go on not knowing whether the Red Cross and Red Crescent is "
        f"independent: {percent(low, bare=True)} to {percent(high)} of “all surveyed”, from "
        f"day {numbers['from_day']} to day {numbers['to_day']}."
    )


def _table(numbers: dict[str, Any]) -> Any:
    head = ("Network", "Day 0", "Mean, day 90 on", "Lowest run", "Highest run", "Last day")
    rows = [
        (
            name,
            *(percent(found[key]) for key in ("day_0", "mean", "lowest", "highest", "last_day")),
        )
        for name, found in zip(NAMES, numbers["networks"].values(), strict=True)
    ]
    return head, rows


def _figure(at: NDArray[np.int64], shares: NDArray[np.float64], size: Size, words: str) -> Figure:
    note = (
        f"“All surveyed” is the mix of people that the published survey reached, not the people "
        f"of a run. Lines: means of {size.replicates[0]} runs of {size.migrants[0]:,} simulated "
        "migrants; shading: from the lowest to the highest run. Grey: 52 to 62 %, around the 57 % "
        "that the survey found (S11)."
    )
    figure = drawing.page(words, note)
    axes = drawing.axes_in(figure, words, note, right=0.82)[0, 0]
    axes.axhspan(100 * BAND[0], 100 * BAND[1], color="#DDDDDD", alpha=0.6, linewidth=0, zorder=0)
    axes.axvline(FROM, color=drawing.QUIET, linewidth=1, linestyle=(0, (1, 2)))
    axes.annotate(
        f"day {FROM}", (FROM, 0.99), xycoords=("data", "axes fraction"), xytext=(4, 0),
        textcoords="offset points", fontsize=9, va="top", color=drawing.INK,
    )  # fmt: skip
    ends = [float(100 * shares[n, :, -1].mean()) for n in range(len(NAMES))]
    for n, height in enumerate(drawing.apart(ends, 2.2)):
        mean = 100 * shares[n].mean(axis=0)
        axes.fill_between(
            at, 100 * shares[n].min(axis=0), 100 * shares[n].max(axis=0),
            color=drawing.COLOURS[n], alpha=0.18, linewidth=0,
        )  # fmt: skip
        axes.plot(at, mean, color=drawing.COLOURS[n], linestyle=drawing.DASHES[n], linewidth=2)
        drawing.name_line(axes, NAMES[n], height, drawing.COLOURS[n])
    axes.set_ylim(40, 75)
    axes.set_xlim(0, at[-1])
    drawing.heading(
        axes, "People who answer “I don't know” to: is the Red Cross and Red Crescent independent "
        "here?", "Day", "Share of “all surveyed” (%)",
    )  # fmt: skip
    return figure


PART = Part(
    "unsure",
    usual=Size(migrants=(10_000,), days=731, replicates=(5,)),
    small=Size(migrants=(300,), days=115, replicates=(2,)),
    make=_make,
)
