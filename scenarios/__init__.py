"""Scenarios: files that people write, the networks they stand on, and the loader that checks them.

`load` gives a checked scenario, `check` lists everything wrong or odd in a file, `json_schema`
describes the files to an editor.
"""

from scenarios.editor import json_schema
from scenarios.loader import check, load
from scenarios.resolve import library_names, network_names
from scenarios.scenario import Scenario

__all__ = ["Scenario", "check", "json_schema", "library_names", "load", "network_names"]
