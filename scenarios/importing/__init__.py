"""Networks from elsewhere: GeoJSON, GraphML and instances of Flee, made into networks."""

from scenarios.importing.flee.writing import write_instance
from scenarios.importing.geojson import read_geojson
from scenarios.importing.graphml import read_graphml
from scenarios.importing.writing import Written, write_given

__all__ = ["Written", "read_geojson", "read_graphml", "write_given", "write_instance"]
