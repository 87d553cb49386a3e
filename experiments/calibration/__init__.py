"""Calibrations: parameters fitted to targets, as a sample of what is plausible."""

from experiments.calibration.calibrating import calibrate
from experiments.calibration.calibration import Calibration
from experiments.calibration.looking import Estimate, Progress
from experiments.calibration.settings import Settings

__all__ = ["Calibration", "Estimate", "Progress", "Settings", "calibrate"]
