"""Learning a route as in Routes and Rumours: one run of the model, step by step.

Migrants set out from entries on the western edge of a map they do not know, and head for exits on
its eastern edge. What they know of places and links they find out by exploring or hear from others.

Written anew from the description of the model (Hinsch and Bijak, *The Routes & Rumours Model*) in
the form that was screened in June 2019, which lives in steps: a move takes one, a stay the next.
Beliefs are exchanged by the rules of :mod:`sim.rules.exchange`, the very ones that Waytrust uses
with `opinion_exchange: routes_and_rumours`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from experiments.peer.journey import ENTRY, EXIT, MOST_CONTACTS, NONE, Journey
from experiments.peer.luck import chance, departures, part, word
from sim.compiling import bits, inlined, kernel
from sim.rules.exchange import exchanged_trust, exchanged_value, heard_trust

__all__ = ["live"]

EXPECTED = 0.5
"""Quality and resources that are expected of a place that was only heard of."""
TRAVELLED = 0.8
"""Trust in the friction of a link one has travelled."""
KEPT_TRAFFIC = 0.8
"""Part of a place's traffic that counts on in the next step."""
CONVINCE, CONVERT, CONFUSE = 0.5, 0.1, 0.3
RESOURCES, QUALITY = 0, 1


@kernel
def live(j: Journey, seed: int, steps: int) -> int:
    """Live all steps of a run; returns how many set out. The first of them are those who did."""
    j.luck[0] = bits(seed) * bits(0x9E3779B97F4A7C15) + bits(0x2545F4914F6CDD1D)
    for _ in range(20):
        word(j)  # seeds that are near one another part
    people = 0
    going = 0
    room = j.place.shape[0]
    entries = 0
    for c in range(j.kind.shape[0]):
        entries += 1 if j.kind[c] == ENTRY else 0
    for _ in range(steps):
        for _ in range(min(departures(j), room - people)):
            _set_out(j, people, int(chance(j) * entries))
            j.under_way[going] = people
            going += 1
            people += 1
        for n in range(going):
            _step(j, j.under_way[n])
        for c in range(j.kind.shape[0]):
            j.traffic[c] = j.traffic[c] * KEPT_TRAFFIC + j.arrivals[c] * (1.0 - KEPT_TRAFFIC)
            j.arrivals[c] = 0
        left = 0
        for n in range(going):
            i = j.under_way[n]
            if j.kind[j.place[i]] == EXIT:
                j.arrived[i] = 1
                _leave(j, i)
            else:
                j.under_way[left] = i
                left += 1
        going = left
    return people


