"""Phases that a few people live through one after another, before the next few.

Nobody's morning (needs, enforcement, choosing) depends on the morning of others, nor does the
evening (meeting, outreach, status, moving): of others, people read yesterday's record and today's
line alone. So it does not matter whether all people live one phase and then the next, as the
table of phases says, or some hundred people live several phases and then the next hundreds. The
latter reads each row from memory once instead of three or five times, since so few rows stay in
the processor's caches. Same bytes; tests compare both ways.
"""

from __future__ import annotations

from sim.columns import Tables
from sim.compiling import kernel
from sim.engine.compiled.asking import choose
from sim.engine.compiled.changing import change_status
from sim.engine.compiled.enforcing import enforcement
from sim.engine.compiled.luck import TILE, Luck
from sim.engine.compiled.meeting import meet
from sim.engine.compiled.moving import move
from sim.engine.compiled.needing import needs_begin_and_lapse
from sim.engine.compiled.odds import weigh
from sim.engine.compiled.reaching import outreach
from sim.engine.compiled.serving import count_outcomes
from sim.engine.tally import Tally

__all__ = ["evening", "morning"]


@kernel
def morning(t: Tables, tally: Tally, luck: Luck, start: int, stop: int, day: int) -> None:
    """Phases 3 to 5 of people ``start`` to ``stop``; raids have been drawn."""
    for first in range(start, stop, TILE):
        last = min(stop, first + TILE)
        needs_begin_and_lapse(t, tally, luck, first, last, day)
        enforcement(t, tally, luck, first, last, day)
        choose(t, tally, luck, first, last, day)


@kernel
def evening(t: Tables, tally: Tally, luck: Luck, start: int, stop: int, day: int) -> None:
    """Counting outcomes, and phases 8 to 11, of people ``start`` to ``stop``; bursts are drawn."""
    weigh(t, luck)
    for first in range(start, stop, TILE):
        last = min(stop, first + TILE)
        count_outcomes(t, tally, first, last)
        meet(t, luck, first, last, day)
        outreach(t, luck, first, last, day)
        change_status(t, tally, luck, first, last, day)
        move(t, tally, luck, first, last, day)
