"""A calibration goes on wherever it was stopped, and gives the same whoever simulates it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from calibration_worlds import DESIGN, Counted, all_files, live, live_or_fail, never
from scipy import stats

import experiments.calibration.writing
from experiments import calibrate
from experiments.calibration import Settings
from experiments.calibration.answers import Answers
from experiments.calibration.respondents import MIX
from experiments.calibration.working import killed
from experiments.posterior import Posterior
from scenarios.designing import load_design
from sim.problems import InputProblem

SMALL = Settings(population=20, generations=3, epsilon=0.3, draws=40, checks=10)


@pytest.fixture(autouse=True)
def _no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiments.calibration.writing, "_draw", lambda *_: None)


def fit(out: Path, how: Any = live, settings: Settings = SMALL, **more: Any) -> Any:
    design = more.pop("design", DESIGN)
    return calibrate(design, out=out, settings=settings, live=how, workers=more.pop("workers", 0),
                     **more)  # fmt: skip


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A calibration that nothing stopped."""
    folder = tmp_path_factory.mktemp("fit") / "calm"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiments.calibration.writing, "_draw", lambda *_: None)
        fit(folder)
    return folder


def test_what_the_targets_identify_is_told_from_what_they_do_not(undisturbed: Path):
    found = json.loads((undisturbed / "summary.json").read_text())
    danger, half_life = found["parameters"]
    assert danger["identified"] == "yes"
    assert danger["low"] < 0.25 < danger["high"]
    assert danger["contraction"] > 0.9
    assert half_life["identified"] == "hardly"
    assert "half_life_against: the range is still all" in " ".join(found["words"])
    assert found["fitted"] == ["T07", "T02"]
    assert [target["inside"] for target in found["targets"]] == [True, True]
    assert found["simulations"] == 2 * sum(each["tried"] for each in found["generations"])


def test_the_posterior_is_what_others_take(undisturbed: Path):
    posterior = Posterior.load(undisturbed)
    assert posterior.names == ("base_rate_danger", "half_life_against", *MIX)
    assert posterior.draws.shape == (40, 5)
    populations = pd.read_parquet(undisturbed / "populations.parquet")
    last = populations[populations["generation"] == populations["generation"].max()]
    mean = np.average(last["base_rate_danger"], weights=last["weight"])
    assert posterior.draws[:, 0].mean() == pytest.approx(mean, abs=0.02)
    assert populations.groupby("generation")["weight"].sum().to_numpy() == pytest.approx(1)
    assert (last["T07"] - last["base_rate_danger"]).nunique() < 5, "every set has the same luck"


def test_predictions_are_checked_with_luck_that_was_not_fitted(undisturbed: Path):
    replicates = set()

    def noted(parameters: dict[str, float], replicate: int) -> dict[str, float]:
        replicates.add(replicate)
        return live(parameters, replicate)

    fit(undisturbed.parent / "noted", noted)
    assert replicates == set(range(2 + 2 * SMALL.checks))  # two to fit, two for each check


def test_two_workers_give_the_same(tmp_path: Path):
    few = Settings(population=10, generations=2, epsilon=0.3, draws=10, checks=3)
    alone = fit(tmp_path / "alone", settings=few)
    fit(tmp_path / "two", settings=few, workers=2)
    assert all_files(tmp_path / "two") == all_files(tmp_path / "alone")
    assert len(alone.generations) == 3


@pytest.mark.parametrize("stop_at", [1, 2, 45, 130])
def test_an_interrupted_one_goes_on(undisturbed: Path, tmp_path: Path, stop_at: int):
    first = Counted(stop_at)
    with pytest.raises(KeyboardInterrupt):
        fit(tmp_path / "again", first)
    assert not (tmp_path / "again" / "posterior.parquet").exists()
    second = Counted()
    fit(tmp_path / "again", second)
    assert all_files(tmp_path / "again") == all_files(undisturbed)
    whole = (undisturbed / "answers.jsonl").read_text().count("\n")
    assert first.runs - 1 + second.runs == whole, "a run was lived twice"


@pytest.mark.parametrize("share", [0.001, 0.37, 0.8, 0.9999])
def test_a_line_cut_anywhere_is_no_harm(undisturbed: Path, tmp_path: Path, share: float):
    with pytest.raises(KeyboardInterrupt):
        fit(tmp_path / "cut", Counted(1))
    whole = (undisturbed / "answers.jsonl").read_bytes()
    (tmp_path / "cut" / "answers.jsonl").write_bytes(whole[: int(share * len(whole))])
    fit(tmp_path / "cut")
    assert all_files(tmp_path / "cut") == all_files(undisturbed)


