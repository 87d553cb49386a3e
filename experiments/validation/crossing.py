"""Cross-validation: what was fitted to some targets, judged by those that were kept aside."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments import limits
from experiments.limits import refusal
from experiments.posterior import Posterior
from experiments.validation.folds import FOLDS, folds_of, judged
from experiments.validation.measuring import measured, predictive
from experiments.validation.naive import no_dynamics, survey_mean
from experiments.validation.panel import Panel, samples
from experiments.validation.validating import drawn_from, live_all, targets_of

if TYPE_CHECKING:
    import pandas as pd

    from experiments.intervals import Interval
    from experiments.targets import Target

__all__ = ["Crossed", "CrossValidation", "cross_validate"]

MODELS = ("fitted", "held_out", "survey_mean", "no_dynamics")
"""Whose errors are compared: the model where a target was fitted and where it was kept aside, and
two simpler ones, judged where it was kept aside."""


@dataclass(frozen=True)
class Crossed:
    """A target, and what was said about it by whom.

    Attributes:
        target: The target.
        fold: The fold that keeps it aside.
        held_out: The model fitted to the other folds, with its 95 % predictive interval.
        fitted: The model fitted to it: mean over the folds that do not keep it aside.
        survey_mean: What is known of the other folds, and nothing else.
        no_dynamics: The model fitted to the other folds, with opinions that never change.
        seen: Whether folds that do not keep it aside were fitted to it; otherwise no fold was.
    """

    target: Target
    fold: str
    held_out: Interval
    fitted: float
    survey_mean: float
    no_dynamics: float
    seen: bool = True

    def error(self, model: str) -> float:
        """By how many tolerances a model misses; below zero where it says too little."""
        said = self.held_out.value if model == "held_out" else getattr(self, model)
        return float((said - self.target.observed) / self.target.tolerance)

    def to_dict(self) -> dict[str, Any]:
        """The row as plain data."""
        target = self.target
        return {
            "id": target.id, "title": target.title, "kind": target.kind, "fold": self.fold,
            "seen": self.seen,
            "observed": target.observed, "low": target.low, "high": target.high,
            "held_out": self.held_out.value, "held_out_low": self.held_out.low,
            "held_out_high": self.held_out.high, "fitted": self.fitted,
            "survey_mean": self.survey_mean, "no_dynamics": self.no_dynamics,
            "inside": bool(target.low <= self.held_out.value <= target.high),
            **{f"error_{model}": self.error(model) for model in MODELS},
        }  # fmt: skip


@dataclass(frozen=True)
class CrossValidation:
    """A cross-validation.

    Attributes:
        rows: The targets, in the order of the file.
        replicates: Draws of each posterior that were lived.
    """

    rows: tuple[Crossed, ...]
    replicates: int

    def to_frame(self) -> pd.DataFrame:
        """A row per target."""
        import pandas as pd

        return pd.DataFrame([row.to_dict() for row in self.rows])

    def summary(self) -> pd.DataFrame:
        """Mean absolute error and root mean square error, in tolerances, and how many are inside.

        A row for each of all targets that some fold was fitted to, levels and effects among them,
        and of those that none was fitted to; and each model. Targets of which a model says nothing
        are left out of its row and counted.
        """
        import pandas as pd

        rows = []
        for which, chosen in self._parts().items():
            for model in MODELS:
                errors = np.array([row.error(model) for row in chosen])
                known = errors[~np.isnan(errors)]
                rows.append({
                    "targets": which, "model": model, "number": len(known),
                    "unknown": len(errors) - len(known),
                    "mean_error": float(np.abs(known).mean()) if len(known) else np.nan,
                    "root_mean_square": float(np.sqrt((known**2).mean())) if len(known) else np.nan,
                    "inside": sum(_inside(row, model) for row in chosen),
                })  # fmt: skip
        return pd.DataFrame(rows)

    def _parts(self) -> dict[str, list[Crossed]]:
        from experiments.targets import LEVELS

        seen = [row for row in self.rows if row.seen]
        levels = [row for row in seen if row.target.kind in LEVELS]
        effects = [row for row in seen if row.target.kind not in LEVELS]
        unseen = [row for row in self.rows if not row.seen]
        parts = {"all": seen, "levels": levels, "effects": effects, "never_fitted": unseen}
        return {name: rows for name, rows in parts.items() if rows}

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "replicates": self.replicates,
            "targets": [row.to_dict() for row in self.rows],
            "summary": self.summary().to_dict("records"),
        }

    def write(self, out: Path | str) -> None:
        """Write both tables into a directory.

        Raises:
            InputProblem: If it cannot be written.
        """
        from experiments.provenance import manifest
        from experiments.writing import new_directory, write_json

        with new_directory(out, "crossing") as draft:
            self.to_frame().to_csv(draft / "targets.csv", index=False)
            self.summary().to_csv(draft / "summary.csv", index=False)
            write_json(draft / "summary.json", self.to_dict())
            write_json(draft / "manifest.json",
                       manifest("crossing", {}, replicates=self.replicates))  # fmt: skip


def cross_validate(
    posteriors: Mapping[str, Posterior | Path | str],
    *,
    targets: Path | str | None = None,
    ids: Sequence[str] = (),
    replicates: int = 20,
    migrants: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    progress: Callable[[int, int | None], None] | None = None,
    out: Path | str | None = None,
) -> CrossValidation:
    """Judge what was fitted to two thirds of the targets by the third that was kept aside.

    Args:
        posteriors: For each fold, the posterior that was fitted without its targets.
        targets: A file of targets; None: those that ship with Waytrust.
        ids: Ids of those that are judged; none: all.
        replicates: Draws of each posterior that are lived, each with its own luck.
        migrants: Simulated migrants of every run; None: as `validate` has it.
        seed: Seed of every run; None: that of the scenario, or of its baseline.
        threads: Runs side by side; by default one per processor core.
        progress: Called with simulated days done and in all, for each fold from the beginning.
        out: Directory to write into.

    Raises:
        InputProblem: If a fold is missing, or was fitted to what it should keep aside.
    """
    limits.check_size(migrants, None, seed)
    limits.check_replicates(replicates)
    limits.check_threads(threads)
    chosen = judged(targets_of(targets, ids, migrants=migrants, seed=seed))
    fold = folds_of(chosen)
    wanted = [name for name in FOLDS if name in fold.values()]
    loaded = {name: _loaded(name, posteriors, chosen, fold) for name in wanted}
    said: dict[str, dict[str, Interval]] = {}
    still: dict[str, float] = {}
    for name, posterior in loaded.items():
        live = functools.partial(_live, replicates=replicates, threads=threads, progress=progress)
        aside = [target for target in chosen if fold[target.id] == name]
        said[name] = live(chosen, posterior, {})
        found = live(aside, posterior, no_dynamics())
        still |= {key: interval.value for key, interval in found.items()}
    rows, told = [], {each for posterior in loaded.values() for each in posterior.fitted_to}
    for target in chosen:
        mine = fold[target.id]
        others = [said[name][target.id].value for name in wanted if name != mine]
        known = [each for each in chosen if fold[each.id] != mine]
        rows.append(Crossed(
            target, mine, said[mine][target.id], float(np.mean(others)) if others else np.nan,
            survey_mean(target, known), still[target.id], not told or target.id in told,
        ))  # fmt: skip
    crossed = CrossValidation(tuple(rows), replicates)
    if out is not None:
        crossed.write(out)
    return crossed


def _live(
    targets: Sequence[Target],
    posterior: Posterior,
    switches: Mapping[str, float],
    *,
    replicates: int,
    threads: int | None,
    progress: Callable[[int, int | None], None] | None,
) -> dict[str, Interval]:
    """What the model says about targets, draw by draw."""
    panel = Panel(targets)
    found = live_all(
        panel, replicates, threads=threads, progress=progress,
        parameters=drawn_from(posterior, switches),
    )  # fmt: skip
    return {
        target.id: predictive(target, measured(target, functools.partial(samples, found, panel)))
        for target in targets
    }


def _loaded(
    name: str,
    posteriors: Mapping[str, Posterior | Path | str],
    targets: Sequence[Target],
    fold: Mapping[str, str],
) -> Posterior:
    given = posteriors.get(name)
    if given is None:
        aside = ", ".join(each for each, its in fold.items() if its == name)
        raise refusal("fold", name, "has no posterior",
                      f"give {name}=DIR, of a calibration without {aside}")  # fmt: skip
    posterior = given if isinstance(given, Posterior) else Posterior.load(given)
    seen = [each.id for each in targets
            if fold[each.id] == name and each.id in posterior.fitted_to]  # fmt: skip
    if seen:
        message = f"was fitted to {', '.join(seen)}, which fold {name} keeps aside"
        raise refusal("fold", posterior.file.parent, message, "fit without them")
    return posterior


def _inside(row: Crossed, model: str) -> bool:
    said = row.held_out.value if model == "held_out" else getattr(row, model)
    return bool(row.target.low <= said <= row.target.high)
