"""`python -m experiments.facts [NAME...]`: tries the facts; `--page` writes docs/facts.md again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from experiments.facts.checking import check_facts
from experiments.facts.fact import Verdict
from experiments.pages import Rows, markdown_table, put_into
from experiments.progress import bar_on_stderr
from experiments.words import percent
from sim.problems import InputProblem

__all__ = ["main", "table"]

_EXPECTED = {"falls": "falls", "rises": "rises", "same": "stays the same, to the last bit"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the facts and say what was found; exit code 1 where one does not hold, 2 for input."""
    asked = _parser().parse_args(arguments)
    try:
        with bar_on_stderr("Trying facts") as report:
            verdicts = check_facts(asked.names, replicates=asked.replicates, progress=report)
    except InputProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    console = Console(highlight=False)
    for verdict in verdicts:
        console.print(verdict.sentence())
    if asked.page:
        put_into(asked.page, "facts", markdown_table(table(verdicts), right=1))
    return 0 if all(verdict.holds for verdict in verdicts) else 1


def table(verdicts: Sequence[Verdict]) -> Rows:
    """One row per fact."""
    head = ("What", "Evidence", "Should", "Holds", "Change (95 % interval)")
    rows = [
        (each.fact.claim, each.fact.evidence, _should(each), "yes" if each.holds else "**no**",
         _change(each))
        for each in verdicts
    ]  # fmt: skip
    return head, rows


def _should(verdict: Verdict) -> str:
    fact = verdict.fact
    if fact.sign == "nothing":
        return f"change by less than {percent(fact.margin)}" if fact.relative else (
            f"change by less than {fact.margin:g}"
        )
    return _EXPECTED[fact.sign]


def _change(verdict: Verdict) -> str:
    v, low, high = verdict.interval
    if verdict.fact.relative:
        return f"{percent(v, sign=True)} ({percent(low, sign=True)} to {percent(high, sign=True)})"
    return f"{v:+.3g} ({low:+.3g} to {high:+.3g})"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m experiments.facts", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="experiments (all of them)")
    parser.add_argument("--replicates", type=int, default=20, help="paired replicates of each")
    parser.add_argument("--page", type=Path, help="put the table into this page as well")
    return parser


if __name__ == "__main__":
    sys.exit(main())
