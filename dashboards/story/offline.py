"""A story as one HTML file that plays anywhere: no network, no program but a browser."""

from __future__ import annotations

import json

from markupsafe import Markup

from dashboards.languages import Language
from dashboards.report.rendering import policy
from dashboards.story.assets import script, style

__all__ = ["offline_html"]

_BODY = "html, body { margin: 0; min-height: 100%; } body { background: Canvas; } "
_BOOT = (
    'WaytrustStory.mount(document.getElementById("story"), '
    'JSON.parse(document.getElementById("told").textContent), '
    '{ ownTheme: true, level: 1, dark: null });'
)  # fmt: skip


def offline_html(told: str, language: Language) -> str:
    """The page.

    Args:
        told: The story as JSON, from `dashboards.story.payload.as_json`.
        language: The language it is told in.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    code, look = script() + _BOOT, _BODY + style()
    templates = Environment(
        loader=PackageLoader("dashboards.story"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    # `<` would end the block of data; it is the same letter in JSON when written as a number.
    data = told.replace("<", "\\u003c")
    return templates.get_template("story.html.j2").render(
        told=json.loads(told), data=Markup(data), script=Markup(code), style=Markup(look),
        policy=policy(look, code), lang=language.code, direction=language.direction,
        t=language.text, number=language.number,
    )  # fmt: skip
