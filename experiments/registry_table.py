"""Makes docs/parameters.md from the registry: `python -m experiments.registry_table`."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.evidence import cited_by
from experiments.pages import markdown_table
from sim.parameters import REGISTRY

if TYPE_CHECKING:
    from sim.parameters import Parameter

__all__ = ["PAGE", "parameters_page"]

PAGE = Path(__file__).resolve().parent.parent / "docs" / "parameters.md"
_HEAD = ("Name", "Default", "Unit", "Plausible range", "Source", "What it means")
_INTRODUCTION = """\
# Parameters

Every number of the model that can be changed, from the registry in `sim/registry/`. Do not edit
this page: change the registry and run `python -m experiments.registry_table`. The same list:
`waytrust parameters` (`--json` for programs).

A scenario changes them under `parameters:`, with units:

```yaml
parameters:
  half_life_against: 240 days
  meetings_per_day: 1 a day
  hearsay_trust: 20 %
```

- **Unit.** `days`; `share` (0 to 1, or a percentage); `1/day` (how often, or a daily chance);
  `amount` (units of evidence; the prior weighs 2); `utility` (on the scale of the noise in
  choices); `multiplier`; `count`; `switch` (yes or no).
- **Plausible range.** What is worth exploring, on a logarithmic scale where it says log. Values
  outside are taken too, with a warning.
- **Source.** Ids stand for rows of `experiments/evidence/` (S, E, M, C: surveys, other surveys,
  mechanisms, effects); [evidence.md](evidence.md) says which bears on what. `assumed`: a value that
  is not measured, at least in part, with the reason why; the range is then wide: its ends differ by
  a factor of three, or by 0.4 between shares, or by 2 between utilities. `trial`: a starting value
  that fitted what surveys found in a small trial on another route. `design`: a switch of the model.

{assumed} of {all} parameters are assumed, {only} of them without any evidence id.
"""


def parameters_page() -> str:
    """The text of docs/parameters.md."""
    assumed = [parameter for parameter in REGISTRY.values() if parameter.assumed]
    only = sum(not cited_by(parameter) for parameter in assumed)
    parts = [_INTRODUCTION.format(assumed=len(assumed), only=only, all=len(REGISTRY))]
    for group, members in groupby(REGISTRY.values(), key=lambda parameter: parameter.group):
        table = markdown_table((_HEAD, [_row(parameter) for parameter in members]))
        parts.append(f"## {group[0].upper()}{group[1:]}\n\n{table}\n")
    return "\n".join(parts)


def _row(parameter: Parameter) -> tuple[str, ...]:
    log = " (log)" if parameter.scale == "log" else ""
    return (
        f"`{parameter.name}`",
        f"{parameter.default:g}",
        parameter.unit,
        f"{parameter.low:g} to {parameter.high:g}{log}",
        f"{parameter.source}: {parameter.reason}" if parameter.reason else parameter.source,
        parameter.note.replace("|", "\\|"),
    )


if __name__ == "__main__":
    PAGE.write_text(parameters_page(), encoding="utf-8")
