"""A plan as plain data, so that two can be compared field by field and told apart by a hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from sim.network import RouteNetwork
from sim.network.once import once_per_network

if TYPE_CHECKING:
    import pandas as pd

    from sim.plan import Plan

__all__ = ["Difference", "described", "first_difference", "hash_of"]

NOTHING = "nothing"
_TABLES = ("nodes", "legs", "countries", "organisations", "points")


class Difference(NamedTuple):
    """Where two descriptions part.

    Attributes:
        field: The field, such as ``parameters.bf``.
        one: What the first says there.
        other: What the second says there.
    """

    field: str
    one: Any
    other: Any


def described(plan: Plan) -> dict[str, Any]:
    """A plan as numbers, words, lists and mappings; of its network, a hash of each table."""
    whole = {field.name: getattr(plan, field.name) for field in fields(plan)}
    plain: dict[str, Any] = json.loads(json.dumps(whole, default=_plain))
    return plain


def hash_of(description: Any) -> str:
    """Hash of plain data, as 16 hexadecimal digits."""
    text = json.dumps(description, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def first_difference(one: Any, other: Any, field: str = "") -> Difference | None:
    """The first place where two descriptions are not the same, or None."""
    if isinstance(one, dict) and isinstance(other, dict):
        names = [*one, *(name for name in other if name not in one)]
        pairs = [(f"{field}.{name}".strip("."), one.get(name, NOTHING), other.get(name, NOTHING))
                 for name in names]
    elif isinstance(one, list) and isinstance(other, list):
        pairs = [(f"{field}[{n}]", *both)
                 for n, both in enumerate(zip_longest(one, other, fillvalue=NOTHING))]
    else:
        return None if one == other else Difference(field, one, other)
    found = (first_difference(a, b, name) for name, a, b in pairs)
    return next((difference for difference in found if difference), None)


def _plain(value: object) -> object:
    """What JSON cannot write of a plan."""
    if isinstance(value, RouteNetwork):
        return _table_hashes(value)
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a plan cannot be described: it holds a {type(value).__name__}")


@once_per_network
def _table_hashes(network: RouteNetwork) -> dict[str, str]:
    return {name: _table_hash(getattr(network, name)) for name in _TABLES}


def _table_hash(table: pd.DataFrame) -> str:
    # `repr` tells all floats apart, and reads the tuples that some columns hold.
    return hash_of({str(name): [repr(cell) for cell in table[name].tolist()] for name in table})
