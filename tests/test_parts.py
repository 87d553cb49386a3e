"""Functions that exist to be put into others: the same numbers, and safe to call from anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import compiling, parts
from sim.compiling import inlined, kernel


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing has been compiled before."""
    monkeypatch.setattr(compiling, "cache_directory", lambda: tmp_path)


def family() -> tuple[Any, Any, Any]:
    """A loop that calls a part, which calls another, afresh."""
    @inlined
    def third(x: float) -> float:
        return x / 3.0

    @kernel
    def thirds(numbers: Any, i: int) -> float:
        numbers[i] = third(numbers[i])
        return third(numbers[i])

    @kernel
    def loop(numbers: Any) -> float:
        total = 0.0
        for i in range(numbers.shape[0]):
            total += thirds(numbers, i)
        return total

    return third, thirds, loop


def check(third: Any, thirds: Any, loop: Any) -> None:
    """Each gives what the same lines of Python give, whoever calls it."""
    numbers, by_hand = np.array([1.0, 2.0, 5.0]), np.array([1.0, 2.0, 5.0])
    assert loop(numbers) == loop.py_func(by_hand)
    assert (numbers == by_hand).all()
    assert thirds(numbers, 2) == 5.0 / 3.0 / 3.0 / 3.0
    assert third(7) == third.py_func(7) == 7.0 / 3.0
    assert loop(numbers) > 0.0


def test_a_part_can_be_called_from_python_too() -> None:
    check(*family())


def test_a_part_can_be_called_from_python_first() -> None:
    third, thirds, loop = family()
    assert third(1.0) == 1.0 / 3.0
    assert thirds(np.array([9.0]), 0) == 1.0
    check(third, thirds, loop)


def test_what_only_other_functions_call_is_not_compiled_for_python() -> None:
    third, thirds, loop = family()
    loop(np.array([1.0]))
    assert len(loop.signatures) == 1
    assert not third.signatures
    assert not thirds.signatures


def test_a_part_is_not_machine_code(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    finish = parts._Part._finalize_final_module
    monkeypatch.setattr(parts._Part, "_finalize_final_module",
                        lambda self: (made.append(self), finish(self)))
    check(*family())
    assert made, "Numba has other names for this now: see sim/parts.py"


def test_with_another_numba_parts_are_compiled_like_everything_else(
        monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a part was made of names that are not there")

    monkeypatch.setattr(parts, "_PRIVATE", ("_a_name_that_numba_has_not",))
    monkeypatch.setattr(parts._Part, "__init__", refuse)
    check(*family())


def test_an_error_in_a_part_reaches_python() -> None:
    @inlined
    def refuse(x: float) -> float:
        if x < 0.0:
            raise ValueError("negative")
        return x

    @kernel
    def loop(x: float) -> float:
        return refuse(x)

    assert loop(1.0) == 1.0
    with pytest.raises(ValueError, match="negative"):
        loop(-1.0)
