"""Which of several scenarios brings back most of what a first one takes away.

All are compared over the same days, replicate by replicate. Beside each stands its interval, and
for each pair whether chance may explain that one is ahead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.languages import Language
from dashboards.report.change import Change
from dashboards.report.phrases import NOTHING, change_words
from dashboards.report.table import Table
from experiments.intervals import Interval
from experiments.series import brought_back, rates_from, window

if TYPE_CHECKING:
    from markupsafe import Markup

    from experiments.comparison import Comparison

__all__ = ["Ranked", "Ranking", "rank", "ranking_table", "verdict"]

@dataclass(frozen=True)
class Ranked:
    """One scenario in its place.

    Attributes:
        name: The scenario.
        change: Change of help-seeking relative to the baseline.
        back: Part of the first scenario's loss that is brought back; None for that one itself,
            and where its loss is not clear.
        against: Change relative to each other one that is ranked, by name.
    """

    name: str
    change: Interval
    back: Interval | None
    against: dict[str, Interval]

    def unsure(self) -> tuple[str, ...]:
        """Those from which chance may explain the whole distance."""
        return tuple(name for name, each in self.against.items() if not each.excludes_zero)


@dataclass(frozen=True)
class Ranking:
    """Scenarios, the one in which people ask most often first.

    Attributes:
        harm: The first scenario that is compared, whose loss the others may bring back.
        first: First day that counts.
        last: Last day that counts.
        rows: The scenarios.
    """

    harm: str
    first: int
    last: int
    rows: tuple[Ranked, ...]


def rank(comparison: Comparison) -> Ranking | None:
    """Rank all scenarios that are compared with the baseline; None of fewer than two."""
    base_name, *others = comparison.names
    if len(others) < 2:
        return None
    first, last = window(comparison)
    rates = {name: rates_from(comparison, name, first) for name in comparison.names}
    base, hurt = rates[base_name], rates[others[0]]
    method = comparison.method
    loss = method.mean(hurt - base).at(0)
    rows = []
    for name in others:
        back = None
        if name != others[0] and loss.excludes_zero and loss.value < 0:
            back = brought_back(method, base, hurt, rates[name])
        against = {
            other: method.ratio(rates[other], rates[name]).at(0)
            for other in others if other != name
        }  # fmt: skip
        rows.append(Ranked(name, method.ratio(base, rates[name]).at(0), back, against))
    rows.sort(key=lambda row: -row.change.value if np.isfinite(row.change.value) else np.inf)
    return Ranking(others[0], first, last, tuple(rows))


def ranking_table(ranking: Ranking, titles: dict[str, str], language: Language) -> Table:
    """The ranking, to read and for programs."""
    t = language
    rows: list[list[str | Markup]] = []
    records: list[list[object]] = []
    nothing = Change(float("nan"), float("nan"), float("nan"))
    for place, each in enumerate(ranking.rows, start=1):
        back = NOTHING if each.back is None else change_words(_change(each.back), t)
        unsure = _quoted(each.unsure(), titles, t)
        rows.append([
            t.number(place), t.written(titles[each.name]), change_words(_change(each.change), t),
            back, unsure or t.text("none: it is ahead of or behind all others clearly"),
        ])  # fmt: skip
        ends = nothing if each.back is None else each.back
        for other, apart in each.against.items():
            records.append([place, each.name, *each.change, *ends[:3], other, *apart,
                            "no" if apart.excludes_zero else "yes"])  # fmt: skip
    caption = t.text(
        "Scenarios by how often people in need ask for help from day {first} to day {last}, with "
        "paired 95% intervals",
        first=t.number(ranking.first), last=t.number(ranking.last),
    )  # fmt: skip
    columns = [
        t.text("Rank"), t.text("Scenario"), t.text("Change from the baseline"),
        t.text("Part of the loss of “{title}” brought back", title=t.meaning(titles[ranking.harm])),
        t.text("Chance may explain the distance to"),
    ]  # fmt: skip
    head = ["rank", "scenario"]
    for name in ("change", "brought_back"):
        head += [name, f"{name}_low", f"{name}_high"]
    head += ["other", "ahead_of_other", "ahead_low", "ahead_high", "chance_may_explain"]
    return Table("ranking", caption, columns, rows, head, records)


def verdict(ranking: Ranking, titles: dict[str, str], language: Language) -> Markup:
    """Who is first, and whether that is sure, in a sentence."""
    t = language
    best = ranking.rows[0]
    unsure = best.unsure()
    if not unsure:
        return t.markup(
            "People ask for help most often with “{title}”, and chance between runs does not "
            "explain that it is ahead of each of the others.",
            title=t.written(titles[best.name]),
        )  # fmt: skip
    return t.markup(
        "People ask for help most often with “{title}”, but chance between runs may explain that "
        "it is ahead of {others}.",
        title=t.written(titles[best.name]),
        others=_quoted(unsure, titles, t),
    )  # fmt: skip


def _quoted(names: Sequence[str], titles: dict[str, str], t: Language) -> Markup:
    return t.listed([t.markup("“{title}”", title=t.written(titles[name])) for name in names])


def _change(interval: Interval) -> Change:
    return Change(*interval)
