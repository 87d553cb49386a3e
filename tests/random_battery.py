"""A statistical battery for random words whose neighbours are known.

Each test takes a sample (words of [lines, neighbours, 4], and what flipping bits of the input
changed) and gives a two-sided p-value: numbers that are too even fail as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import comb, perm

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from tests.random_streams import FLIPPED, Causes, Generator

Counts = NDArray[np.int64]
LAGS = (1, 2, 7)
BIRTHDAYS, GROUPS = 4096, 16
LONGEST_GAP = 32


@dataclass(frozen=True)
class Sample:
    """Random words of a neighbourhood.

    Attributes:
        words: 32-bit words, [lines, neighbours, 4].
        flips: Bits that changed when one bit of the input did, [bits of the input, causes, 4].
    """

    words: NDArray[np.uint32]
    flips: NDArray[np.uint32]

    @classmethod
    def of(cls, generator: Generator, causes: Causes) -> Sample:
        few = causes.spread(FLIPPED)
        flips = generator(few.flipped()) ^ generator(few)
        return cls(generator(causes).astype(np.uint32), flips.astype(np.uint32))

    @cached_property
    def centred(self) -> NDArray[np.float64]:
        """The words as numbers of mean 0 and variance 1."""
        return ((self.words + 0.5) / 2**32 - 0.5) * np.sqrt(12.0)

    @cached_property
    def along(self) -> NDArray[np.uint32]:
        """For each of the four words, one row: neighbour after neighbour, line after line."""
        return np.ascontiguousarray(self.words.reshape(-1, 4).T)


# --- p-values ----------------------------------------------------------------------------------

def two_sided(below: float, above: float) -> float:
    return float(min(1.0, 2.0 * min(below, above)))


def of_normal(z: float) -> float:
    return float(2.0 * stats.norm.sf(abs(z)))


def of_chi_square(square: float, freedom: int) -> float:
    return two_sided(stats.chi2.cdf(square, freedom), stats.chi2.sf(square, freedom))


def of_squares(z: ArrayLike) -> float:
    """For independent standard normal numbers: that their squares add up."""
    return of_chi_square(float(np.square(z).sum()), np.size(z))


def of_poisson(count: int, mean: float) -> float:
    return two_sided(stats.poisson.cdf(count, mean), stats.poisson.sf(count - 1, mean))


def of_counts(counts: ArrayLike, shares: ArrayLike) -> float:
    """Chi-square of counts against the shares that are expected."""
    seen, share = np.asarray(counts, float), np.asarray(shares, float)
    expected = seen.sum() * share / share.sum()
    return of_chi_square(float(np.sum((seen - expected) ** 2 / expected)), seen.size - 1)


def halves(counts: Counts, tosses: int) -> NDArray[np.float64]:
    """How far counts of heads lie from half of the tosses, in standard deviations."""
    return (counts - tosses / 2) / np.sqrt(tosses / 4)


def ones_by_position(words: NDArray[np.uint32]) -> Counts:
    """Ones along the last axis in each of the 32 bits, which take its place."""
    rows = np.ascontiguousarray(words)
    return np.stack([np.count_nonzero(rows & np.uint32(1 << bit), axis=-1)
                     for bit in range(32)], axis=-1)


# --- tests -------------------------------------------------------------------------------------

def bytes_even(sample: Sample) -> float:
    counts = np.bincount(np.ascontiguousarray(sample.words).view(np.uint8).ravel(), minlength=256)
    return of_counts(counts, np.ones(256))


def uniform_ks(sample: Sample) -> float:
    p = float(stats.kstest((sample.words.ravel() + 0.5) / 2**32, "uniform").pvalue)
    return two_sided(1.0 - p, p)


def serial_correlation(sample: Sample) -> float:
    x = sample.centred
    return of_squares([np.sum(x[:, :-lag] * x[:, lag:], axis=(0, 1))
                       / np.sqrt(x[:, lag:, 0].size) for lag in LAGS])


def neighbour_pairs(sample: Sample) -> float:
    """How often each pair of first (and of last) four bits stands side by side."""
    counts = []
    for shift in (28, 0):
        part = (sample.words >> np.uint32(shift) & np.uint32(15)).astype(np.int64)
        pairs = part[:, :-1:2] * 16 + part[:, 1::2]
        counts.append(np.bincount(pairs.ravel(), minlength=256))
    expected = counts[0].sum() / 256
    square = float(np.square(np.array(counts) - expected).sum() / expected)
    return of_chi_square(square, 2 * 255)


def runs_of_bits(sample: Sample) -> float:
    """Runs of equal bits from neighbour to neighbour, in each of the 32 positions."""
    changes = sample.words[:, 1:] ^ sample.words[:, :-1]
    return of_squares(halves(ones_by_position(changes.reshape(-1, 4).T), changes[..., 0].size))


def gaps(sample: Sample) -> float:
    """How long until the first (or the last) three bits are all zero again."""
    found = [np.diff(np.flatnonzero(row >> np.uint32(29) == 0)) for row in sample.along]
    found += [np.diff(np.flatnonzero(row & np.uint32(7) == 0)) for row in sample.along]
    lengths = np.minimum(np.concatenate(found), LONGEST_GAP + 1)
    shares = [0.125 * 0.875**n for n in range(LONGEST_GAP)] + [0.875**LONGEST_GAP]
    return of_counts(np.bincount(lengths, minlength=LONGEST_GAP + 2)[1:], shares)


def birthday_spacings(sample: Sample) -> float:
    """How many spacings between 4096 sorted words occur more than once (Marsaglia)."""
    groups = sample.along[:, :BIRTHDAYS * GROUPS // 4].reshape(GROUPS, BIRTHDAYS)
    spacings = np.sort(np.diff(np.sort(groups.astype(np.int64), axis=1), axis=1), axis=1)
    same = int(np.count_nonzero(np.diff(spacings, axis=1) == 0))
    return of_poisson(same, GROUPS * BIRTHDAYS**3 / 2**34)


def collisions(sample: Sample) -> float:
    """How many words occurred before."""
    words = np.sort(sample.words, axis=None)
    again = int(np.count_nonzero(words[1:] == words[:-1]))
    return of_poisson(again, words.size**2 / 2**33)


def all_bits(sample: Sample) -> float:
    ones = int(np.bitwise_count(sample.words).sum())
    return of_normal(float(halves(np.array(ones), sample.words.size * 32)))


def each_bit(sample: Sample) -> float:
    return of_squares(halves(ones_by_position(sample.along), sample.along.shape[1]))


def words_of_a_block(sample: Sample) -> float:
    x = sample.centred.reshape(-1, 4)
    return of_squares([x[:, a] @ x[:, b] / np.sqrt(len(x)) for a, b in combinations(range(4), 2)])


def every_two_neighbours(sample: Sample) -> float:
    """Correlation of the first words of every two places of a line, over all lines."""
    x = sample.centred[:, :, 0]
    return of_squares((x.T @ x / np.sqrt(len(x)))[np.triu_indices(x.shape[1], 1)])


def avalanche(sample: Sample) -> float:
    """One bit of the input flipped: each bit of the output flips in half of all cases."""
    flips = sample.flips.swapaxes(1, 2)
    return of_squares(halves(ones_by_position(flips), flips.shape[-1]))


def matrix_rank(sample: Sample) -> float:
    """Rank over GF(2) of matrices whose 32 rows are the words of 32 neighbours."""
    length = sample.words.shape[1]
    whole = sample.words[:, :length - length % 32].transpose(2, 0, 1)
    rows = whole.reshape(-1, 32).T.copy()
    rank = np.zeros(rows.shape[1], np.int64)
    for n, row in enumerate(rows):
        # What the rows before have left of this row: its lowest bit is cleared from those after.
        rank += row != 0
        after = rows[n + 1:]
        after ^= row * (after & (row & (~row + np.uint32(1))) != 0)
    return of_counts(np.bincount(np.clip(rank, 29, 32) - 29, minlength=4), rank_shares())


def rank_shares() -> list[float]:
    """Chances that a random 32 x 32 matrix over GF(2) has rank 29 or less, 30, 31, 32."""
    exact = []
    for rank in (30, 31, 32):
        terms = [(1 - 2.0**(i - 32)) ** 2 / (1 - 2.0**(i - rank)) for i in range(rank)]
        exact.append(2.0 ** (-((32 - rank) ** 2)) * float(np.prod(terms)))
    return [1 - sum(exact), *exact]


def poker(sample: Sample) -> float:
    """How many different values the eight groups of four bits in a word have."""
    seen = np.zeros(sample.words.size, np.uint16)
    for shift in range(0, 32, 4):
        group = (sample.words.ravel() >> np.uint32(shift) & np.uint32(15)).astype(np.uint16)
        seen |= np.left_shift(np.uint16(1), group)
    partitions = (966, 1701, 1050, 266, 28, 1)  # of eight groups into 3, 4 ... 8 kinds
    shares = [ways * perm(16, kinds) for kinds, ways in enumerate(partitions, 3)]
    shares[0] += 16 + 127 * 16 * 15  # one or two kinds: too rare to be counted alone
    counts = np.bincount(np.maximum(np.bitwise_count(seen), 3), minlength=9)
    return of_counts(counts[3:], shares)


def ones_in_a_word(sample: Sample) -> float:
    counts = np.bincount(np.clip(np.bitwise_count(sample.words), 6, 26).ravel(), minlength=27)
    tail = sum(comb(32, n) for n in range(7))
    return of_counts(counts[6:], [tail, *(comb(32, n) for n in range(7, 26)), tail])


def ones_of_neighbours(sample: Sample) -> float:
    """Correlation of the numbers of ones (mean 16, variance 8) in neighbouring words."""
    weight = np.bitwise_count(sample.words).astype(float) - 16.0
    return of_normal(float(np.sum(weight[:, :-1] * weight[:, 1:]) / 8 / np.sqrt(
        weight[:, 1:].size)))


BATTERY: dict[str, Callable[[Sample], float]] = {
    "each byte equally often (chi-square)": bytes_even,
    "uniform (Kolmogorov-Smirnov)": uniform_ks,
    "serial correlation, lags 1, 2, 7": serial_correlation,
    "pairs of neighbours (chi-square)": neighbour_pairs,
    "runs of each bit": runs_of_bits,
    "gaps between small values": gaps,
    "birthday spacings of 32-bit words": birthday_spacings,
    "collisions of 32-bit words": collisions,
    "ones among all bits": all_bits,
    "ones in each bit position": each_bit,
    "correlation of the words of a block": words_of_a_block,
    "correlation of every two neighbours": every_two_neighbours,
    "avalanche: flip one bit of the input": avalanche,
    "rank of 32 x 32 bits": matrix_rank,
    "poker: groups of four bits": poker,
    "ones in a word": ones_in_a_word,
    "ones in neighbouring words": ones_of_neighbours,
}


def p_values(generator: Generator, causes: Causes, names: Sequence[str] = tuple(BATTERY),
             ) -> dict[str, float]:
    """P-value of each test for the words of a neighbourhood."""
    sample = Sample.of(generator, causes)
    return {name: BATTERY[name](sample) for name in names}
