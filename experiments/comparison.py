"""What a comparison holds, and the files it makes of it."""

from __future__ import annotations

import functools
import math
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.comparing.method import Method
from experiments.inputs import PlannedScenario, keep_network, resolved_text
from experiments.intervals import CONFIDENCE
from experiments.outcome import Layout, Outcome
from experiments.writing import json_text, new_directory, write_json

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from experiments.comparing.decomposing import Parts
    from experiments.posterior import Posterior
    from sim.plan import Plan

__all__ = ["Comparison", "Settings", "with_whole_numbers"]


@dataclass(frozen=True)
class Settings:
    """What every run of a comparison has in common."""

    migrants: int | None
    days: int
    seed: int

    def given(self) -> dict[str, int]:
        """What is set, by name; every scenario keeps its own number of migrants if none is."""
        both = {"days": self.days, "seed": self.seed}
        return both if self.migrants is None else {"migrants": self.migrants, **both}


@dataclass(frozen=True)
class Comparison:
    """What differs between a baseline and other scenarios, with intervals.

    Attributes:
        names: Names of the scenarios, the baseline first.
        plans: Their plans.
        loaded: The scenarios as they were given.
        layout: The rows of every breakdown.
        runs: One tuple per replicate, one outcome per scenario.
        settings: What the runs have in common.
        facts: How it was made: threads, wall time, what was asked for.
        method: How intervals are made.
        half_width: Wanted half-width of the rates and, of counts, part of the baseline; None: a
            tenth of each difference.
        parts: What each channel adds to the differences, if that was asked for.
        posterior: Where fitted parameters came from, if they did.
    """

    names: tuple[str, ...]
    plans: tuple[Plan, ...]
    loaded: tuple[PlannedScenario, ...] = field(repr=False)
    layout: Layout
    runs: tuple[tuple[Outcome, ...], ...] = field(repr=False)
    settings: Settings
    facts: dict[str, object]
    method: Method = field(default_factory=Method)
    half_width: float | None = None
    parts: Parts | None = field(default=None, repr=False)
    posterior: Posterior | None = field(default=None, repr=False)

    @property
    def replicates(self) -> int:
        """Number of paired replicates."""
        return len(self.runs)

    def outcomes(self, scenario: str) -> list[Outcome]:
        """The outcomes of one scenario, by replicate."""
        index = self.names.index(scenario)
        return [run[index] for run in self.runs]

    @functools.cached_property
    def texts(self) -> tuple[str, ...]:
        """The resolved file of each scenario."""
        return tuple(resolved_text(each, **self.settings.given()) for each in self.loaded)

    @functools.cached_property
    def differences(self) -> pd.DataFrame:
        """Differences to the baseline: one row per scenario, measure and group."""
        from experiments.differences import difference_table

        return difference_table(self)

    @functools.cached_property
    def channels(self) -> pd.DataFrame:
        """Differences in deterred person-days by the channel that deterred."""
        from experiments.differences import channel_table

        return channel_table(self)

    @functools.cached_property
    def decomposition(self) -> pd.DataFrame:
        """What each channel adds to the differences in deterred and asked person-days.

        Shapley values over channels switched off, an answer beside `channels` and never mixed with
        it; without rows unless `decompose` was asked for.
        """
        from experiments.comparing.decomposing import decomposition_table

        return decomposition_table(self)

    @functools.cached_property
    def precision(self) -> pd.DataFrame:
        """How near the difference in help-seeking rate of each scenario is known."""
        from experiments.differences import precision_table

        return precision_table(self)

    def to_frame(self) -> pd.DataFrame:
        """The differences as a table."""
        return self.differences.copy()

    def figure(self) -> Figure:
        """Help-seeking over time and along the route, as `waytrust compare --out` draws it."""
        from experiments.figures import help_seeking_figure

        return help_seeking_figure(self)

    def to_dict(self) -> dict[str, object]:
        """Everything as plain lists and numbers."""
        return {
            "scenarios": list(self.names),
            "replicates": self.replicates,
            "confidence": CONFIDENCE,
            "interval": self.method.words,
            "titles": {n: p.title for n, p in zip(self.names, self.plans, strict=True)},
            "represents": self.plans[0].people / self.migrants,
            "migrants": self.migrants,
            "days": self.settings.days,
            "seed": self.settings.seed,
            "precision": _records(self.precision),
            "differences": _records(self.differences),
            "channels": _records(self.channels),
        } | ({} if self.parts is None else {"decomposition": _records(self.decomposition)})

    def to_json(self) -> str:
        """Everything as one JSON object."""
        return json_text(self.to_dict())

    @property
    def migrants(self) -> int:
        """Simulated migrants of each run."""
        return self.settings.migrants or self.plans[0].migrants

    def write(self, out: Path | str) -> Path:
        """Write tables and pictures into a directory, all or nothing.

        Raises:
            InputProblem: If the directory holds something else or cannot be written.
        """
        from experiments.figures import draw

        with new_directory(out, "compare") as folder:
            for name in ("differences", "channels", "decomposition"):
                if name != "decomposition" or self.parts is not None:
                    table = with_whole_numbers(getattr(self, name))
                    table.to_csv(folder / f"{name}.csv", index=False)
            (folder / "scenarios").mkdir()
            for name, text in zip(self.names, self.texts, strict=True):
                (folder / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8")
            keep_network(self.plans[0].network, folder / "scenarios")
            if self.posterior is not None:
                self.posterior.keep(folder)
            draw(self, folder)
            self.write_readable(folder)
        return Path(out)

    def write_readable(self, folder: Path) -> None:
        """Write what a report reads: all numbers, the route, series and, last, the manifest."""
        from experiments.kept_series import write_series
        from experiments.provenance import manifest
        from experiments.route_facts import write_route

        texts = dict(zip(self.names, self.texts, strict=True))
        settings = {
            "migrants": self.migrants, "days": self.settings.days, "seed": self.settings.seed,
            "replicates": self.replicates,
        }  # fmt: skip
        write_json(folder / "comparison.json", self.to_dict())
        write_route(folder, self.plans, self.names)
        write_series(folder, self)
        write_json(folder / "manifest.json", manifest("compare", texts, **settings, **self.facts))


def with_whole_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table with whole numbers of replicates, so that none is written as `37.0`."""
    return frame.astype({"needed": "Int64"}) if "needed" in frame else frame


def _records(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    rows = frame.to_dict("records")
    for row in rows:
        if not math.isnan(row.get("needed", math.nan)):
            row["needed"] = int(row["needed"])
    return rows
