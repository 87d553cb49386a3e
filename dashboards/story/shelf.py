"""Stories that this process has lived, is living, or will live next, one after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from dashboards.app.crew import Crew
from dashboards.app.turns import TURNS, Turns
from dashboards.languages import Language
from dashboards.story.payload import as_json
from dashboards.story.stories import Story
from dashboards.story.worlds import Lived, Stopped, live_worlds, plans_of, with_intervals
from dashboards.telling import fault
from sim.problems import InputProblem

__all__ = ["SHELF", "Entry", "Shelf", "State"]

REST_S = 6.0
"""Seconds that a page has for itself before intervals are lived; a slow one needs half of them."""
_KEPT = 4  # tellings of a story that are kept as text: one for each language


@dataclass(frozen=True)
class State:
    """How far a story is.

    Attributes:
        lived: Its worlds, as soon as each has been lived once.
        share: Part of the work that is done, for the worlds first and then for the intervals.
        done: Whether nothing more will come.
        error: What went wrong, in words; empty if nothing did.
        problem: The same, if somebody foresaw it and it can be told in other languages.
    """

    lived: Lived | None = None
    share: float = 0.0
    done: bool = False
    error: str = ""
    problem: InputProblem | None = None

    def why(self, language: Language) -> str:
        """What went wrong, in a language as far as possible."""
        return self.error if self.problem is None else fault(self.problem, language)


class Entry:
    """One story of the shelf; all sessions that ask for it share it.

    Args:
        turns: Whose turn it is to live long runs.
        before: An entry that was given up; what it has lived need not be lived again.
    """

    def __init__(self, turns: Turns = TURNS, before: Entry | None = None) -> None:
        self.state: State = State() if before is None else State(before.state.lived)
        self._turns = turns
        self._waiting = 0
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._told: dict[tuple[object, ...], str] = {} if before is None else before._told

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
        self.rest()

    def rest(self) -> None:
        """Go no further where nobody waits."""
        with self._lock:
            if self._waiting == 0 and not self.state.done:
                self._stop.set()
                self._turns.wake()

    def run(self, work: Callable[[Entry], None], after: float = 0.0) -> None:
        """Do a part of the work in its turns, after some seconds; the state tells what is wrong."""
        self._stop.wait(after)
        self._turns.enter(self, self._stop.is_set)
        try:
            if self.stopped:
                raise Stopped
            work(self)
        except Stopped:
            pass
        except Exception as problem:
            self.state = State(
                self.state.lived, self.state.share, done=True, error=str(problem) or repr(problem),
                problem=problem if isinstance(problem, InputProblem) else None,
            )  # fmt: skip
        finally:
            self._turns.leave(self)

    def tick(self, done: int, whole: int) -> None:
        """Note how far it is; let others go first; stop where nobody waits any more."""
        self._turns.tick(self, self._stop.is_set)
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
        turns: Whose turn it is to live long runs.
    """

    def __init__(self, migrants: int | None = None, days: int | None = None,
                 replicates: int | None = None, turns: Turns = TURNS) -> None:  # fmt: skip
        self._size = (migrants, days)
        self._replicates = replicates
        self._entries: dict[str, Entry] = {}
        self._lock = threading.Lock()
        self._turns = turns
        # Nobody who waits for a first picture waits for another's intervals.
        self._worlds, self._intervals = Crew(1), Crew(1)

    def ask(self, story: Story) -> tuple[Entry, Callable[[], None]]:
        """A story, lived in the background if nobody has asked before.

        Returns:
            Its entry, and what to call when you do not wait for it any more.
        """
        with self._lock:
            entry = self._entry(story)
            return entry, entry.join()

    def prepare(self, story: Story) -> None:
        """Live the worlds of a story that somebody may ask for; intervals wait until they do."""
        with self._lock:
            self._entry(story)

    def _entry(self, story: Story) -> Entry:
        entry = self._entries.get(story.id)
        if entry is None or entry.stopped or entry.state.error:
            entry = self._entries[story.id] = Entry(self._turns, entry)
            if entry.state.lived is None:
                self._worlds.give(partial(self._live, story, entry))
            else:
                self._intervals.give(partial(entry.run, self._compare, REST_S))
        return entry

    def _live(self, story: Story, entry: Entry) -> None:
        entry.run(partial(self._live_worlds, story))
        with self._lock:
            entry.rest()
            if not (entry.state.done or entry.stopped):
                self._intervals.give(partial(entry.run, self._compare, REST_S))

    def _live_worlds(self, story: Story, entry: Entry) -> None:
        lived = live_worlds(story, plans_of(story, *self._size), entry.tick)
        whole = self._replicates == 0
        entry.state = State(lived, 1.0 if whole else 0.0, whole)

    def _compare(self, entry: Entry) -> None:
        lived = entry.state.lived
        assert lived is not None
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
