"""What shows results: the report, and the texts and outlines that pages share.

Nothing is imported here: each part is loaded where it is used.
"""

__all__: list[str] = []
