"""Random numbers without state, keyed by their cause.

Every number is ``H(run_key, stream, day, key, draw)`` with Philox4x32-10 (Salmon, Moraes, Dror
and Shaw 2011). Nothing depends on the order in which numbers are asked for, on threads, or on
the scenario: two scenarios of one replicate share the luck of every migrant.

The 128-bit counter is (key low, key high, draw, day); the 64-bit Philox key is the run key with
the stream folded in. A block gives four words of 32 bits.
"""

from __future__ import annotations

import hashlib
import math

from sim.compiling import bits, bits32, rule, whole

__all__ = [
    "STREAMS", "block", "event_id", "gumbel", "luck", "name_hash", "normal_quantile", "own_week",
    "philox", "run_key", "stream", "told_draw", "uniform",
]

STREAMS: dict[str, int] = {}
"""Every stream of random numbers: dotted name to its 32-bit hash."""


def name_hash(text: str) -> int:
    """Stable 32-bit hash of a text id (never 0)."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "little") or 1


def stream(name: str) -> int:
    """Register a stream of random numbers.

    Args:
        name: Dotted name, such as ``"meetings.order"``.

    Returns:
        Its 32-bit hash.

    Raises:
        ValueError: If the name, or its hash, is already taken.
    """
    value = name_hash(name)
    if name in STREAMS or value in STREAMS.values():
        raise ValueError(f"the stream of random numbers '{name}' is declared twice")
    STREAMS[name] = value
    return value


def run_key(seed: int, replicate: int) -> int:
    """Key of one run: derived, not added, so that seed + 1 is not replicate + 1."""
    text = f"waytrust run {seed} {replicate}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


@rule("UniTuple(uint64, 4)(uint64, uint64, uint64, uint64, uint64, uint64)")
def philox(
    c0: int, c1: int, c2: int, c3: int, k0: int, k1: int
) -> tuple[int, int, int, int]:
    """Philox4x32-10: four words of a counter, two words of a key, four random words (32 bits)."""
    mask = bits(0xFFFFFFFF)
    half = bits(32)
    for _ in range(10):
        left = bits(0xD2511F53) * c0
        right = bits(0xCD9E8D57) * c2
        c0, c1, c2, c3 = (
            (right >> half) ^ c1 ^ k0,
            right & mask,
            (left >> half) ^ c3 ^ k1,
            left & mask,
        )
        k0 = (k0 + bits(0x9E3779B9)) & mask
        k1 = (k1 + bits(0xBB67AE85)) & mask
    return c0, c1, c2, c3


@rule("UniTuple(uint64, 4)(uint64, int64, int64, uint64, int64)")
def block(run: int, stream_hash: int, day: int, key: int, draw: int) -> tuple[int, int, int, int]:
    """Four words (32 bits each) for a cause.

    Args:
        run: Run key (64 bits).
        stream_hash: Stream, from :func:`stream`.
        day: Day or week; negative during the burn-in.
        key: Key of the migrant, node or leg (64 bits).
        draw: Which block of this cause; may be the hash of an option's text id.
    """
    mask = bits(0xFFFFFFFF)
    half = bits(32)
    return philox(
        key & mask,
        key >> half,
        bits(draw) & mask,
        bits(day) & mask,
        (run & mask) ^ bits(stream_hash),
        run >> half,
    )


@rule("float64(uint64)")
def uniform(word: int) -> float:
    """A 32-bit word as a number strictly between 0 and 1."""
    return (float(word) + 0.5) * 2.3283064365386963e-10


@rule("UniTuple(float64, 4)(uint64, int64, int64, uint64, int64)")
def luck(run: int, stream_hash: int, day: int, key: int, draw: int
         ) -> tuple[float, float, float, float]:
    """Four numbers strictly between 0 and 1 for a cause: see :func:`block`."""
    a, b, c, d = block(run, stream_hash, day, key, draw)
    return uniform(a), uniform(b), uniform(c), uniform(d)


@rule("float64(uint64)")
def gumbel(word: int) -> float:
    """A standard Gumbel draw by inverse CDF, ``-ln(-ln u)``."""
    return -math.log(-math.log(uniform(word)))


@rule("float64(float64)")
def normal_quantile(u: float) -> float:
    """Quantile of the standard normal distribution.

    Acklam's approximation, with a relative error below 1.2e-9.
    """
    if u < 0.02425 or u > 0.97575:
        tail = u if u < 0.5 else 1.0 - u
        q = math.sqrt(-2.0 * math.log(tail))
        top = -7.784894002430293e-03
        for c in (-3.223964580411365e-01, -2.400758277161838e00, -2.549732539343734e00,
                  4.374664141464968e00, 2.938163982698783e00):
            top = top * q + c
        low = 7.784695709041462e-03
        for c in (3.224671290700398e-01, 2.445134137142996e00, 3.754408661907416e00, 1.0):
            low = low * q + c
        return top / low if u < 0.5 else -top / low
    q = u - 0.5
    square = q * q
    top = -3.969683028665376e01
    for c in (2.209460984245205e02, -2.759285104469687e02, 1.383577518672690e02,
              -3.066479806614716e01, 2.506628277459239e00):
        top = top * square + c
    low = -5.447609879822406e01
    for c in (1.615858368580409e02, -1.556989798598866e02, 6.680131188771972e01,
              -1.328068155288572e01, 1.0):
        low = low * square + c
    return top * q / low


@rule("uint32(uint64, int64, int64)")
def event_id(key: int, day: int, kind: int) -> int:
    """Id of an event (32 bits, never 0): key of the place or person, day, kind."""
    x = key ^ (bits(day & 0xFFFF) << bits(48)) ^ (bits(kind) << bits(40))
    x = (x ^ (x >> bits(30))) * bits(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> bits(27))) * bits(0x94D049BB133111EB)
    x = x ^ (x >> bits(31))
    short = bits32(x >> bits(32))
    return short if short != 0 else bits32(1)


@rule("int64(uint64, int64)")
def own_week(key: int, day: int) -> int:
    """A person's own week, for taste that lasts a week: people do not all change on one day."""
    return (day + whole(key % bits(7))) // 7


@rule("int64(int64, int64)")
def told_draw(event: int, contact: int) -> int:
    """Which block decides whether a story passes in a meeting: by its event, not by its slot."""
    return (event + contact * 2654435761) & 0xFFFFFFFF
