"""Stores are found and opened by their manifest alone, and what is no store is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from explore_stores import calibrated, plain, swept

from dashboards.explore import place as place_module
from dashboards.explore.fit import Fit
from dashboards.explore.place import confine, opened, places, shipped
from dashboards.explore.runs import RunTable, opened_runs
from sim.problems import InputProblem


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return swept(tmp_path_factory.mktemp("sweep") / "plain")


@pytest.fixture(scope="module")
def fit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.calibration.writing._draw", lambda *_: None)
        return calibrated(tmp_path_factory.mktemp("fit") / "fit")


def refused(place: object) -> str:
    with pytest.raises(InputProblem) as found:
        opened(str(place))
    sentence = str(found.value)
    assert "\n" not in sentence
    return sentence


def test_stores_are_found_beneath_results_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for place, manifest in {
        "results/one": {"waytrust": "1", "kind": "sweep", "made": "2026-01-01", "design": "one"},
        "results/deep/two": {"waytrust": "1", "kind": "calibration", "made": "2026-01-02"},
        "results/run": {"waytrust": "1", "kind": "run"},
        "results/other": {"kind": "sweep"},
        "results/.hidden": {"waytrust": "1", "kind": "sweep"},
        "elsewhere": {"waytrust": "1", "kind": "sweep"},
    }.items():
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "manifest.json").write_text(json.dumps(manifest))
    found = places()
    assert [(str(each.folder), each.kind, each.design) for each in found] == [
        ("results/deep/two", "calibration", "two"), ("results/one", "sweep", "one"),
    ]  # fmt: skip
    assert places("nowhere") == []


def test_the_calibration_that_ships_can_be_opened() -> None:
    place = opened(str(shipped().folder))
    assert (place.kind, place.design) == ("calibration", "fit_to_evidence")
    fit = Fit(place)
    assert fit.summary["design"] == place.design
    assert set(fit.parameters["name"]) <= set(fit.draws)
    assert fit.histograms()["density"].max() > 1.5  # something was learnt


def test_what_is_no_store_is_refused_in_one_sentence(tmp_path: Path, sweep: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / "manifest.json").write_text("{")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "manifest.json").write_text('{"waytrust": "1", "kind": "compare"}')
    assert "no directory is named" in refused("  ")
    assert "does not exist" in refused(tmp_path / "nothing")
    assert "is a file" in refused(file)
    assert "holds no manifest" in refused(tmp_path / "empty")
    assert "damaged or not Waytrust's" in refused(tmp_path / "torn")
    assert "a result of `waytrust compare`" in refused(tmp_path / "run")
    assert "does not exist" in refused("a\0b")
    assert "Name the directory" in refused("x" * 5_000)
    assert "holds no manifest" in refused(sweep / "runs")
    assert opened(f" {sweep}/ ").design == "plain"


def test_others_may_open_what_lies_under_results_and_nothing_else(
    tmp_path: Path, sweep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(place_module, "_within", [])
    copied = shutil.copytree(sweep, tmp_path / "results" / "mine")
    confine()
    assert opened("results/mine").folder == opened(copied).folder
    assert opened(shipped().folder).kind == "calibration"
    (tmp_path / "results" / "way_out").symlink_to(sweep)
    for elsewhere in (sweep, "/etc", "~", "results/../..", "results/way_out", "nowhere"):
        assert "does not lie where others may look" in refused(elsewhere)


def test_opening_writes_nothing(sweep: Path, fit: Path) -> None:
    before = {path: path.stat().st_mtime_ns for root in (sweep, fit) for path in root.rglob("*")}
    table = RunTable(opened(sweep))
    assert table.counts == (240, 3)
    assert len(Fit(opened(fit)).draws) == 60
    assert before == {path: path.stat().st_mtime_ns for root in (sweep, fit)
                      for path in root.rglob("*")}  # fmt: skip


def test_a_sweep_without_runs_and_one_of_another_kind_are_refused(
    tmp_path: Path, sweep: Path, fit: Path
) -> None:
    begun = swept(tmp_path / "begun", batches=0)
    with pytest.raises(InputProblem, match="holds no runs yet"):
        RunTable(opened(begun))
    with pytest.raises(InputProblem, match="not a sweep"):
        RunTable(opened(fit))
    with pytest.raises(InputProblem, match="not a calibration"):
        Fit(opened(sweep))


def test_a_sweep_that_goes_on_is_read_anew(tmp_path: Path) -> None:
    folder = swept(tmp_path / "half", batches=2)
    first = opened_runs(opened(folder))
    assert first.counts[0] == 120
    assert first.expected == 240
    assert opened_runs(opened(folder)) is first
    from experiments.sweep import working
    from tests.explore_stores import live

    working.work(str(folder), live, False, 2)
    assert opened_runs(opened(folder)).counts[0] == 180


def test_a_damaged_part_is_named(tmp_path: Path) -> None:
    folder = swept(tmp_path / "torn")
    part = folder / "runs" / "batch-000001.parquet"
    part.write_bytes(part.read_bytes()[:100])
    with pytest.raises(InputProblem, match=r"batch-000001\.parquet"):
        RunTable(opened(folder))


def test_a_directory_with_odd_letters_is_read_too(tmp_path: Path) -> None:
    folder = swept(tmp_path / "it's [a] *sweep?", plain(points=4))
    assert RunTable(opened(folder)).counts[0] == 24


def test_a_calibration_that_has_not_ended_or_is_damaged_is_refused(
    tmp_path: Path, fit: Path
) -> None:
    import shutil

    copy = tmp_path / "fit"
    shutil.copytree(fit, copy)
    (copy / "targets.csv").write_text("nothing\n1\n")
    with pytest.raises(InputProblem, match=r"targets\.csv.*damaged"):
        _ = Fit(opened(copy)).targets
    (copy / "posterior.parquet").write_bytes(b"PAR1")
    with pytest.raises(InputProblem, match=r"posterior\.parquet.*damaged"):
        _ = Fit(opened(copy)).draws
    (copy / "posterior.parquet").unlink()
    with pytest.raises(InputProblem, match="has not come to its end"):
        Fit(opened(copy))


def test_the_posterior_is_told_from_the_prior(fit: Path) -> None:
    found = Fit(opened(fit))
    places = found.places()
    assert places.min().min() >= 0
    assert places.max().max() <= 1
    bars = found.histograms()
    assert list(bars.groupby("parameter")["density"].mean().round(12)) == [1.0, 1.0]
    narrow = bars[bars["parameter"] == "base_rate_danger"]["density"].max()
    wide = bars[bars["parameter"] == "half_life_against"]["density"].max()
    assert narrow > 2 * wide
    last = bars[bars["parameter"] == "half_life_against"].iloc[-1]
    assert last["high"] == pytest.approx(1000)


@pytest.mark.parametrize("figure", ["targets", "parameters", "correlations", "pair"])
def test_the_code_of_a_fit_gives_what_is_shown(fit: Path, figure: str) -> None:
    found = Fit(opened(fit))
    names = ("base_rate_danger", "half_life_against") if figure == "pair" else ()
    space: dict[str, object] = {}
    exec(found.code(figure, *names), space)
    if figure == "targets":
        pd.testing.assert_frame_equal(space["targets"], found.targets)
    elif figure == "correlations":
        pd.testing.assert_frame_equal(space["correlations"], found.correlations())
    elif figure == "pair":
        pd.testing.assert_frame_equal(space["pair"], found.pair(*names))
    else:
        shown = found.histograms().pivot(index="part", columns="parameter", values="density")
        pd.testing.assert_frame_equal(
            space["density"],
            shown[list(space["density"])],
            check_names=False,
            check_index_type=False,
        )
