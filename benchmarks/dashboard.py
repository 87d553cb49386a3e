"""The dashboard: how soon a page is ready, and twenty sessions at once in one process.

Chromium runs on the same machine and draws the pages, so times hold its work too.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.children import ROOT
from benchmarks.crowd import Crowds
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from benchmarks.tables import in_seconds

__all__ = ["PART", "measure", "tables"]

PATHS = ("/", "/inspect")
"""Pages that are opened."""
SESSIONS, FEW = 20, 2
_PATIENCE_S = 300


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:  # noqa: ARG001
    """Start a dashboard, open its pages one by one, then many sessions that all act at once."""
    sessions = SESSIONS if scale.first_compilation else FEW
    say("the dashboard is started")
    with _server() as (url, pid, started):
        found = asyncio.run(_visits(url, pid, scale.repeats, sessions, say))
    return {"started_s": started, "sessions": sessions, **found}


def tables(found: Found) -> Tables:
    """When a page is ready, alone and among many, and what a session costs."""
    rows = [["From the command to the first answer", in_seconds(found["started_s"]), ""]]
    for path, took in found["ready_s"].items():
        rows.append([f"Page `{path}` ready, alone", *_middle_and_late(took)])
    n = found["sessions"]
    rows += [
        [f"A page ready while up to {n} sessions are open", *_middle_and_late(found["among_s"])],
        ["A step on Inspect, alone", *_middle_and_late(found["step_s"])],
        [f"A step on Inspect, in {n} sessions at the same moment",
         *_middle_and_late(found["steps_at_once_s"])],
        ["Memory of the process with one session", f"{found['first_mb']:.0f} MB", ""],
        ["Memory that each further session takes", f"{found['session_mb']:.1f} MB", ""],
    ]  # fmt: skip
    return {"dashboard": ("The dashboard", (["What", "Median", "95th percentile"], rows))}


def _middle_and_late(took: list[float]) -> tuple[str, str]:
    late = sorted(took)[min(len(took) - 1, int(0.95 * len(took)))]
    return in_seconds(statistics.median(took)), in_seconds(late)


@contextmanager
def _server() -> Iterator[tuple[str, int, float]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "experiments.cli", "dashboard", "--no-open", "--port", str(port)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if line.startswith("The dashboard is at"):
                break
        started = time.perf_counter() - began
        # What it goes on to say is read, or it would wait.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield url, process.pid, started
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(_PATIENCE_S)


async def _visits(
    url: str, pid: int, repeats: int, sessions: int, say: Say
) -> dict[str, Any]:
    from playwright.async_api import async_playwright

    place = shutil.which("chromium") or shutil.which("chromium-browser")
    if place is None:
        raise RuntimeError("no Chromium: on Debian and Ubuntu, apt-get install chromium")
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=place, args=["--no-sandbox"])
        say("the first visit, which is not counted")
        await _close(await _opened(browser, url + "/inspect"))
        ready: dict[str, list[float]] = {}
        for path in PATHS:
            say(f"page {path}")
            ready[path] = [await _timed_visit(browser, url + path) for _ in range(repeats)]
        return {"ready_s": ready, **await _crowd(browser, url, pid, sessions, repeats, say)}


async def _crowd(
    browser: Any, url: str, pid: int, sessions: int, repeats: int, say: Say
) -> dict[str, Any]:
    pages = [await _opened(browser, url + "/inspect")]
    first, alone = _memory(pid), [await _step(pages[0]) for _ in range(repeats)]
    among = []
    for number in range(2, sessions + 1):
        began = time.perf_counter()
        pages.append(await _opened(browser, url + "/inspect"))
        among.append(time.perf_counter() - began)
        if number % 5 == 0:
            say(f"{number} sessions are open")
    each = (_memory(pid) - first) / (sessions - 1)
    say("all of them take a step at the same moment")
    at_once = [took for _ in range(repeats)
               for took in await asyncio.gather(*(_step(page) for page in pages))]  # fmt: skip
    return {"among_s": among, "step_s": alone, "steps_at_once_s": at_once,
            "first_mb": first, "session_mb": each}  # fmt: skip


async def _opened(browser: Any, url: str) -> Any:
    context = await browser.new_context(viewport={"width": 1366, "height": 768})
    page = await context.new_page()
    page.set_default_timeout(1000 * _PATIENCE_S)
    await page.goto(url)
    await page.locator("main h1").wait_for()
    if url.endswith("/inspect"):
        await page.locator(".wt-opinions").wait_for()
    return page


async def _timed_visit(browser: Any, url: str) -> float:
    began = time.perf_counter()
    page = await _opened(browser, url)
    took = time.perf_counter() - began
    await _close(page)
    return took


async def _close(page: Any) -> None:
    await page.goto("about:blank")  # a context that is closed tells no page that it is left
    await page.context.close()


async def _step(page: Any) -> float:
    shown = await page.get_by_text("Step: ").text_content()
    began = time.perf_counter()
    await page.get_by_role("button", name="Step", exact=True).click()
    following = f"Step: {int(shown.split()[-1]) + 1}"
    await page.get_by_text(following, exact=True).wait_for()
    return time.perf_counter() - began


def _memory(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


PART = Part("dashboard", "the dashboard: pages, and twenty sessions at once", measure, tables)

if __name__ == "__main__":
    from benchmarks.scale import SMALL, USUAL

    _scale = SMALL if "--small" in sys.argv else USUAL
    _found = measure(_scale, Crowds(1), lambda what: print(what, file=sys.stderr, flush=True))
    print(json.dumps(_found))
    for _line in tables(_found)["dashboard"][1][1]:
        print(" | ".join(_line))
