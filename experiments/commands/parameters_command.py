"""`waytrust parameters`."""

from __future__ import annotations

from experiments.commands import options
from experiments.commands.options import Json

__all__ = ["parameters"]


def parameters(as_json: Json = False) -> None:
    """List every parameter: default, unit, plausible range and source."""
    from experiments.progress import out
    from experiments.tables import plain_table
    from sim.parameters import REGISTRY

    if as_json:
        options.print_json({"parameters": [each.model_dump() for each in REGISTRY.values()]})
        return
    columns = ("Name", "Default", "Unit", "Range", "Source", "Meaning")
    rows = [
        (p.name, f"{p.default:g}", p.unit, f"{p.low:g} to {p.high:g}", p.source, p.note)
        for p in REGISTRY.values()
    ]
    out().print(plain_table(columns, rows))
