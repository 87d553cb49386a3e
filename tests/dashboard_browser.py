"""The dashboard in a real browser: fixtures for the tests of all its parts.

`dashboard` is the address of one that runs in a process of its own; `visit` opens a page of it and
fails the test on any complaint of the browser and on any request that leaves the machine.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.browser_files import window
from tests.report_world import axe_script

__all__ = ["LAPTOP", "PHONE", "Server", "browser", "dashboard", "faults", "visit"]

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START, SECONDS_TO_DRAW = 120, 60
LAPTOP, PHONE = (1366, 768), (390, 844)
ENDED = "a session has ended"

# `waytrust dashboard`, which also says when a session ends; its stories are of fewer people.
TELLING = f"""
import sys
from dashboards.app.settings import prepare
prepare()
from dashboards.story import shelf
shelf.SHELF = shelf.Shelf(migrants=3000)
from solara.lab import on_kernel_start
on_kernel_start(lambda: lambda: print({ENDED!r}, file=sys.stderr, flush=True))
from experiments.cli import main
main()
"""


class Server:
    """A dashboard in a process of its own.

    Attributes:
        url: Its address, without a slash at the end.
        told: What it has said so far, line by line.
        pid: Its process.
    """

    def __init__(self, *options: str) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        command = [sys.executable, "-c", TELLING, "dashboard", "--no-open",
                   "--port", self.url.rpartition(":")[2], *options]  # fmt: skip
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.pid = self._process.pid
        self.told: list[str] = []
        self._started = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert self._started.wait(SECONDS_TO_START), self.told
        assert self._process.poll() is None, self.told

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.told.append(line.rstrip("\n"))
            if line.startswith("Ctrl+C"):
                self._started.set()
        self._started.set()

    def ended(self) -> int:
        """How many sessions have ended; more than were opened, by the one that tries the pages."""
        return self.told.count(ENDED)

    def seconds(self, over: float) -> float:
        """Seconds of processor time that it takes in so many seconds."""
        before = self._worked()
        time.sleep(over)
        return self._worked() - before

    def _worked(self) -> float:
        times = psutil.Process(self.pid).cpu_times()
        return float(times.user + times.system)

    def stop(self) -> int:
        """Interrupt it as Ctrl+C does; its exit code."""
        import signal

        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        try:
            code = self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._reader.join(5)
        if self._process.stderr:
            self._process.stderr.close()
        return code


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        port: int = made.getsockname()[1]
    return port


@pytest.fixture(scope="session")
def dashboard() -> Iterator[Server]:
    """A dashboard that runs; all tests of a worker share it."""
    server = Server()
    yield server
    assert server.stop() == 0
    # A fault while a page is drawn is told on stderr, and the page may still look whole.
    assert [line for line in server.told if "Traceback" in line or "exception" in line] == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window of its own; it ends with its module."""
    with window() as found:
        yield found


@pytest.fixture
def visit(browser: Any, dashboard: Server) -> Iterator[Any]:
    """Opens a page: `visit("/story", size=PHONE, language="ar", dark=True)`.

    Each call is a session of its own. At the end nothing was complained of, and nothing was asked
    of anyone but the dashboard.
    """
    asked: list[str] = []
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_page(path: str = "/", *, size: tuple[int, int] = LAPTOP, language: str = "en",
                  dark: bool = False, **settings: Any) -> Any:  # fmt: skip
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale=language,
            color_scheme="dark" if dark else "light", **settings,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(1000 * SECONDS_TO_DRAW)
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda opened: asked.append(opened.url))
        page.on("console", lambda told: told.type == "error" and complaints.append(told.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(dashboard.url + path)
        page.locator("main h1").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    ours = (dashboard.url + "/", dashboard.url.replace("http", "ws", 1) + "/", "data:", "blob:")
    assert complaints == [], complaints
    assert [url for url in asked if not url.startswith(ours)] == []
    assert asked or not contexts


def faults(page: Any) -> list[tuple[str, str, str]]:
    """What axe-core finds wrong with a page: rule, how bad, and where."""
    if not page.evaluate("'axe' in window"):
        # The page runs no script without its nonce, and an evaluation is not one of the page's.
        page.evaluate(axe_script())
    found = page.evaluate("axe.run(document)")
    assert len(found["passes"]) > 10
    return [(each["id"], each["impact"], each["nodes"][0]["html"])
            for each in found["violations"]]  # fmt: skip
