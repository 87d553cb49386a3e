"""The directory of a calibration: made before the first run, found again, filled at the end.

::

    manifest.json        what it was made with: design, code, versions, seeds
    design.yaml          the design, scenario.yaml (perhaps network/) that it names, targets.yaml
    answers.jsonl        what every run gave, a line each: from it a calibration goes on
    posterior.parquet    what was found, and beside it everything that says how far to trust it;
                         it is written last, so where it is all is there
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.calibration.answers import Answers
from experiments.limits import refusal
from experiments.posterior import FILE
from experiments.writing import check_place, new_directory, read_manifest, write_json

if TYPE_CHECKING:
    from experiments.calibration.task import Task

__all__ = ["KIND", "begin", "put", "unfinish"]

KIND = "calibration"
_SCENARIO, _DESCRIBED, _ANSWERS = "scenario.yaml", "described.json", "answers.jsonl"
_ELSEWHERE = "name another directory with --out"


def begin(folder: Path, task: Task) -> Answers:
    """Make the directory of a calibration, or find the one to go on with.

    Args:
        folder: Where.
        task: The design and its targets.

    Returns:
        What was lived before.

    Raises:
        InputProblem: If the place is taken or cannot be written, or holds a calibration that
            would not give the same any more.
    """
    check_place(folder, KIND)
    manifest = read_manifest(folder)
    if manifest is None:
        _make(folder, task)
    else:
        _same(folder, manifest, task)
    return Answers(folder / _ANSWERS)


def unfinish(folder: Path) -> None:
    """Take the posterior away before results are written anew; it comes last."""
    (folder / FILE).unlink(missing_ok=True)


def put(folder: Path, name: str, write: Callable[[Path], None]) -> None:
    """Write one file of the results: it is there whole or not at all.

    Args:
        folder: Directory of the calibration.
        name: Name of the file.
        write: Writes it under the name that it is told.

    Raises:
        InputProblem: If it cannot be written.
    """
    path = folder / name
    draft = path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")
    try:
        write(draft)
        draft.replace(path)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        message = f"cannot be written any more ({why}); all runs that are done are kept"
        advice = "make room, then give the same command again"
        raise refusal("out", folder, message, advice) from None
    finally:
        draft.unlink(missing_ok=True)


def _make(folder: Path, task: Task) -> None:
    from experiments.inputs import keep_network, resolved_text
    from experiments.provenance import manifest
    from experiments.sweep.making import beside_its_scenario
    from experiments.targets import targets_text

    design = task.design
    scenario = resolved_text(design.scenario, seed=design.seed)
    facts: dict[str, Any] = {
        "design": design.name, "replicates": design.replicates, "seed": design.seed,
        "migrants": task.base.migrants, "days": task.base.days,
        "targets": [target.id for target in task.targets], "parameters": list(task.names),
    }  # fmt: skip
    with new_directory(folder, KIND, replace=False) as draft:
        text = beside_its_scenario(design.text)
        (draft / "design.yaml").write_text(text, encoding="utf-8")
        (draft / _SCENARIO).write_text(scenario, encoding="utf-8")
        targets = targets_text(task.targets, design.scenario)
        (draft / "targets.yaml").write_text(targets, encoding="utf-8")
        keep_network(task.base.network, draft)
        write_json(draft / _DESCRIBED, _description(task))
        write_json(draft / "manifest.json", manifest(KIND, {design.scenario.name: scenario},
                                                     **facts))  # fmt: skip


def _same(folder: Path, manifest: dict[str, Any], task: Task) -> None:
    from sim.compiling import code_hash
    from sim.description import first_difference

    code = manifest["hashes"]["code"]
    if code != code_hash():
        message = (
            f"was made with other code of the model (then {code}, now {code_hash()}), whose runs "
            "cannot stand beside new ones"
        )
        raise refusal("out", folder, message, _ELSEWHERE)
    before = json.loads((folder / _DESCRIBED).read_text(encoding="utf-8"))
    changed = first_difference(before, json.loads(json.dumps(_description(task))))
    if changed is not None:
        message = (
            f"holds another calibration: {changed.field} was {_short(changed.one)} and is now "
            f"{_short(changed.other)}"
        )
        raise refusal("out", folder, message, _ELSEWHERE)


def _description(task: Task) -> dict[str, Any]:
    """All that decides what a calibration finds but how long it looks, as plain data."""
    from sim.description import described
    from sim.parting import without_words

    design = task.design
    return {
        "seed": design.seed,
        "replicates": design.replicates,
        "uncertainties": {each.name: vars(each) for each in design.uncertainties},
        "targets": {
            each.id: {
                "asked": repr([value.quantity for value in each.values]), "kind": each.kind,
                "observed": each.observed, "low": each.low, "high": each.high,
            }
            for each in task.targets
        },
        "scenario": described(without_words(task.base)),
        "asked": {plan.name: described(without_words(plan)) for plan in task.panel.plans},
    }  # fmt: skip


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
