"""The picture of the demo, as `make demo` draws it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from experiments.behaviour.part import Made, Part, Report, Size
from experiments.compare import compare
from experiments.comparison import Comparison
from experiments.demo import BASE, DAYS, MIGRANTS, OTHERS, REPLICATES
from experiments.figures import headline, help_seeking_figure
from experiments.series import after_the_shock
from experiments.words import change_words, percent

__all__ = ["PART"]

_MEASURES = ("asked", "deterred", "episodes_lapsed_deterred", "first_deterred", "unmet")
_SHOWN = ("deterred", "episodes_lapsed_deterred", "first_deterred")


def _make(size: Size, report: Report | None) -> Made:
    found = compare(
        BASE, *OTHERS, replicates=size.replicates[0], migrants=size.migrants[0], days=size.days,
        threads=size.threads, progress=report,
    )  # fmt: skip
    return Made(help_seeking_figure(found), headline(found), _numbers(found), _table(found))


def _numbers(found: Comparison) -> dict[str, Any]:
    table = found.differences
    whole = table[(table["by"] == "all") & table["measure"].isin(_MEASURES)]
    kept = ["scenario", "measure", "base", "difference", "low", "high", "relative"]
    return {
        "replicates": found.replicates,
        "migrants": found.migrants,
        "help_seeking_after_the_shock": {
            name: after_the_shock(found, name)._asdict() for name in found.names[1:]
        },
        "differences": whole[kept].to_dict("records"),
        "channels": found.channels[["scenario", "channel", "difference", "low", "high"]].to_dict(
            "records"
        ),
    }


def _table(found: Comparison) -> Any:
    head = ("Scenario", "People in need ask", "Deterred person-days",
            "Needs never helped, out of fear", "People deterred for the first time")
    rows = []
    table = found.differences
    for name in found.names[1:]:
        whole = table[(table["scenario"] == name) & (table["by"] == "all")]
        by_measure = {row["measure"]: row for row in whole.to_dict("records")}
        cells = [_relative(by_measure[measure]) for measure in _SHOWN]
        rows.append((f"`{name}`", change_words(after_the_shock(found, name)), *cells))
    return head, rows


def _relative(row: Mapping[Hashable, Any]) -> str:
    low = percent(row["relative_low"], sign=True, bare=True)
    high = percent(row["relative_high"], sign=True)
    return f"{percent(row['relative'], sign=True)} ({low} to {high})"


PART = Part(
    "demo",
    usual=Size(migrants=(MIGRANTS,), days=DAYS, replicates=(REPLICATES,)),
    small=Size(migrants=(300,), days=120, replicates=(2,)),
    make=_make,
)
