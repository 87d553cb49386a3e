"""What is around every page: the menu, language, light or dark, and what this is."""

from __future__ import annotations

import json
from typing import Any

import solara
from solara.lab import cookies, headers

from dashboards.app import choices
from dashboards.app.site.parts import PARTS
from dashboards.languages import LANGUAGES, Language

__all__ = ["Frame"]


@solara.component_vue("top_bar.vue")
def _TopBar(  # noqa: N802
    parts: str,
    languages: str,
    words: str,
    language: str,
    direction: str,
    dark: bool,
    cookie: str,
    event_go: Any,
    event_choose_language: Any,
    event_choose_dark: Any,
) -> None:
    pass


@solara.component
def Frame(children: list[Any]) -> None:  # noqa: N802
    """The frame around a page.

    Args:
        children: The page.
    """
    solara.use_memo(_begin, [])
    router = solara.use_router()
    language = choices.current()
    here = next((part.path for part in PARTS if part.path in router.parts[:1]), "/")
    with solara.v.Html(tag="div", class_="wt-frame"):
        _TopBar(
            parts=_menu(language, here), languages=json.dumps(LANGUAGES),
            words=_words(language, here), language=language.code, direction=language.direction,
            dark=choices.dark.value, cookie=choices.COOKIE,
            event_go=router.push,
            event_choose_language=choices.language.set,
            event_choose_dark=choices.dark.set,
        )  # fmt: skip
        solara.v.Html(tag="main", attributes={"id": "main", "tabindex": "-1"}, children=children)
        solara.v.Html(tag="footer", class_="wt-foot", children=[language.text(
            "Made to protect people's access to help, never to find, deter or score anyone.")])


def _begin() -> None:
    # The language in which the browser was sent its page.
    sent = headers.value or {}
    accepted = (sent.get("accept-language") or [None])[0]
    chosen = (cookies.value or {}).get(choices.COOKIE)
    choices.language.value = choices.preferred(chosen, accepted)


def _menu(language: Language, here: str) -> str:
    return json.dumps([
        {"path": "/" if part.path == "/" else f"/{part.path}", "name": language.text(part.name),
         "here": part.path == here}
        for part in PARTS
    ])  # fmt: skip


def _words(language: Language, here: str) -> str:
    return json.dumps({
        "title": "Waytrust" if here == "/" else f"{language.text(_named(here))} · Waytrust",
        "skip": language.text("Skip to the content"),
        "pages": language.text("Pages"),
        "language": language.text("Language"),
        "dark": language.text("Dark"),
        "play": language.text("Play"),
        "pause": language.text("Pause"),
        "simulation": language.text("This is a simulation. It shows no real person."),
    })  # fmt: skip


def _named(path: str) -> str:
    return next(part.name for part in PARTS if part.path == path)
