"""The home page: three kinds of people, and where each begins."""

from __future__ import annotations

from typing import Any, NamedTuple

import solara

from dashboards.app import choices
from dashboards.app.site.parts import PARTS
from dashboards.languages import mark

__all__ = ["Page"]


class _Guest(NamedTuple):
    who: str
    what: str
    paths: tuple[str, ...]


_GUESTS = (
    _Guest(mark("You speak up for people on the move"),
           mark("Show others what happens to trust when help and enforcement mix: a story on a map "
                "that plays by itself, in full screen, and can be saved as one file."),
           ("story",)),
    _Guest(mark("You decide about help or rules"),
           mark("Compare what would happen with and without a measure, for whom and why, with how "
                "sure the result is. Every number can be followed to where it comes from."),
           ("compare",)),
    _Guest(mark("You study how trust works"),
           mark("Explore thousands of runs, see which parameters matter, and step through the "
                "model day by day, down to one simulated person."),
           ("explore", "inspect")),
)  # fmt: skip


@solara.component
def Page() -> None:  # noqa: N802
    """The home page."""
    language = choices.current()
    router = solara.use_router()
    with solara.v.Html(tag="div", class_="wt-home"):
        solara.v.Html(tag="h1", children=[
            language.text("Trust in humanitarian help on migration routes")])  # fmt: skip
        solara.v.Html(tag="p", class_="wt-lead", children=[language.text(
            "People in need stay away from help when they fear that it will be used against them. "
            "Waytrust simulates how such fear begins, how it travels, and what repairs trust.")])
        with solara.v.Html(tag="div", class_="wt-cards"):
            for guest in _GUESTS:
                _card(guest, router)


def _card(guest: _Guest, router: Any) -> None:
    language = choices.current()
    with solara.v.Html(tag="section", class_="wt-card"):
        solara.v.Html(tag="h2", children=[language.text(guest.who)])
        solara.v.Html(tag="p", children=[language.text(guest.what)])
        with solara.v.Html(tag="ul", class_="wt-ways"):
            for part in PARTS:
                if part.path in guest.paths:
                    with solara.v.Html(tag="li"):
                        _Way(path=f"/{part.path}", name=language.text(part.name),
                             what=language.text(part.what), event_go=router.push)  # fmt: skip


@solara.component_vue("way.vue")
def _Way(path: str, name: str, what: str, event_go: Any) -> None:  # noqa: N802
    pass
