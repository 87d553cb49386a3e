"""Loops over columns that call the rules: the fast engine, one file per phase of the day."""

__all__: list[str] = []
