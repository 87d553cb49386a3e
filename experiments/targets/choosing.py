"""Which targets a list of ids means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.problems import InputProblem, Problem, nearest, quoted

if TYPE_CHECKING:
    from experiments.targets.reading import Written
    from scenarios.positions import Node

__all__ = ["chosen"]


def chosen(
    ids: Sequence[str], written: Sequence[Written], nodes: Sequence[Node] = ()
) -> list[Written]:
    """The targets that ids mean; `T15` means all its parts: `T15_smugglers` and so on.

    Args:
        ids: Ids, or what several begin with.
        written: All targets.
        nodes: Where the ids stand, if they stand in a file.

    Returns:
        Each target once, in the order in which they are named.

    Raises:
        InputProblem: If an id means nothing.
    """
    found: dict[str, Written] = {}
    problems = []
    for position, word in enumerate(ids):
        meant = [each for each in written if each.id == word or each.id.startswith(f"{word}_")]
        found |= {each.id: each for each in meant}
        if not meant:
            problems.append(_unknown(word, written, nodes[position] if nodes else None))
    if problems:
        raise InputProblem(problems)
    return list(found.values())


def _unknown(word: str, written: Sequence[Written], node: Node | None) -> Problem:
    families = {each.id.partition("_")[0] for each in written}
    known = [*(each.id for each in written), *sorted(families)]
    padded = re.sub(r"^([A-Z])(\d)(?!\d)", r"\g<1>0\2", word)
    guess = padded if padded in known else nearest(word, known)
    message = f"there is no target {quoted(word)} that could be used here"
    advice = f"did you mean {guess}?" if guess else f"choose among {', '.join(sorted(families))}"
    if node is not None:
        return node.place.problem(message, field="targets", value=word, suggestion=advice)
    return Problem(field="targets", value=word, message=message, suggestion=advice)
