"""Response curves: the mean of an outcome along one parameter, with intervals, by lever.

A *case* is one point under one value of what curves are told apart by: the mean of its replicates
(and of the other levers). The range is cut into equal parts and nothing is smoothed; the mean of
the cases in a part has an interval that knows which points were made together (a base sample of
Sobol's design, a path of Morris'), as standard errors by clusters do (Liang and Zeger 1986,
doi:10.1093/biomet/73.1.13).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.explore.column import LEVER, PARAMETER, Column, quoted
from dashboards.explore.query import RUNS, Query, shuffled
from dashboards.explore.table import part_of

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.explore.runs import RunTable
    from dashboards.explore.selection import Selection

__all__ = ["ALL", "DOTS", "NONE", "Curve", "CurveAsked", "curve_of"]

NONE, ALL = "", "*"
"""Curves told apart by nothing, or by every combination of levers."""
DOTS = 600
"""Cases that are drawn as dots, at most."""
_NAMED = 8


@dataclass(frozen=True)
class CurveAsked:
    """What a response curve shows.

    Attributes:
        outcome: Name of the outcome.
        across: Name of the parameter or lever along which it is drawn.
        by: Name of a lever, ALL or NONE.
        parts: Equal parts into which the range is cut.
    """

    outcome: str
    across: str
    by: str = NONE
    parts: int = 10


@dataclass(frozen=True)
class Curve:
    """A response curve.

    Attributes:
        asked: What it shows.
        means: A row per curve and part: `curve`, `part`, `x` (mean in it), `mean`, `low`, `high`
            (95 % interval of the mean), `p10`, `p90` (nine tenths of the spread of cases lie
            above and below), `cases`, `clusters` and `runs`.
        dots: Some cases: `curve`, `x`, `y`.
        cases: Cases in all.
        levels: Whether every value of `across` is a part of its own.
        queries: What was asked.
    """

    asked: CurveAsked
    means: pd.DataFrame
    dots: pd.DataFrame
    cases: int
    levels: bool
    queries: tuple[Query, ...]


def curve_of(table: RunTable, asked: CurveAsked, selection: Selection) -> Curve:
    """Ask for a response curve."""
    column = table.column(asked.across)
    levels = _has_levels(table, column, asked.parts)
    cases = _cases(table, asked, selection)
    means = Query(_means(table, cases, column, asked, levels), _INTERVAL, _IMPORTS, "means")
    dots = Query(
        f"with cases as (\n{_indented(cases)}\n)\nselect curve, x, y\nfrom cases\n"
        f"order by {shuffled('point')}, curve, x\nlimit {DOTS}", name="dots",
    )  # fmt: skip
    found = _with_interval(table.ask(means))
    return Curve(asked, found, table.ask(dots), int(found["cases"].sum()), levels, (means, dots))


def _has_levels(table: RunTable, column: Column, parts: int) -> bool:
    if column.kind == LEVER:
        return True
    name = quoted(column.name)
    found = table.ask(f"select count(distinct {name}) as n from RUNS where error = ''")
    return int(found["n"][0]) <= parts


def _cases(table: RunTable, asked: CurveAsked, selection: Selection) -> str:
    y, x = quoted(asked.outcome), quoted(asked.across)
    curve = {NONE: "''", ALL: "levers"}.get(asked.by) or quoted(asked.by)
    if asked.by == ALL:
        curve = _combination(table)
    return (
        f"select point, {curve} as curve, {x} as x, avg({y}) as y, count(*) as runs\n"
        f"from {RUNS}\nwhere {selection.where(f'not isnan({y})')}\ngroup by all"
    )


def _combination(table: RunTable) -> str:
    names = [quoted(each.name) for each in table.varied]
    return f"concat_ws(', ', {', '.join(names)})" if names else "''"


def _means(table: RunTable, cases: str, column: Column, asked: CurveAsked, levels: bool) -> str:
    from experiments.analysis.gaps import block_size

    part = "dense_rank() over (order by x) - 1" if levels else part_of(
        "x", *_range(table, column), column.scale, asked.parts
    )  # fmt: skip
    block = block_size(table.design)
    cluster = "point" if block == 1 else f"point // {block}"
    return f"""with cases as (
{_indented(cases)}
),
placed as (
    select *, {part} as part, {cluster} as cluster
    from cases
),
centred as (
    select *, avg(y) over (partition by curve, part) as mean
    from placed
),
clusters as (
    select curve, part, cluster, sum(y - mean) as off
    from centred
    group by all
),
errors as (
    select curve, part, count(*) as clusters,
        sqrt(sum(off * off) * count(*) / nullif(count(*) - 1, 0)) as off
    from clusters
    group by all
)
select curve, part, avg(x) as x, avg(y) as mean, any_value(off) / count(*) as error,
    quantile_cont(y, 0.1) as p10, quantile_cont(y, 0.9) as p90,
    count(*) as cases, any_value(clusters) as clusters, sum(runs)::bigint as runs
from placed join errors using (curve, part)
group by curve, part
order by curve, part"""


_IMPORTS = ("from scipy.stats import t",)
_INTERVAL = """reach = t.ppf(0.975, means["clusters"] - 1) * means["error"]
means["low"], means["high"] = means["mean"] - reach, means["mean"] + reach"""


def _with_interval(means: pd.DataFrame) -> pd.DataFrame:
    """The ends of the 95 % interval of each mean (Student's t); none of a single cluster."""
    from scipy.stats import t

    reach = t.ppf(0.975, means["clusters"] - 1) * means["error"]
    return means.assign(low=means["mean"] - reach, high=means["mean"] + reach)


def _range(table: RunTable, column: Column) -> tuple[float, float]:
    explored = column.kind == PARAMETER and column.high > column.low
    return (column.low, column.high) if explored else table.ends[column.name]


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
