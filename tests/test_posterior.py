"""Posteriors: read, refused in a sentence, and taken by runs and sweeps."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments import compare, run
from experiments.calibration.respondents import MIX
from experiments.comparing.lives import Lives
from experiments.inputs import with_parameters
from experiments.posterior import FILE, Posterior
from experiments.sweep import sweep
from experiments.targets import written_in
from scenarios import load
from scenarios.designing import load_design
from sim.parameters import REGISTRY, Parameters
from sim.problems import InputProblem

SIZE: dict[str, int] = {"migrants": 120, "days": 12}
DRAWS = {"bf": [3.0, 4.5, 2.0], "half_life_against": [100.0, 500.0, 300.0]}


@pytest.fixture
def fitted(tmp_path: Path) -> Path:
    folder = tmp_path / "fitted"
    folder.mkdir()
    pd.DataFrame(DRAWS).to_parquet(folder / FILE)
    return folder


def test_replicate_r_has_draw_r_and_begins_again_at_the_end(fitted: Path) -> None:
    posterior = Posterior.load(fitted)
    assert posterior.draw(1) == {"bf": 4.5, "half_life_against": 500.0}
    assert posterior.draw(3) == posterior.draw(0) == {"bf": 3.0, "half_life_against": 100.0}


def test_draws_take_the_place_of_what_was_fitted_and_of_nothing_else(fitted: Path) -> None:
    before = Parameters.of({"bn": 5.0})
    after = Posterior.load(fitted).put_into(before, 2)
    assert {name: after[name] for name in after if after[name] != before[name]} == {
        "bf": 2.0, "half_life_against": 300.0,
    }  # fmt: skip


def test_what_a_scenario_sets_itself_it_keeps(fitted: Path) -> None:
    before = Parameters.of({"bf": 1.0})
    posterior = Posterior.load(fitted)
    assert posterior.draw_for(before, 2) == {"half_life_against": 300.0}
    assert posterior.put_into(before, 2)["bf"] == 1.0
    told = {"fitted": [], "defaults": {"bf": 1.0}}
    (fitted / "summary.json").write_text(json.dumps(told), encoding="utf-8")
    assert Posterior.load(fitted).draw_for(before, 2)["bf"] == 2.0  # what was the default then


@pytest.mark.parametrize(("table", "words"), [
    ({"nonsense": [1.0]}, "names 'nonsense', which is no parameter"),
    ({"bf": []}, "holds no draws"),
    ({"phone_share": [0.5, 1.5]}, "a value of phone_share below 0 or above 1"),
    ({"phone_share": [0.5, float("nan")]}, "a value of phone_share below 0 or above 1"),
])  # fmt: skip
def test_what_is_no_posterior_is_refused(
    tmp_path: Path, table: dict[str, list[float]], words: str
) -> None:
    pd.DataFrame(table).to_parquet(tmp_path / FILE)
    with pytest.raises(InputProblem, match=words):
        Posterior.load(tmp_path)


@pytest.mark.parametrize("content", [None, b"", b"PAR1 and then nothing that is Parquet"])
def test_a_place_without_one_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(InputProblem, match=r"holds no posterior\.parquet that can be read"):
        Posterior.load(tmp_path)


def test_a_run_takes_the_first_draw_and_says_so(fitted: Path) -> None:
    size = {"migrants": 120, "days": 4}
    found = run("central_mediterranean", posterior=fitted, **size)
    assert found.facts["draw"] == 0
    assert found.facts["posterior"] == Posterior.load(fitted).hash
    scenario = load("central_mediterranean")
    by_hand = run({"extends": scenario.name, "name": "by_hand", "network": scenario.network,
                   "parameters": {**scenario.parameters, "bf": 3.0, "half_life_against": 100.0}},
                  **size)  # fmt: skip
    assert found.summary["state_hash"] == by_hand.summary["state_hash"]
    assert found.summary["state_hash"] != run(scenario, **size).summary["state_hash"]


def test_a_sweep_takes_draws_where_the_design_says_nothing(fitted: Path, tmp_path: Path) -> None:
    design = {
        "name": "tiny", "scenario": "central_mediterranean", "seed": 3, "replicates": 3,
        "sampler": {"method": "grid", "points": 2},
        "constants": {"migrants": 60, "days": 3},
        "uncertainties": {"bf": {"values": [2.5, 3.5]}},
        "outcomes": [{"name": "need", "measure": "in_need"}],
    }  # fmt: skip
    found = sweep(design, out=tmp_path / "out", workers=0, posterior=fitted)
    from experiments.sweep.working import job_of

    job = job_of(found.store)
    assert found.store.manifest["posterior"] == Posterior.load(fitted).hash
    for family in range(job.families):
        point, replicate = job.place(family)
        assert job.parameters(family)["bf"] == [2.5, 3.5][point]
        wanted = DRAWS["half_life_against"][replicate]
        assert job.parameters(family)["half_life_against"] == wanted


def test_a_comparison_takes_draw_r_in_replicate_r_for_every_scenario(
    fitted: Path, tmp_path: Path
) -> None:
    names = ("central_america", "clinic_police")
    found = compare(*names, replicates=3, posterior=fitted, out=tmp_path / "out", **SIZE)
    alone = []
    for replicate in range(3):
        parameters = {name: DRAWS[name][replicate] for name in DRAWS}
        pair = [with_parameters(load(name), parameters) for name in names]
        alone.append(compare(*pair, replicates=3, posterior="none", **SIZE).runs[replicate])
    for one, other in zip(found.runs, alone, strict=True):
        for mine, theirs in zip(one, other, strict=True):
            np.testing.assert_array_equal(mine.counts, theirs.counts)
    assert len({run[0].value("in_need") + run[0].value("deterred") for run in found.runs}) == 3
    assert found.facts["posterior"] == Posterior.load(fitted).hash
    assert (tmp_path / "out" / FILE).is_file()


def test_switches_of_a_decomposition_stay_as_the_game_has_them(tmp_path: Path) -> None:
    pd.DataFrame({"bf": [3.0], "channel_rumour": [1.0]}).to_parquet(tmp_path / FILE)
    plan = load("central_america").plan()
    off = replace(plan, parameters=Parameters({**plan.parameters, "channel_rumour": 0.0}))
    lives = Lives((off,), Posterior.load(tmp_path), kept=("channel_rumour",))
    (life,) = lives.of(0)
    assert life.plan.parameters["channel_rumour"] == 0.0
    assert life.plan.parameters["bf"] == 3.0


def test_words_stand_for_the_posterior_that_ships_and_for_none(
    fitted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.posterior.SHIPPED", fitted)
    assert Posterior.named(None) is None
    assert Posterior.named("none") is None
    found = Posterior.named("evidence")
    assert found is not None
    assert found.hash == Posterior.load(fitted).hash


def test_what_ships_was_fitted_as_its_design_says() -> None:
    found = Posterior.named("evidence")
    assert found is not None
    design = load_design("fit_to_evidence")
    assert found.names == (*(each.name for each in design.uncertainties), *MIX)
    assert {each.partition("_")[0] for each in found.fitted_to} == set(design.targets)
    shelf = {each.id for each in written_in() if each.settings.fitted}
    assert set(found.fitted_to) == shelf
    assert len(found.draws) >= 200
    for k, name in enumerate(found.names):
        entry = REGISTRY[name]
        assert found.draws[:, k].min() >= entry.low
        assert found.draws[:, k].max() <= entry.high


def test_comparisons_take_what_ships_unless_told_otherwise() -> None:
    pair, size = ("central_america", "clinic_police"), {"migrants": 60, "days": 6}
    shipped = Posterior.named("evidence")
    assert shipped is not None
    usual = compare(*pair, replicates=2, **size)
    assert usual.facts["posterior"] == shipped.hash
    fixed = compare(*pair, replicates=2, posterior="none", **size)
    assert fixed.facts["posterior"] is None
    assert not np.array_equal(usual.runs[1][0].counts, fixed.runs[1][0].counts)


def test_while_none_ships_it_is_said_how_to_fit_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.posterior.SHIPPED", tmp_path)
    with pytest.raises(InputProblem, match="does not ship with this version"):
        Posterior.named("evidence")
