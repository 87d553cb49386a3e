"""What is wrong with a directory is said in one sentence, and nothing is half-written."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from dashboards.report.reading import KINDS, read_result
from dashboards.report.result import CompareResult, RunResult
from experiments import report
from experiments.cli import app
from sim.problems import InputProblem
from tests.report_world import compared, folder, ran

__all__ = ["compared", "folder", "ran"]


def call(*words):
    return CliRunner().invoke(app, ["report", *(str(word) for word in words)])


def refused(*words):
    result = call(*words)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    return result.stderr


def change(file, edit):
    found = json.loads(file.read_text())
    edit(found)
    file.write_text(json.dumps(found))


def test_the_command_writes_one_file(folder, tmp_path):
    result = call(folder, "--out", tmp_path / "my.html")
    assert result.exit_code == 0, result.stderr
    assert "my.html" in result.stdout
    assert (tmp_path / "my.html").read_text().startswith("<!DOCTYPE html>")


def test_without_a_name_the_report_lies_in_the_directory(folder):
    assert report(folder, language="fr") == folder / "report.fr.html"
    assert call(folder).exit_code == 0
    assert (folder / "report.html").exists()


def test_figures_and_tables_are_written_on_demand(ran, tmp_path):
    out, page = tmp_path / "files", tmp_path / "page.html"
    for _ in range(2):  # an earlier one is replaced
        assert call(ran, "--out", page, "--files", out).exit_code == 0
    names = {path.name for path in out.iterdir()}
    assert {"time.svg", "time.png", "map.png", "outcomes.svg", "by-node.csv", "days.csv",
            "evidence.csv", "manifest.json"} <= names  # fmt: skip
    assert (out / "time.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert "node,in_need,asked,few" in (out / "by-node.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    refused(ran, "--out", tmp_path / "other.html", "--files", tmp_path / "mine")
    assert not (tmp_path / "other.html").exists()
    assert (tmp_path / "mine" / "letter.txt").exists()


def test_each_kind_is_read(compared, ran):
    assert isinstance(read_result(compared[1]), CompareResult)
    assert isinstance(read_result(str(ran)), RunResult)
    assert set(KINDS) == {"compare", "run"}


def test_additions_of_later_versions_are_no_fault(folder):
    def add(found):
        found["decomposition"] = []
        row = {**found["differences"][0], "by": "day", "group": "3", "new": 1}
        found["differences"].append(row)

    change(folder / "comparison.json", add)
    assert call(folder).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["/nowhere"], "'/nowhere' does not exist"),
        ([__file__], "is not a directory"),
        ([], "DIR"),
    ],
)
def test_a_directory_that_is_none(words, said):
    result = call(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_directory_without_a_result(tmp_path):
    assert "has no manifest.json" in refused(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    assert "not a result directory of Waytrust" in refused(tmp_path)


def test_a_kind_that_has_no_report_yet(folder):
    change(folder / "manifest.json", lambda found: found.update(kind="sweep"))
    said = refused(folder)
    assert "of kind 'sweep'" in said
    assert "'compare' and 'run'" in said


def test_a_language_that_is_missing(folder):
    assert "Give one of en, fr, es, ar" in refused(folder, "--language", "tlh")
    assert "language" in refused(folder, "--language", "../fr")
    assert not list(folder.glob("*.html"))


def test_a_place_that_cannot_be_written(folder):
    figures = folder.parent / "figures"
    for more in ((), ("--files", str(figures))):
        assert "cannot be written" in refused(folder, "--out", "/dev/null/x.html", *more)
    assert not figures.exists()


@pytest.mark.parametrize("name", ["route.json", "series.json", "comparison.json"])
def test_a_file_that_is_missing_or_torn(folder, name):
    whole = (folder / name).read_text()
    (folder / name).write_text(whole[: len(whole) // 2])
    said = refused(folder)
    assert name in said
    assert "cannot be read as JSON" in said
    (folder / name).unlink()
    said = refused(folder)
    assert f"{name}' is missing" in said
    assert "waytrust compare" in said
    assert not list(folder.glob("*.html"))


@pytest.mark.parametrize(
    ("name", "edit", "said"),
    [
        ("route.json", lambda found: found["places"][0].update(lat="north"), "places.0.lat"),
        ("route.json", lambda found: found["places"].clear(), "places"),
        ("series.json", lambda found: found["after_the_shock"].clear(), "other scenarios"),
        ("comparison.json", lambda found: found.update(differences=3), "no list 'differences'"),
        ("comparison.json", lambda found: found["channels"][0].pop("low"), "low"),
        ("manifest.json", lambda found: found.pop("seed"), "seed"),
    ],
)
def test_a_file_that_is_damaged_inside(folder, name, edit, said):
    change(folder / name, edit)
    words = refused(folder)
    assert said in words
    assert "Make the result again" in words


def test_a_run_that_is_damaged(ran, tmp_path):
    import shutil

    copy = shutil.copytree(ran, tmp_path / "run")
    (copy / "daily.parquet").write_bytes(b"PAR1")
    assert "daily.parquet' cannot be read" in refused(copy)
    change(copy / "summary.json", lambda found: found.pop("totals"))
    (copy / "daily.parquet").write_bytes((ran / "daily.parquet").read_bytes())
    assert "has no totals" in refused(copy)


def test_in_python_the_same_fault_is_an_exception(tmp_path):
    with pytest.raises(InputProblem, match="has no manifest"):
        report(tmp_path)
