"""What organisations say and show beside outreach, to all who are near (a part of phase 9)."""

from __future__ import annotations

from sim.codes import (
    BY_OUTREACH,
    BY_WITNESS,
    E_OUTREACH,
    SETTLED,
    STAYING,
    STRANDED,
)
from sim.columns import ANSWERS, OWN_STORIES, Tables
from sim.compiling import bits, inlined, kernel, whole
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb, remember
from sim.engine.compiled.following import notice_agenda
from sim.engine.compiled.reading import independence
from sim.randomness import block, uniform
from sim.rules.encounter import outreach_credibility
from sim.rules.opinion import disbelief

__all__ = ["overhear"]


@kernel
def _believe_word(t: Tables, i: int, k: int, day: int) -> None:
    """An organisation's own word, worth less to one who has seen the opposite."""
    it = t.points[k]
    r, s = independence(t, i, it.family, day)
    weight = outreach_credibility(disbelief(r, s, t.p[0].prior_weight))
    absorb(t, i, E_OUTREACH, it.family, it.promises, it.registers, day, BY_OUTREACH, weight, 1.0)


@kernel
def _at_a_point(t: Tables, i: int, k: int, day: int) -> None:
    """What person i sees and hears today of a service point of the place."""
    it = t.points[k]
    me = t.body[i]
    near, told = it.agenda_near[me.status], it.dissuades[me.status]
    open_about = it.transparent[me.status]
    if it.open == 0 or near + told + open_about <= 0.0:
        return
    words = block(t.p[0].run, streams.OVERHEARD, day, me.key, whole(it.key))
    if uniform(words[0]) < near:
        notice_agenda(t, i, k, day, BY_WITNESS)
    if t.p[0].gates[BY_OUTREACH] <= 0.0:
        return
    if uniform(words[1]) < told:
        notice_agenda(t, i, k, day, BY_OUTREACH)
    if uniform(words[2]) < open_about:
        _believe_word(t, i, k, day)


@kernel
def _answered(t: Tables, i: int, answer: int, day: int) -> None:
    """An answer to a story may reach person i, who then no longer tells the story."""
    me = t.body[i]
    node = t.nodes[me.node]
    event = node.rebuttal_event[answer]
    word = block(t.p[0].run, streams.REBUTTAL, day, me.key, whole(event))[0]
    if uniform(word) >= node.rebuttal[answer]:
        return
    if answer < ANSWERS - 1:
        me.telling &= ~(bits(1) << bits(OWN_STORIES + answer))
    if node.rebuttal_by[answer] >= 0 and remember(t, i, event):
        _believe_word(t, i, whole(node.rebuttal_by[answer]), day)


@inlined
def _listen(t: Tables, i: int, day: int) -> None:
    """Everything that is said and shown where person i is."""
    node = t.nodes[t.body[i].node]
    for k in range(node.first_point, node.first_point + node.points):
        _at_a_point(t, i, k, day)
    for answer in range(ANSWERS):
        if node.rebuttal[answer] > 0.0 and t.p[0].gates[BY_OUTREACH] > 0.0:
            _answered(t, i, answer, day)


@kernel
def overhear(t: Tables, start: int, stop: int, day: int) -> None:
    """What people ``start`` to ``stop`` see and hear of organisations beside outreach."""
    places = whole(0)
    for n in range(t.nodes.shape[0]):
        places += t.nodes[n].words
    if places == 0:
        return
    for i in range(start, stop):
        me = t.body[i]
        free = me.state == STAYING or me.state == STRANDED or me.state == SETTLED
        if free and t.nodes[me.node].words == 1:
            _listen(t, i, day)
