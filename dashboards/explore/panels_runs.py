"""Two panels of a sweep: the table of its runs, and parallel coordinates."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import solara
from markupsafe import Markup

from dashboards.app import choices
from dashboards.explore.column import OUTCOME
from dashboards.explore.elements import Parallel
from dashboards.explore.lines import LINES, lines_of
from dashboards.explore.query import python
from dashboards.explore.showing import (
    buttons,
    choice,
    fields,
    heading,
    shown,
    table_of,
    tools,
)
from dashboards.explore.table import MOST_ROWS, csv_of, page_of, rows_query

if TYPE_CHECKING:
    from dashboards.explore.runs import RunTable
    from dashboards.explore.selection import Selection

__all__ = ["LinesPanel", "RunsPanel"]

_PAGE = 25


@solara.component
def RunsPanel(table: RunTable, selection: Selection, kept: int) -> None:  # noqa: N802
    """The runs of a selection, a page at a time.

    Args:
        table: The runs.
        selection: Which of them.
        kept: How many these are.
    """
    language = choices.current()
    by, set_by = solara.use_state("run")
    down, set_down = solara.use_state("")
    page, set_page = solara.use_state(0)
    last = max(0, -(-kept // _PAGE) - 1)
    page = min(page, last)
    query = rows_query(table, selection, by, down=bool(down))
    known = ["run", "point", "replicate", *(each.name for each in table.columns)]

    def changed(name: str, value: str) -> None:
        {"by": set_by, "down": set_down}[name](value)
        set_page(0)

    heading(
        language.text("Runs"),
        language.text(
            "One row for each run. Runs of one point share the values of all parameters; "
            "replicates differ in their luck only. Runs that failed are left out."
        ),
    )
    ways = [("", language.text("smallest first")), ("1", language.text("largest first"))]
    fields([choice("by", language.text("Sort by"), by, [(name, name) for name in known]),
            choice("down", language.text("Order"), down, ways)], changed)  # fmt: skip
    rows = page_of(table, query, page, _PAGE)
    solara.HTML(tag="div", unsafe_innerHTML=_table(table, rows, known),
                classes=["wtx-scroll"],
                attributes={"tabindex": "0", "role": "region",
                            "aria-label": language.text("Runs")})  # fmt: skip
    edge = {-1: page == 0, 1: page >= last}
    turn = {
        name: (name, text, *(["disabled"] if edge[by] else []))
        for name, text, by in (("earlier", language.text("Earlier"), -1),
                               ("later", language.text("Later"), 1))
    }  # fmt: skip
    where = language.text("Page {page} of {pages}", page=language.number(page + 1),
                          pages=language.number(last + 1))  # fmt: skip
    buttons([turn["earlier"], ("", where), turn["later"]],  # type: ignore[list-item]
            lambda name: set_page(page + (1 if name == "later" else -1)))  # fmt: skip
    solara.FileDownload(lambda: csv_of(table, query), f"{table.design.name}_runs.csv",
                        label=language.text("CSV of these runs"))  # fmt: skip
    if kept > MOST_ROWS:
        heading("", language.text(
            "The file holds the first {most} of them. The Python below gives all.",
            most=language.number(MOST_ROWS),
        ))  # fmt: skip
    tools("runs", "", python(table.folder, [query]), "", "")


def _table(table: RunTable, rows: list[dict[str, object]], known: list[str]) -> str:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in known)
    levers = {each.name: each for each in table.columns if each.values}
    body = []
    for row in rows:
        cells = []
        for name in known:
            value = row[name]
            text = levers[name].words(value) if name in levers else shown(value)  # type: ignore[arg-type]
            cells.append(Markup('<td class="n">{}</td>').format(text))
        body.append(Markup("<tr>{}</tr>").format(Markup("").join(cells)))
    return str(Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(
        head, Markup("").join(body)))  # fmt: skip


@solara.component
def LinesPanel(  # noqa: N802
    table: RunTable, selection: Selection, text: str, kept: int, picked: Callable[[str], None]
) -> None:
    """Parallel coordinates.

    Args:
        table: The runs.
        selection: Which of them.
        text: The same as JSON.
        kept: How many these are.
        picked: Told what was brushed, as JSON.
    """
    language = choices.current()
    outcomes = [each.name for each in table.of(OUTCOME)]
    colour, set_colour = solara.use_state(outcomes[0] if outcomes else "")
    axes = [each for each in table.columns if not each.values or len(each.values) > 1]
    lines = lines_of(table, [each.name for each in axes], selection)
    sample = len(lines.rows) < kept
    heading(
        language.text("Parallel coordinates"),
        language.text(
            "Each line is a run; it crosses every axis at its value. Draw along an axis to keep "
            "only the runs that cross there, and click the axis to take all again. With the "
            "keyboard: the number fields of the filter do the same."
        ),
        language.text(
            "{some} of {all} runs are drawn, chosen without looking at their values.",
            some=language.number(len(lines.rows)), all=language.number(kept),
        ) if sample else language.text("All {all} runs are drawn.", all=language.number(kept)),
    )  # fmt: skip
    fields([choice("colour", language.text("Colour by"), colour,
                   [(each.name, each.name) for each in axes])],
           lambda _, value: set_colour(value))  # fmt: skip
    label = language.text(
        "Parallel coordinates of {some} runs over {axes}.", some=len(lines.rows),
        axes=", ".join(each.name for each in axes),
    )  # fmt: skip
    Parallel(axes=lines.axes_json(table), values=lines.values_base64(), selection=text,
             colour=colour, figure="wtx-lines", label=label, none=language.text("none"),
             dark=choices.dark.value, event_picked_changed=picked)  # fmt: skip
    names = {"run": "run", **{each.name: each.name for each in axes}}
    tools("parallel_coordinates", "wtx-lines", python(table.folder, [lines.query]),
          lines.rows.to_csv(index=False),
          table_of(lines.rows, names, language.text("The first {n} of the runs that are drawn",
                                                    n=min(LINES, 100)), most=100))  # fmt: skip
