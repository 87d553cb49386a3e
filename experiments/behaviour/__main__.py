"""`python -m experiments.behaviour`: the section of shapes again from its numbers, without runs."""

import json
from pathlib import Path

from experiments.behaviour.gallery import BLOCK, gallery
from experiments.behaviour.making import NUMBERS, PARTS
from experiments.pages import put_into

__all__: list[str] = []

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"

if __name__ == "__main__":
    numbers = json.loads((DOCS / "figures" / NUMBERS).read_text(encoding="utf-8"))
    put_into(DOCS / "validation.md", BLOCK, gallery(numbers, PARTS))
