"""The JSON schema for editors."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import scenarios
from scenarios import yaml_positions
from scenarios.resolve import LIBRARY
from sim.interventions import KINDS
from sim.parameters import REGISTRY

SCHEMA = scenarios.json_schema()


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value fits the part of JSON schema that is used here."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema and not any(fits(value, option) for option in schema["anyOf"]):
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    return _type_fits(value, schema) and _inside_fits(value, schema)


def _type_fits(value: Any, schema: dict[str, Any]) -> bool:
    kinds: dict[str, tuple[type, ...]] = {
        "string": (str,), "number": (int, float), "integer": (int,), "boolean": (bool,),
        "null": (type(None),), "array": (list,), "object": (dict,),
    }  # fmt: skip
    kind = schema.get("type")
    if kind is None:
        return True
    if isinstance(value, bool) and kind != "boolean":
        return False
    if not isinstance(value, kinds[kind]):
        return False
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return False
    return not ("minimum" in schema and value < schema["minimum"])


def _inside_fits(value: Any, schema: dict[str, Any]) -> bool:
    if isinstance(value, list) and "items" in schema:
        return all(fits(item, schema["items"]) for item in value)
    if not isinstance(value, dict):
        return True
    known = schema.get("properties", {})
    if schema.get("additionalProperties") is False and not set(value) <= set(known):
        return False
    if not set(schema.get("required", ())) <= set(value):
        return False
    return all(fits(item, known[key]) for key, item in value.items() if key in known)


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
    assert fits(written, SCHEMA)
    assert fits(scenarios.load(name).resolved(), SCHEMA)


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
    assert not fits(wrong, SCHEMA)
