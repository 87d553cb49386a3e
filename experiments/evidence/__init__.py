"""The evidence behind the parameters: what surveys found and what happened elsewhere.

Tables are CSV files beside this one; `README.md` says where each comes from.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from sim.parameters import Parameter

__all__ = ["cited_by", "ids", "ids_in", "load", "names"]

_FOLDER = Path(__file__).parent
# Tables without an id column are cited as a whole.
_WHOLE = {"missing_migrants_route_year": "MM", "peer_screening": "PS"}
_ID = r"(?:[SCMQT]\d{2}|E\d{3})\b"
_NAMED = re.compile(rf"\b({_ID}|MM\b|PS\b)(?:(?: to |-|\N{{EN DASH}})({_ID}))?")


def names() -> list[str]:
    """Names of the tables, in alphabetical order."""
    return sorted(path.stem for path in _FOLDER.glob("*.csv"))


def load(name: str) -> pd.DataFrame:
    """One table of evidence, every cell as text unless it is a plain number.

    Args:
        name: Name of the table, with or without `.csv`.

    Raises:
        KeyError: If there is no such table; the message lists those that exist.
    """
    import pandas as pd

    stem = name.removesuffix(".csv")
    if stem not in names():
        raise KeyError(f"there is no evidence table '{name}'; there are: {', '.join(names())}")
    return pd.read_csv(_FOLDER / f"{stem}.csv", keep_default_na=False)


@functools.cache
def ids() -> frozenset[str]:
    """Every id that a `source` may name: S.., E.., C.., M.., Q.., T.., and MM and PS for tables."""
    found = set(_WHOLE.values())
    for name in names():
        if name not in _WHOLE:
            found.update(load(name)["id"])
    return frozenset(found)


def ids_in(words: str) -> list[str]:
    """Ids of evidence that words name, in order, each once; `C39 to C41` means all three."""
    found: dict[str, None] = {}
    for first, last in _NAMED.findall(words):
        kind, width = first[0], len(first) - 1
        numbers = range(int(first[1:]), int((last or first)[1:]) + 1) if first[1:].isdigit() else ()
        every = [f"{kind}{number:0{width}}" for number in numbers] or [first]
        found.update(dict.fromkeys(each for each in every if each in ids()))
    return list(found)


def cited_by(parameter: Parameter) -> list[str]:
    """Ids of the evidence that a parameter names as its source."""
    return [word for word in parameter.source.split() if word in ids()]
