"""Random words for neighbouring causes, keyed as the model keys them; and bad generators.

The generators are NumPy twins of `sim.randomness.block` for many causes at once. They take the
number of rounds, so that weakened Philox can show what the tests of `random_battery` notice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import sim.model
import sim.survey  # noqa: F401
from sim.engine import streams
from sim.randomness import STREAMS, event_id, name_hash, run_key, told_draw

Words = NDArray[np.uint64]
Generator = Callable[["Causes"], Words]

LINES, ALONG = 2048, 64
"""Lines of a neighbourhood, and neighbours in each line."""
FLIPPED = 128
"""Causes of a neighbourhood of which every bit of the input is flipped."""
BITS = {"run": 64, "key": 64, "draw": 32, "day": 32}
"""Bits of the input. The stream is folded into the run: its bits are bits of the run."""
NETWORKS = Path(__file__).parents[1] / "scenarios" / "networks"
ROUTES = ("central_america", "central_mediterranean", "horn_of_africa")
_MASK, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


@dataclass(frozen=True)
class Causes:
    """Arrays of the five parts of a cause, which broadcast to [lines, neighbours]."""

    run: Words
    stream: Words
    day: Words
    key: Words
    draw: Words

    @classmethod
    def of(cls, run: object, stream: object, day: object, key: object, draw: object) -> Causes:
        """Whole numbers, negative ones too, as 64 bits."""
        parts = (np.asarray(part) for part in (run, stream, day, key, draw))
        return cls(*(part if part.dtype == np.uint64 else part.astype(np.int64).view(np.uint64)
                     for part in parts))

    @property
    def shape(self) -> tuple[int, ...]:
        parts = self.run, self.stream, self.day, self.key, self.draw
        return np.broadcast_shapes(*(part.shape for part in parts))

    def spread(self, number: int) -> Causes:
        """So many single causes, evenly over all of them."""
        parts = np.broadcast_arrays(self.run, self.stream, self.day, self.key, self.draw)
        at = np.linspace(0, parts[0].size - 1, number).astype(int)
        return Causes(*(part.reshape(-1)[at] for part in parts))

    def flipped(self) -> Causes:
        """All causes once for every bit of the input, with that bit flipped."""
        changed, begun = {}, 0
        for name, bits in BITS.items():
            masks = np.zeros((sum(BITS.values()), 1), np.uint64)
            masks[begun:begun + bits, 0] = np.uint64(1) << np.arange(bits, dtype=np.uint64)
            changed[name] = getattr(self, name) ^ masks
            begun += bits
        return replace(self, **changed)


# --- generators --------------------------------------------------------------------------------

def philox_rounds(rounds: int, counter: list[Words], key: list[Words]) -> Words:
    """Philox4x32 with any number of rounds; the four words are the last axis."""
    (c0, c1, c2, c3), (k0, k1) = counter, key
    for _ in range(rounds):
        left, right = np.uint64(0xD2511F53) * c0, np.uint64(0xCD9E8D57) * c2
        c0, c1 = (right >> _HALF) ^ c1 ^ k0, right & _MASK
        c2, c3 = (left >> _HALF) ^ c3 ^ k1, left & _MASK
        k0, k1 = (k0 + np.uint64(0x9E3779B9)) & _MASK, (k1 + np.uint64(0xBB67AE85)) & _MASK
    return np.stack(np.broadcast_arrays(c0, c1, c2, c3), axis=-1)


def philox_blocks(causes: Causes, rounds: int = 10) -> Words:
    """Blocks of `sim.randomness.block` for many causes."""
    counter = [causes.key & _MASK, causes.key >> _HALF, causes.draw & _MASK, causes.day & _MASK]
    key = [(causes.run & _MASK) ^ causes.stream, causes.run >> _HALF]
    return philox_rounds(rounds, counter, key)


def added_seeds(causes: Causes) -> Words:
    """The naive way: all parts added up are the seed of a linear congruential generator."""
    state = causes.run + causes.stream + causes.day + causes.key + causes.draw
    words = []
    for _ in range(4):
        state = state * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
        words.append(state >> _HALF)
    return np.stack(words, axis=-1)


BAD: dict[str, Generator] = {
    "1 round": lambda causes: philox_blocks(causes, 1),
    "2 rounds": lambda causes: philox_blocks(causes, 2),
    "3 rounds": lambda causes: philox_blocks(causes, 3),
    "added seeds": added_seeds,
}


# --- neighbourhoods ----------------------------------------------------------------------------

def migrant_key(origin: object, day: object, ordinal: object) -> Words:
    """Keys of migrants, in the form in which `sim.population` makes them."""
    parts = np.asarray(origin), np.asarray(day) & 0x3FFF, np.asarray(ordinal)
    high, middle, low = (part.astype(np.uint64) for part in parts)
    return high << _HALF | middle << np.uint64(18) | low


@cache
def hashes(file: str) -> NDArray[np.int64]:
    """Hashes of the ids in one kind of file of the three real networks."""
    tables = [pd.read_csv(NETWORKS / route / f"{file}.csv") for route in ROUTES]
    return np.array([name_hash(name) for name in pd.concat(tables)["id"].drop_duplicates()])


def all_streams() -> list[int]:
    """Hashes of every stream of the model, by name."""
    return [value for name, value in sorted(STREAMS.items()) if not name.startswith("test.")]


@cache
def neighbourhoods() -> dict[str, Causes]:
    """Causes by name: neighbours stand next to each other along the second axis."""
    s, run = streams, np.uint64(run_key(1, 0))
    line, along = np.arange(LINES)[:, None], np.arange(ALONG)
    nodes = hashes("nodes")
    here = nodes[line % 8]
    person = migrant_key(here, line // 8 % 32 - 16, line // 256)
    events = [event_id(int(key), 5, 1) for key in nodes]
    told = np.array([[told_draw(events[n % nodes.size], contact) for contact in range(ALONG)]
                     for n in range(LINES)])
    seeds = np.array([run_key(n, 0) for n in range(ALONG)], np.uint64)
    replicates = np.array([run_key(1, n) for n in range(ALONG)], np.uint64)
    causes = {
        "people of one cohort": (run, s.MEETING, 40, migrant_key(here, line // 8, along), 0),
        "cohorts of neighbouring days":
            (run, s.ONSET, 40, migrant_key(here, along - 32, line // 8), 0),
        "people of different origins":
            (run, s.WAY, 40, migrant_key(nodes[:ALONG], line // 64, line % 64), nodes[0]),
        "days of one person": (run, s.DETENTION, along - 32, person, 0),
        "days of one place": (run, s.RAID, along + ALONG * (line // 64), nodes[line % 64], 0),
        "draws of one person": (run, s.UNMET, 40, person, along),
        "options of one person": (run, s.ASKING, 6, person, hashes("service_points")[:ALONG]),
        "one story in a person's contacts": (run, s.STORY_TOLD, 40, person, told),
        "streams of one person and day": (run, np.array(all_streams()), 40, person, 0),
        "seeds": (seeds, s.MEETING, 40, person, 0),
        "replicates": (replicates, s.MEETING, 40, person, 0),
        "numbers as keys": (run, STREAMS["population.schedule"], 0, line * ALONG + along, 0),
    }
    return {name: Causes.of(*parts) for name, parts in causes.items()}
