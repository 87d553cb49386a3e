"""What a migrant does: one small pure function per behaviour, scalar in, scalar out.

Each rule computes in float64 and is compiled once; the compiled loops and the plain Mesa agents
call the same compiled function. Change a rule here and both engines follow.
"""

__all__: list[str] = []
