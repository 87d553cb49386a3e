"""The picture of one run."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments import run
from experiments.run_figure import outcome_figure, weekly_shares
from sim.codes import OUTCOMES


def row(day: int, measure: str, value: float, channel: str = "all") -> dict[str, object]:
    return {"day": day, "node": "a", "status": "other", "measure": measure, "channel": channel,
            "value": value}  # fmt: skip


def test_shares_are_of_all_days_in_need_of_a_week() -> None:
    daily = pd.DataFrame([
        row(0, "served", 1), row(6, "deterred", 3), row(6, "deterred", 3, "rumour"),
        row(6, "present", 50), row(14, "unaware", 2),
    ])  # fmt: skip
    days, shares = weekly_shares(daily)
    assert days.tolist() == [0, 7, 14]
    found = {name: shares[n].tolist() for n, name in enumerate(OUTCOMES[1:])}
    assert found["served"] == [0.25, 0.0, 0.0]
    assert found["deterred"] == [0.75, 0.0, 0.0]
    assert found["unaware"] == [0.0, 0.0, 1.0]


def test_a_run_draws_all_that_became_of_need() -> None:
    found = run("central_mediterranean", migrants=150, days=20)
    _, shares = weekly_shares(found.daily)
    assert shares.sum(axis=0) == pytest.approx(np.ones(3))
    figure = found.figure()
    (legend,) = figure.legends
    assert len(legend.get_texts()) == len(OUTCOMES) - 1
    assert outcome_figure(found.to_frame(), "x").axes[0].get_title("left") == "x"
