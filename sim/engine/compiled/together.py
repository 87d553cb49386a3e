"""A day in two calls: each thread lives its own people through several phases at a time.

Nobody's morning (needs, enforcement, choosing) depends on the morning of others, nor does the
evening (meeting, outreach, status, moving): of others, people read yesterday's record and today's
line alone. So it does not matter whether all people live one phase and then the next, as the
table of phases says, or some hundred people live several phases and then the next hundreds. The
latter reads each row from memory once instead of three or five times, since so few rows stay in
the processor's caches. Where people do wait for others, threads meet; what is nobody's in
particular is the first one's to do. Same bytes; tests compare all ways.
"""

from __future__ import annotations

from sim.columns import Tables
from sim.compiling import kernel
from sim.engine.compiled.asking import choose
from sim.engine.compiled.blocks import Blocks, join_lists, met, part_places
from sim.engine.compiled.changing import change_status
from sim.engine.compiled.enforcing import draw_raids, enforcement
from sim.engine.compiled.exchanging import air
from sim.engine.compiled.luck import TILE, Luck
from sim.engine.compiled.meeting import meet
from sim.engine.compiled.moving import move
from sim.engine.compiled.needing import needs_begin_and_lapse
from sim.engine.compiled.observing import observe, settle_at_origin
from sim.engine.compiled.odds import weigh
from sim.engine.compiled.reaching import outreach
from sim.engine.compiled.serving import count_outcomes, serve
from sim.engine.compiled.standing import count_free, gather, line_up, witness
from sim.engine.compiled.storytelling import birth_of_stories, sources_listen
from sim.engine.compiled.travelling import draw_bursts
from sim.engine.tally import Tally

__all__ = ["begin_stories", "first_half", "second_half"]


@kernel
def first_half(t: Tables, tally: Tally, luck: Luck, blocks: Blocks, me: int,
               before: int, day: int) -> None:  # fmt: skip
    """Phases 2 to 6 of a thread's people; ``before`` had entered by yesterday."""
    start, stop = blocks.people[me], blocks.people[me + 1]
    settle_at_origin(t, max(start, before), stop)
    count_free(t, luck, start, stop, day)
    if not met(blocks, me):
        return
    if me == 0:
        part_places(t, blocks)
        draw_raids(t, day)
    if not met(blocks, me):
        return
    gather(t, luck, start, stop)
    if not met(blocks, me):
        return
    line_up(t, blocks.nodes[me], blocks.nodes[me + 1])
    if not met(blocks, me):
        return
    for first in range(start, stop, TILE):
        last = min(stop, first + TILE)
        needs_begin_and_lapse(t, tally, luck, first, last, day)
        enforcement(t, tally, luck, first, last, day)
        choose(t, tally, luck, first, last, day)
    if not met(blocks, me):
        return
    if me == 0:
        serve(t, tally, join_lists(blocks, t.fill), day)


@kernel
def second_half(t: Tables, tally: Tally, luck: Luck, blocks: Blocks, me: int,
                over: int, day: int) -> None:  # fmt: skip
    """Phase 7 at a thread's nodes, and 8 to 12 of its people; ``over``: stories to be forgotten."""
    start, stop = blocks.people[me], blocks.people[me + 1]
    witness(t, blocks.nodes[me], blocks.nodes[me + 1], day)
    if me == 0:
        draw_bursts(t, day)
    if not met(blocks, me):
        return
    if t.aired.shape[0] > 0:
        air(t, start, stop, day)
        if not met(blocks, me):
            return
    weigh(t, luck)
    for first in range(start, stop, TILE):
        last = min(stop, first + TILE)
        count_outcomes(t, tally, first, last)
        meet(t, luck, first, last, day)
        outreach(t, luck, first, last, day)
        change_status(t, tally, luck, first, last, day)
        move(t, tally, luck, first, last, day)
    if not met(blocks, me):
        return
    observe(t, tally, luck, start, stop, day, over)


@kernel
def begin_stories(t: Tables, blocks: Blocks, day: int) -> int:
    """What some have lived today becomes stories, and sources hear; how many found no slot."""
    without = birth_of_stories(t, join_lists(blocks, t.slots), day)
    sources_listen(t, day)
    return without
