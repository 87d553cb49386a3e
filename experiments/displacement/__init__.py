"""The movement rule against UNHCR's counts, on instances of the displacement simulator Flee."""

__all__: list[str] = []
