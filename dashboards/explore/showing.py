"""What all figures of the page share: words, tools, tables and numbers as a reader sees them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import solara
from markupsafe import Markup

from dashboards.app import choices
from dashboards.explore import vega
from dashboards.explore.charts.look import DARK, LIGHT, Look, spec_text
from dashboards.explore.elements import Buttons, Chart, Fields, Tools
from dashboards.telling import fault
from sim.problems import InputProblem

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.languages import Language

__all__ = [
    "Figure",
    "buttons",
    "choice",
    "fields",
    "heading",
    "look",
    "notes",
    "problem",
    "shown",
    "table_of",
    "tools",
]


def look() -> Look:
    """The colours that were chosen."""
    return replace(DARK if choices.dark.value else LIGHT, marks=choices.current().marks)


def shown(value: object, digits: int = 4) -> str:
    """A value as a reader sees it in a table."""
    language = choices.current()
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return language.text("True") if value else language.text("False")
    if isinstance(value, float):
        return language.amount(value, digits)
    if isinstance(value, str):
        return language.told(value)
    return language.number(value) if isinstance(value, int) else str(value)


def table_of(
    rows: pd.DataFrame | Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
    caption: str,
    *,
    most: int = 200,
) -> str:
    """A table as HTML.

    Args:
        rows: The rows. A table of pandas forgets how its texts were made, and they stay English.
        names: Columns that are shown, and their headings.
        caption: What the table holds.
        most: Rows that are shown, at most.
    """
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(text) for text in names.values()
    )
    records: Any = rows if isinstance(rows, Sequence) else rows.head(most).to_dict("records")
    body = []
    for record in records[:most]:
        cells = [
            Markup("<td{}>{}</td>").format(
                Markup(' class="n"') if isinstance(record[name], int | float) else "",
                shown(record[name]),
            )
            for name in names
        ]
        body.append(Markup("<tr>{}</tr>").format(Markup("").join(cells)))
    return str(
        Markup("<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>")
        .format(caption, head, Markup("").join(body))
    )  # fmt: skip


def heading(title: str, *texts: str) -> None:
    """A heading and paragraphs beneath it."""
    parts = [Markup("<h2>{}</h2>").format(title)] if title else []
    parts += [Markup("<p>{}</p>").format(text) for text in texts if text]
    solara.HTML(tag="div", unsafe_innerHTML=str(Markup("").join(parts)), classes=["wtx-words"])


def notes(lines: Sequence[str], *, title: str = "", warn: bool = False) -> None:
    """Sentences as a list, such as those that an analysis says."""
    if not lines:
        return
    told = map(choices.current().told, lines)
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in told)
    head = Markup("<h3>{}</h3>").format(title) if title else ""
    html = Markup("{}<ul>{}</ul>").format(head, items)
    classes = ["wtx-words", *(["wtx-warn"] if warn else [])]
    solara.HTML(tag="div", unsafe_innerHTML=str(html), classes=classes)


def problem(what: InputProblem | str, *, lang: str = "") -> None:
    """What cannot be, in one sentence.

    Args:
        what: What is wrong, or a text on it.
        lang: Code of the language of a text that is not in the chosen one.
    """
    text = fault(what, choices.current()) if isinstance(what, InputProblem) else what
    mark = Markup(' lang="{}"').format(lang) if lang else ""
    html = Markup('<p class="wtx-problem" role="alert"{}>{}</p>').format(mark, text)
    solara.HTML(tag="div", unsafe_innerHTML=str(html))


def choice(
    name: str,
    label: str,
    value: str,
    options: Sequence[tuple[str, str]],
    help: str = "",  # noqa: A002
) -> dict[str, Any]:
    """A list to choose from."""
    return {"name": name, "label": label, "value": value, "options": list(options),
            "kind": "select", "help": help}  # fmt: skip


def buttons(made: Sequence[tuple[str, str] | tuple[str, str, str]],
            pressed: Callable[[str], None]) -> None:  # fmt: skip
    """Buttons in a row.

    Args:
        made: Name and text of each, and perhaps `strong` or `disabled`; without a name it is a
            text between them.
        pressed: Told the name of the one that was pressed.
    """
    rows = [{"name": each[0], "text": each[1], **({each[2]: True} if len(each) > 2 else {})}
            for each in made]  # fmt: skip
    Buttons(buttons=json.dumps(rows), event_pressed=pressed)


def fields(made: Sequence[dict[str, Any]], changed: Callable[[str, str], None]) -> None:
    """A row of fields."""
    Fields(fields=json.dumps(made),
           event_changed=lambda each: changed(each["name"], str(each["value"])))  # fmt: skip


def tools(name: str, figure: str, code: str, csv: str, table: str) -> None:
    """Downloads, code and table of a figure."""
    language = choices.current()
    texts = {
        "group": language.text("Take it away"),
        "copy": language.text("Copy as Python"),
        "copied": language.text("Copied."),
        "code": language.text("The Python that gives these numbers"),
        "table": language.text("The same as a table"),
    }
    Tools(texts=json.dumps(texts), name=name, figure=figure, code=code, csv=csv, table=table)


@solara.component
def Figure(  # noqa: N802
    name: str, spec: dict[str, Any], label: str, code: str, csv: str, table: str
) -> None:
    """A chart with its tools and its table.

    Args:
        name: Its name, for files and for its place on the page.
        spec: Vega-Lite.
        label: What it shows, for those who cannot see it.
        code: Python that gives its numbers.
        csv: Its numbers as CSV.
        table: Its numbers as HTML.
    """
    language: Language = choices.current()
    figure = f"wtx-{name}"
    Chart(
        spec=spec_text(spec, look()),
        figure=figure,
        label=label,
        bundle=vega.URL,
        dark=choices.dark.value,
        sorry=language.text("The chart could not be drawn; the table holds the same numbers."),
    )
    tools(name, figure, code, csv, table)
