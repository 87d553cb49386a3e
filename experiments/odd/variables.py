"""State variables, read from the declarations of the columns and the comments beside them."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path
from typing import NamedTuple

from experiments.odd.meanings import MEANINGS
from sim import columns

__all__ = ["TABLES", "Variable", "variables"]

TABLES = {
    "BODY": "A migrant: who and where",
    "mind_type": "A migrant: what is held for true",
    "PUBLIC": "A migrant: what others may read",
    "NODE": "A place",
    "LEG": "A leg",
    "COUNTRY": "A country",
    "ORGANISATION": "An organisation",
    "POINT": "A service point",
    "STORY": "A story or announcement",
    "SOURCE": "A source of information at a place",
}
"""What a row stands for, by the name of its declaration in `sim/columns.py`."""
_WORDS = {"i": "whole number", "u": "whole number", "f": "number"}


class Variable(NamedTuple):
    """A state variable.

    Attributes:
        name: Name of the column.
        kind: Kind of its values, and how many a row holds where there are several.
        meaning: The comment beside it, or what `experiments/odd/meanings.py` says.
    """

    name: str
    kind: str
    meaning: str


def variables(table: str) -> list[Variable]:
    """The columns of a table of `sim/columns.py`, in order.

    Args:
        table: Name of its declaration, as in TABLES.
    """
    source = Path(columns.__file__).read_text(encoding="utf-8")
    comments = _comments(source)
    fields = _declared(ast.parse(source), table)
    # A comment stands at the end of a line and belongs to the last field on it.
    ends = [field.end_lineno or field.lineno for field in fields]
    last = {end: number for number, end in enumerate(ends)}
    found = []
    for n, field in enumerate(fields):
        name, kind = _told(field)
        comment = comments.get(ends[n], "") if last[ends[n]] == n else ""
        found.append(Variable(name, kind, _meaning(table, name, comment)))
    return found


def _meaning(table: str, name: str, comment: str) -> str:
    if comment.startswith("of "):  # one of several columns under a heading
        return f"share, by status, {comment}"
    return comment or MEANINGS[table].get(name, "")


def _told(field: ast.Tuple) -> tuple[str, str]:
    """Name and kind of a field of a NumPy type."""
    name, code, *shape = (ast.unparse(each).strip("'") for each in field.elts)
    kind = _WORDS[code[0]]
    return name, f"{kind}, {shape[0].strip('(),')} of them" if shape else kind


def _declared(tree: ast.Module, table: str) -> list[ast.Tuple]:
    """The fields of a type: the tuples of the list from which it is made."""
    for node in ast.walk(tree):
        named = (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
                 and node.targets[0].id == table)  # fmt: skip
        if named or (isinstance(node, ast.FunctionDef) and node.name == table):
            return [
                field for part in ast.walk(node) if isinstance(part, ast.List)
                for field in part.elts if isinstance(field, ast.Tuple)
            ]  # fmt: skip
    raise KeyError(table)


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: token.string.lstrip("# ").strip()
        for token in tokens
        if token.type == tokenize.COMMENT
    }
