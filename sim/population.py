"""Who the migrants are: when and where each sets out, and what each is like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.codes import HAS_LANGUAGE, HAS_PHONE, MIXED_HOUSEHOLD, NEVER, OTHER, REGULAR, STATUSES
from sim.columns import BODY, TIES, rows
from sim.compiling import bits, kernel, whole
from sim.engine import streams
from sim.network.arrays import NetworkArrays
from sim.randomness import block, gumbel, name_hash, stream, uniform
from sim.rules.movement import destination_utility

if TYPE_CHECKING:
    from sim.plan import Plan

__all__ = ["populate"]

_SCHEDULE = stream("population.schedule")
_TIES = stream("population.ties")
MOST_IN_A_COHORT = 1 << 18


def populate(plan: Plan, arrays: NetworkArrays, run: int) -> tuple[np.ndarray, NDArray[np.int32]]:
    """All migrants who ever exist in a run, ordered by the day they enter.

    The n-th migrant's origin and day are drawn with the key n, so one more migrant leaves all
    others as they are; everything else about a person is keyed by origin, day and ordinal in that
    day's cohort.

    Args:
        plan: What the run is about.
        arrays: The network.
        run: Run key.

    Returns:
        Rows of :data:`sim.columns.BODY`, and the people each can call (index, or -1).
    """
    day, origin = _schedule(plan, run)
    order = np.lexsort((np.arange(plan.migrants), day))
    cohort = _ordinals(day, origin)
    if cohort.size and cohort.max() >= MOST_IN_A_COHORT:
        raise ValueError("more people set out from one place on one day than have keys")
    names = [name_hash(name) for name in plan.network.nodes["id"]]
    key = (np.array(names, np.uint64)[origin] << np.uint64(32)) | (
        (day & 0x3FFF).astype(np.uint64) << np.uint64(18)) | cohort.astype(np.uint64)
    ties = _ties(plan.migrants, day, origin, run)
    place = np.empty(plan.migrants, np.int32)
    place[order] = np.arange(plan.migrants, dtype=np.int32)
    friends = np.where(ties >= 0, place[np.maximum(ties, 0)], -1).astype(np.int32)[order]
    body = rows(plan.migrants, BODY)
    body["key"], body["entered"], body["origin"] = key[order], day[order], origin[order]
    _characterise(plan, arrays, body, run)
    return body, friends


def _schedule(plan: Plan, run: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    u = _draws(run, _SCHEDULE, np.arange(plan.migrants, dtype=np.uint64), 0)
    before = u[:, 0] < plan.present_at_start
    day = np.where(before, np.floor(u[:, 1] * plan.burn_in) - plan.burn_in,
                   np.floor(u[:, 1] * plan.days)).astype(np.int64)
    weights = plan.network.nodes["departures"].to_numpy(float)
    origin = _pick(u[:, 2], weights)
    if plan.arrivals:
        rows = sorted(plan.arrivals)
        index = {name: n for n, name in enumerate(plan.network.nodes["id"])}
        chosen = _pick(u[:, 1], np.array([count for _, _, count in rows]))
        days = np.array([when for when, _, _ in rows])[chosen]
        origins = np.array([index[where] for _, where, _ in rows])[chosen]
        day, origin = np.where(before, day, days), np.where(before, origin, origins)
    return day, origin


def _pick(u: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Index drawn in proportion to weights, by inverse CDF."""
    edges = np.cumsum(weights) / weights.sum()
    chosen = np.searchsorted(edges, u, side="right")
    return np.minimum(chosen, np.flatnonzero(weights)[-1]).astype(np.int64)


