"""Charts as Vega-Lite, which Vega draws in the browser; each from numbers found elsewhere."""

__all__: list[str] = []
