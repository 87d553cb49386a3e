"""The comparison proper: how large, how often, run, progress and cancel."""

from __future__ import annotations

import asyncio
import math
from typing import Any

import solara
from markupsafe import Markup

from dashboards.app import choices
from dashboards.languages import Language
from dashboards.workshop.bench_view import problems_list
from dashboards.workshop.bounds import BOUNDS
from dashboards.workshop.comparing import Request, seconds_for
from dashboards.workshop.jobs import Job
from dashboards.workshop.results import Found
from dashboards.workshop.state import Desk
from dashboards.workshop.widgets import form, html
from experiments.pairing import available_cores
from experiments.posterior import EVIDENCE, NONE
from sim.problems import InputProblem

__all__ = ["RunView", "time_words"]

_LOOK_EVERY = 0.25


@solara.component
def RunView(desk: Desk) -> None:  # noqa: N802
    """What is compared, how large, and the run itself."""
    t = choices.current()
    job = desk.job.value

    def change(path: str, value: Any) -> None:
        part, _, rest = path.partition("/")
        if path == "run":
            desk.run(t.code)
        elif path == "cancel":
            desk.cancel()
        elif part == "with":
            desk.compare_with(rest, wanted=bool(value))
        else:
            desk.resize(part, value)

    form(_sections(desk, t, running=job is not None), change)
    if job is not None:
        _Progress(desk, job)
    problems_list(desk.problems.value, t, "ws-refused")


def _sections(desk: Desk, t: Language, *, running: bool) -> list[dict[str, Any]]:
    size = desk.size.value
    _, *others = desk.shelf.value.drafts
    ticks = [
        {"id": f"with/{each.key}", "type": "switch", "label": t.meaning(each.title),
         "value": each.key not in desk.left_out.value,
         "wrong": "" if each.reading.scenario else t.text("its text has faults")}
        for each in others
    ]  # fmt: skip
    numbers: list[dict[str, Any]] = [
        {"id": name, "type": "number", "label": label, "value": value, "min": least, "max": most,
         "step": 1, "unit": "", "empty": ""}
        for name, label, value, least, most in (
            ("replicates", t.text("Pairs of runs"), size.replicates, 2, BOUNDS.replicates),
            ("migrants", t.text("Simulated migrants"), size.migrants, 100, BOUNDS.migrants),
            ("days", t.text("Days"), size.days, 1, BOUNDS.days),
        )
    ]  # fmt: skip
    numbers.append({
        "id": "decompose", "type": "switch", "value": desk.decompose.value,
        "label": t.text("Say, too, what each channel of fear adds (many more runs)"),
    })  # fmt: skip
    options = [{"value": EVIDENCE, "name": t.text("plausible parameters, one set a run")},
               {"value": NONE, "name": t.text("fixed parameters")}]  # fmt: skip
    numbers.append({"id": "posterior", "type": "select", "label": t.text("Parameters"),
                    "value": desk.posterior.value, "options": options})  # fmt: skip
    press = {"id": "run", "type": "button", "label": t.text("Compare"), "look": "ws-main",
             "disabled": running}  # fmt: skip
    cancel = {"id": "cancel", "type": "button", "label": t.text("Cancel")}
    return [
        {"id": "with", "title": t.text("Compare with the baseline"), "fields": ticks},
        {"id": "size", "title": t.text("How large, how often"), "fields": numbers},
        {"id": "go", "title": "", "note": _estimate(desk, t),
         "fields": [press, *([cancel] if running else [])]},
    ]  # fmt: skip


def _estimate(desk: Desk, t: Language) -> str:
    try:
        request: Request = desk.request()
        request.check()
    except InputProblem:
        return ""
    words = time_words(seconds_for(request, available_cores()), t)
    return t.text("On an idle machine this takes {time}.", time=words)


@solara.component
def _Progress(desk: Desk, job: Job[Found]) -> None:  # noqa: N802
    t = choices.current()
    beat = solara.use_reactive(0)

    async def watch() -> None:
        while not job.finished:
            await asyncio.sleep(_LOOK_EVERY)
            beat.set(beat.peek() + 1)
        desk.settle(job)

    solara.lab.use_task(watch, dependencies=[job])
    _ = beat.value
    share, left = job.share, job.time_left()
    words = t.text("Waiting for its turn …") if job.state == "waiting" else _told(share, left, t)
    percent = 0 if share is None else math.floor(100 * share)
    html(
        Markup(
            '<div class="ws-progress"><progress max="100" value="{}" aria-label="{}"></progress>'
            "<p>{}</p>{}</div>"
        ).format(percent, t.text("Progress of the comparison"), words,
                 Markup("").join(Markup('<p class="ws-note">{}</p>').format(t.told(each))
                                 for each in job.said))
    )  # fmt: skip


def _told(share: float | None, left: float | None, t: Language) -> str:
    if share is None:
        return t.text("Getting ready …")
    if share >= 1:
        return t.text("All runs are lived; figures are being drawn …")
    done = t.percent(share, 0)
    if left is None:
        return t.text("{share} done", share=done)
    return t.text("{share} done, {time} left", share=done, time=time_words(left, t))


def time_words(seconds: float, t: Language) -> str:
    """About how long something takes."""
    if seconds < 90:
        return str(t.plural("about {n} second", "about {n} seconds", max(1, round(seconds))))
    if seconds < 90 * 60:
        return str(t.plural("about {n} minute", "about {n} minutes", round(seconds / 60)))
    return str(t.plural("about {n} hour", "about {n} hours", round(seconds / 3600)))
