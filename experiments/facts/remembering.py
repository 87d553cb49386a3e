"""Experiments that begin alike: what one has lived of a replicate, the next need not live again.

Most experiments compare something with ordinary times, and many with the same ordinary times. They
are tried replicate by replicate, so only what was lived lately is worth keeping.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["Remembered"]

MOST_BYTES = 128 * 2**20


class Remembered:
    """Runs that were lived lately; may be used by several threads.

    Args:
        most_bytes: Bytes of all that is kept, at most.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._runs: list[tuple[int, TrustModel]] = []
        self._lock = Lock()

    def until(self, day: int, plan: Plan, replicate: int) -> TrustModel:
        """A run as it stands before a day; it is the caller's own."""
        return self._gone_on(plan, replicate, day, day)

    def whole(self, plan: Plan, replicate: int, *others: Plan) -> TrustModel:
        """A run that is over; it may be another's as well, and nobody changes it.

        Args:
            plan: The plan.
            replicate: Which of several.
            others: Plans that are to be lived after it, which may begin like it.
        """
        from sim.parting import parting_day, same_life

        known = self._latest(plan, replicate, plan.days)
        if known is not None and known.day == plan.days:
            return known
        alike = [other for other in others if same_life(plan, other)]
        parts = max((parting_day(plan, other) for other in alike), default=0)
        run = self._gone_on(plan, replicate, parts, plan.days).run()
        self._keep(run, replicate)
        return run

    def _gone_on(self, plan: Plan, replicate: int, day: int, last: int) -> TrustModel:
        """The latest run known up to the last day, or one lived to a day and kept as it stood."""
        from sim.model import TrustModel

        known = self._latest(plan, replicate, last)
        run = known.branch(plan) if known else TrustModel(plan, replicate=replicate)
        if run.day < day:
            while run.day < day:
                run.step()
            self._keep(run.branch(plan), replicate)
        return run

    def _latest(self, plan: Plan, replicate: int, last: int) -> TrustModel | None:
        from sim.parting import parting_day, same_life

        with self._lock:
            known = [
                (run.day, n) for n, (number, run) in enumerate(self._runs)
                if number == replicate and run.day <= last
                # Only the same tables: to compare others would take as long as to live again.
                and run.plan.network is plan.network and same_life(run.plan, plan)
                and run.day <= parting_day(run.plan, plan)
            ]  # fmt: skip
            if not known:
                return None
            self._runs.append(self._runs.pop(max(known)[1]))
            return self._runs[-1][1]

    def _keep(self, run: TrustModel, replicate: int) -> None:
        with self._lock:
            self._runs.append((replicate, run))
            while sum(each.nbytes for _, each in self._runs) > self._most:
                del self._runs[0]
