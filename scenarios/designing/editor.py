"""A JSON schema of the files of designs, so that an editor can complete and check them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from scenarios.designing.schema import DesignFile, LeverFile, SamplerFile, UncertaintyFile
from scenarios.editor import json_schema as scenario_schema
from scenarios.editor import notes_of
from scenarios.quantity_schema import GroupFile, PlaceFile, QuantityFile, WindowFile
from scenarios.schema import UNIT_SCHEMAS
from sim.parameters import REGISTRY, Parameter

__all__ = ["design_schema", "described"]

_NUMBER = {"type": "number"}
_VALUE = {"type": ["number", "string", "boolean", "null"]}


def design_schema() -> dict[str, Any]:
    """The schema, as plain data (JSON Schema 2020-12)."""
    schema = described(DesignFile)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Waytrust design"
    settings = schema["properties"]
    inline = scenario_schema()
    shared = inline.pop("$defs")
    inline.pop("$schema")
    constants = {name: _amount(p) for name, p in REGISTRY.items()}
    constants |= {"migrants": {"type": "integer", "minimum": 1}, "days": UNIT_SCHEMAS["days"]}
    lever = described(LeverFile)
    lever["properties"]["values"] |= {
        "items": {"anyOf": [_VALUE, {"type": "array", "items": {"type": "string"}}]}}
    outcome = described(QuantityFile)
    for name, part in (("group", GroupFile), ("place", PlaceFile), ("window", WindowFile)):
        outcome["properties"][name] = described(part)
    shapes: Mapping[str, dict[str, Any]] = {
        "scenario": {"anyOf": [{"type": "string"}, inline]},
        "sampler": described(SamplerFile),
        "constants": _group(constants),
        "uncertainties": _group({name: _uncertainty(p) for name, p in REGISTRY.items()}),
        "levers": {"type": "array", "items": lever},
        "outcomes": {"type": "array", "items": outcome},
    }
    for name, shape in shapes.items():
        settings[name] = {**shape, "description": settings[name]["description"]}
    schema["$defs"] = shared | {
        _range_name(unit): _range(unit) for unit in sorted({p.unit for p in REGISTRY.values()})
    }
    return schema


def described(model: type[BaseModel]) -> dict[str, Any]:
    """Schema of some settings, with what their docstring says about each."""
    schema = model.model_json_schema()
    schema.pop("$defs", None)
    schema["description"] = inspect.cleandoc(model.__doc__ or "").partition("\n\n")[0]
    notes = notes_of(model)
    for name, shape in schema["properties"].items():
        schema["properties"][name] = {**shape, "description": notes[name]}
    return schema


def _group(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _amount(parameter: Parameter) -> dict[str, Any]:
    return UNIT_SCHEMAS.get(parameter.unit, _NUMBER)


def _uncertainty(parameter: Parameter) -> dict[str, Any]:
    """Schema of what may be said about a parameter that is not known."""
    about = (f"{parameter.note} Default {parameter.default:g}; plausible {parameter.low:g} to "
             f"{parameter.high:g} ({parameter.unit}).")
    return {"$ref": f"#/$defs/{_range_name(parameter.unit)}", "description": about}


def _range_name(unit: str) -> str:
    return f"range_{unit.replace('1/', 'per_')}"


def _range(unit: str) -> dict[str, Any]:
    """Schema of a range in a unit, or of the word that stands for the registry's."""
    amount = UNIT_SCHEMAS.get(unit, _NUMBER)
    shape = described(UncertaintyFile)
    for name in ("low", "high"):
        shape["properties"][name] = {**amount,
                                     "description": shape["properties"][name]["description"]}
    shape["properties"]["values"] |= {"items": amount, "minItems": 1}
    return {"anyOf": [{"const": "default"}, shape]}
