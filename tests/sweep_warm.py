"""Imported by the fork server of `sweep_ready` alone: runs the model before copies are taken."""

from sweep_ready import MANY

from scenarios.designing import load_design
from sim.model import TrustModel

TrustModel(load_design(MANY).scenario, days=2).run()
