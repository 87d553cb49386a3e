"""How the rules and the loops over them are compiled, and where the result is kept.

Numba does not notice when a function that a cached one calls has changed. Compiled code is
therefore kept in a directory named by a hash of every source file of ``sim``, Numba's version
and the processor: edit a rule, and both engines are compiled afresh.
"""

from __future__ import annotations

import functools
import hashlib
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

# The short vector maths library differs from the scalar one in the last bit: never use it.
os.environ.setdefault("NUMBA_DISABLE_INTEL_SVML", "1")

import numba
import numpy as np
from numba import types
from numba.core import config
from numba.core.codegen import get_host_cpu_features

from sim.parts import PartCompiler

__all__ = [
    "bits", "bits32", "cache_directory", "code_hash", "inlined", "is_compiled", "kernel",
    "mark_compiled", "rule", "whole",
]

_settings: Any = config
_njit: Any = numba.njit
_host_features = cast("Callable[[], str]", get_host_cpu_features)
F = TypeVar("F", bound=Callable[..., object])

# In compiled code the width of a whole number matters; outside, these are just integers.
whole = cast("Callable[[Any], int]", np.int64)
bits = cast("Callable[[Any], int]", np.uint64)
bits32 = cast("Callable[[Any], int]", np.uint32)


@functools.cache
def code_hash() -> str:
    """Hash of every source file of the model, as 16 hexadecimal digits."""
    root = Path(__file__).parent
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@functools.cache
def cache_directory() -> Path:
    """Directory of the compiled code that belongs to this source, Numba and processor."""
    machine = f"{platform.machine()}-{_settings.CPU_NAME}-{_host_features()}"
    stamp = f"{code_hash()}-{numba.__version__}-{sys.version_info[:2]}-{machine}"
    name = hashlib.blake2b(stamp.encode(), digest_size=8).hexdigest()
    base = os.environ.get("WAYTRUST_CACHE") or os.environ.get("XDG_CACHE_HOME")
    for parent in (Path(base) if base else Path.home() / ".cache", Path(tempfile.gettempdir())):
        folder = parent / "waytrust" / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
        except OSError:
            continue
    return Path(tempfile.mkdtemp(prefix="waytrust-"))


def is_compiled() -> bool:
    """Whether a run of the compiled engine has been completed with this very source before."""
    return (cache_directory() / "complete").exists()


def mark_compiled() -> None:
    """Note that everything a run needs is now in the cache."""
    if not is_compiled():
        (cache_directory() / "complete").touch()


@contextmanager
def _our_cache() -> Iterator[None]:
    # Numba reads this setting when a function is decorated; other users of Numba keep theirs.
    before = _settings.CACHE_DIR
    _settings.CACHE_DIR = str(cache_directory())
    try:
        yield
    finally:
        _settings.CACHE_DIR = before


def rule(signature: str) -> Callable[[F], F]:
    """Compile a pure function of numbers with one fixed signature.

    Both engines call the compiled function, so both get the same last bit.

    Args:
        signature: Numba signature, such as ``"float64(float64, float64)"``.

    Returns:
        A decorator that keeps the plain Python function as ``.py_func``.
    """

    def decorate(function: F) -> F:
        with _our_cache():
            options = {
                "cache": True, "nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True,
            }  # fmt: skip
            # Rules are short and called everywhere: a call costs more than most of them do. Put
            # into the loops they are called from, they make a day twice as fast.
            return cast(F, _njit(signature, forceinline=True, **options)(function))

    return decorate


def inlined(function: F) -> F:
    """Compile a small part of a loop, to be put into the place from which it is called.

    The arrays of a run are some hundred machine words; handing them over in a call costs more
    than many of these parts do.
    """
    return _compiled(function, forceinline=True)


def kernel(function: F) -> F:
    """Compile a loop over columns, or a part of one; it releases the interpreter lock."""
    return _compiled(function, forceinline=False)


def _compiled(function: F, forceinline: bool) -> F:
    """Compile without fast-math, and without counting references to arrays.

    The counts are atomic operations on one shared number per array: they cost as much as the
    model itself, and more with two threads. So compiled loops cannot make new arrays.

    Each function is two to Numba: one that Python calls, and a part that goes into other compiled
    functions. Either is compiled when it is first called, and few functions are called both ways:
    what it takes to be called from Python, with all arrays of a run, was a quarter of the first
    compilation. A part is not kept in the cache, since the loops that it went into are.
    """
    options: dict[str, Any] = {
        "nogil": True, "error_model": "numpy", "_nrt": False, "no_cfunc_wrapper": True,
    }  # fmt: skip
    as_part = {"no_cpython_wrapper": True, "pipeline_class": PartCompiler}
    with _our_cache():
        callable_: Any = _njit(**options, cache=True)(function)
    part: Any = _njit(**options, **as_part, forceinline=forceinline)(function)
    _put_into_others(callable_, part)
    return cast(F, callable_)


def _put_into_others(function: Any, part: Any) -> None:
    """Let calls of a function from other compiled functions be calls of its part.

    They see only wide number types. Otherwise Numba would compile a function once more for every
    constant and every width of integer it is called with, which made the first compilation take
    twice as long.
    """
    plain = part.get_call_template

    def widened(args: tuple[types.Type, ...], kws: dict[str, types.Type]) -> object:
        return plain(tuple(_wide(kind) for kind in args), {k: _wide(v) for k, v in kws.items()})

    function.get_call_template = widened
    function.get_overload = getattr(part, "get_overload", None)


def _wide(kind: types.Type) -> types.Type:
    kind = types.unliteral(kind)  # type: ignore[no-untyped-call]
    if kind in (types.int8, types.int16, types.int32, types.uint8, types.uint16):
        return types.int64
    return types.float64 if kind == types.float32 else kind
