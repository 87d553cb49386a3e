"""What a visitor of the dashboard does, in Chromium, and how long they wait for what they see."""

from __future__ import annotations

import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

__all__ = ["browser", "close", "frames", "move", "opened", "settled", "step"]

_SCREEN = {"width": 1366, "height": 768}
_PATIENCE_S = 300
_READY = {
    "/": "main h1",
    "/story": ".st-maps canvas",
    "/compare": "[data-quick]",
    "/explore": "main input",
    "/inspect": ".wt-opinions",
}
"""What somebody came for, page by page."""
_SLIDER = "#ws-act-leak-share"

_MOVE = """([place, value]) => new Promise((done) => {
  const slider = document.querySelector(place), found = {}, began = performance.now();
  const chart = () => document.querySelector(".ws-quick-figure svg")?.outerHTML ?? "";
  const state = () => document.querySelector(".ws-headline [role=status]")?.textContent ?? "";
  const before = [chart(), state()];
  const watch = new MutationObserver(() => requestAnimationFrame(() => {
    const passed = (performance.now() - began) / 1000;
    if (chart() !== before[0] && state() !== before[1]) found.changed ??= passed;
    if (found.changed !== undefined && /^\\d+ of \\d+ pairs?/.test(state())) found.whole ??= passed;
    if (found.whole === undefined) return;
    watch.disconnect();
    done(found);
  }));
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  slider.value = String(value);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  slider.dispatchEvent(new Event("change", { bubbles: true }));
})"""

_FRAMES = """(seconds) => new Promise((done) => {
  let count = 0;
  const began = performance.now();
  const frame = (now) => {
    if (now - began > 1000 * seconds) done(1000 * count / (now - began));
    else { count += 1; requestAnimationFrame(frame); }
  };
  requestAnimationFrame(frame);
})"""


@asynccontextmanager
async def browser() -> AsyncIterator[Any]:
    """Chromium without a window."""
    from playwright.async_api import async_playwright

    place = shutil.which("chromium") or shutil.which("chromium-browser")
    if place is None:
        raise RuntimeError("no Chromium: on Debian and Ubuntu, apt-get install chromium")
    async with async_playwright() as play:
        made = await play.chromium.launch(executable_path=place, args=["--no-sandbox"])
        yield made
        await made.close()


async def opened(made: Any, url: str, path: str) -> tuple[Any, float]:
    """Open a page as somebody new; returns it and the seconds until it is ready."""
    context = await made.new_context(viewport=_SCREEN, locale="en")
    page = await context.new_page()
    page.set_default_timeout(1000 * _PATIENCE_S)
    began = time.perf_counter()
    await page.goto(url + path)
    await page.locator("main h1").first.wait_for()
    await page.locator(_READY[path]).first.wait_for()
    return page, time.perf_counter() - began


async def close(page: Any) -> None:
    """Leave a page, so that its session ends."""
    await page.goto("about:blank")  # a context that is closed tells no page that it is left
    await page.context.close()


async def step(page: Any) -> float:
    """Press Step on Inspect; returns the seconds until the next day is shown."""
    shown = await page.get_by_text("Step: ").text_content()
    began = time.perf_counter()
    await page.get_by_role("button", name="Step", exact=True).click()
    following = f"Step: {int(shown.split()[-1]) + 1}"
    await page.get_by_text(following, exact=True).wait_for()
    return time.perf_counter() - began


async def settled(page: Any) -> None:
    """Wait until the quick look on Compare is refined to the end."""
    await page.get_by_text("8 of 8 pairs of runs").first.wait_for()


async def move(page: Any, value: int) -> dict[str, float]:
    """Move a slider on Compare.

    Returns:
        Seconds until number and chart have changed, and until they show a whole pair of runs.
    """
    found: dict[str, float] = await page.evaluate(_MOVE, [_SLIDER, value])
    return found


async def frames(made: Any, address: str, *, beside: bool, seconds: float) -> float:
    """Frames a second in which a story plays, over some seconds in its middle."""
    context = await made.new_context(viewport=_SCREEN)
    page = await context.new_page()
    await page.goto(address)
    if beside:
        await page.locator(".st-switch").click()
    await page.locator("input[type=range]").fill("110")
    await page.keyboard.press("Space")
    found: float = await page.evaluate(_FRAMES, seconds)
    await context.close()
    return found
