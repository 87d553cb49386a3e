"""The dashboard: how soon a page is ready and a slider is answered, alone and among twenty.

Chromium runs on the same machine and draws the pages, so times hold its work too.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import dashboard_visits as visits
from benchmarks.children import ROOT
from benchmarks.crowd import Crowds
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from benchmarks.story_file import write_story
from benchmarks.tables import in_seconds

__all__ = ["PART", "measure", "tables"]

PATHS = ("/", "/story", "/compare", "/explore", "/inspect")
"""Pages that are opened."""
_ONLY_OPENED = ("/", "/story", "/explore")
"""Those on which a crowd does nothing but open them."""
_PATIENCE_S = 300
_APART_S = 20
"""Seconds over which all sessions move a slider once."""
_POSITIONS = 79
"""Positions of the slider of which none is used twice, since what is lived is remembered."""


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:  # noqa: ARG001
    """Start a dashboard, open its pages one by one, then many sessions that act."""
    say("the dashboard is started")
    with _server() as (url, pid, started):
        found = asyncio.run(_visits(url, pid, scale, say))
    say(f"a story of {scale.story[0]} nodes is lived and played")
    with tempfile.TemporaryDirectory() as folder:
        file = write_story(Path(folder), *scale.story)
        fps = asyncio.run(_played(file.as_uri(), scale.played_s))
    return {"started_s": started, "sessions": scale.sessions, "story": list(scale.story), **found,
            "frames": fps}  # fmt: skip


def tables(found: Found) -> Tables:
    """When a page is ready, a slider answered, what a session costs, and how a story plays."""
    n = found["sessions"]
    rows = [["From the command to the first answer", in_seconds(found["started_s"]), ""]]
    for path, took in found["ready_s"].items():
        rows.append([f"Page `{path}` ready, alone", *_middle_and_late(took)])
    for path, took in found["among_s"].items():
        rows.append([f"Page `{path}` ready, while up to {n} sessions are open",
                     *_middle_and_late(took)])  # fmt: skip
    for way, words in _WAYS.items():
        for what, title in _ANSWERS.items():
            took = [each[what] for each in found["slider_s"][way]]
            what_way = f"Slider to {title}, {words.format(n=n, s=_APART_S)}"
            rows.append([what_way, *_middle_and_late(took)])
    rows += [
        ["A step on Inspect, alone", *_middle_and_late(found["step_s"])],
        [f"A step on Inspect, in {n} sessions at the same moment",
         *_middle_and_late(found["steps_at_once_s"])],
        ["Memory of the process with one session", f"{found['first_mb']:.0f} MB", ""],
        ["Memory that each further session takes", f"{found['session_mb']:.1f} MB", ""],
    ]  # fmt: skip
    nodes, _, days = found["story"]
    for way, fps in found["frames"].items():
        rows.append([f"Frames a second, {nodes} nodes over {days} days, {way}", f"{fps:.0f}", ""])
    return {"dashboard": ("The dashboard", (["What", "Median", "95th percentile"], rows))}


_ANSWERS = {"changed": "changed number and chart", "whole": "a whole pair of runs"}
_WAYS = {
    "alone": "alone",
    "apart": "{n} sessions, each once within {s} seconds",
    "at_once": "{n} sessions at the same moment",
}


def _middle_and_late(took: Sequence[float]) -> tuple[str, str]:
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


async def _visits(url: str, pid: int, scale: Scale, say: Say) -> dict[str, Any]:
    async with visits.browser() as browser:
        say("first visits, which are not counted")
        for path in PATHS:
            page, _ = await visits.opened(browser, url, path)
            if path == "/compare":
                await visits.settled(page)
            await visits.close(page)
        ready: dict[str, list[float]] = {path: [] for path in PATHS}
        for path in PATHS:
            say(f"page {path}")
            for _ in range(scale.repeats):
                page, took = await visits.opened(browser, url, path)
                ready[path].append(took)
                await visits.close(page)
        steps = await _crowd_on_inspect(browser, url, pid, scale, say)
        moves = await _crowd_on_compare(browser, url, scale, say)
        among = {path: await _crowd_on(browser, url, path, scale, say) for path in _ONLY_OPENED}
        among |= {"/inspect": steps.pop("among_s"), "/compare": moves.pop("among_s")}
        return {"ready_s": ready, "among_s": among, **steps, **moves}


async def _crowd_on(
    browser: Any, url: str, path: str, scale: Scale, say: Say
) -> list[float]:
    pages: list[Any] = []
    among = await _fill(pages, browser, url, path, scale, say)
    for page in pages:
        await visits.close(page)
    return among


async def _crowd_on_inspect(
    browser: Any, url: str, pid: int, scale: Scale, say: Say
) -> dict[str, Any]:
    pages = [(await visits.opened(browser, url, "/inspect"))[0]]
    first, alone = _memory(pid), [await visits.step(pages[0]) for _ in range(scale.repeats)]
    among = await _fill(pages, browser, url, "/inspect", scale, say)
    each = (_memory(pid) - first) / (scale.sessions - 1)
    say("all of them take a step at the same moment")
    at_once: list[float] = []
    for _ in range(scale.repeats):
        at_once += await asyncio.gather(*(visits.step(page) for page in pages))
    for page in pages:
        await visits.close(page)
    return {"among_s": among, "step_s": alone, "steps_at_once_s": at_once,
            "first_mb": first, "session_mb": each}  # fmt: skip


async def _crowd_on_compare(browser: Any, url: str, scale: Scale, say: Say) -> dict[str, Any]:
    positions = iter(range(_POSITIONS, 0, -1))
    pages = [(await visits.opened(browser, url, "/compare"))[0]]
    alone = []
    say("a slider is moved")
    for _ in range(scale.repeats + 1):
        await visits.settled(pages[0])
        alone.append(await visits.move(pages[0], next(positions)))
    among = await _fill(pages, browser, url, "/compare", scale, say)

    async def later(page: Any, wait: float) -> dict[str, float]:
        await asyncio.sleep(wait)
        return await visits.move(page, next(positions))

    found = {"alone": alone[1:]}
    for way, gap in (("apart", _APART_S / scale.sessions), ("at_once", 0.0)):
        for page in pages:
            await visits.settled(page)
        say("each moves its slider, " + ("one after another" if gap else "all at once"))
        moves = [later(page, number * gap) for number, page in enumerate(pages)]
        found[way] = await asyncio.gather(*moves)
    for page in pages:
        await visits.close(page)
    return {"among_s": among, "slider_s": found}


async def _fill(
    pages: list[Any], browser: Any, url: str, path: str, scale: Scale, say: Say
) -> list[float]:
    among = []
    while len(pages) < scale.sessions:
        page, took = await visits.opened(browser, url, path)
        pages.append(page)
        among.append(took)
        if len(pages) % 5 == 0:
            say(f"{len(pages)} sessions are open on {path}")
    return among


async def _played(address: str, seconds: float) -> dict[str, float]:
    async with visits.browser() as browser:
        return {
            way: await visits.frames(browser, address, beside=beside, seconds=seconds)
            for way, beside in (("one map", False), ("two worlds side by side", True))
        }


def _memory(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


PART = Part("dashboard", "the dashboard: pages, sliders, twenty sessions, a story", measure, tables)
