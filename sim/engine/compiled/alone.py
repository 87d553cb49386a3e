"""Short phases of a day that one thread lives in one call.

To call a loop with all arrays of a run takes microseconds, and to share it among threads takes
more: for a run of a few hundred people that was most of the time. Several threads need a call for
each of these loops, since each waits until all threads have ended the one before. One does not.
Same bytes; tests compare both ways. (The long phases stay calls of their own: put into these, they
would have to be compiled twice.)
"""

from __future__ import annotations

from sim.columns import Tables
from sim.compiling import kernel
from sim.engine.compiled.enforcing import draw_raids
from sim.engine.compiled.luck import Luck
from sim.engine.compiled.observing import settle_at_origin
from sim.engine.compiled.standing import count_free, gather, line_up, witness
from sim.engine.compiled.storytelling import birth_of_stories, sources_listen
from sim.engine.compiled.travelling import draw_bursts

__all__ = ["arrive", "begin_stories", "look_around"]


@kernel
def arrive(t: Tables, luck: Luck, before: int, people: int, day: int) -> None:
    """Phase 2 of everyone: ``before`` had entered by yesterday, ``people`` by today. Raids, too."""
    settle_at_origin(t, before, people)
    count_free(t, luck, 0, people, day)
    begin = 0
    for n in range(t.nodes.shape[0]):
        t.at[n] = begin
        begin += luck.places[n]
        luck.places[n] = t.at[n]
    t.at[t.nodes.shape[0]] = begin
    gather(t, luck, 0, people)
    line_up(t, 0, t.nodes.shape[0])
    draw_raids(t, day)


@kernel
def look_around(t: Tables, day: int) -> None:
    """Phase 7 of everyone; and for phase 11, where deaths come in bursts today."""
    witness(t, 0, t.nodes.shape[0], day)
    draw_bursts(t, day)


@kernel
def begin_stories(t: Tables, experiences: int, day: int) -> int:
    """What some have lived today becomes stories, and sources hear; how many found no slot."""
    without = birth_of_stories(t, experiences, day)
    sources_listen(t, day)
    return without
