"""What a person chose for all pages: the language, and light or dark.

Each session has its own: Solara keeps the values of its reactives apart by kernel.
"""

from __future__ import annotations

import solara

from dashboards.languages import LANGUAGES, Language, language_of

__all__ = ["COOKIE", "DOMAIN", "current", "dark", "language", "preferred"]

DOMAIN = "report"
"""The one catalogue of texts of everything in `dashboards/`."""

COOKIE = "waytrust-language"
"""Cookie with the language, so that a page opened anew is in it from the start."""

language: solara.Reactive[str] = solara.reactive("en")
"""Code of the language: `en`, `fr`, `es` or `ar`."""

dark: solara.Reactive[bool] = solara.reactive(False)
"""Whether pages are dark."""


def current() -> Language:
    """The chosen language. In a component, reading it makes the component follow the choice."""
    return language_of(language.value, DOMAIN)


def preferred(chosen: str | None, accepted: str | None) -> str:
    """The language of a page that is opened.

    Args:
        chosen: What the cookie says.
        accepted: The header `Accept-Language`, such as `fr-CH, fr;q=0.9, en;q=0.8`.
    """
    if chosen in LANGUAGES:
        return chosen
    wanted = [part.partition(";")[0].strip().lower() for part in (accepted or "").split(",")]
    found = (part.partition("-")[0] for part in wanted)
    return next((code for code in found if code in LANGUAGES), "en")
