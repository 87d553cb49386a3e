"""What the model does without and with a shock, as figures and numbers: `waytrust figures`.

Each part makes runs of its own, one picture and a few numbers; `docs/behaviour.md` shows them.
"""

from experiments.behaviour.making import PARTS, make_figures

__all__ = ["PARTS", "make_figures"]
