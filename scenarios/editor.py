"""A JSON schema of scenario files, so that an editor can complete and check them."""

from __future__ import annotations

import inspect
from typing import Any

from scenarios.schema import UNIT_SCHEMAS, ScenarioFile
from sim.codes import STATUSES
from sim.interventions import KINDS, Intervention, unit_of
from sim.parameters import REGISTRY, Parameter

__all__ = ["json_schema", "notes_of"]

_NUMBER = {"type": "number"}
_WORDS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


def json_schema() -> dict[str, Any]:
    """The schema, as plain data (JSON Schema 2020-12)."""
    schema = ScenarioFile.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Waytrust scenario"
    schema.pop("required", None)
    settings = schema["properties"]
    settings["parameters"] = {
        "type": "object",
        "description": "Parameters of the model that differ from their defaults.",
        "properties": {name: _parameter(p) for name, p in REGISTRY.items()},
        "additionalProperties": False,
    }
    settings["survey_days"] = {
        "anyOf": [UNIT_SCHEMAS["moment"], {"type": "array", "items": UNIT_SCHEMAS["moment"]}]
    }
    settings["interventions"] = {
        "type": "array",
        "items": {"type": "object", "anyOf": [_kind(name, cls) for name, cls in KINDS.items()]},
    }
    population = schema["$defs"]["Population"]["properties"]
    share = population["status"]["additionalProperties"]
    population["status"] = {
        "type": "object",
        "properties": dict.fromkeys(STATUSES, share),
        "additionalProperties": False,
    }
    _describe(schema, ScenarioFile)
    _describe(schema["$defs"]["Population"], ScenarioFile.model_fields["population"].annotation)
    return schema


def _parameter(parameter: Parameter) -> dict[str, Any]:
    shape = UNIT_SCHEMAS.get(parameter.unit, _NUMBER)
    about = f"{parameter.note} Default {parameter.default:g}; plausible {parameter.low:g} to "
    return {**shape, "description": f"{about}{parameter.high:g} ({parameter.unit})."}


def _kind(name: str, cls: type[Intervention]) -> dict[str, Any]:
    """Schema of one kind of intervention."""
    made = cls.model_json_schema()
    fields: dict[str, dict[str, Any]] = {
        field: UNIT_SCHEMAS.get(unit_of(cls, field), made["properties"][field])
        for field in cls.model_fields
    }
    for field, about in cls.model_fields.items():
        if made["properties"][field].get("type") == "array":
            fields[field] = _WORDS
        elif not about.is_required() and about.default is None:
            fields[field] = {"anyOf": [fields[field], {"type": "null"}]}
    fields["kind"] = {"const": name}
    fields["scope"] = _scope(made)
    schema = {
        "title": name,
        "description": inspect.cleandoc(cls.__doc__ or ""),
        "type": "object",
        "properties": fields,
        "required": ["id", "kind"],
        "additionalProperties": False,
    }
    _describe(schema, cls)
    return schema


def _scope(made: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = dict.fromkeys(made["$defs"]["Scope"]["properties"], _WORDS)
    statuses: dict[str, Any] = {"enum": list(STATUSES)}
    properties["status"] = {"anyOf": [statuses, {"type": "array", "items": statuses}]}
    properties["all"] = {"type": "boolean"}
    group = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"anyOf": [{"const": "all"}, group]}


def _describe(schema: dict[str, Any], cls: Any) -> None:
    """Adds what the docstrings of a class say about its attributes."""
    for name, note in notes_of(cls).items():
        if name in schema["properties"]:
            schema["properties"][name] = {**schema["properties"][name], "description": note}


def notes_of(cls: Any) -> dict[str, str]:
    """What the docstrings of a class, and of those it is made from, say about its attributes."""
    notes: dict[str, str] = {}
    for owner in reversed(cls.__mro__):
        notes |= _attributes(inspect.cleandoc(owner.__dict__.get("__doc__") or ""))
    return notes


def _attributes(docstring: str) -> dict[str, str]:
    """Name and text of each entry under ``Attributes:`` in a docstring."""
    notes: dict[str, str] = {}
    current = ""
    for line in docstring.partition("Attributes:\n")[2].splitlines():
        indent = len(line) - len(line.lstrip())
        if indent == 4 and ":" in line:
            current, _, text = line.strip().partition(": ")
            notes[current] = text
        elif indent > 4 and current:
            notes[current] += f" {line.strip()}"
    return notes
