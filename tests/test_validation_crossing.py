"""Cross-validation: targets kept aside judge the fit, and two simpler models judge it, too."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.pages import block
from experiments.posterior import Posterior
from experiments.targets import Sizes, pose, written_in
from experiments.validation import CrossValidation, cross_validate, folds_of, validate
from experiments.validation.naive import no_dynamics, survey_mean
from experiments.validation.page import PAGE, write_page
from sim.model import TrustModel
from sim.parameters import Parameters
from sim.problems import InputProblem
from tests.target_files import written


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("targets"))


@pytest.fixture(scope="module")
def posteriors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Danger is believed in rarely by fold A, more by B, and by nearly all by C."""
    folders = {}
    for name, danger in zip("ABC", (0.05, 0.5, 0.95), strict=True):
        folder = tmp_path_factory.mktemp(name)
        pd.DataFrame({"base_rate_danger": [danger] * 4}).to_parquet(folder / "posterior.parquet")
        (folder / "summary.json").write_text(json.dumps({"fitted": []}), encoding="utf-8")
        folders[name] = folder
    return folders


@pytest.fixture(scope="module")
def crossed(file: Path, posteriors: dict[str, Path]) -> CrossValidation:
    return cross_validate(posteriors, targets=file, replicates=2, threads=1)


def test_a_target_is_judged_by_the_fold_that_kept_it_aside(crossed: CrossValidation):
    fear = next(row for row in crossed.rows if row.target.id == "fear")
    assert fear.fold == "A"
    assert fear.held_out.value < 0.35  # fold A's own posterior
    assert fear.fitted > 0.55  # the mean of those of B and C
    assert fear.error("held_out") == pytest.approx((fear.held_out.value - 0.37) / 0.06)
    assert "safe" not in [row.target.id for row in crossed.rows]


def test_means_over_targets_are_in_tolerances(crossed: CrossValidation):
    table = crossed.summary().set_index(["targets", "model"])
    errors = np.array([row.error("held_out") for row in crossed.rows])
    known = errors[~np.isnan(errors)]
    assert table.loc[("all", "held_out"), "mean_error"] == pytest.approx(np.abs(known).mean())
    assert table.loc[("all", "held_out"), "number"] == len(known)
    assert set(table.index.get_level_values("model")) == {
        "fitted", "held_out", "survey_mean", "no_dynamics"}  # fmt: skip


def test_what_no_fold_was_fitted_to_is_told_apart(
    file: Path, posteriors: dict[str, Path], tmp_path: Path
) -> None:
    for name, folder in posteriors.items():
        shutil.copytree(folder, tmp_path / name)
        told = {"fitted": [] if name == "A" else ["fear"]}
        (tmp_path / name / "summary.json").write_text(json.dumps(told), encoding="utf-8")
    crossed = cross_validate({name: tmp_path / name for name in posteriors}, targets=file,
                             replicates=2, threads=1)  # fmt: skip
    assert [row.target.id for row in crossed.rows if row.seen] == ["fear"]
    table = crossed.summary().set_index(["targets", "model"])
    assert table.loc[("all", "held_out"), "number"] == 1
    assert table.loc[("never_fitted", "held_out"), "number"] >= 1
    assert crossed.to_frame().set_index("id").loc["fear", "seen"]


def test_it_is_written_whole(crossed: CrossValidation, tmp_path: Path):
    crossed.write(tmp_path / "out")
    assert len(pd.read_csv(tmp_path / "out" / "targets.csv")) == len(crossed.rows)


