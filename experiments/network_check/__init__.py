"""What is odd about a network that can be read, what it holds, and what it looks like."""

from experiments.network_check.checking import Checked, check_network
from experiments.network_check.map import draw_map
from experiments.network_check.sketch import sketch

__all__ = ["Checked", "check_network", "draw_map", "sketch"]
