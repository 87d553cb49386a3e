"""Parts of a report as they stand in the page: the same figures and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from dashboards.languages import Language
from dashboards.report.rendering import environment
from dashboards.report.svg import Figure
from dashboards.report.table import Table

__all__ = ["cards", "figure", "figure_with_table", "ordered", "table", "unordered"]


def figure(each: Figure, language: Language, note: str = "") -> Markup:
    """A figure; it can be scrolled where a screen is narrow."""
    caption = Markup("<figcaption>{}</figcaption>").format(note) if note else ""
    return Markup(
        '<figure data-figure="{}"><div class="ws-scroll" dir="ltr" tabindex="0" role="group" '
        'aria-label="{}">'
        "{}</div>{}{}</figure>"
    ).format(each.name, each.title, each.svg(), caption, _said(each, language))


def figure_with_table(
    each: Figure, numbers: Table, language: Language, note: str = "", words: str = ""
) -> Markup:
    """A figure and, closed, its numbers as a table."""
    title = words or language.text("These numbers as a table")
    return Markup("{}<details><summary>{}</summary>{}</details>").format(
        figure(each, language, note), title, table(numbers, language)
    )


def table(each: Table, language: Language, kind: str = "words") -> Markup:
    """A table with its caption and its CSV, as in a report."""
    module: Any = environment().get_template("macros.html.j2").module
    return Markup('<div class="ws-table">{}</div>').format(module.table(each, language.text, kind))


def cards(found: Sequence[Any]) -> Markup:
    """The numbers that matter most, large."""
    parts = [
        Markup(
            '<li class="ws-card ws-{}"><span class="ws-card-name">{}</span><span class="ws-value">'
            '<span aria-hidden="true">{}</span> {}</span><span>{}</span><span class="ws-note">{}'
            "</span></li>"
        ).format(c.way, c.name, c.arrow, c.value, c.ends, c.note)
        for c in found
    ]
    return Markup('<ul class="ws-cards">{}</ul>').format(Markup("").join(parts))


def ordered(sentences: Sequence[str | Markup]) -> Markup:
    """Sentences in order."""
    return Markup('<ol class="ws-answer">{}</ol>').format(_items(sentences))


def unordered(sentences: Sequence[str | Markup]) -> Markup:
    """Sentences, each for itself."""
    return Markup('<ul class="ws-list-plain">{}</ul>').format(_items(sentences))


def _items(sentences: Sequence[str | Markup]) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(each) for each in sentences)


def _said(each: Figure, language: Language) -> Markup:
    return Markup("<details><summary>{}</summary><p>{}</p></details>").format(
        language.text("This figure in words"), each.description
    )