def test_both_results_go_into_the_page(
    crossed: CrossValidation, file: Path, tmp_path: Path
) -> None:
    crossed.write(tmp_path / "crossed")
    validate(file, ids=["fear"], replicates=2, threads=1, out=tmp_path / "validated")
    page = tmp_path / "page.md"
    page.write_text("<!-- fit -->\n<!-- /fit -->\n<!-- crossing -->\n<!-- /crossing -->\n")
    (tmp_path / "figures").mkdir()
    write_page(tmp_path / "validated", tmp_path / "crossed", page)
    fit, crossing = (block(page.read_text(), name) for name in ("fit", "crossing"))
    assert fit is not None
    assert "2 replicates" in fit
    assert crossing is not None
    assert all(row.target.id in crossing for row in crossed.rows)
    errors = crossed.summary().query("targets == 'all' and model == 'held_out'")
    assert f"{errors['mean_error'].iloc[0]:.3g}" in crossing
    assert (tmp_path / "figures" / "targets.png").stat().st_size > 5_000
    with pytest.raises(InputProblem, match=r"holds no summary\.json that can be read"):
        write_page(tmp_path, tmp_path / "crossed", page)


def test_the_page_is_of_the_posterior_that_ships() -> None:
    shipped = Posterior.named("evidence")
    assert shipped is not None
    fit = block(PAGE.read_text(encoding="utf-8"), "fit")
    assert fit is not None
    assert f"posterior `{shipped.hash}`" in fit
    assert all(f"| {each.id} " in fit for each in written_in())


def test_a_missing_fold_and_one_that_saw_what_it_keeps_aside(
    file: Path, posteriors: dict[str, Path], tmp_path: Path
):
    with pytest.raises(InputProblem, match="fold: 'C' has no posterior"):
        cross_validate({k: v for k, v in posteriors.items() if k != "C"}, targets=file)
    for each in posteriors["A"].iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes())
    (tmp_path / "summary.json").write_text(json.dumps({"fitted": ["fear"]}), encoding="utf-8")
    with pytest.raises(InputProblem, match="was fitted to fear, which fold A keeps aside"):
        cross_validate({**posteriors, "A": tmp_path}, targets=file)


def test_everyone_is_the_mean_of_those_who_were_asked():
    targets = {each.id: each for each in pose(written_in(), Sizes(migrants=100))}
    known = [targets[name] for name in ("T01", "T06", "T08")]
    assert survey_mean(targets["T05"], known) == pytest.approx((0.26 + 0.40) / 2)
    assert survey_mean(targets["T07"], known) == 0.37
    # Another answer to a question that is known, then anything at all.
    assert survey_mean(targets["T03_here"], known) == pytest.approx((0.26 + 0.40) / 2)
    assert survey_mean(targets["T10"], known) == pytest.approx((0.26 + 0.40 + 0.37) / 3)
    assert survey_mean(targets["T17"], known) == 0


def test_opinions_never_change_where_no_channel_brings_evidence(file: Path):
    targets = pose(written_in(file), Sizes(migrants=300))
    police = next(each for each in targets if each.id == "drop").value.plan
    quiet = next(each for each in targets if each.id == "drop").value.base
    assert quiet is not None
    danger = []
    for plan in (police, quiet):
        still = replace(plan, parameters=Parameters({**plan.parameters, **no_dynamics()}))
        run = TrustModel(still).run()
        tables = run.world.tables
        people = run.world.people
        assert not tables.mind["evidence"][:people].any()
        danger.append(tables.body["danger_touched"][:people])
        assert run.record.total("asked") > 0  # life goes on
    assert (danger[0] == danger[1]).all()


def test_folds_are_said_on_the_command_line(file: Path):
    from typer.testing import CliRunner

    from experiments.validation.__main__ import app

    told = CliRunner().invoke(app, ["folds", "--targets", str(file)])
    assert told.exit_code == 0
    fold = folds_of(pose(written_in(file)))
    aside = re.findall(r"([ABC]) keeps aside: (.*)", told.output)
    assert {each: name for name, ids in aside for each in ids.split(", ")} == fold


def test_a_loaded_posterior_will_do(file: Path, posteriors: dict[str, Path]):
    loaded = {name: Posterior.load(place) for name, place in posteriors.items()}
    found = cross_validate(loaded, targets=file, ids=["fear", "heals"], replicates=2, threads=1)
    assert [row.target.id for row in found.rows] == ["fear", "heals"]
