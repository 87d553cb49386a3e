"""What their rule does to the answers of Waytrust: the same people and luck under both rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from experiments.intervals import mean_interval
from scenarios import load
from sim.codes import EXCHANGES
from sim.model import TrustModel

if TYPE_CHECKING:
    from sim.plan import Plan

__all__ = ["MEASURES", "compare_rules"]

SCENARIO = "central_mediterranean"
MEASURES = {
    "dont_know": "“I don't know” of independence, all surveyed",
    "danger": "probability given to danger, mean on the last day",
    "asked": "ask for help, of days in need",
}


def compare_rules(replicates: int = 10, migrants: int = 2000, days: int | None = None,
                  progress: Callable[[int, int], None] = lambda _done, _of: None
                  ) -> dict[str, dict[str, list[float]]]:
    """Means over replicates and their 95 % intervals, by rule and measure.

    Args:
        replicates: Runs under each rule, paired.
        migrants: Simulated migrants.
        days: Of each run; None: as the scenario says.
        progress: Told how many runs are done, of how many.
    """
    plan = load(SCENARIO).plan()
    plan = replace(plan, migrants=migrants, days=days or plan.days,
                   burn_in=min(plan.burn_in, days or plan.burn_in), survey_days=())
    found: dict[str, dict[str, list[float]]] = {}
    for rule in EXCHANGES:
        rows = []
        for replicate in range(replicates):
            rows.append(_answers(replace(plan, opinion_exchange=rule), replicate))
            progress(len(found) * replicates + len(rows), len(EXCHANGES) * replicates)
        sample = np.array(rows)
        found[rule] = {name: [float(v) for v in mean_interval(sample[:, n])]
                       for n, name in enumerate(MEASURES)}
    return found


def _answers(plan: Plan, replicate: int) -> list[float]:
    from sim.survey import all_surveyed_shares

    model = TrustModel(plan, replicate=replicate)
    model.run()
    record = model.record
    last = record.opinions[-1, ..., record.opinion_names().index("probability_danger")].sum()
    present = record.counts[record.opinion_days[-1], ..., record.measures.index("present")].sum()
    return [all_surveyed_shares(model.world, day=plan.days - 1)["dont_know"], last / present,
            record.total("asked") / max(1.0, record.total("in_need"))]
