"""Stories that this process has lived, is living, or will live next, one after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from dashboards.languages import Language
from dashboards.story.payload import as_json
from dashboards.story.stories import Story
from dashboards.story.worlds import Lived, Stopped, live_worlds, plans_of, with_intervals

__all__ = ["SHELF", "Entry", "Shelf", "State"]

_KEPT = 4  # tellings of a story that are kept as text: one for each language


@dataclass(frozen=True)
class State:
    """How far a story is.

    Attributes:
        lived: Its worlds, as soon as each has been lived once.
        share: Part of the work that is done, for the worlds first and then for the intervals.
        done: Whether nothing more will come.
        error: What went wrong, in words; empty if nothing did.
    """

    lived: Lived | None = None
    share: float = 0.0
    done: bool = False
    error: str = ""


class Entry:
    """One story of the shelf; all sessions that ask for it share it."""

    def __init__(self) -> None:
        self.state = State()
        self._waiting = 0
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._told: dict[tuple[object, ...], str] = {}

    @property
    def stopped(self) -> bool:
        """Whether nobody waits for it any more and it was given up."""
        return self._stop.is_set()

    def join(self) -> Callable[[], None]:
        """Wait for it; call what comes back when you do not any more."""
        with self._lock:
            self._waiting += 1
        return _Once(self._leave)

    def _leave(self) -> None:
        with self._lock:
            self._waiting -= 1
            if self._waiting == 0 and not self.state.done:
                self._stop.set()

    def run(self, work: Callable[[Entry], None]) -> None:
        """Do a part of the work; what goes wrong is told in the state."""
        try:
            work(self)
        except Stopped:
            pass
        except Exception as problem:
            words = str(problem) or repr(problem)
            self.state = State(self.state.lived, self.state.share, done=True, error=words)

    def tick(self, done: int, whole: int) -> None:
        """Note how far it is; stop where nobody waits any more."""
        if self.stopped:
            raise Stopped
        self.state = State(self.state.lived, done / max(1, whole))

    def told(self, language: Language) -> str:
        """The story as JSON, as far as it is; the same text is made once."""
        state = self.state
        if state.lived is None:
            return ""
        key = (language.code, state.lived.comparison is not None)
        found = self._told.get(key)
        if found is None:
            found = as_json(state.lived, language)
            while len(self._told) >= 2 * _KEPT:
                self._told.pop(next(iter(self._told)))
            self._told[key] = found
        return found


class Shelf:
    """Keeps stories by name.

    Args:
        migrants: Simulated people of each; None: as many as is usual.
        days: Length; None: as the scenarios say.
        replicates: Pairs of runs for intervals; None: as many as is usual, 0: none.
    """

    def __init__(self, migrants: int | None = None, days: int | None = None,
                 replicates: int | None = None) -> None:  # fmt: skip
        self._size = (migrants, days)
        self._replicates = replicates
        self._entries: dict[str, Entry] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, "story")
        self._later = ThreadPoolExecutor(1, "story-intervals")

    def ask(self, story: Story) -> tuple[Entry, Callable[[], None]]:
        """A story, lived in the background if nobody has asked before.

        Returns:
            Its entry, and what to call when you do not wait for it any more.
        """
        with self._lock:
            entry = self._entries.get(story.id)
            if entry is None or entry.stopped or entry.state.error:
                entry = self._entries[story.id] = Entry()
                leave = entry.join()
                self._pool.submit(entry.run, partial(self._live, story))
            else:
                leave = entry.join()
        return entry, leave

    def _live(self, story: Story, entry: Entry) -> None:
        lived = live_worlds(story, plans_of(story, *self._size), entry.tick)
        if self._replicates == 0:
            entry.state = State(lived, 1.0, True)
            return
        entry.state = State(lived)
        # Nobody who waits for a first picture waits for another's intervals.
        self._later.submit(entry.run, partial(self._compare, lived))

    def _compare(self, lived: Lived, entry: Entry) -> None:
        more = {} if self._replicates is None else {"replicates": self._replicates}
        entry.state = State(with_intervals(lived, entry.tick, **more), 1.0, True)


class _Once:
    def __init__(self, act: Callable[[], None]) -> None:
        self._act: Callable[[], None] | None = act

    def __call__(self) -> None:
        act, self._act = self._act, None
        if act is not None:
            act()


SHELF = Shelf()
"""The stories of this process."""