def test_one_that_was_killed_goes_on(undisturbed: Path, tmp_path: Path):
    """SIGKILL in the middle of a generation."""
    folder = tmp_path / "killed"
    program = (
        "from calibration_worlds import Counted, DESIGN\n"
        "from experiments import calibrate\n"
        "from experiments.calibration import Settings\n"
        f"calibrate(DESIGN, out={str(folder)!r}, settings={SMALL!r}, workers=0, "
        "live=Counted(77, kill=True))\n"
    )
    tests = Path(__file__).parent
    ended = subprocess.run(
        [sys.executable, "-c", program], check=False, cwd=tests,
        env={"PYTHONPATH": f"{tests.parent}:{tests}", "PATH": ""},
    )  # fmt: skip
    assert ended.returncode == -9
    assert len((folder / "answers.jsonl").read_text().splitlines()) == 76
    fit(folder)
    assert all_files(folder) == all_files(undisturbed)


def test_nothing_is_lived_twice(undisturbed: Path):
    before = all_files(undisturbed)
    fit(undisturbed, never)
    assert all_files(undisturbed) == before


def test_looking_longer_uses_what_is_there(undisturbed: Path, tmp_path: Path):
    short = Settings(population=20, generations=1, epsilon=0.3, draws=40, checks=10)
    fit(tmp_path / "longer", settings=short)
    early = Counted()
    fit(tmp_path / "longer", early)
    assert all_files(tmp_path / "longer") == all_files(undisturbed)
    assert early.runs < (undisturbed / "answers.jsonl").read_text().count("\n")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seed": 6}, "seed was 5 and is now 6"),
        ({"replicates": 3}, "replicates was 2 and is now 3"),
        ({"targets": ["T07"]}, "targets.T02"),
        ({"constants": {"migrants": 90, "days": 30}}, "scenario.migrants was 100 and is now 90"),
        ({"uncertainties": {**DESIGN["uncertainties"], "base_rate_danger": "default"}},
         "uncertainties.base_rate_danger.low was 0.0 and is now 0.05"),
    ],
)  # fmt: skip
def test_another_design_is_noticed_and_named(undisturbed: Path, change: dict[str, Any], said: str):
    before = all_files(undisturbed)
    with pytest.raises(InputProblem, match=said):
        fit(undisturbed, design={**DESIGN, **change})
    assert all_files(undisturbed) == before


def test_other_code_is_noticed(undisturbed: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sim.compiling.code_hash", lambda: "0" * 16)
    with pytest.raises(InputProblem, match="other code of the model"):
        fit(undisturbed)


def test_a_prior_is_uniform_on_its_scale(tmp_path: Path):
    found = fit(tmp_path / "prior", settings=Settings(population=400, generations=0, draws=400,
                                                      checks=2))  # fmt: skip
    sample = found.to_frame()
    exponents = np.log(sample["half_life_against"] / 10) / np.log(100)
    assert stats.kstest(exponents, "uniform").pvalue > 0.001
    assert stats.kstest(sample["base_rate_danger"], "uniform").pvalue > 0.001
    assert found.to_dict()["epsilon"] is None
    assert "sample of the prior" in " ".join(found.words())


def test_sets_that_fail_are_told_and_kept_out(tmp_path: Path):
    found = fit(tmp_path / "failing", live_or_fail)
    assert found.unusable > 0
    assert (found.to_frame()["base_rate_danger"] <= 0.5).all()
    assert "RuntimeError: too much fear" in " ".join(found.words())


def test_where_all_fail_it_ends_at_once(tmp_path: Path):
    with pytest.raises(InputProblem, match=r"none of the first 20 sets.*lived twice"):
        fit(tmp_path / "hopeless", never)


def test_the_budget_ends_it(undisturbed: Path, tmp_path: Path):
    short = Settings(population=20, generations=3, epsilon=0.3, budget=60, draws=40, checks=10)
    found = fit(tmp_path / "budget", settings=short)
    assert (found.stopped, found.simulations, len(found.generations)) == ("budget", 60, 1)
    assert "the budget of runs was used up" in " ".join(found.words())
    with pytest.raises(InputProblem, match="Allow at least 40 runs"):
        fit(tmp_path / "nothing", never, settings=Settings(population=20, budget=30))
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"targets": [], "outcomes": [{"name": "a", "measure": "asked"}]}, "names none to be fit"),
        ({"targets": ["T7"]}, "Did you mean T07"),
        ({"targets": ["T14"], "scenario": "central_america"}, "asked of the scenario central_am"),
        ({"uncertainties": {}}, "nothing to fit"),
        ({"scenario": "agadez_breach_firewall", "constants": {},
          "levers": [{"intervention": "wall", "field": "compliance", "values": [0, 1]}]},
         "is a lever"),
        ({"sampler": {"method": "grid", "points": 3},
          "uncertainties": {"base_rate_danger": {"values": [0.1, 0.2]}}}, "single values"),
    ],
)  # fmt: skip
def test_designs_that_cannot_be_fitted(tmp_path: Path, change: dict[str, Any], said: str):
    with pytest.raises(InputProblem, match=said):
        fit(tmp_path / "no", design={**DESIGN, **change})
    assert not (tmp_path / "no").exists()


