"""Many runs and what they say: run one scenario, compare several, ask, draw, write, report.

Only light modules are imported here, so that `waytrust --help` answers at once; the model is
loaded when the first run starts.
"""

from experiments.analysis.discovery import Discovery, discover
from experiments.analysis.sensitivity import Sensitivity, sensitivity
from experiments.calibration import Calibration, calibrate
from experiments.compare import compare
from experiments.comparison import Comparison
from experiments.report import report
from experiments.run import RunResult, run
from experiments.stopping import run_until
from experiments.surveys import survey_run
from experiments.sweep import Sweep, sweep
from experiments.validation import Validation, validate

__all__ = [
    "run", "run_until", "RunResult", "compare", "Comparison", "survey_run", "sweep", "Sweep",
    "sensitivity", "Sensitivity", "discover", "Discovery", "calibrate", "Calibration", "report",
    "validate", "Validation",
]  # fmt: skip
