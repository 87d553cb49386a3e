"""Turns the parts of a report into one HTML page that needs nothing else."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dashboards.languages import Language

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["environment", "policy", "rendered"]

_PACKAGE = "dashboards.report"
_STYLE, _SCRIPT = "style.css", "script.js"


def rendered(template: str, language: Language, context: Mapping[str, Any]) -> str:
    """A page from a template.

    Args:
        template: Name of the template.
        language: The language of the page.
        context: What the template shows.
    """
    style, script = _asset(_STYLE), _asset(_SCRIPT)
    page = environment().get_template(template)
    return page.render(
        **context, language=language, t=language.text, plural=language.plural, lang=language.code,
        direction=language.direction, policy=policy(style, script),
        style=Markup(style), script=Markup(script),
    )  # fmt: skip


def policy(style: str, script: str) -> str:
    """The content security policy: nothing may be fetched, and only this style and script run."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@functools.cache
def environment() -> Environment:
    """The templates; everything put into them is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(_PACKAGE), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def _asset(name: str) -> str:
    return (resources.files(_PACKAGE) / "templates" / name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
