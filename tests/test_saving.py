"""A run that is stopped, saved and resumed is, byte for byte, the run in one piece."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model import TrustModel
from sim.problems import InputProblem
from tests.saving_world import (
    ANY_DAY,
    BURN_IN,
    DAYS,
    QUICK,
    ROOT,
    alone,
    everything,
    lively,
    same,
    saved,
    saved_plainly,
    summary_alone,
    until,
)
from tests.test_determinism import real_plan, records
from tests.worlds import act

__all__ = ["alone", "saved", "saved_plainly", "summary_alone"]


def test_the_run_has_all_that_can_last(alone: dict[int, dict[str, str]]) -> None:
    model = until(DAYS)
    points, stories = model.world.tables.points, model.world.tables.stories
    assert (points["leak_day"] > 0).any()
    assert (points["firewall_story"] >= 0).any(), "no announced firewall"
    assert (stories["held_until"] >= DAYS - 1).any(), "no story that a firewall holds"
    assert (points["left"] > 0).any()
    assert (model.world.tables.sources["told_kind"] > 0).any()
    assert model.world.overflow > 0
    assert sum(seen["world.over"] != "0" for seen in alone.values()) > 5, "hardly a story ends"
    assert len(model.surveys) == 3


@pytest.mark.parametrize("day", [-BURN_IN, -5, 0, 1, 6, 13, 16, 28, DAYS - 1, DAYS])
def test_stopped_and_resumed_on_a_day(
        day: int, saved: dict[int, Path], alone: dict[int, dict[str, str]],
        summary_alone: str) -> None:
    model = TrustModel.resume(saved[day], lively())
    same(model, alone[day])
    same(model.run(), alone[DAYS])
    assert json.dumps(model.summary()) == summary_alone


@pytest.mark.parametrize(("before", "after"), [
    ("reference", "reference"), ("reference", "compiled"), ("compiled", "reference")])
@pytest.mark.parametrize("day", [-3, 14, DAYS])
def test_engines_can_take_turns(before: str, after: str, day: int, saved: dict[int, Path],
                                saved_plainly: dict[int, Path],
                                alone: dict[int, dict[str, str]]) -> None:
    files = saved_plainly if before == "reference" else saved
    model = TrustModel.resume(files[day], lively(), engine=after).run()
    # Room to work in belongs to the engine, and so does the order in which it is used.
    work = ("tables.slots", "tables.begin", "tables.fill", "tables.tickets", "tables.queues",
            "tables.order", "tables.at")
    end = {name: text for name, text in everything(model).items() if name not in work}
    same(end, {name: text for name, text in alone[DAYS].items() if name not in work})


@pytest.fixture(scope="module")
def real_run() -> TrustModel:
    """Some weeks on a real route, in one piece."""
    plan = real_plan()
    return until(plan.days, plan)


@pytest.mark.parametrize(("before", "after"), [(1, 2), (2, 1), (2, 2)])
def test_threads_can_be_others(before: int, after: int, tmp_path: Path,
                               real_run: TrustModel) -> None:
    plan = real_run.plan
    until(9, plan, threads=before).save(tmp_path / "run.state")
    model = TrustModel.resume(tmp_path / "run.state", plan, threads=after).run()
    assert model.world.people >= 2 * 2048, "too few people for two blocks"
    assert model.state_hash() == real_run.state_hash()
    assert records(model) == records(real_run)
    assert model.summary() == real_run.summary()


@QUICK
@given(days=st.lists(ANY_DAY, min_size=1, max_size=3).map(sorted))
def test_any_days_any_number_of_times(days: list[int], tmp_path: Path,
                                      alone: dict[int, dict[str, str]]) -> None:
    model = TrustModel(lively())
    for day in days:
        while model.day < day:
            model.step()
        model.save(tmp_path / "run.state")
        model = TrustModel.resume(tmp_path / "run.state", lively())
    same(model.run(), alone[DAYS])


SCRIPT = """
import sys
from sim.model import TrustModel
from tests.saving_world import everything, lively
print(sorted(everything(TrustModel.resume(sys.argv[1], lively()).run()).items()))
"""


def test_another_process_goes_on(saved: dict[int, Path], alone: dict[int, dict[str, str]]) -> None:
    found = subprocess.run([sys.executable, "-c", SCRIPT, str(saved[11])], cwd=ROOT, timeout=300,
                           capture_output=True, text=True, check=True)
    assert found.stdout.strip() == str(sorted(alone[DAYS].items()))


def test_size_seed_and_replicate_are_kept(tmp_path: Path) -> None:
    size = {"migrants": 80, "days": 20, "seed": 9, "replicate": 2}
    until(4, **size).save(tmp_path / "run.state")
    for asked in ({}, size):
        model = TrustModel.resume(tmp_path / "run.state", lively(), **asked)
        model.save(tmp_path / "again.state")
        model = TrustModel.resume(tmp_path / "again.state", lively()).run()
        same(model, until(20, **size))


def test_a_saved_run_can_go_on_with_other_interventions(tmp_path: Path) -> None:
    calm = replace(lively(), interventions=(), name="calm", survey_days=(3, 20))
    other = replace(calm, interventions=(act("firewall", start=10, announced=-4),), name="wall",
                    survey_days=(3, 15))
    until(6, calm).save(tmp_path / "run.state")
    same(TrustModel.resume(tmp_path / "run.state", other).run(), until(DAYS, other))
    until(7, calm).save(tmp_path / "run.state")
    with pytest.raises(InputProblem, match="only as long as none has begun"):
        TrustModel.resume(tmp_path / "run.state", other)


def test_a_branch_is_a_run_of_its_own_and_can_be_saved(tmp_path: Path) -> None:
    calm = replace(lively(), interventions=())
    other = replace(calm, interventions=(act("firewall", start=10),))
    branch = until(6, calm).branch(other)
    branch.save(tmp_path / "run.state")
    for model in (branch, TrustModel.resume(tmp_path / "run.state", other)):
        assert model.state_hash() == until(6, other).state_hash()
        assert model.steps == until(6, other).steps
        assert model.run().state_hash() == until(DAYS, other).state_hash()
        assert records(model) == records(until(DAYS, other))
