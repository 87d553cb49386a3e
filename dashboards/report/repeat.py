"""How to repeat a result: commands, versions and hashes from its manifest."""

from __future__ import annotations

import shlex

from dashboards.languages import Language
from dashboards.report.result import CompareResult, Manifest, RunResult
from dashboards.report.table import Table

__all__ = ["commands", "made_with"]


def commands(result: CompareResult | RunResult) -> list[str]:
    """Commands that make the same numbers again, to be given inside the result directory."""
    made = result.manifest
    size = ["--migrants", str(made.migrants), "--days", str(made.days), "--seed", str(made.seed)]
    if isinstance(result, RunResult):
        words = ["waytrust", "run", "scenario.yaml", *size, "--out", "again"]
    else:
        files = [f"scenarios/{each.name}.yaml" for each in result.route.scenarios]
        count = ["--replicates", str(made.replicates)]
        words = ["waytrust", "compare", *files, *count, *size, *_options(made), "--out", "again"]
    return [shlex.join(words), "waytrust report again --out again.html"]


def _options(made: Manifest) -> list[str]:
    wanted = made.half_width or made.until_half_width
    given = {
        "--interval": made.interval if made.interval != "t" else None,
        "--half-width": wanted,
        "--permutations": made.permutations,
        "--posterior": "posterior.parquet" if made.posterior else "none",
    }
    found = [word for name, value in given.items() if value for word in (name, str(value))]
    return [*(["--decompose"] if made.decompose else []), *found]


def made_with(result: CompareResult | RunResult, language: Language) -> Table:
    """What the result was made with."""
    t, made = language, result.manifest
    rows = [
        (t.text("Made on"), t.moment(made.made), made.made),
        (t.text("Seed of all chance"), str(made.seed), made.seed),
        (t.text("Simulated people in each run"), t.number(made.migrants), made.migrants),
        (t.text("People they stand for"), t.number(result.route.people), result.route.people),
        (t.text("Days"), t.number(made.days), made.days),
    ]
    if isinstance(result, CompareResult):
        rows.append((t.text("Pairs of runs"), t.number(made.replicates), made.replicates))
        kind = t.text("bootstrap-t") if made.interval == "bootstrap" else t.text("Student t")
        rows.append((t.text("Paired 95% intervals"), kind, made.interval))
    version_of, hash_of = t.text("Version"), t.text("Hash of the scenario")
    rows += [(f"{version_of}: {name}", version, version)
             for name, version in made.versions.items()]  # fmt: skip
    rows.append((t.text("Hash of the code of the model"), str(made.hashes.get("code", "")),
                 made.hashes.get("code", "")))  # fmt: skip
    rows += [(f"{hash_of}: {name}", str(value), value)
             for name, value in made.hashes.get("scenarios", {}).items()]  # fmt: skip
    columns = [t.text("What"), t.text("Value")]
    return Table("made-with", t.text("What this result was made with"), columns,
                 [row[:2] for row in rows], ("what", "value"),
                 [(row[0], row[2]) for row in rows])  # fmt: skip
