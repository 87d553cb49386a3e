"""What a sweep says: which parameters matter (`sensitivity`), and when it goes wrong (`discovery`).

The parts here are shared by both. Everything works on a design and a table of runs, so that no
simulation is needed to analyse what has been run.
"""

from experiments.analysis.factors import Factor, factors_of
from experiments.analysis.gaps import Gaps, gaps_of
from experiments.analysis.samples import Combination, Sample, combinations_of, samples_of
from experiments.analysis.source import Runs, open_runs

__all__ = [
    "Combination",
    "Factor",
    "Gaps",
    "Runs",
    "Sample",
    "combinations_of",
    "factors_of",
    "gaps_of",
    "open_runs",
    "samples_of",
]
