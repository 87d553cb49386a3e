"""The quick answer beside the form: a number, a sentence, the chart."""

from __future__ import annotations

import solara
from markupsafe import Markup

from dashboards.app import choices
from dashboards.workshop.bench_view import problems_list
from dashboards.workshop.drawing import figure
from dashboards.workshop.looking import Seen, seen
from dashboards.workshop.state import Desk
from dashboards.workshop.widgets import html

__all__ = ["QuickView", "Tally"]


@solara.component
def QuickView(desk: Desk) -> None:  # noqa: N802
    """What moving a slider does, at once."""
    t = choices.current()
    answer = desk.answer.value
    if desk.draft is desk.base:
        words = t.text("This is the baseline: choose or add a scenario to compare it with.")
        html(Markup("<p>{}</p>").format(words), "ws-wait")
        return
    if answer is None:
        words = t.text("The first pair of runs is being lived …")
        html(Markup("<p>{}</p>").format(words), "ws-wait", role="status")
        return
    if answer.problems:
        problems_list(answer.problems, t)
        return
    look = seen(answer, t)
    broken = desk.draft.reading.scenario is None
    warning = t.text("the text has faults; this is the answer from before them") if broken else ""
    # In one piece, or a number would stand over the chart of another answer for a moment.
    html(Markup('<div class="ws-headline">{}</div><div class="ws-quick-figure">{}</div>').format(
        _headline(look, warning), figure(look.figure, t)))  # fmt: skip


@solara.component
def Tally(desk: Desk) -> None:  # noqa: N802
    """The number alone, where the chart is out of sight."""
    answer = desk.answer.value
    if answer is None or answer.problems or desk.draft is desk.base:
        return
    t = choices.current()
    look = seen(answer, t)
    words = Markup('<span class="ws-value ws-{}">{}</span> <span>{}</span>').format(
        look.way, look.value, t.text("asking for help, from the baseline")
    )
    html(words, "ws-tally", aria_hidden="true")


def _headline(look: Seen, warning: str) -> Markup:
    warned = Markup('<p class="ws-wrong">{}</p>').format(warning) if warning else ""
    return Markup(
        '<p class="ws-big"><span class="ws-value ws-{}" data-quick>{}</span></p>'
        '<p class="ws-sentence">{}</p><p class="ws-note" role="status">{}</p>{}'
    ).format(look.way, look.value, look.sentence, look.state, warned)
