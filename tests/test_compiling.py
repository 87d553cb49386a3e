"""Edit a rule, and every engine follows at once, although the old compiled code is still there."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import pkgutil
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from numba.core.caching import UserProvidedCacheLocator

import sim
import sim.engine.compiled
import sim.rules
from sim import compiling

PACKAGE = Path(sim.__file__).parent
NETWORK = PACKAGE.parent / "scenarios" / "networks" / "central_mediterranean"
REFERENCE = importlib.util.find_spec("sim.engine.reference") is not None

SLOPE = "- bf * exposure * risk"
PROBE = """
import json, sys
from pathlib import Path
from sim import compiling
from sim.codes import ASKING, DETERRED, NOT_WORTH, STAYING
from sim.engine.compiled.engine import CompiledEngine
from sim.network import load_network
from sim.parameters import Parameters
from sim.plan import Plan
from sim.world import World

plan = Plan("tiny", "Tiny", "Who asks?", load_network(Path(sys.argv[1])), 20, 10, 3000.0, 300, 0.5,
            {"irregular": 1.0}, None, Parameters.of(), (), (), 1)


def decide(world, engine, let_in):
    # Everybody is at one node, knows its clinic and is in acute need: only the choice is left.
    let_in(20)
    world.intervene(0)
    body, points = world.tables.body, world.tables.points
    clinic = int(points["relief"][:, 2].argmax())
    body["state"], body["node"], body["known"][:, 0] = STAYING, points["node"][clinic], clinic + 1
    body["level"][:, 2] = 0.9
    engine.asking(0)
    outcome = [int(one) for one in body["outcome"]]
    return {"asked": outcome.count(ASKING), "deterred": outcome.count(DETERRED),
            "not_worth": outcome.count(NOT_WORTH)}


world = World(plan)
found = {"compiled": decide(world, CompiledEngine(world), world.admit)}
if "reference" in sys.argv[2:]:
    from sim.model import TrustModel
    model = TrustModel(plan, engine="reference")
    found["reference"] = decide(model.world, model.engine, model.engine.arrivals)
print(json.dumps({"hash": compiling.code_hash(), "cache": str(compiling.cache_directory()),
                  "found": found}))
"""


def probe(home: Path) -> dict[str, Any]:
    """What a fresh process finds with the copy of the package in this folder."""
    environment = os.environ | {"PYTHONPATH": str(home), "WAYTRUST_CACHE": str(home / "cache")}
    engines = ["compiled", "reference"] if REFERENCE else ["compiled"]
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(NETWORK), *engines], env=environment, cwd=home,
        capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def take_along(home: Path) -> None:
    """Give the copy what is compiled of this very code, so that it need not be compiled again.

    Numba names a folder after the place of the source. What is missing, the copy compiles.
    """
    there = home / "cache" / "waytrust" / compiling.cache_directory().name
    for folder in {path.parent for path in PACKAGE.rglob("*.py")}:
        ours, theirs = (
            UserProvidedCacheLocator.get_suitable_cache_subpath(str(place / "any.py"))
            for place in (folder, home / "sim" / folder.relative_to(PACKAGE))
        )
        if (compiling.cache_directory() / ours).is_dir():
            shutil.copytree(compiling.cache_directory() / ours, there / theirs)


def kept(found: dict[str, Any]) -> dict[str, int]:
    """Compiled code that is kept for what was found, with the time it was written."""
    return {str(path): path.stat().st_mtime_ns for path in Path(found["cache"]).rglob("*.nb*")}


def test_editing_the_slope_of_a_rule_changes_every_engine_at_once(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    rule = tmp_path / "sim" / "rules" / "help_seeking.py"
    text = rule.read_text(encoding="utf-8")
    assert text.count(f"{SLOPE}\n") == 1

    take_along(tmp_path)
    before = probe(tmp_path)
    compiled = kept(before)
    assert compiled
    assert Path(before["cache"]).is_relative_to(tmp_path / "cache")

    rule.write_text(text.replace(f"{SLOPE}\n", "- 2.0 * bf * exposure * risk\n"), encoding="utf-8")
    steeper = probe(tmp_path)
    assert steeper["hash"] != before["hash"]
    assert steeper["cache"] != before["cache"]
    assert kept(before) == compiled
    for engine, was in before["found"].items():
        now = steeper["found"][engine]
        assert sum(was.values()) == sum(now.values()) >= 100
        assert now["asked"] < was["asked"] - 5
        assert now["deterred"] > was["deterred"] + 5
        assert now["not_worth"] == was["not_worth"]  # they would not ask without any risk either

    # Put it back: what was compiled first serves again, and nothing is compiled anew.
    rule.write_text(text, encoding="utf-8")
    assert probe(tmp_path) == before
    assert kept(before) == compiled
    for found in (before, steeper):
        assert len({json.dumps(one) for one in found["found"].values()}) == 1


# --- where compiled code is kept ---------------------------------------------------------------

@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A little package that takes the place of ``sim``."""
    home = tmp_path / "package"
    (home / "rules").mkdir(parents=True)
    (home / "compiling.py").write_text("")
    (home / "rules" / "one.py").write_text("slope = 1\n")
    monkeypatch.setattr(compiling, "__file__", str(home / "compiling.py"))
    return home


