"""What the pages of the dashboard share: languages, the first page, sessions."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import pytest

from dashboards.app.settings import prepare

prepare()

from dashboards.app.choices import preferred  # noqa: E402
from dashboards.app.fonts import FONTS  # noqa: E402
from dashboards.app.opening import _TEXTS, opened  # noqa: E402
from dashboards.app.session import closed, on_close  # noqa: E402


@pytest.mark.parametrize(("chosen", "accepted", "language"), [
    (None, None, "en"), ("fr", "ar", "fr"), ("xx", "ar-DZ, fr;q=0.5", "ar"),
    ("", "de, es;q=0.1", "es"), ("../../etc", "*", "en"),
])  # fmt: skip
def test_the_language_of_a_page_that_is_opened(
    chosen: str | None, accepted: str | None, language: str
) -> None:
    assert preferred(chosen, accepted) == language


@pytest.fixture(scope="module")
def raw() -> str:
    """Solara's page, with our loader, as it comes out of its template."""
    from solara.server import server

    text = (server.directory / "templates" / "solara.html.j2").read_text(encoding="utf-8")
    loader = Path("dashboards/app/templates/loader-waytrust.html").read_text(encoding="utf-8")
    return text + loader


def test_every_text_that_is_replaced_stands_in_solaras_page(raw: str) -> None:
    """A new version of Solara that words them otherwise must not bring English back unseen."""
    for found in _TEXTS:
        assert re.search(found, raw, re.DOTALL), found


def test_the_first_page_is_mended(raw: str) -> None:
    page = opened(raw, "ar", "word")
    assert '<html lang="ar" dir="rtl">' in page
    assert "user-scalable" not in page
    assert "favicon" not in page
    assert re.search(r'<v-progress-linear aria-label="[^"]+"', page)
    assert "Server" not in re.findall(r"<v-progress-circular.*?</v-progress-circular>", page,
                                      re.DOTALL)[0]  # fmt: skip
    scripts = re.findall(r"<script(?:\s[^>]*)?>", page)
    assert len(scripts) > 5
    assert all('nonce="word"' in script for script in scripts)


def test_arabic_letters_are_in_the_font_that_is_sent() -> None:
    from fontTools.ttLib import TTFont

    for where in FONTS.values():
        letters = TTFont(where()).getBestCmap()
        assert {ord(letter) for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي،؟"} <= set(letters)


@pytest.fixture
def session() -> Any:
    from solara.server import kernel, kernel_context

    return kernel_context.VirtualKernelContext(id="1", kernel=kernel.Kernel(), session_id="s")


def test_the_end_of_a_session_is_told_once(
    session: Any, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    with session:
        on_close(lambda: told.append("first"))
        on_close(lambda: 1 / 0)  # type: ignore[arg-type, return-value]
        take_back = on_close(lambda: told.append("taken back"))
        on_close(lambda: told.append("last"))
        over = closed()
    take_back()
    assert told == []
    assert not over.is_set()
    with caplog.at_level(logging.ERROR, "waytrust.dashboard"):
        session.close()
    assert sorted(told) == ["first", "last"]
    assert over.is_set()
    assert "division" in caplog.text
