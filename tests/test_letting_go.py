"""A run that nobody holds any more is gone at once, with its arrays, and not at some later time."""

from __future__ import annotations

import gc
import pickle
import weakref
from collections.abc import Callable, Iterator

import pytest

from sim.model import TrustModel
from sim.plan import Plan


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
def test_a_run_its_branch_and_its_twin_are_gone_when_they_are_left(
    tiny_plan: Callable[..., Plan],
) -> None:
    run = TrustModel(tiny_plan(days=3, burn_in=2, migrants=50))
    run.step()
    twin = pickle.loads(pickle.dumps(run))
    branch = run.branch(run.plan)
    left = [weakref.ref(each) for one in (run, twin, branch) for each in (one, one.world)]
    assert run.run().state_hash() == twin.run().state_hash() == branch.run().state_hash()
    assert run.steps == branch.steps == 5
    del run, twin, branch
    assert [one() for one in left] == [None] * 6
