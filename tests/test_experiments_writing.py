"""Result directories: whole or not at all, and never on top of something else."""

import json
import math
import sys
from pathlib import Path

import numpy as np
import pytest

from experiments import writing
from experiments.writing import check_place, json_text, new_directory, read_manifest
from sim.problems import InputProblem


def _write(place, text="one"):
    with new_directory(place, "run") as folder:
        (folder / "data.txt").write_text(text)
        writing.write_json(folder / "manifest.json", {"waytrust": "0", "kind": "run"})


def _write_half(place):
    with new_directory(place, "run") as folder:
        (folder / "data.txt").write_text("half")
        raise RuntimeError


def _leftovers(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_a_directory_and_its_parents_are_made(tmp_path):
    _write(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / "data.txt").read_text() == "one"
    assert _leftovers(tmp_path / "a") == []


def test_an_earlier_result_and_an_empty_directory_are_replaced(tmp_path):
    (tmp_path / "empty").mkdir()
    _write(tmp_path / "empty")
    _write(tmp_path / "empty", "two")
    assert (tmp_path / "empty" / "data.txt").read_text() == "two"
    assert _leftovers(tmp_path) == []


def test_a_failure_half_way_leaves_what_was_there(tmp_path):
    place = tmp_path / "result"
    _write(place)
    with pytest.raises(RuntimeError):
        _write_half(place)
    assert (place / "data.txt").read_text() == "one"
    assert _leftovers(tmp_path) == []


def test_a_failed_rename_puts_the_old_result_back(tmp_path, monkeypatch):
    place = tmp_path / "result"
    _write(place)
    rename = type(place).rename

    def broken(path, target):
        if "partial" in path.name:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(type(place), "rename", broken)
    with pytest.raises(InputProblem, match="no space left on device"):
        _write(place, "two")
    assert (place / "data.txt").read_text() == "one"
    assert _leftovers(tmp_path) == []


def test_a_directory_of_something_else_is_refused(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")
    for attempt in (lambda: check_place(tmp_path, "run"), lambda: _write(tmp_path)):
        with pytest.raises(InputProblem, match="not an earlier result of `waytrust run`"):
            attempt()
    assert (tmp_path / "thesis.tex").read_text() == "years of work"


def test_a_run_does_not_replace_a_comparison(tmp_path):
    _write(tmp_path / "result")
    with pytest.raises(InputProblem, match="waytrust compare"):
        check_place(tmp_path / "result", "compare")


@pytest.mark.parametrize("tail", ["", "/below"])
def test_a_file_is_refused(tmp_path, tail):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputProblem, match=r"is a file|not a directory"):
        check_place(f"{tmp_path / 'file'}{tail}", "run")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a place nobody can write")
def test_a_place_nobody_can_write_is_refused():
    with pytest.raises(InputProblem, match="cannot be written"):
        check_place("/proc/self/result", "run")


def test_a_name_that_is_too_long_is_refused(tmp_path):
    with pytest.raises(InputProblem, match="cannot be written"):
        check_place(tmp_path / ("x" * 300), "run")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions differ")
def test_checking_leaves_no_trace(tmp_path):
    check_place(tmp_path / "a" / "b", "run")
    check_place(None, "run")
    assert list(tmp_path.iterdir()) == []


def test_json_has_plain_numbers_and_null():
    value = {"a": np.int64(3), "b": [np.float64(0.5), math.nan], "c": np.array([True, False])}
    assert json.loads(json_text(value)) == {"a": 3, "b": [0.5, None], "c": [True, False]}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"kind": "run"}'])
def test_other_manifests_are_not_ours(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    assert read_manifest(tmp_path) is None
