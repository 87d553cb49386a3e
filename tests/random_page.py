"""Runs the battery and writes what it found into docs/randomness.md: `python -m tests.random_page`.

The causes are fixed, so what comes out is fixed as well.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from experiments.pages import markdown_table, put_into
from sim.engine import streams
from sim.randomness import gumbel, normal_quantile, uniform
from sim.rules.enforcement import detention_length
from tests.random_battery import BATTERY, of_counts, of_normal, p_values
from tests.random_streams import BAD, Causes, Generator, neighbourhoods, philox_blocks

PAGE = Path(__file__).parents[1] / "docs" / "randomness.md"
LEVEL = 4e-6
"""A test rejects below this p-value."""
TRIED = ("people of one cohort", "days of one person")
"""Neighbourhoods on which the bad generators are tried."""
STAYS = (12.0, 60.0)
"""Mean lengths of a detention, in days."""


@cache
def found() -> dict[str, dict[str, float]]:
    """P-values by neighbourhood and test."""
    return {name: p_values(philox_blocks, causes) for name, causes in neighbourhoods().items()}


@cache
def found_of_bad() -> dict[str, dict[str, float]]:
    """The smallest p-value of each test, by bad generator."""
    each = {name: [p_values(generator, neighbourhoods()[where]) for where in TRIED]
            for name, generator in BAD.items()}
    return {name: {test: min(one[test] for one in ps) for test in BATTERY}
            for name, ps in each.items()}


def first_words(generator: Generator, causes: Causes) -> list[float]:
    return [uniform(int(word)) for word in generator(causes)[..., 0].ravel()]


def derived(generator: Generator = philox_blocks) -> dict[str, float]:
    """P-values of the distributions that the model makes of uniform numbers."""
    options, days = (neighbourhoods()[f"{which} of one person"] for which in ("options", "days"))
    taste = replace(options, stream=np.array(streams.TASTE, np.uint64),
                    day=np.array(0, np.uint64))
    noise = np.array([gumbel(int(word)) for word in generator(options)[..., 0].ravel()])
    liking = np.array([normal_quantile(u) for u in first_words(generator, taste)])
    luck = first_words(generator, days)
    answer = {
        "Gumbel: mean": of_mean(noise, np.euler_gamma, np.pi / np.sqrt(6)),
        "Gumbel: variance": of_variance(noise, np.pi**2 / 6, kurtosis=5.4),
        "Gumbel: Kolmogorov-Smirnov": float(stats.kstest(noise, "gumbel_r").pvalue),
        "normal: mean": of_mean(liking, 0.0, 1.0),
        "normal: variance": of_variance(liking, 1.0, kurtosis=3.0),
        "normal: Kolmogorov-Smirnov": float(stats.kstest(liking, "norm").pvalue),
    }
    for mean in STAYS:
        stays = np.array([detention_length(u, mean) for u in luck])
        deviation = np.sqrt(mean * (mean - 1.0))
        shares = stats.geom.pmf(np.arange(1, int(4 * mean)), 1 / mean)
        counts = np.bincount(np.minimum(stays, shares.size + 1), minlength=shares.size + 2)[1:]
        answer[f"detention of {mean:g} days: mean"] = of_mean(stays, mean, deviation)
        answer[f"detention of {mean:g} days: chi-square"] = of_counts(
            counts, [*shares, 1.0 - shares.sum()])
    return answer


def of_mean(numbers: NDArray[np.generic], mean: float, deviation: float) -> float:
    seen = float(np.mean(numbers.astype(float)))
    return of_normal((seen - mean) / deviation * np.sqrt(numbers.size))


def of_variance(numbers: NDArray[np.float64], variance: float, kurtosis: float) -> float:
    spread = variance * np.sqrt((kurtosis - 1.0) / numbers.size)
    return of_normal((float(numbers.var()) - variance) / spread)


def tables() -> dict[str, str]:
    """Each table of the page, by the name of its marks."""
    return {"battery": _battery(), "neighbourhoods": _neighbourhoods(), "derived": _derived()}


def _battery() -> str:
    rows = []
    for test in BATTERY:
        where = min(found(), key=lambda name: found()[name][test])
        caught = [name for name, ps in found_of_bad().items() if ps[test] < LEVEL]
        all_of_them = len(caught) == len(BAD)
        rows.append((test, "all four" if all_of_them else ", ".join(caught), where,
                     f"{found()[where][test]:.4f}"))
    return markdown_table((("Test", "Rejects", "Smallest p with", "p"), rows), right=1)


def _neighbourhoods() -> str:
    rows = []
    for name, ps in found().items():
        test = min(ps, key=lambda each: ps[each])
        words = 4 * prod(neighbourhoods()[name].shape)
        rows.append((name, test, f"{words:,}", f"{ps[test]:.4f}"))
    return markdown_table((("Neighbours", "Smallest p by", "Words", "p"), rows), right=2)


def _derived() -> str:
    groups: dict[str, list[tuple[float, str]]] = {}
    for name, p in derived().items():
        group, test = name.split(": ")
        groups.setdefault(group, []).append((p, test))
    rows = [(group, min(ps)[1], f"{min(ps)[0]:.4f}") for group, ps in groups.items()]
    return markdown_table((("Numbers", "Smallest p by", "p"), rows), right=1)


if __name__ == "__main__":
    for name, table in tables().items():
        put_into(PAGE, name, table)
