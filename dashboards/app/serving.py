"""Starts the dashboard and says where it is."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import threading
import time
import warnings
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING

from dashboards.app.address import Address, listen
from dashboards.app.guard import PARAMETER
from dashboards.app.settings import prepare

if TYPE_CHECKING:
    import uvicorn

__all__ = ["serve"]

_SECONDS_FOR_GOODBYES = 3
_LARGEST_MESSAGE = 64 * 2**20


def serve(at: Address, say: Callable[[str], None], *, browser: bool = False) -> None:
    """Serve the dashboard until it is interrupted.

    Args:
        at: Where to listen.
        say: Told in words where it is.
        browser: Whether to open it in a browser.

    Raises:
        InputProblem: If it cannot listen there, or something is not installed.
    """
    with listen(at) as socket:
        prepare()
        say("Starting the dashboard ...")
        server, token = _server(at)
        place = at.url if token is None else f"{at.url}?{PARAMETER}={token}"
        threading.Thread(target=_when_started, args=(server, place, say, browser, token is None),
                         daemon=True).start()  # fmt: skip
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[socket])
    say("The dashboard has ended.")


def _server(at: Address) -> tuple[uvicorn.Server, str | None]:
    import uvicorn

    from dashboards.app.application import application
    from dashboards.app.warming import import_parts
    from dashboards.explore.place import confine

    import_parts()
    # About embedding a page in one of another site, which the guard forbids.
    warnings.filterwarnings("ignore", "Cookies with samesite=none", UserWarning)
    token = None if at.is_private else secrets.token_urlsafe(24)
    if token:
        confine()
    config = uvicorn.Config(
        application(at, token), log_level="warning", access_log=False, server_header=False,
        proxy_headers=False, ws_max_size=_LARGEST_MESSAGE,
        timeout_graceful_shutdown=_SECONDS_FOR_GOODBYES,
    )  # fmt: skip
    return uvicorn.Server(config), token


def _when_started(
    server: uvicorn.Server, place: str, say: Callable[[str], None], browser: bool, private: bool
) -> None:
    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.05)
    from dashboards.app.warming import live_first_story, load_model

    say(f"The dashboard is at {place}")
    if private:
        say("Only this machine can reach it, and it asks nothing of any network.")
    else:
        say("Others can reach it with this whole address. It is not encrypted: use it only in a "
            "network that you trust.")  # fmt: skip
    say("Ctrl+C ends it.")
    if browser and _has_browser():
        webbrowser.open(place)
    load_model()
    live_first_story()


def _has_browser() -> bool:
    # Without a screen, `webbrowser` would open one in this terminal.
    if sys.platform not in ("win32", "darwin"):
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
