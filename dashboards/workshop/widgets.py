"""The few components that are drawn in the browser, with plain elements a screen reader knows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import solara
from markupsafe import Markup

__all__ = ["box", "button", "form", "html", "keeper", "text_area"]


@solara.component_vue("form.vue")
def _Form(form: str, event_change: Callable[[dict[str, Any]], None]) -> None:  # noqa: N802
    """A form from its description."""


@solara.component_vue("text.vue")
def _Text(  # noqa: N802
    text: str, label: str, marks: str, jump: str, event_change: Callable[[str], None]
) -> None:
    """A text with numbered lines."""


@solara.component_vue("kept.vue")
def _Kept(kept: str, event_found: Callable[[str], None]) -> None:  # noqa: N802
    """A place in the browser."""


def keeper(kept: str, found: Callable[[str], None]) -> Any:
    """A text that the browser keeps until next time.

    Args:
        kept: The text; nothing is kept where it is empty.
        found: Called with what was kept the last time, where there is nothing to keep yet.
    """
    return _Kept(kept=kept, event_found=found)


def form(
    sections: Sequence[Mapping[str, Any]],
    change: Callable[[str, Any], None],
    words: Mapping[str, str] | None = None,
) -> Any:
    """A form.

    Args:
        sections: What stands in it, as `forms.form_of` describes it.
        change: Called with a field and its value.
        words: Headings of the parts of a section.
    """
    described = json.dumps({"sections": sections, "words": words or {}}, ensure_ascii=False)
    return _Form(form=described, event_change=lambda data: change(data["id"], data["value"]))


def text_area(
    text: str, label: str, lines: Sequence[int], jump: str, change: Callable[[str], None]
) -> Any:
    """A text that can be changed.

    Args:
        text: The text.
        label: What it is.
        lines: Lines in which something is wrong.
        jump: Where to go, as JSON; the same twice goes nowhere.
        change: Called with the text.
    """
    return _Text(text=text, label=label, marks=json.dumps(list(lines)), jump=jump,
                 event_change=change)  # fmt: skip


def button(label: str, press: Callable[[], None], look: str = "", *, disabled: bool = False) -> Any:
    """A button."""
    field = {"id": label, "type": "button", "label": label, "look": look, "disabled": disabled}
    section = {"id": label, "title": "", "fields": [field]}
    return form([section], lambda _, __: press())


def html(content: str | Markup, name: str = "", tag: str = "div", **attributes: str) -> Any:
    """Markup that was made with every value escaped."""
    attributes = {key.replace("_", "-"): value for key, value in attributes.items()}
    return solara.HTML(tag=tag, unsafe_innerHTML=str(content), classes=[name] if name else [],
                       attributes=attributes)  # fmt: skip


def box(children: Sequence[Any], name: str, tag: str = "div", **attributes: str) -> Any:
    """Elements together."""
    attributes = {key.replace("_", "-"): value for key, value in attributes.items()}
    return solara.v.Html(tag=tag, class_=name, attributes=attributes, children=list(children))
