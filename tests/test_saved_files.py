"""The file of a saved run: complete or not at all, and every file that will not do is refused."""

from __future__ import annotations

import contextlib
import json
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model import TrustModel
from sim.network import RouteNetwork
from sim.parameters import Parameters
from sim.plan import Plan
from sim.problems import InputProblem
from tests.saving_world import QUICK, ROOT, alone, lively, same, saved, until

__all__ = ["alone", "saved"]


# --- refusals ------------------------------------------------------------------------------------

def rewritten(path: Path, change: Callable[[dict[str, Any]], None], out: Path) -> Path:
    """A copy of a saved run in which the header says something else."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "header.json":
                header = json.loads(data)
                change(header)
                data = json.dumps(header).encode()
            new.writestr(name, data)
    return out


def told(path: Path, plan: Plan | None = None, **asked: Any) -> str:
    with pytest.raises(InputProblem) as problem:
        TrustModel.resume(path, lively() if plan is None else plan, **asked)
    (sentence,) = str(problem.value).splitlines()
    assert sentence.startswith(f"{path}: ")
    return sentence.removeprefix(f"{path}: ")


@pytest.mark.parametrize(("change", "said"), [
    ({"seed": 6}, "seed: the run was saved with 5, and here it is 6. Resume it with"),
    ({"days": 31}, "days: the run was saved with 30, and here it is 31"),
    ({"burn_in": 13}, "burn_in: the run was saved with 12, and here it is 13"),
    ({"migrants": 121}, "migrants: the run was saved with 120, and here it is 121"),
    ({"zero_exposure": ("regular",)},
     "zero_exposure[0]: the run was saved with 'nothing', and here it is 'regular'"),
    ({"survey_days": (0, 8)}, "survey_days[1]: the run was saved with 9, and here it is 8"),
    ({"status": {"irregular": 1.0}}, "status.irregular: the run was saved with 0.5, and here"),
    ({"parameters": Parameters.of({"bf": 4.5})}, "parameters."),
])
def test_another_plan_is_refused(saved: dict[int, Path], change: dict[str, Any], said: str) -> None:
    assert said in told(saved[13], replace(lively(), **change))


def test_another_intervention_or_network_is_refused(saved: dict[int, Path]) -> None:
    plan = lively()
    later = replace(plan, interventions=(
        plan.interventions[0].model_copy(update={"share": 0.5}), *plan.interventions[1:]))
    assert told(saved[13], later) == (
        "interventions[0].share: the run was saved with 0.9, and here it is 0.5. Resume it with "
        "the scenario it was saved with, or start a new run; interventions can be others only as "
        "long as none has begun.")
    legs = plan.network.legs.assign(km=plan.network.legs["km"] + 1.0)
    network: RouteNetwork = replace(plan.network, legs=legs)
    assert told(saved[0], replace(plan, network=network)).startswith("network.legs: ")


@pytest.mark.parametrize(("asked", "said"), [
    ({"migrants": 99}, "migrants: the run was saved with 120, and 99 is asked for. Ask for what"),
    ({"days": 31}, "days: the run was saved with 30, and 31 is asked for."),
    ({"seed": 0}, "seed: the run was saved with 5, and 0 is asked for."),
    ({"replicate": 1}, "replicate: the run was saved with 0, and 1 is asked for."),
])
def test_asking_for_something_else_is_refused(
        saved: dict[int, Path], asked: dict[str, int], said: str) -> None:
    assert said in told(saved[0], **asked)


def test_another_format_code_or_column_is_refused(saved: dict[int, Path], tmp_path: Path) -> None:
    def newer(header: dict[str, Any]) -> None:
        header["format"] = 99

    def edited(header: dict[str, Any]) -> None:
        header["code"] = "0123456789abcdef"

    def wider(header: dict[str, Any]) -> None:
        header["arrays"]["tables/body"]["type"]["status"] = "<i8"

    out = tmp_path / "run.state"
    assert re.match("format: the file has format 99, and this Waytrust reads format 1. Resume it "
                    r"with Waytrust \S+, which saved it", told(rewritten(saved[3], newer, out)))
    assert re.match("code: the run was saved by the model with code 0123456789abcdef .*, and this "
                    "is [0-9a-f]{16} .* or start a new run", told(rewritten(saved[3], edited, out)))
    assert ("arrays.tables/body.type.status: the run was saved with '<i8', and here it is '|u1'"
            in told(rewritten(saved[3], wider, out)))


def test_other_files_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "run.state"
    assert "cannot be read (no such file or directory)" in told(file)
    for text in ("", "years of work"):
        file.write_text(text)
        assert "not a file in which a run was saved. Give one that `waytrust run" in told(file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("letter.txt", "years of work")
    assert "not a file in which a run was saved" in told(file)


@QUICK
@given(share=st.floats(0.0, 0.999))
def test_a_file_cut_short_is_refused(share: float, saved: dict[int, Path], tmp_path: Path) -> None:
    whole = saved[3].read_bytes()
    (tmp_path / "run.state").write_bytes(whole[: max(4, int(share * len(whole)))])
    assert "damaged or was cut short. Take another copy of it" in told(tmp_path / "run.state")


@settings(parent=QUICK, max_examples=150)
@given(place=st.floats(0.0, 1.0, exclude_max=True), bit=st.integers(0, 7))
def test_a_wrong_bit_is_noticed_or_does_no_harm(
        place: float, bit: int, saved: dict[int, Path], alone: dict[int, dict[str, str]],
        tmp_path: Path) -> None:
    data = bytearray(saved[3].read_bytes())
    data[int(place * len(data))] ^= 1 << bit
    (tmp_path / "run.state").write_bytes(data)
    with contextlib.suppress(InputProblem):
        # Some bytes nobody reads, such as the dates of members.
        same(TrustModel.resume(tmp_path / "run.state", lively()), alone[3])


# --- the file ------------------------------------------------------------------------------------

def test_numpy_reads_it_without_pickle_and_the_page_names_its_fields(
        saved: dict[int, Path]) -> None:
    model = until(3)
    with np.load(saved[3], allow_pickle=False) as file:
        assert (file["tables/body"]["key"] == model.world.tables.body["key"]).all()
        names = {name for name in file.files if not name.endswith(".json")}
        assert not any(file[name].dtype.hasobject for name in names)
        header = json.loads(file["header.json"])
    assert {f"tables/{name}" for name in model.world.tables._fields} < names
    page = (ROOT / "docs" / "saved_state.md").read_text(encoding="utf-8")
    assert [name for name in header if f"`{name}`" not in page] == []


def test_what_nobody_knows_how_to_keep_is_not_left_out(tmp_path: Path) -> None:
    model = until(-5)
    model.world.queues = {"clinic": 3}  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match=r"World.queues is a dict"):
        model.save(tmp_path / "run.state")
    assert list(tmp_path.iterdir()) == []


def test_folders_are_made_and_impossible_places_refused(tmp_path: Path) -> None:
    model = until(-5)
    model.save(tmp_path / "a" / "b" / "run.state")
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["run.state"]
    for place, reason in ((tmp_path / "a", "is a directory"),
                          (Path("/dev/null/run.state"), "not a directory")):
        with pytest.raises(InputProblem, match=rf"{place}: cannot be written \({reason}\)"):
            model.save(place)


@pytest.mark.parametrize(("failure", "seen"), [
    (OSError(28, "No space left on device"), InputProblem),
    (KeyboardInterrupt(), KeyboardInterrupt)])
@pytest.mark.parametrize("at", ["write_array", "fsync"])
def test_a_failure_while_writing_leaves_the_old_file(
        failure: BaseException, seen: type[BaseException], at: str, tmp_path: Path,
        saved: dict[int, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    file, model = tmp_path / "run.state", until(-5)
    file.write_bytes(saved[3].read_bytes())

    def fails(*_: Any, **__: Any) -> None:
        raise failure

    with monkeypatch.context() as patch:
        patch.setattr(np.lib.format if at == "write_array" else os, at, fails)
        with pytest.raises(seen) as problem:
            model.save(file)
    if seen is InputProblem:
        assert f"{file}: cannot be written (no space left on device)" in str(problem.value)
    assert file.read_bytes() == saved[3].read_bytes()
    assert list(tmp_path.iterdir()) == [file]
