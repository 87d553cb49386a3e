"""Makes the figures, and keeps pictures, numbers and the tables of the page together."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from experiments.behaviour import (
    announced,
    breach,
    delayed,
    demo_part,
    drawing,
    echoes,
    friendly,
    nothing_to_fear,
    opinions,
    outlives,
    recovery,
    size,
    spill_over,
    unsure,
)
from experiments.behaviour.gallery import BLOCK, gallery
from experiments.behaviour.part import Made, Part, Report, Size
from experiments.behaviour.shape import kept_verdict
from experiments.limits import refusal
from experiments.pages import Rows, block, markdown_table, put_into
from experiments.writing import json_text

__all__ = ["NUMBERS", "PARTS", "make_figures", "words_and_table"]

PARTS: dict[str, Part] = {
    part.name: part
    for part in (
        demo_part.PART, unsure.PART, opinions.PART, breach.PART, announced.PART, outlives.PART,
        recovery.PART, friendly.PART, spill_over.PART, delayed.PART, nothing_to_fear.PART,
        echoes.PART, size.PART,
    )
}  # fmt: skip
"""Every part, by name, in the order of the pages."""
NUMBERS = "numbers.json"

Watch = Callable[[str], AbstractContextManager[Report | None]]
"""Opens what shows the progress of one part."""


def make_figures(
    folder: Path,
    *,
    only: Collection[str] = (),
    pages: Sequence[Path] = (),
    small: bool = False,
    watch: Watch | None = None,
) -> dict[str, str]:
    """Make runs and draw figures.

    Args:
        folder: Where pictures and `numbers.json` go.
        only: Names of the parts to make; empty: all.
        pages: Markdown pages; what stands in them between the marks `<!-- name -->` and
            `<!-- /name -->` of a part is brought up to date, and so are the shapes (`shape`).
        small: Tiny runs, to try it out.
        watch: Opens what shows the progress of a part.

    Returns:
        What each figure shows, in a sentence.

    Raises:
        InputProblem: If there is no such part, or the folder cannot be written.
    """
    chosen = _chosen(only)
    _make_folder(folder)
    shown = {}
    for part in chosen:
        with (watch or _unwatched)(part.name) as report:
            made = part.make(part.small if small else part.usual, report)
        _keep(folder, part, part.small if small else part.usual, made)
        for page in pages:
            _refresh(page, part.name, made, folder)
        shown[part.name] = made.words
    return shown


def _unwatched(_: str) -> AbstractContextManager[None]:
    return nullcontext()


def _chosen(only: Collection[str]) -> list[Part]:
    for name in only:
        if name not in PARTS:
            raise refusal("only", name, "is not a figure", f"choose among {', '.join(PARTS)}")
    return [part for name, part in PARTS.items() if not only or name in only]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / NUMBERS).open("a", encoding="utf-8"):
            pass
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"cannot be written ({reason})"
        raise refusal("out", folder, message, "name another directory") from None


def _keep(folder: Path, part: Part, used: Size, made: Made) -> None:
    drawing.save(made.figure, folder, part.name, made.words)
    kept = _read(folder / NUMBERS)
    kept[part.name] = {
        "says": made.words,
        "migrants": list(used.migrants),
        "days": used.days,
        "replicates": list(used.replicates),
        "numbers": _rounded(made.numbers),
        **({"table": [list(made.table[0]), *map(list, made.table[1])]} if made.table[0] else {}),
    }
    if made.verdicts:
        kept[part.name]["verdicts"] = [_rounded(kept_verdict(each)) for each in made.verdicts]
    ordered = {name: kept[name] for name in PARTS if name in kept}
    (folder / NUMBERS).write_text(json_text(ordered) + "\n", encoding="utf-8")


def _refresh(page: Path, name: str, made: Made, folder: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if block(text, name) is not None:
        put_into(page, name, words_and_table(made.words, made.table))
    if made.verdicts and block(text, BLOCK) is not None:
        put_into(page, BLOCK, gallery(_read(folder / NUMBERS), PARTS))


def words_and_table(words: str, table: Rows) -> str:
    """What a page says of a part, between its marks."""
    return f"**{words}**\n\n{markdown_table(table)}"


def _read(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    return dict(json.loads(text)) if text.strip() else {}


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value
