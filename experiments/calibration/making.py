"""The directory of a calibration: made before the first run, found again, filled at the end.

::

    manifest.json        what it was made with: design, code, versions, seeds
    design.yaml          the design, scenario.yaml (perhaps network/) that it names, targets.yaml
    answers.jsonl        what every run gave, a line each: from it a calibration goes on
    posterior.parquet    what was found, and beside it everything that says how far to trust it;
                         it is written last, so where it is all is there
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.calibration.answers import Answers
from experiments.continuing import DESCRIBED, check_same, check_whole, counting_code
from experiments.limits import refusal
from experiments.posterior import FILE
from experiments.writing import check_place, new_directory, read_manifest, write_json
from sim.said import Said

if TYPE_CHECKING:
    from experiments.calibration.task import Task

__all__ = ["KIND", "begin", "check", "put", "same", "unfinish"]

KIND = "calibration"
_SCENARIO, _ANSWERS = "scenario.yaml", "answers.jsonl"
_ELSEWHERE = Said("name another directory with --out")


def check(folder: Path, task: Task) -> None:
    """Refuse a place that is taken, cannot be written, or holds another calibration.

    Args:
        folder: Where.
        task: The design and its targets.

    Raises:
        InputProblem: If so.
    """
    check_place(folder, KIND)
    if read_manifest(folder) is not None:
        same(folder, task)


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
    check(folder, task)
    if read_manifest(folder) is None:
        _make(folder, task)
        same(folder, task)  # somebody else may have come first
    return Answers(folder / _ANSWERS)


def same(folder: Path, task: Task) -> None:
    """Refuse to go on with a calibration whose runs would not give the same any more.

    Raises:
        InputProblem: Naming what has changed since it was begun.
    """
    manifest = read_manifest(folder) or {}
    check_whole(folder, manifest, frozenset({"hashes"}))
    check_same(folder, manifest, _description(task), what=KIND, otherwise=_ELSEWHERE)


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
        write_json(draft / DESCRIBED, _description(task))
        write_json(draft / "manifest.json", manifest(KIND, {design.scenario.name: scenario},
                                                     **facts))  # fmt: skip


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
        "counting": counting_code(),
        "asked": [described(without_words(plan)) for plan in task.panel.plans],
    }  # fmt: skip