@kernel
def _set_out(j: Journey, i: int, entry: int) -> None:
    """Person i appears at an entry, knowing nothing and, by chance, some who went before."""
    for c in range(j.kind.shape[0]):
        if j.kind[c] == ENTRY:
            if entry == 0:
                j.place[i] = c
            entry -= 1
    j.moving[i] = 1
    j.target[i] = NONE
    for n in range(min(i // 10, int(j.p[0].first_contacts))):
        j.contacts[i, n] = int(chance(j) * i)
        j.known_contacts[i] = n + 1
    _join(j, i, j.place[i])


@inlined
def _join(j: Journey, i: int, c: int) -> None:
    j.place[i] = c
    j.before[i] = NONE
    j.after[i] = j.first[c]
    if j.first[c] != NONE:
        j.before[j.first[c]] = i
    j.first[c] = i
    j.through[c] += 1
    j.arrivals[c] += 1


@inlined
def _leave(j: Journey, i: int) -> None:
    if j.before[i] == NONE:
        j.first[j.place[i]] = j.after[i]
    else:
        j.after[j.before[i]] = j.after[i]
    if j.after[i] != NONE:
        j.before[j.after[i]] = j.before[i]


@kernel
def _step(j: Journey, i: int) -> None:
    """One step of person i: move on with a plan, or stay; then talk and lose touch."""
    p = j.p[0]
    if j.moving[i] == 1 or j.target[i] == NONE:
        j.moving[i] = 0
        here = j.place[i]
        j.capital[i] += p.ben_resources * j.real[here, RESOURCES] - p.costs_stay
        _explore_here(j, i, here)
        _mingle(j, i)
        _plan(j, i)
    else:
        _move(j, i)
    for n in range(j.known_contacts[i]):
        if chance(j) < p.p_info_contacts:
            _exchange(j, i, j.contacts[i, n])
    for n in range(j.known_contacts[i] - 1, -1, -1):
        if chance(j) < p.p_drop_contact:
            last = j.known_contacts[i] - 1
            j.contacts[i, n] = j.contacts[i, last]
            j.known_contacts[i] = last
    j.steps[i] += 1


@kernel
def _move(j: Journey, i: int) -> None:
    """Person i takes the first link of the plan."""
    p = j.p[0]
    here, there = j.place[i], j.target[i]
    j.moving[i] = 1
    j.target[i] = NONE
    for d in range(j.at[here], j.at[here + 1]):
        if j.beyond[d] == there:
            link = j.way[d]
            j.taken[link] += 1
            j.capital[i] -= p.costs_move * j.friction[link]
            _see(j, i, there, p.speed_expl_move)
            _learn_link(j, i, link)
            j.link_is[i, link, 0] = j.friction[link]
            j.link_is[i, link, 1] = TRAVELLED
            break
    _leave(j, i)
    _join(j, i, there)


# --- finding out ---------------------------------------------------------------------------------

@kernel
def _learn_place(j: Journey, i: int, c: int) -> None:
    """Person i gets to know that a place exists; links from it to exits known are known too."""
    if j.knows[i, c] == 1:
        return
    j.knows[i, c] = 1
    for trait in range(2):
        j.place_is[i, c, trait, 0] = EXPECTED
        j.place_is[i, c, trait, 1] = 0.0
    if j.kind[c] != EXIT:
        for d in range(j.at[c], j.at[c + 1]):
            if j.kind[j.beyond[d]] == EXIT and j.knows[i, j.beyond[d]] == 1:
                _learn_link(j, i, j.way[d])


@inlined
def _learn_link(j: Journey, i: int, link: int) -> None:
    """Person i gets to know that a link exists, both of whose ends are known."""
    if j.knows_link[i, link] == 0:
        j.knows_link[i, link] = 1
        j.link_is[i, link, 0] = j.expected[link]
        j.link_is[i, link, 1] = 0.0


@kernel
def _see(j: Journey, i: int, c: int, speed: float) -> None:
    """Person i learns what a place is like, the better the greater the speed (0 to 1)."""
    _learn_place(j, i, c)
    busy = j.traffic[c] * j.p[0].weight_traffic
    quality = (j.real[c, QUALITY] + busy) / (1.0 + busy)
    for trait in range(2):
        truth = quality if trait == QUALITY else j.real[c, RESOURCES]
        mine = j.place_is[i, c, trait]
        mine[0] = mine[0] * (1.0 - speed) + truth * speed
        mine[1] = mine[1] * (1.0 - speed) + speed


@kernel
def _explore_here(j: Journey, i: int, here: int) -> None:
    """Person i looks around: this place, links from it, and what lies at their ends."""
    p = j.p[0]
    speed = p.speed_expl_stay
    _see(j, i, here, speed)
    for d in range(j.at[here], j.at[here + 1]):
        link, there = j.way[d], j.beyond[d]
        if j.knows_link[i, link] == 0 and chance(j) < p.p_find_links:
            _learn_place(j, i, there)
            _learn_link(j, i, link)
            mine = j.link_is[i, link]
            mine[0] = mine[0] * (1.0 - speed) + j.friction[link] * speed
            mine[1] = mine[1] * (1.0 - speed) + speed
        if j.knows_link[i, link] == 1 and chance(j) < p.p_find_dests:
            _see(j, i, there, 0.5 * speed)


# --- talking -------------------------------------------------------------------------------------

@kernel
def _mingle(j: Journey, i: int) -> None:
    """Person i gets in touch with some of the people here, and talks to some."""
    p = j.p[0]
    other = j.first[j.place[i]]
    while other != NONE:
        if other != i:
            if chance(j) < p.p_keep_contact:
                _get_in_touch(j, i, other)
                _get_in_touch(j, other, i)
            if chance(j) < p.p_info_mingle:
                _exchange(j, i, other)
        other = j.after[other]


@inlined
def _get_in_touch(j: Journey, i: int, other: int) -> None:
    known = j.known_contacts[i]
    if known >= MOST_CONTACTS:
        return
    for n in range(known):
        if j.contacts[i, n] == other:
            return
    j.contacts[i, known] = other
    j.known_contacts[i] = known + 1


@kernel
def _exchange(j: Journey, i: int, other: int) -> None:
    """Two people talk: each item known to either is passed on with a chance of its own."""
    share = j.p[0].p_transfer_info
    listens = j.arrived[other] == 0  # who has arrived tells, and learns no more
    for c in range(j.kind.shape[0]):
        if (j.knows[i, c] | j.knows[other, c]) == 1 and chance(j) < share:
            _learn_place(j, i, c)
            if listens:
                _learn_place(j, other, c)
            if j.knows[other, c] == 1:
                for trait in range(2):
                    _react(j, j.place_is[i, c, trait], j.place_is[other, c, trait], listens)
    for link in range(j.friction.shape[0]):
        if ((j.knows_link[i, link] | j.knows_link[other, link]) == 1
                and chance(j) < share):
            one, two = j.ends[link, 0], j.ends[link, 1]
            if (j.knows[i, one] & j.knows[i, two]) == 1:
                _learn_link(j, i, link)
            if listens and (j.knows[other, one] & j.knows[other, two]) == 1:
                _learn_link(j, other, link)
            if (j.knows_link[i, link] & j.knows_link[other, link]) == 1:
                _react(j, j.link_is[i, link], j.link_is[other, link], listens)


@inlined
def _react(j: Journey, mine: NDArray[np.float32], theirs: NDArray[np.float32], listens: bool
           ) -> None:
    """Two beliefs (value and trust) about one thing meet, each misunderstood by the other."""
    error = j.p[0].error
    drawn = word(j)  # four random numbers of 16 bits: plenty for a misunderstanding
    one, two = part(drawn, 0), part(drawn, 16)
    heard = max(0.0, theirs[0] + error * (2.0 * one - 1.0))
    told = max(0.0, mine[0] + error * (2.0 * two - 1.0))
    heard_sure = heard_trust(theirs[1], error, part(drawn, 32))
    told_sure = heard_trust(mine[1], error, part(drawn, 48))
    value, trust = _after(mine[0], mine[1], heard, heard_sure)
    if listens:
        theirs[0], theirs[1] = _after(theirs[0], theirs[1], told, told_sure)
    mine[0], mine[1] = value, trust


@inlined
def _after(value: float, trust: float, heard: float, sure: float) -> tuple[float, float]:
    """Value and trust after hearing another's."""
    return (exchanged_value(value, trust, heard, sure, CONVINCE, CONVERT, CONFUSE),
            exchanged_trust(value, trust, heard, sure, CONVINCE, CONFUSE))


# --- planning ------------------------------------------------------------------------------------

@inlined
def _dearness(j: Journey, i: int, d: int) -> float:
    """What going through one end of a link seems to cost: friction, less where it is good."""
    p = j.p[0]
    c = j.beyond[d]
    is_ = j.place_is[i, c]
    quality = (is_[QUALITY, 0] * is_[QUALITY, 1] + j.east[c] * p.qual_weight_x
               + is_[RESOURCES, 0] * is_[RESOURCES, 1] * p.qual_weight_res)
    cost: float = (j.link_is[i, j.way[d], 0] * (p.path_weight_frict + 3.0)
                   / (p.path_weight_frict + max(quality, 0.000001)))
    return cost


@kernel
def _plan(j: Journey, i: int) -> None:
    """Person i plans the cheapest way to an exit, as far as known; without one, tries a link."""
    here = j.place[i]
    goal = _cheapest(j, i, here)
    if goal == NONE:
        j.target[i] = _somewhere(j, i, here)
        return
    j.planned[i] += 1
    while j.behind[goal] != here:
        goal = j.behind[goal]
    j.target[i] = goal


@kernel
def _cheapest(j: Journey, i: int, here: int) -> int:
    """The exit to which the known way is cheapest (Dijkstra); NONE if no way is known."""
    places = j.kind.shape[0]
    j.cost[:] = np.inf
    j.done[:] = 0
    j.cost[here] = 0.0
    for _ in range(places):
        nearest = NONE
        least = np.inf
        for c in range(places):
            if j.done[c] == 0 and j.cost[c] < least:
                nearest, least = c, j.cost[c]
        if nearest == NONE or j.kind[nearest] == EXIT:
            return nearest
        j.done[nearest] = 1
        for d in range(j.at[nearest], j.at[nearest + 1]):
            if j.knows_link[i, j.way[d]] == 1:
                cost = least + _dearness(j, i, d)
                if cost < j.cost[j.beyond[d]]:
                    j.cost[j.beyond[d]] = cost
                    j.behind[j.beyond[d]] = nearest
    return NONE


@kernel
def _somewhere(j: Journey, i: int, here: int) -> int:
    """One of the places to which a link is known, the likelier the cheaper; NONE without any."""
    total = 0.0
    for d in range(j.at[here], j.at[here + 1]):
        if j.knows_link[i, j.way[d]] == 1:
            total += 1.0 / (_dearness(j, i, d) + 0.000001)
    left = chance(j) * total
    found = NONE
    for d in range(j.at[here], j.at[here + 1]):
        if j.knows_link[i, j.way[d]] == 1:
            found = j.beyond[d]
            left -= 1.0 / (_dearness(j, i, d) + 0.000001)
            if left <= 0.0:
                break
    return found
