"""Making a sweep's store, or finding the one to go on with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.continuing import DESCRIBED, check_same, counting_code
from experiments.inputs import keep_network, resolved_text
from experiments.provenance import manifest
from experiments.sweep.store import KIND, Store
from experiments.writing import check_place, new_directory, read_manifest, write_json
from sim.said import Said

if TYPE_CHECKING:
    from experiments.sweep.job import Job

__all__ = ["begun", "beside_its_scenario", "check", "make", "same"]

_SCENARIO = "scenario.yaml"
_ELSEWHERE = Said("name another directory with --out, or run what made this one")


def begun(folder: Path) -> bool:
    """Whether a sweep was begun in a directory."""
    manifest = read_manifest(folder)
    return manifest is not None and manifest.get("kind") == KIND


def check(folder: Path) -> None:
    """Refuse a place that is taken or cannot be written, before any time is spent.

    Raises:
        InputProblem: If so.
    """
    check_place(folder, KIND)


def make(folder: Path, job: Job, batch_families: int) -> Store:
    """Make an empty store.

    Args:
        folder: Where.
        job: The design, ready to run.
        batch_families: Families of a batch, for good.

    Raises:
        InputProblem: If the place is taken or cannot be written.
    """
    design = job.design
    scenario = resolved_text(design.scenario, seed=design.seed)
    facts: dict[str, Any] = {
        "design": design.name, "runs": job.runs, "families": job.families,
        "batch_families": batch_families, "points": len(job.points),
        "levers": len(job.levers), "replicates": design.replicates, "seed": design.seed,
        "migrants": job.base.migrants, "days": job.base.days,
        "posterior": job.posterior.hash if job.posterior else None,
    }  # fmt: skip
    with new_directory(folder, KIND, replace=False) as draft:
        (draft / "runs").mkdir()
        if any(outcome.daily for outcome in design.outcomes):
            (draft / "days").mkdir()
        (draft / "design.yaml").write_text(beside_its_scenario(design.text), encoding="utf-8")
        (draft / _SCENARIO).write_text(scenario, encoding="utf-8")
        keep_network(job.base.network, draft)
        if job.posterior:
            job.posterior.keep(draft)
        write_json(draft / DESCRIBED, _description(job))
        write_json(draft / "manifest.json", manifest(KIND, {design.scenario.name: scenario},
                                                     **facts))
    store = Store(folder)
    same(store, job)  # somebody else may have come first
    return store


def same(store: Store, job: Job) -> None:
    """Refuse to go on with a store if the same run would not give the same any more.

    Raises:
        InputProblem: Naming what has changed since the store was made.
    """
    done = Said("{done} of its {batches} batches are done", done=len(store.done()),
                batches=store.batches)  # fmt: skip
    check_same(store.folder, store.manifest, _description(job), what="sweep",
               otherwise=_ELSEWHERE, done=done)  # fmt: skip


def _description(job: Job) -> dict[str, Any]:
    """All that decides what the runs of a sweep give, as plain data."""
    from sim.description import described, hash_of
    from sim.parting import without_words

    design = job.design
    return {
        "sampler": vars(design.sampler),
        "seed": design.seed,
        "replicates": design.replicates,
        "uncertainties": {each.name: vars(each) for each in design.uncertainties},
        "levers": {each.name: [str(value) for value in each.values] for each in design.levers},
        "outcomes": {each.name: repr(each) for each in design.outcomes},
        "posterior": job.posterior.hash if job.posterior else None,
        "scenario": described(without_words(job.base)),
        # Last, as they follow from what is above unless a library or the code has changed.
        "points": hash_of(job.points.tolist()),
        "counting": counting_code(),
    }


def beside_its_scenario(design: str) -> str:
    """The text of a design whose scenario lies beside it as scenario.yaml."""
    import io

    from ruamel.yaml import YAML

    yaml = YAML()
    whole = yaml.load(design)
    whole["scenario"] = _SCENARIO
    text = io.StringIO()
    yaml.dump(whole, text)
    return text.getvalue()
