"""The page of stories: one is chosen, lived in the background, and drawn in the browser."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import solara
import solara.lab

from dashboards.app import choices
from dashboards.languages import Language
from dashboards.story.assets import script, style
from dashboards.story.offline import offline_html
from dashboards.story.shelf import SHELF, Entry, State
from dashboards.story.stories import STORIES

__all__ = ["Page"]

_LOOK_AGAIN = 0.25  # seconds
_ROW = "display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; padding: 1rem;"


@solara.component_vue("story.vue")
def _Drawing(  # noqa: N802
    told: str, code: str, look: str, stories: str, dark: bool, event_choose: Any
) -> None:
    pass


@solara.component
def Page() -> None:  # noqa: N802
    """Stories for people who never saw a simulation."""
    chosen, choose = solara.use_state(next(iter(STORIES)))
    language = choices.current()
    entry, state = _followed(chosen)
    told = entry.told(language) if entry is not None and state.lived is not None else ""
    with solara.v.Html(tag="div", class_="st-page"):
        if not told:
            _Waiting(state, language, STORIES[chosen].title)
            return
        _Drawing(
            told=told, code=script(), look=style(), stories=_stories(language, chosen),
            dark=choices.dark.value, event_choose=choose,
        )  # fmt: skip
        with solara.v.Html(tag="div", style_=_ROW):
            solara.FileDownload(
                lambda: offline_html(told, language).encode(),
                f"waytrust-{chosen}.{language.code}.html", mime_type="text/html",
                label=language.text(
                    "Save the whole story as one file that plays without a network"),
            )  # fmt: skip
            _More(state, language)


def _followed(chosen: str) -> tuple[Entry | None, State]:
    """The entry of a story and how far it is; it is left when the story or the session ends."""
    kept, keep = solara.use_state(None)
    state, note = solara.use_state(State())

    def follow() -> Callable[[], None]:
        found, leave = SHELF.ask(STORIES[chosen])
        keep((chosen, found))
        note(found.state)
        return leave

    solara.use_effect(follow, [chosen])
    entry: Entry | None = kept[1] if kept is not None and kept[0] == chosen else None

    async def look() -> None:
        while entry is not None:
            now = entry.state
            note(now)  # the last state, too: it may have been reached before the first look
            if now.done:
                return
            await asyncio.sleep(_LOOK_AGAIN)

    solara.lab.use_task(look, dependencies=[entry])
    return entry, state if entry is not None else State()


@solara.component
def _Waiting(state: State, language: Language, title: str) -> None:  # noqa: N802
    t = language
    solara.v.Html(tag="h1", children=[t.text(title)])
    if state.error:
        solara.Error(t.text("The story could not be lived: {problem}", problem=state.why(t)))
        return
    words = t.text("The worlds are being lived, day by day: {share}",
                   share=t.percent(state.share, 0))  # fmt: skip
    solara.v.Html(tag="p", attributes={"role": "status"}, children=[words])
    solara.v.ProgressLinear(value=100 * state.share, height=10, rounded=True,
                            attributes={"aria-label": t.text("Progress")})  # fmt: skip
    solara.v.Html(tag="p", children=[t.text("This is a simulation. No dot is a person.")])


@solara.component
def _More(state: State, language: Language) -> None:  # noqa: N802
    t = language
    if state.error:
        solara.Warning(t.text("Intervals could not be made: {problem}", problem=state.why(t)))
    elif not state.done:
        words = t.text("More runs are being lived, so that changes get intervals: {share}",
                       share=t.percent(state.share, 0))  # fmt: skip
        solara.v.Html(tag="p", attributes={"role": "status"}, children=[words])


def _stories(language: Language, chosen: str) -> str:
    return json.dumps({
        "label": language.text("Story"),
        "all": [[story.id, language.text(story.title)] for story in STORIES.values()],
        "chosen": chosen,
    }, ensure_ascii=False)  # fmt: skip
