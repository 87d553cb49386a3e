"""Plain Mesa agents that do one by one what the compiled loops do: the order of a day to read."""

__all__: list[str] = []
