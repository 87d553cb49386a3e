"""Many runs and what they say: run one scenario, compare several, ask the survey, draw, write.

Only light modules are imported here, so that `waytrust --help` answers at once; the model is
loaded when the first run starts.
"""

from experiments.calibration import Calibration, calibrate
from experiments.compare import compare
from experiments.comparison import Comparison
from experiments.run import RunResult, run
from experiments.stopping import run_until
from experiments.surveys import survey_run

__all__ = [
    "run", "run_until", "RunResult", "compare", "Comparison", "survey_run", "calibrate",
    "Calibration",
]  # fmt: skip