def _ordinals(day: NDArray[np.int64], origin: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many in the same cohort (origin and day) come before each."""
    cohort = (day - day.min()) * (origin.max() + 1) + origin if day.size else day
    order = np.argsort(cohort, kind="stable")
    grouped = cohort[order]
    starts = np.flatnonzero(np.r_[True, grouped[1:] != grouped[:-1]]) if day.size else day
    ordinal = np.empty(day.size, np.int64)
    ordinal[order] = np.arange(day.size) - np.repeat(starts, np.diff(np.r_[starts, day.size]))
    return ordinal


def _ties(migrants: int, day: NDArray[np.int64], origin: NDArray[np.int64], run: int,
          ) -> NDArray[np.int64]:
    """Each person's ties to people of the same origin who set out earlier."""
    ties = np.full((migrants, TIES), -1, np.int64)
    for n in np.unique(origin):
        members = np.flatnonzero(origin == n)
        _tie(members, day, ties, bits(run), _TIES)
    return ties


@kernel
def _tie(members: Any, day: Any, ties: Any, run: int, stream_hash: int) -> None:
    for m in range(1, members.shape[0]):
        me = members[m]
        for slot in range(ties.shape[1]):
            for attempt in range(4):
                word = block(run, stream_hash, 0, bits(me), slot * 4 + attempt)[0]
                friend = members[int(uniform(word) * m)]
                taken = False
                for other in range(slot):
                    taken = taken or ties[me, other] == friend
                if day[friend] < day[me] and not taken:
                    ties[me, slot] = friend
                    break


@kernel
def _fill(run: int, stream_hash: int, keys: Any, draw: int, out: Any) -> None:
    for i in range(keys.shape[0]):
        words = block(run, stream_hash, 0, keys[i], draw)
        for w in range(4):
            out[i, w] = uniform(words[w])


def _draws(run: int, stream_hash: int, keys: NDArray[np.uint64], draw: int) -> NDArray[np.float64]:
    """Four uniform numbers for each key, shape [keys, 4]."""
    out = np.empty((keys.size, 4))
    _fill(bits(run), stream_hash, np.ascontiguousarray(keys), draw, out)
    return out


def _characterise(plan: Plan, arrays: NetworkArrays, body: np.ndarray, run: int) -> None:
    p = plan.parameters
    keys = np.ascontiguousarray(body["key"])
    u = _draws(run, streams.TRAITS, keys, 0)
    v = _draws(run, streams.TRAITS, keys, 1)
    w = _draws(run, streams.TRAITS, keys, 2)
    shares = np.array([plan.status.get(name, 0.0) for name in STATUSES])
    body["status"] = body["first_status"] = _pick(u[:, 0], shares)
    body["money"] = np.floor(u[:, 1] * 3)
    body["destination"] = _destinations(arrays, body["origin"], keys, run)
    regular = (body["status"] == REGULAR) | (body["status"] == OTHER)
    body["traits"] = (
        np.where(regular & (v[:, 0] < p["mixed_household_share"]), MIXED_HOUSEHOLD, 0)
        + np.where(u[:, 3] < p["phone_share"], HAS_PHONE, 0)
        + np.where(v[:, 1] < p["language_share"], HAS_LANGUAGE, 0))
    for bit, name in enumerate(("family", "locals", "agents", "smugglers")):
        body["sources"] += (w[:, bit] < p[f"source_{name}"]).astype(np.uint8) << bit
    body["node"] = body["origin"]
    body["since"] = body["entered"]
    body["leg"] = body["asked"] = body["told_point"] = body["told_node"] = -1
    body["departed"] = body["told_day"] = NEVER
    body["need"] = -1


def _destinations(arrays: NetworkArrays, origin: NDArray[np.int16], keys: NDArray[np.uint64],
                  run: int) -> NDArray[np.int64]:
    """Where each person is heading: by attraction, outside the country of origin if possible."""
    chosen = np.full(keys.size, -1)
    country, attraction, node_keys = (
        np.ascontiguousarray(arrays.nodes[name]) for name in ("country", "attraction", "key"))
    _choose_destinations(bits(run), country, attraction, node_keys, origin,
                         np.ascontiguousarray(keys), chosen)
    return chosen


@kernel
def _choose_destinations(run: int, country: Any, attraction: Any, node_keys: Any, origin: Any,
                         keys: Any, chosen: Any) -> None:
    for i in range(keys.shape[0]):
        best = 0.0
        for abroad in (True, False):
            for n in range(country.shape[0]):
                away = country[n] != country[origin[i]]
                if attraction[n] <= 0.0 or away != abroad:
                    continue
                word = block(run, streams.DESTINATION, 0, keys[i], whole(node_keys[n]))[0]
                u = destination_utility(attraction[n], gumbel(word))
                if chosen[i] < 0 or u > best:
                    best, chosen[i] = u, n
            if chosen[i] >= 0:
                break
