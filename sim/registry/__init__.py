"""Declarations of parameters: rows of name, default, unit, low, high, source, note[, scale]."""

__all__: list[str] = []
