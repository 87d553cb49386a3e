"""Imported by the fork server of `sweep_ready` alone: lives runs before copies are taken."""

from sweep_ready import MANY

import experiments.commands.sweep_command
import experiments.sweep.table
import experiments.sweep.working  # noqa: F401
from experiments.sweep.family import live_family
from experiments.sweep.job import Job
from scenarios.designing import load_design

live_family(Job(load_design(MANY)), 0)
