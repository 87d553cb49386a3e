"""What ends with a session: work that nobody waits for any more is stopped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from solara.server import kernel_context

__all__ = ["closed", "connected", "on_close"]


def on_close(callback: Callable[[], None]) -> Callable[[], None]:
    """Have something called once, when this session ends.

    That is when its tab is closed or opened anew, its connection stays lost, or the server stops.
    Call it in the session: in a component, an effect, or what an event calls. The callback should
    return at once, such as by setting an event that the work looks at. What it raises is kept from
    the other callbacks.

    Returns:
        A function that takes the callback back, for work that is done.
    """
    context = kernel_context.get_current_context()
    once = _Once(callback)
    context.on_close(once)

    return once.done  # Solara cannot forget one; only an empty shell stays with it


def connected(context: kernel_context.VirtualKernelContext) -> bool:
    """Whether a page of a session is connected.

    A page says so when it is closed, but a browser that is busy may end it before it can.
    """
    return kernel_context.PageStatus.CONNECTED in list(context.page_status.values())


def closed() -> threading.Event:
    """An event that is set once this session has ended, for loops in threads to look at."""
    event: threading.Event = kernel_context.get_current_context().closed_event
    return event


class _Once:
    def __init__(self, callback: Callable[[], None]) -> None:
        self._callback: Callable[[], None] | None = callback

    def __call__(self) -> None:
        callback, self._callback = self._callback, None
        if callback is None:
            return
        try:
            callback()
        except Exception:
            logging.getLogger("waytrust.dashboard").exception("at the end of a session")

    def done(self) -> None:
        self._callback = None
