"""Lets a model go as soon as nobody holds it, although Mesa lets it hold its own methods.

Else the arrays of a run would wait for the garbage collector, which counts objects, not bytes.
"""

from __future__ import annotations

from types import MethodType
from typing import Any
from weakref import WeakMethod

import mesa

__all__ = ["held_weakly"]


def held_weakly(model: mesa.Model) -> None:
    """Hold a model's own methods so that they do not keep it alive."""
    for name, value in vars(model).items():
        if isinstance(value, MethodType) and value.__self__ is model:
            vars(model)[name] = _Weakly(value)


class _Weakly:
    """A method of an object that is held by that object."""

    def __init__(self, method: Any) -> None:
        self._method = WeakMethod(method)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        method = self._method()
        assert method is not None, "whoever calls it holds its object"
        return method(*arguments, **named)

    def __reduce__(self) -> tuple[Any, ...]:
        return _Weakly, (self._method(),)
