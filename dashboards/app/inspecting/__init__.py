"""The page on which one steps through days and looks at one migrant, in Mesa's own SolaraViz."""

__all__: list[str] = []
