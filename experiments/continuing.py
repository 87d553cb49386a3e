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
from sim.said import Said

__all__ = ["DESCRIBED", "check_same", "check_whole", "counting_code"]

DESCRIBED = "described.json"
"""All that decides what runs give, so that changes can be named."""

_BACK = Said("bring it back, or begin elsewhere")
_OTHER_CODE = Said(
    "was made with other code of the model (then {then}, now {now}); runs of both cannot stand "
    "side by side"
)
_OTHER_CODE_HALFWAY = Said(
    "was made with other code of the model (then {then}, now {now}); {done}, and runs of both "
    "cannot stand side by side"
)
_ANOTHER = {
    "sweep": Said("holds another sweep: {field} was {one} and is now {other}"),
    "calibration": Said("holds another calibration: {field} was {one} and is now {other}"),
}


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
        message = Said("is damaged: it does not say '{field}'", field=lacking[0])
        raise refusal("manifest", folder / MANIFEST, message, _BACK)


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
        what: What it is: `sweep` or `calibration`.
        otherwise: What to do instead.
        done: How far it is, as a clause of the message; empty: not told.

    Raises:
        InputProblem: Naming what has changed, or what of the directory is damaged.
    """
    from sim.compiling import code_hash
    from sim.description import first_difference

    code = manifest["hashes"]["code"]
    if code != code_hash():
        message = Said(_OTHER_CODE, then=code, now=code_hash())
        if done:
            message = Said(_OTHER_CODE_HALFWAY, then=code, now=code_hash(), done=done)
        raise refusal("out", folder, message, otherwise)
    changed = first_difference(_then(folder), json.loads(json.dumps(now)))
    if changed is not None:
        message = Said(_ANOTHER[what], field=changed.field, one=_short(changed.one),
                       other=_short(changed.other))  # fmt: skip
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
        message = Said("is missing or damaged, so nobody can tell whether anything has changed")
        raise refusal("file", file, message, _BACK) from None


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
