"""The JSON schema for editors."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import scenarios
from scenarios import yaml_positions
from scenarios.resolve import LIBRARY
from sim.interventions import KINDS
from sim.parameters import REGISTRY

SCHEMA = scenarios.json_schema()


VALIDATOR = Draft202012Validator(SCHEMA)


def fits(value: Any) -> bool:
    """Whether a value fits the schema."""
    return bool(VALIDATOR.is_valid(json.loads(json.dumps(value))))


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_it_is_json_and_describes_everything() -> None:
    json.dumps(SCHEMA)
    settings = SCHEMA["properties"]
    assert set(settings["parameters"]["properties"]) == set(REGISTRY)
    kinds = settings["interventions"]["items"]["anyOf"]
    assert [kind["title"] for kind in kinds] == list(KINDS)
    for group in (SCHEMA, SCHEMA["$defs"]["Population"], *kinds):
        for name, setting in group["properties"].items():
            if name != "scope":
                assert setting.get("description"), name


@pytest.mark.parametrize("name", scenarios.library_names())
def test_the_library_fits(name: str) -> None:
    written = yaml_positions.read(LIBRARY / f"{name}.yaml").plain()
    assert fits(written)
    assert fits(scenarios.load(name).resolved())


@pytest.mark.parametrize(
    "wrong",
    [
        {"titel": "x"},
        {"days": "90 dys"},
        {"population": {"status": {"iregular": 1}}},
        {"parameters": {"half_life": 3}},
        {"interventions": [{"id": "a", "kind": "data_breech"}]},
        {"interventions": [{"id": "a", "kind": "firewall", "recipient": "NER"}]},
        {"interventions": [{"id": "a", "kind": "firewall", "scope": {"town": "agadez"}}]},
    ],
)
def test_mistakes_do_not_fit(wrong: dict[str, Any]) -> None:
    assert not fits(wrong)
