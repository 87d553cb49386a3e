"""The page that a browser gets first: Solara's, mended, in the language of who asks."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from dashboards.app.choices import DOMAIN
from dashboards.languages import Language, language_of, mark

__all__ = ["LOADING", "opened"]

LOADING = mark("Opening the dashboard …")
"""Stands in the page until it is drawn."""

_LOST = mark("The connection to the dashboard is lost. Trying again …")
_RESTORING = mark("Restoring the page …")
_AGAIN = mark("Please open the page again")
_NOT_RESTORED = mark("The page could not be restored. Please open it again.")
_NOW = mark("Open it again now")
_LATER = mark("Not now")
_BUSY = mark("The dashboard is at work")
_NO_SCRIPT = mark(
    "The dashboard needs JavaScript, which this browser has switched off. A report (waytrust "
    "report) can be read without it."
)

# What stands in Solara's page in English, and what takes its place.
_TEXTS = {
    r"Server\s+disconnected\.": _LOST,
    r"Restoring session…": _RESTORING,
    r"Please refresh the page(?=</v-card-title>)": _AGAIN,
    r"Could not restore session\. Please refresh\.": _NOT_RESTORED,
    r"Could not restore session\. Please refresh the page\.": _NOT_RESTORED,
    r"App is disconnected, and may not function properly\. Please refresh the page\.":
        _NOT_RESTORED,
    r"Refresh now": _NOW,
    r"(?<=\s)Cancel(?=\s+</v-btn>)": _LATER,
    r"@@loading@@": LOADING,
}  # fmt: skip
_ICONS = r'<link rel="icon" type="image/png".*?favicon\.svg">'
_ICON = '<link rel="icon" type="image/svg+xml" href="/static/assets/waytrust.svg">'

# Light or dark as the system has it, until somebody chooses; set before anything is drawn.
_THEME = """<script>
try {
  if (!localStorage.getItem(':solara:theme.variant'))
    localStorage.setItem(':solara:theme.variant', '"auto"');
} catch (error) { /* a browser that keeps nothing shows the light page */ }
</script>"""


def opened(page: str, code: str, nonce: str) -> str:
    """Solara's page made ready.

    It gets its language and direction, our words in place of English ones, may be magnified by
    those who need that, and its scripts get the word without which the browser runs none.

    Args:
        page: Solara's page.
        code: The language.
        nonce: The word.
    """
    language = language_of(code, DOMAIN)
    page = _put(page, r"<html>", f'<html lang="{code}" dir="{language.direction}">')
    page = _put(page, r'<meta name="viewport"[^>]*>',
                '<meta name="viewport" content="width=device-width, initial-scale=1">'
                '<meta name="color-scheme" content="light dark">')  # fmt: skip
    page = _put(page, _ICONS, _ICON)
    busy = html.escape(language.text(_BUSY))
    bar = f'<v-progress-linear aria-label="{busy}" :style'
    page = _put(page, r"<v-progress-linear :style", bar)
    page = _put(page, r"</head>", f"{_THEME}</head>")
    page = _put(page, r"</body>|</html>\s*\Z", f"<noscript><p>{_shown(language, _NO_SCRIPT)}</p>"
                "</noscript></html>")  # fmt: skip
    for found, text in _TEXTS.items():
        page = _put(page, found, _shown(language, text))
    return re.sub(r"<script(?=[\s>])", f'<script nonce="{nonce}"', page)


def _shown(language: Language, text: str) -> str:
    return html.escape(language.text(text), quote=False)


def _put(page: str, found: str, text: str) -> str:
    written: Callable[[re.Match[str]], str] = lambda _: text  # noqa: E731  (no \1 in texts)
    return re.sub(found, written, page, flags=re.DOTALL)
