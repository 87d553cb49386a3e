"""Runs the rules over all migrants, a day at a time: compiled, or as plain Mesa agents."""

__all__: list[str] = []