def test_an_unknown_target_is_told_with_its_line(tmp_path: Path):
    file = tmp_path / "mine.yaml"
    file.write_text(load_design(DESIGN).text.replace("T07", "T77"), encoding="utf-8")
    with pytest.raises(InputProblem, match=r"mine\.yaml:\d+:\d+: targets: .* no target 'T77'"):
        fit(tmp_path / "no", design=file)


@pytest.mark.parametrize("wrong", [
    {"population": 2}, {"epsilon": 0}, {"quantile": 1}, {"generations": -1}, {"budget": 0},
])  # fmt: skip
def test_settings_that_cannot_be(tmp_path: Path, wrong: dict[str, Any]):
    with pytest.raises(InputProblem, match=next(iter(wrong))):
        fit(tmp_path / "no", settings=Settings(**wrong))


def test_places_that_are_taken(tmp_path: Path):
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(InputProblem, match="holds files that are not an earlier result"):
        fit(tmp_path)
    with pytest.raises(InputProblem, match="cannot stand beside"):
        fit(tmp_path / "no", scheduler="tcp://nowhere:1", workers=1)


def test_targets_of_ones_own(tmp_path: Path):
    file = tmp_path / "own.yaml"
    file.write_text(
        "targets:\n- {id: T07, question: danger, answer: agree, observed: 0.7, low: 0.6, "
        "high: 0.8}\n", encoding="utf-8",
    )  # fmt: skip
    found = fit(tmp_path / "own", targets=file, design={**DESIGN, "targets": ["T07"]})
    assert found.to_frame()["base_rate_danger"].mean() == pytest.approx(0.7, abs=0.05)


def test_progress_is_told(tmp_path: Path):
    heard: list[Any] = []
    fit(tmp_path / "told", before=heard.append, progress=heard.append)
    estimate, *progress = heard
    assert (estimate.parameters, estimate.targets, estimate.kept) == (2, 2, 0)
    last = [each for each in progress if each.generation == 0][-1]
    assert (last.kept, last.wanted, last.epsilon) == (20, 20, None)
    assert progress[-1].generation is None
    assert progress[-1].runs == (tmp_path / "told" / "answers.jsonl").read_text().count("\n")


def test_one_that_takes_the_place_of_another_is_not_mistaken_for_it(
    undisturbed: Path, tmp_path: Path
):
    """Within one process, as in a worker that outlives one: it remembers what it has opened."""
    folder = tmp_path / "s"
    narrow = {"base_rate_danger": {"low": 0.1, "high": 0.2}}
    fit(folder, design={**DESIGN, "uncertainties": narrow})
    folder.rename(tmp_path / "old")
    fit(folder)
    assert all_files(folder) == all_files(undisturbed)


def test_a_run_that_killed_its_workers_is_tried_again_another_time(tmp_path: Path):
    answers = Answers(tmp_path / "answers.jsonl")
    answers.add("a", killed(0, None).answer, keep=False)
    found = answers.get("a")
    assert found is not None
    assert "killed" in found.error
    answers.sync()
    assert Answers(tmp_path / "answers.jsonl").get("a") is None


def test_a_target_about_nobody_leaves_nothing_behind(tmp_path: Path):
    """So that the design can be corrected and the same directory be used."""
    few = {**DESIGN, "targets": ["T07"], "replicates": 1, "constants": {"migrants": 1, "days": 2}}
    file = tmp_path / "own.yaml"
    file.write_text(
        "targets:\n- {id: T07, question: danger, answer: agree, group: {status: deportee}, "
        "observed: 0.7, low: 0.6, high: 0.8}\n", encoding="utf-8",
    )  # fmt: skip
    with pytest.raises(InputProblem, match="a trial run had none"):
        calibrate(few, out=tmp_path / "s", targets=file, workers=0)
    assert not (tmp_path / "s").exists()
