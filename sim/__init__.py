"""The model: migrants, what they believe, and what they do. Imports no other package of ours."""

__all__: list[str] = []
