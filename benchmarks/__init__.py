"""How fast Waytrust is: `python -m benchmarks`, or `make bench`.

Times differ from machine to machine and from minute to minute, so what counts are ratios within
one run. `docs/performance.md` shows a run and says how to repeat it.
"""

__all__: list[str] = []
