"""No sentence that a page may show is written as plain English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHOWN = (
    "dashboards/app/inspecting", "dashboards/explore", "dashboards/story", "dashboards/workshop",
    "experiments/analysis", "experiments/compare.py", "experiments/comparing",
    "experiments/limits.py", "experiments/posterior.py", "scenarios", "sim/interventions",
)  # fmt: skip
"""Where such sentences are made."""
ELSEWHERE = (
    "scenarios/importing", "scenarios/networks", "scenarios/designing", "scenarios/quantit",
)  # fmt: skip
"""Told on the command line alone."""
TELLING = {"problem", "Problem", "refusal", "UnitError", "advice", "_fault", "_wrong"}
"""What is called with what is wrong and what would be right."""
NAMED = {"message", "suggestion", "advice", "remedy", "hint", "otherwise"}
"""What such texts are called before they are handed on."""
TEXT_FREE = {"field", "value", "file", "severity", "line", "column"}
WORDS = re.compile(r"[a-z]{2,} [a-z]")


def files() -> list[Path]:
    found = []
    for name in SHOWN:
        place = ROOT / name
        found += [place] if place.is_file() else sorted(place.rglob("*.py"))
    return [each for each in found if not str(each.relative_to(ROOT)).startswith(ELSEWHERE)]


def handed_on(node: ast.AST, told_by: set[str] = TELLING) -> Iterator[ast.expr]:
    """Expressions that are, or become, what is wrong or what would be right."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else (
            getattr(node.func, "id", ""))  # fmt: skip
        if name in told_by:
            yield from node.args
            yield from (each.value for each in node.keywords if each.arg not in TEXT_FREE)
    elif isinstance(node, ast.Assign):
        names = {each.id for target in node.targets for each in ast.walk(target)
                 if isinstance(each, ast.Name)}  # fmt: skip
        if names & NAMED:
            yield node.value


def plain(node: ast.AST) -> Iterator[str]:
    """Texts with words in an expression that do not remember how they were made."""
    if isinstance(node, ast.Call):
        return  # what it is given is its own affair
    if isinstance(node, ast.Constant | ast.JoinedStr):
        parts = [node] if isinstance(node, ast.Constant) else node.values
        text = "".join(str(p.value) for p in parts if isinstance(p, ast.Constant))
        if WORDS.search(text):
            yield text
        return
    for child in ast.iter_child_nodes(node):
        yield from plain(child)


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_what_is_wrong_is_said_so_that_it_can_be_told_in_other_languages(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    # What pydantic finds in an intervention is raised as it wants it.
    raised = {"ValueError"} if file.parent.name == "interventions" else set()
    hidden = [
        text for node in ast.walk(tree) for each in handed_on(node, TELLING | raised)
        for text in plain(each)
    ]  # fmt: skip
    assert hidden == []


def test_it_would_see_a_plain_text():
    seen = ast.parse('raise refusal("a", b, f"is not {c} at all", "give one" if d else Said("x"))')
    found = [text for node in ast.walk(seen) for each in handed_on(node) for text in plain(each)]
    assert found == ["is not  at all", "give one"]
