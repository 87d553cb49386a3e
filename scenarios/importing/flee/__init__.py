"""Instances of the displacement simulator Flee: read as they are, written as networks."""

from scenarios.importing.flee.instance import Camp, FleeInstance
from scenarios.importing.flee.places import Link, Location
from scenarios.importing.flee.reading import read_instance
from scenarios.importing.flee.times import Closure

__all__ = ["Camp", "Closure", "FleeInstance", "Link", "Location", "read_instance"]