def code_hash() -> str:
    """The hash, worked out afresh."""
    return compiling.code_hash.__wrapped__()


def test_the_hash_follows_every_source_file(package: Path) -> None:
    seen = [code_hash()]
    rule = package / "rules" / "one.py"
    rule.write_text("slope = 2\n")
    seen.append(code_hash())
    rule.rename(package / "rules" / "two.py")
    seen.append(code_hash())
    (package / "rules" / "three.py").write_text("")
    seen.append(code_hash())
    assert len(set(seen)) == 4
    (package / "rules" / "three.py").unlink()
    (package / "rules" / "two.py").rename(rule)
    rule.write_text("slope = 1\n")
    assert code_hash() == seen[0]


def test_the_hash_ignores_what_is_not_source(package: Path) -> None:
    before = code_hash()
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "one.cpython-311.pyc").write_bytes(b"\x00")
    (package / "notes.txt").write_text("not code")
    os.utime(package / "rules" / "one.py", (1, 1))
    assert code_hash() == before


def test_the_cache_lies_where_it_is_told_and_moves_on_where_it_cannot(
        package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("WAYTRUST_CACHE", str(tmp_path / "mine"))
    fresh = compiling.cache_directory.__wrapped__
    assert fresh().parent == tmp_path / "mine" / "waytrust"
    assert fresh().is_dir()
    assert fresh() == fresh()
    monkeypatch.setenv("WAYTRUST_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert fresh().parent == tmp_path / "xdg" / "waytrust"
    # Where no folder can be made there, one for temporary files is taken.
    (tmp_path / "in_the_way").write_text("a file")
    monkeypatch.setenv("WAYTRUST_CACHE", str(tmp_path / "in_the_way"))
    assert fresh().is_relative_to(tmp_path / "temporary")
    (tmp_path / "temporary" / "waytrust").rename(tmp_path / "moved")
    (tmp_path / "temporary" / "waytrust").write_text("a file")
    assert fresh().is_dir()


def test_a_finished_compilation_is_remembered(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "cache_directory", lambda: tmp_path)
    assert not compiling.is_compiled()
    compiling.mark_compiled()
    compiling.mark_compiled()
    assert compiling.is_compiled()


# --- how it is compiled ------------------------------------------------------------------------

def compiled_functions() -> dict[str, Any]:
    """Every compiled function of the model, by module and name."""
    found = {}
    for package in (sim.rules, sim.engine.compiled, sim):
        for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(info.name)
            found.update({f"{info.name}.{name}": it for name, it in vars(module).items()
                          if hasattr(it, "targetoptions")})
    return found


def test_nothing_is_compiled_in_a_way_that_could_change_a_bit() -> None:
    found = compiled_functions()
    assert len(found) > 80
    for name, function in found.items():
        options = function.targetoptions
        assert not options.get("fastmath"), name
        assert not options.get("parallel"), name
        assert options.get("nogil"), name
        assert options.get("error_model") == "numpy", name
    assert os.environ["NUMBA_DISABLE_INTEL_SVML"] == "1"
