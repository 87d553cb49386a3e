"""The figures of shape, as a section of `docs/validation.md` made from their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.behaviour.shape import found, rows_of, tally, verdict_words
from experiments.pages import markdown_table

if TYPE_CHECKING:
    from experiments.behaviour.part import Part

__all__ = ["BLOCK", "gallery"]

BLOCK = "shape"
"""Name of the marks between which the section stands."""
_HEAD = ("Shape", "Main number (95 % interval)", "Verdict", "All checks")
_INTRODUCTION = """\
## Shape, not only level

A model can meet every level and still get the order of events wrong. Each figure below shows one
shape that the evidence speaks of, with its number, its interval over paired replicates, and a
verdict against the direction that the evidence gives. `waytrust figures` makes the section; the
numbers are in [`docs/figures/numbers.json`](figures/numbers.json). Runs are small (see each
figure) and have default parameters, so that intervals hold chance alone: a size found here is no
finding about the world."""


def gallery(numbers: Mapping[str, Any], parts: Mapping[str, Part]) -> str:
    """The section.

    Args:
        numbers: What stands in `numbers.json`.
        parts: All parts, by name; those of shape are shown once their numbers are there.
    """
    shown = {
        name: part for name, part in parts.items()
        if part.shape is not None and numbers.get(name, {}).get("verdicts")
    }  # fmt: skip
    summary = [_summary(part, numbers[name]["verdicts"]) for name, part in shown.items()]
    sections = [_section(name, part, numbers[name]) for name, part in shown.items()]
    return "\n\n".join([_INTRODUCTION, markdown_table((_HEAD, summary)), *sections])


def _summary(part: Part, verdicts: list[Mapping[str, Any]]) -> tuple[str, ...]:
    main = verdicts[0]
    assert part.shape is not None
    return part.shape.title, f"{main['what']}: {found(main)}", verdict_words(main), tally(verdicts)


def _section(name: str, part: Part, kept: Mapping[str, Any]) -> str:
    assert part.shape is not None
    says = kept["says"].rstrip(".")
    return "\n\n".join([
        f"### {part.shape.title}",
        part.shape.known,
        f"![{says}](figures/{name}.png)",
        f"**{kept['says']}**",
        markdown_table(rows_of(kept["verdicts"])),
        f"Repeat: `waytrust figures --only {name}`",
    ])  # fmt: skip
