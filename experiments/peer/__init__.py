"""The screening of Routes and Rumours, the nearest published model, repeated."""

__all__: list[str] = []
