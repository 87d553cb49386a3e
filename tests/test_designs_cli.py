"""`waytrust designs`, and the JSON schema for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from experiments.cli import app
from scenarios import yaml_positions
from scenarios.designing import design_names, load_design
from scenarios.designing.editor import design_schema
from scenarios.designing.finding import DESIGNS
from scenarios.positions import Source
from scenarios.quantity_schema import QuantityFile
from sim.parameters import REGISTRY
from tests.design_files import GOOD, changed

SCHEMA = design_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def call(*words: object) -> Any:
    return CliRunner().invoke(app, ["designs", *map(str, words)], env={"COLUMNS": "200"})


def fits(value: Any) -> bool:
    return bool(VALIDATOR.is_valid(json.loads(json.dumps(value))))


def test_list() -> None:
    said = call("list").stdout
    assert "breach_and_repair" in said
    assert "2,304" in said
    designs = json.loads(call("list", "--json").stdout)["designs"]
    assert [each["name"] for each in designs] == design_names()
    assert designs[0]["scenario"] == "agadez_breach_firewall"
    assert designs[0]["levers"] == ["wall.compliance"]
    assert designs[0]["runs"] == 2304


@pytest.mark.parametrize("name", design_names())
def test_show(name: str) -> None:
    made = load_design(name)
    said = call("show", name).stdout
    for part in (*made.uncertainties, *made.levers, *made.outcomes):
        assert part.name in said
    assert call("show", name, "--yaml").stdout == made.text
    shown = json.loads(call("show", name, "--json").stdout)
    assert (shown["name"], shown["runs"] > 100) == (name, True)


def test_check_says_how_many_runs(tmp_path: Path) -> None:
    result = call("check", "what_matters")
    assert result.exit_code == 0
    assert "340 points" in result.stdout
    assert "= 680 runs." in result.stdout
    made = json.loads(call("check", "what_matters", "--json").stdout)
    assert made == {"valid": True, "problems": [], "points": 340, "combinations": 1,
                    "replicates": 2, "runs": 680}


def test_check_refuses_in_words(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("scenario: agadez_breech\nsampler: {method: lsh, points: 3}\n")
    result = call("check", path)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"{path}:1:11: scenario: there is no scenario" in result.stderr
    assert "Did you mean lhs?" in result.stderr
    told = call("check", path, "--json")
    assert told.exit_code == 2
    made = json.loads(told.stdout)
    assert (made["valid"], made["runs"]) == (False, None)
    assert [p["field"] for p in made["problems"]] == ["outcomes", "scenario", "sampler.method"]
    assert call("show", "no_such_design").exit_code == 2


def test_schema_describes_everything() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(call("schema").stdout) == SCHEMA
    settings = SCHEMA["properties"]
    assert set(settings["uncertainties"]["properties"]) == set(REGISTRY)
    assert set(settings["constants"]["properties"]) == {"migrants", "days", *REGISTRY}
    outcome = settings["outcomes"]["items"]["properties"]
    assert set(outcome) == set(QuantityFile.model_fields)
    groups = (settings, outcome, settings["sampler"]["properties"],
              settings["levers"]["items"]["properties"],
              *(outcome[name]["properties"] for name in ("group", "place", "window")))
    for group in groups:
        for name, setting in group.items():
            assert setting.get("description"), name


@pytest.mark.parametrize("name", design_names())
def test_the_library_fits(name: str) -> None:
    assert fits(yaml_positions.read(DESIGNS / f"{name}.yaml").plain())
    assert fits(yaml_positions.from_text(load_design(name).text, Source(name)).plain())


@pytest.mark.parametrize(
    "wrong",
    [
        {"sampler": {"method": "soboll"}},
        {"sampler": {"method": "lhs", "pints": 3}},
        {"constants": {"migrnts": 5}},
        {"uncertainties": {"bm": "default"}},
        {"uncertainties": {"bf": "defualt"}},
        {"uncertainties": {"omega": {"low": "60 dys"}}},
        {"levers": [{"intervention": "wall", "values": [1]}]},
        {"outcomes": [{"name": "it", "measure": "askd"}]},
        {"outcomes": [{"name": "it", "measure": "asked", "group": {"status": "iregular"}}]},
        {"outcomes": [{"name": "it", "measure": "asked", "window": {"until": 3}}]},
        {"scenario": None},
    ],
)
def test_mistakes_do_not_fit(wrong: dict[str, Any]) -> None:
    assert fits(GOOD)
    assert not fits(changed(**wrong))
