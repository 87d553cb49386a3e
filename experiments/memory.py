"""What this process has lived already: runs as they stood on some days, and outcomes of whole runs.

The same plan, seed and replicate give the same bytes, so nothing need be lived twice. Whoever
moves a slider again and again waits only for the days that the slider changes. What was used
longest ago is forgotten first.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from experiments.outcome import Outcome

if TYPE_CHECKING:
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["MEMORY", "Life", "Memory", "lives_of"]

MOST_BYTES = 256 * 2**20
MOST_OUTCOMES = 4096


class Life(NamedTuple):
    """What tells runs apart.

    Attributes:
        plan: The plan.
        before: Hash of all that counts from the first day on: network, people, parameters, seed.
        whole: The same with interventions.
    """

    plan: Plan
    before: str
    whole: str


def lives_of(plans: tuple[Plan, ...]) -> tuple[Life, ...]:
    """Each plan with its hashes."""
    from sim.description import described, hash_of
    from sim.parting import without_words

    lives = []
    for plan in plans:
        whole = described(without_words(plan))
        before = {**whole, "interventions": []}
        lives.append(Life(plan, hash_of(before), hash_of(whole)))
    return tuple(lives)


class Memory:
    """Keeps runs and outcomes; may be used by several threads.

    Args:
        most_bytes: Bytes of all runs kept, at most. A run that would fill an eighth is not kept;
            of 0 bytes none is.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._runs: OrderedDict[tuple[str, int, int, str], TrustModel] = OrderedDict()
        self._outcomes: OrderedDict[tuple[str, int], Outcome] = OrderedDict()
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        """Bytes of all runs kept."""
        return sum(run.nbytes for run in self._runs.values())

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._runs.clear()
            self._outcomes.clear()

    def keep(self, life: Life, replicate: int, run: TrustModel) -> None:
        """Keep a copy of a run as it stands between two days."""
        key = (life.before, replicate, run.day, life.whole)
        if key in self._runs or self._most == 0:
            return
        copy = run.branch(run.plan)
        copy.share_among(1)  # it only waits
        copy.record.shrink()
        if copy.nbytes * 8 > self._most:
            return
        with self._lock:
            self._runs[key] = copy
            while self.nbytes > self._most:
                self._runs.popitem(last=False)

    def latest(self, life: Life, replicate: int, until: int) -> TrustModel | None:
        """A copy of the run nearest to a day whose days so far are also those of another life.

        Args:
            life: The life that is to be lived.
            replicate: Which of several.
            until: The last day that may have been reached.
        """
        from sim.parting import parting_day

        with self._lock:
            known = [
                (run.day, key) for key, run in self._runs.items()
                if key[:2] == (life.before, replicate) and run.day <= until
                and run.day <= parting_day(run.plan, life.plan)
            ]  # fmt: skip
            if not known:
                return None
            key = max(known)[1]
            self._runs.move_to_end(key)
            run = self._runs[key]
        return run.branch(life.plan)

    def keep_outcome(self, life: Life, replicate: int, outcome: Outcome) -> None:
        """Keep what came of a whole run."""
        with self._lock:
            self._outcomes[life.whole, replicate] = outcome
            if len(self._outcomes) > MOST_OUTCOMES:
                self._outcomes.popitem(last=False)

    def outcome(self, life: Life, replicate: int) -> Outcome | None:
        """What came of a whole run, if it was lived before."""
        with self._lock:
            found = self._outcomes.get((life.whole, replicate))
            if found is not None:
                self._outcomes.move_to_end((life.whole, replicate))
            return found


MEMORY = Memory()
"""What this process remembers."""
