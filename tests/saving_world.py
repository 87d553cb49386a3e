"""A run in which all happens that can last, saved before each of its days."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from sim.model import TrustModel
from sim.plan import Plan
from tests.eventful_worlds import eventful

ROOT = Path(__file__).parent.parent
BURN_IN, DAYS = 12, 30
ANY_DAY = st.integers(-BURN_IN, DAYS)
QUICK = settings(max_examples=15, deadline=None,
                 suppress_health_check=[HealthCheck.function_scoped_fixture])


def lively() -> Plan:
    """A breach, officers every other day, a firewall from day 12, and a rumour that comes back."""
    plan = eventful("central_america", "everything", migrants=120, days=DAYS, burn_in=BURN_IN,
                    story_birth=0.1)
    return replace(plan, survey_days=(0, 9, DAYS - 1))


def until(day: int, plan: Plan | None = None, **settings: Any) -> TrustModel:
    """A run that goes on on a day."""
    model = TrustModel(lively() if plan is None else plan, **settings)
    while model.day < day:
        model.step()
    return model


def everything(model: TrustModel) -> dict[str, str]:
    """All that a model, its world and its record hold, whatever it is called."""
    own = {k: v for k, v in vars(model).items() if k not in vars(mesa.Model())}
    parts = {"model": own, "world": vars(model.world), "record": vars(model.record),
             "tables": model.world.tables._asdict(), "tally": model.world.tally._asdict(),
             "mesa": {"steps": model.steps, "running": model.running}}
    return {f"{part}.{name}": text for part, values in parts.items()
            for name, value in values.items() if (text := as_text(value)) is not None}


def as_text(value: Any) -> str | None:
    if isinstance(value, np.ndarray):
        return f"{value.dtype} {value.shape} {value.tobytes().hex()}"
    if isinstance(value, pd.DataFrame):
        return repr((dict(value.dtypes), {name: value[name].tolist() for name in value}))
    if isinstance(value, dict | list | tuple) and not hasattr(value, "_asdict"):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return f"{type(value).__name__} {[(key, as_text(item)) for key, item in items]}"
    return repr(value) if value is None or type(value) in (bool, int, float, str) else None


def same(one: TrustModel | dict[str, str], other: TrustModel | dict[str, str]) -> None:
    a, b = (x if isinstance(x, dict) else everything(x) for x in (one, other))
    assert set(a) == set(b)
    assert [name for name in a if a[name] != b[name]] == []


@pytest.fixture(scope="module")
def alone() -> dict[int, dict[str, str]]:
    """What the run in one piece holds before each day, and at the end."""
    model = TrustModel(lively())
    seen = {model.day: everything(model)}
    while model.running:
        model.step()
        seen[model.day] = everything(model)
    return seen


@pytest.fixture(scope="module")
def summary_alone() -> str:
    """The summary of the run in one piece."""
    return json.dumps(until(DAYS).summary())


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """One run, saved before each of its days and at the end."""
    return _saved(tmp_path_factory.mktemp("saved"), "compiled")


@pytest.fixture(scope="module")
def saved_plainly(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """The same run lived by the reference engine."""
    return _saved(tmp_path_factory.mktemp("saved_plainly"), "reference")


def _saved(folder: Path, engine: str) -> dict[int, Path]:
    model, files = TrustModel(lively(), engine=engine), {}
    while True:
        files[model.day] = folder / f"{model.day}.state"
        model.save(files[model.day])
        if not model.running:
            return files
        model.step()
