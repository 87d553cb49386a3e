"""How threads tell each other that a piece of work begins or has ended, without falling asleep.

A thread that sleeps until it is called takes some 50 microseconds to wake up: as long as a hundred
people live. A thread that keeps looking sees a number change in less than one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np
from numba import extending, types
from numba.np import arrayobj
from numpy.typing import NDArray

from sim.compiling import inlined, kernel

__all__ = ["ABANDONED", "LINE", "WAITED", "met", "report_and_look"]

LINE = 16
"""Numbers from one thread's to the next: two lines of memory, since processors fetch pairs."""
_PHASES, WAITED, ABANDONED = 0, 1, 2
"""Of each thread: how many phases it has ended, how long it has waited for others; of the first:
whether somebody will not come any more."""
_PATIENCE = 16_384
"""Looks, some ten microseconds, after which another program may have the processor."""

# Numba's functions are not annotated.
_intrinsic: Callable[[Any], Any] = extending.intrinsic
_array_of: Callable[..., Any] = arrayobj.make_array
_types: Any = types
_WORD = 8


@_intrinsic
def _read(_: Any, board: Any, place: Any) -> Any:  # noqa: ARG001
    """The number at a place, and everything that was written before it was put there."""

    def build(context: Any, builder: Any, __: Any, given: Any) -> Any:
        array = _array_of(board)(context, builder, given[0])
        return builder.load_atomic(builder.gep(array.data, [given[1]]), "acquire", _WORD)

    return _types.int64(board, _types.int64), build


@_intrinsic
def _write(_: Any, board: Any, place: Any, number: Any) -> Any:  # noqa: ARG001
    """Put a number at a place, after everything that was written before."""

    def build(context: Any, builder: Any, __: Any, given: Any) -> Any:
        array = _array_of(board)(context, builder, given[0])
        place_of_it = builder.gep(array.data, [given[1]])
        builder.store_atomic(given[2], place_of_it, "release", _WORD)
        return context.get_dummy_value()

    return _types.void(board, _types.int64, _types.int64), build


if hasattr(os, "sched_yield"):
    _step_aside: Any = _types.ExternalFunction("sched_yield", _types.int32())
else:  # on Windows

    @inlined
    def _step_aside() -> int:
        return 0


@kernel
def report_and_look(board: NDArray[np.int64], mine: int, done: int, theirs: int, wanted: int,
                    looks: int, grace: int) -> bool:  # fmt: skip
    """Report a number, then look until another thread has reported one at least as high.

    Args:
        board: A number of each thread, ``LINE`` apart.
        mine: Where to report; -1: nothing is reported.
        done: What is reported.
        theirs: Where to look.
        wanted: The number that is waited for.
        looks: Looks, at most; a thousand take about a microsecond.
        grace: Looks after it has been seen: time for the other to let go of Python's lock.

    Returns:
        Whether it has been seen.
    """
    if mine >= 0:
        _write(board, mine, done)
    for _ in range(looks):
        if _read(board, theirs) >= wanted:
            for _ in range(grace):
                _read(board, theirs)
            return True
    return _read(board, theirs) >= wanted


@kernel
def met(board: NDArray[np.int64], threads: int, me: int) -> bool:
    """Wait until every thread has ended the same phase.

    Args:
        board: Numbers of each thread, ``LINE`` apart.
        threads: How many take part.
        me: Which of them this one is.

    Returns:
        False if that will never be, because something went wrong in one of them.
    """
    if threads == 1:
        return True
    mine = me * LINE
    ended = board[mine + _PHASES] + 1
    _write(board, mine + _PHASES, ended)
    looks = 0
    for other in range(threads):
        while _read(board, other * LINE + _PHASES) < ended:
            looks += 1
            if looks % _PATIENCE == 0:
                if _read(board, ABANDONED) != 0:
                    return False
                _step_aside()
    board[mine + WAITED] += looks
    return True
