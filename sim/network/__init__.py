"""Route networks: nodes, legs, countries, organisations and service points, read from CSV."""

from sim.network.arrays import NetworkArrays, compile_network
from sim.network.loading import load_network
from sim.network.route import RouteNetwork, great_circle_km

__all__ = ["NetworkArrays", "RouteNetwork", "compile_network", "great_circle_km", "load_network"]
