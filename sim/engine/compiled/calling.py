"""Calling compiled loops at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numba

from sim.columns import Tables

__all__ = ["Calls"]

typeof: Callable[[Any], Any] = numba.typeof


class Calls:
    """Calls loops with arguments whose types stay the same, as those of one run do.

    Numba looks at the type of every argument in every call. With the thirty arrays of a run this
    takes 5 microseconds, twelve times a day: as long as 100 people live. Here it looks once.
    """

    def __init__(self) -> None:
        self._ready: dict[Any, Callable[..., Any]] = {}

    @staticmethod
    def of(tables: Tables) -> Calls:
        """Calls with the arrays of a run, shared by all runs of this process with such arrays.

        To look at the types anew took 0.2 s a run: as long as a short run.
        """
        kind = tuple(_layout(array) for array in tables)
        return _KNOWN.setdefault(kind, Calls())

    def __reduce__(self) -> tuple[type[Calls], tuple[()]]:
        """A copy in another process looks for itself."""
        return Calls, ()

    def __call__(self, loop: Callable[..., Any], *given: Any) -> Any:
        """Call a loop."""
        ready = self._ready.get(loop)
        if ready is not None:
            return ready(*given)
        found = loop(*given)
        self._ready[loop] = _version(loop, given)
        return found


_KNOWN: dict[Any, Calls] = {}


def _layout(array: Any) -> tuple[Any, ...]:
    """All of an array that its type depends on."""
    flags = array.flags
    return array.dtype, array.ndim, flags.c_contiguous, flags.aligned, flags.writeable


def _version(loop: Any, given: tuple[Any, ...]) -> Callable[..., Any]:
    """The version of a loop that was compiled for such arguments, or itself if none was."""
    if not hasattr(loop, "overloads"):  # left uncompiled, to look into what it does
        return cast("Callable[..., Any]", loop)
    version = loop.overloads.get(tuple(typeof(each) for each in given))
    return cast("Callable[..., Any]", loop if version is None else version.entry_point)
