"""Going on with what was begun: only where the same run would still give the same."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.limits import refusal
from experiments.provenance import text_hash
from experiments.writing import MANIFEST

__all__ = ["DESCRIBED", "check_same", "check_whole", "counting_code"]

DESCRIBED = "described.json"
"""All that decides what runs give, so that changes can be named."""


def check_whole(folder: Path, manifest: Mapping[str, Any], fields: frozenset[str]) -> None:
    """Refuse a manifest that lacks something.

    Args:
        folder: Where it lies.
        manifest: What it says.
        fields: What it has to say.

    Raises:
        InputProblem: If so.
    """
    lacking = sorted(fields - manifest.keys())
    if lacking:
        message = f"is damaged: it does not say {lacking[0]!r}"
        raise refusal("manifest", folder / MANIFEST, message, "bring it back, or begin elsewhere")


def check_same(
    folder: Path,
    manifest: Mapping[str, Any],
    now: Mapping[str, Any],
    *,
    what: str,
    otherwise: str,
    done: str = "",
) -> None:
    """Refuse to go on where something that decides what runs give has changed.

    Args:
        folder: Where it was begun.
        manifest: What it was begun with.
        now: What describes it now; what described it then lies in the directory.
        what: What it is, such as `sweep`.
        otherwise: What to do instead.
        done: How far it is, for the message; empty: not told.

    Raises:
        InputProblem: Naming what has changed, or what of the directory is damaged.
    """
    from sim.compiling import code_hash
    from sim.description import first_difference

    code = manifest["hashes"]["code"]
    if code != code_hash():
        message = f"was made with other code of the model (then {code}, now {code_hash()}); "
        message += f"{done}runs of both cannot stand side by side"
        raise refusal("out", folder, message, otherwise)
    changed = first_difference(_then(folder), json.loads(json.dumps(now)))
    if changed is not None:
        message = (
            f"holds another {what}: {changed.field} was {_short(changed.one)} and is now "
            f"{_short(changed.other)}"
        )
        raise refusal("out", folder, message, otherwise)


@functools.cache
def counting_code() -> str:
    """Hash of the code that makes numbers of what the model counts."""
    files = sorted((Path(__file__).parent / "quantities").glob("*.py"))
    return text_hash("".join(file.read_text(encoding="utf-8") for file in files))


def _then(folder: Path) -> Any:
    file = folder / DESCRIBED
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        message = "is missing or damaged, so nobody can tell whether anything has changed"
        raise refusal("file", file, message, "bring it back, or begin elsewhere") from None


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
