"""What `waytrust validate --flee` does."""

from __future__ import annotations

from pathlib import Path

from experiments.commands import options

__all__ = ["validate_instances"]


def validate_instances(folder: Path, *, without_capacities: bool, replicates: int | None,
                       seed: int | None, people_per_agent: int | None, out: Path | None,
                       as_json: bool) -> None:
    """Run the movement rule on instances of Flee, and print and write what was found."""
    from experiments.displacement.telling import KIND, error_table, error_words, write_validation
    from experiments.displacement.validation import validate_flee
    from experiments.progress import bar_on_stderr, say
    from experiments.progress import out as stdout
    from experiments.writing import check_place

    check_place(out, KIND)
    with bar_on_stderr("Moving people to camps", whole_model=False) as report:
        found = validate_flee(
            folder, without_capacities=without_capacities, replicates=replicates, seed=seed,
            people_per_agent=people_per_agent, progress=report)
    if out is not None:
        write_validation(found, out)
    if as_json:
        options.print_json(found.to_dict())
        return
    console, err = stdout(), say()
    for one in found.instances:
        for problem in one.warnings:
            err.print(f"warning: {problem.sentence()}", soft_wrap=True)
    console.print(error_table(found))
    for words in error_words(found):
        console.print(words, soft_wrap=True)
    if out is not None:
        console.print(f"Numbers and pictures lie in {out}/.", soft_wrap=True)
