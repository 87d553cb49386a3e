"""The public door of Waytrust: `import waytrust as wt`.

Waytrust simulates trust in humanitarian help on migration routes. The parts live in `sim` (the
model), `scenarios` (files people write), `experiments` (many runs and their comparison) and
`dashboards` (what shows them); this module re-exports what most people need and adds nothing.

Example:
    >>> import waytrust as wt
    >>> result = wt.compare("central_mediterranean", "agadez_breach")
"""

from experiments import (
    calibrate,
    compare,
    discover,
    report,
    run,
    sensitivity,
    sweep,
    validate,
)
from scenarios import load
from sim import parameters
from sim.model import TrustModel
from sim.survey import survey

__all__ = [
    "load", "run", "compare", "survey", "sweep", "sensitivity", "discover", "calibrate",
    "validate", "report", "TrustModel", "parameters", "__version__",
]  # fmt: skip

__version__ = "0.1.0"
