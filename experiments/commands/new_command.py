"""`waytrust scenarios new`: asks a few questions, or takes options, and writes a file."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from experiments.commands import options
from experiments.commands.options import Json

if TYPE_CHECKING:
    from collections.abc import Callable

    from scenarios.drafting import Draft
    from scenarios.known import Known
    from scenarios.scenario import Scenario

__all__ = ["new"]

NOTHING = "nothing"
_OF = {"node": "town", "organisation": "organisation", "country": "country",
       "service_point": "service point"}


def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write, such as mine.yaml.")],
    extends: Annotated[
        str | None, typer.Option("--extends", help="Scenario to start from.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="What happens.")] = None,
    node: Annotated[str | None, typer.Option("--node", help="Town where it happens.")] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", help="Organisation concerned.")
    ] = None,
    country: Annotated[str | None, typer.Option("--country", help="Country concerned.")] = None,
    service_point: Annotated[
        str | None, typer.Option("--service-point", help="Service point concerned.")
    ] = None,
    start: Annotated[str | None, typer.Option("--start", help="First day, such as 90.")] = None,
    end: Annotated[str | None, typer.Option("--end", help="Day on which it is over.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title in plain words.")] = None,
    question: Annotated[str | None, typer.Option("--question", help="What you want to know.")]
    = None,
    copy: Annotated[
        str | None, typer.Option("--copy", help="Copy this scenario, to change it.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: Json = False,
) -> None:
    """Write a new scenario with comments; asks for what is not given, on a terminal."""
    import scenarios
    from experiments.writing import new_file
    from scenarios.copying import copied

    _check_place(file, force)
    ask = _Asking(not as_json and copy is None and _somebody_answers())
    places = {"node": node, "organisation": organisation, "country": country,
              "service_point": service_point}
    if copy is not None:
        _refuse_beside_copy(extends, kind, start, end, title, question, *places.values())
        text, start_from = copied(copy, _name(file))
    else:
        start_from = ask.text(extends, "Scenario to start from", "central_mediterranean")
        base = scenarios.load(start_from)
        draft = _draft(file, base, ask, kind, places, (start, end), (title, question))
        if start_from not in scenarios.library_names():
            draft = replace(draft, base=os.path.relpath(start_from, file.absolute().parent))
        text = draft.text()
    with new_file(file, "FILE") as draft_file:
        draft_file.write_text(text, encoding="utf-8")
    problems = scenarios.check(file)
    if as_json:
        valid = all(problem.severity != "error" for problem in problems)
        found = [problem.model_dump() for problem in problems]
        options.print_json({"file": str(file), "valid": valid, "problems": found})
        return
    typer.echo(f"Written: {file}. Open it in any editor; what stands behind # explains.")
    for problem in problems:  # what could not be guessed is no mistake of whoever asked
        typer.echo(f"Still to do: {problem.sentence()}")
    typer.echo(f"Then: waytrust scenarios check {file}")
    typer.echo(f"      waytrust compare {start_from} {file}")


def _draft(
    file: Path, base: Scenario, ask: _Asking, kind: str | None, places: dict[str, str | None],
    days: tuple[str | None, str | None], words: tuple[str | None, str | None],
) -> Draft:
    from scenarios.drafting import Draft
    from scenarios.known import Known

    known = Known(base.route)
    chosen = ask.kind(kind)
    scope: dict[str, str] = {}
    first, last = days
    start, end = 90, None
    if chosen is not None:
        wanted = ("node", "organisation") if not any(places.values()) else ()
        for what, name in places.items():
            found = ask.thing(what, name, known, wanted=what in wanted)
            if found:
                scope[what] = found
        start = options.days_of(ask.text(first, "First day", "90")) or 0
        over = ask.text(last, "Day on which it is over (empty: it lasts)", "")
        end = options.days_of(over) if over else None
    title = ask.text(words[0], "Title", _title(file))
    return Draft(
        name=_name(file), base=base.name, title=title, question=words[1] or "", kind=chosen,
        scope=scope, start=start, end=end, country=_country(base, scope),
    )  # fmt: skip


def _somebody_answers() -> bool:
    return sys.stdin.isatty()


class _Asking:
    """Takes what was given, and asks for the rest where somebody can answer."""

    def __init__(self, can_ask: bool) -> None:
        self._can_ask = can_ask

    def text(self, given: str | None, words: str, usual: str) -> str:
        if given is not None or not self._can_ask:
            return usual if given is None else given
        return str(typer.prompt(words, default=usual, err=True, show_default=bool(usual)))

    def kind(self, given: str | None) -> str | None:
        from scenarios.drafting import kind_words

        kinds = kind_words()
        if given is None and self._can_ask:
            for name, about in kinds.items():
                typer.echo(f"  {name}: {about}.", err=True)
        return self._one_of(given, f"What happens ({NOTHING}: only the world as it is)", NOTHING,
                            "--kind", lambda word: _choose(word, kinds))

    def thing(self, what: str, given: str | None, known: Known, *, wanted: bool) -> str | None:
        if given is None and not wanted:
            return None
        return self._one_of(given, f"Which {_OF[what]} (empty: any)", "",
                            "--" + what.replace("_", "-"),
                            lambda word: _named(word, what, known))

    def _one_of(
        self, given: str | None, words: str, usual: str, field: str,
        read: Callable[[str], tuple[str | None, str]],
    ) -> str | None:
        """Ask until the answer can be read; what was given on the command line is refused."""
        from sim.problems import InputProblem, Problem

        while True:
            word = self.text(given, words, usual)
            if word in ("", NOTHING):
                return None
            found, advice = read(word)
            if found is not None:
                return found
            problem = Problem(field=field, value=word, message="there is no such name",
                              suggestion=advice)
            if given is not None or not self._can_ask:
                raise InputProblem(problem)
            typer.echo(problem.sentence(), err=True)


def _choose(word: str, names: Any) -> tuple[str | None, str]:
    from sim.problems import advice

    return (word, "") if word in names else (None, advice(word, names))


def _named(word: str, what: str, known: Known) -> tuple[str | None, str]:
    """An id, also where people write the name: `Agadez` for `agadez`."""
    found = known.named(what, word)
    return found, "" if found else known.suggest(what, word)


def _country(base: Scenario, scope: dict[str, str]) -> str | None:
    if "country" in scope:
        return scope["country"]
    nodes, points = base.route.nodes, base.route.points
    place = scope.get("node")
    if place is None and "service_point" in scope:
        place = dict(zip(points["id"], points["node"], strict=True))[scope["service_point"]]
    found = dict(zip(nodes["id"], nodes["country"], strict=True)).get(place)
    return None if found is None else str(found)


def _name(file: Path) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", file.stem.lower()).strip("_")[:64]
    return name if re.match("[a-z]", name) else f"scenario_{name}".rstrip("_")


def _title(file: Path) -> str:
    return _name(file).replace("_", " ").capitalize()


def _refuse_beside_copy(*given: str | None) -> None:
    from experiments.limits import refusal

    if any(word is not None for word in given):
        raise refusal("--copy", "", "takes a whole scenario as it is",
                      "leave the other options out and change the file")


def _check_place(file: Path, force: bool) -> None:
    from experiments.limits import refusal

    if file.is_dir():
        raise refusal("FILE", file, "is a folder", "name a file in it")
    if file.suffix not in (".yaml", ".yml"):
        raise refusal("FILE", file, "does not end in .yaml", f"write {file.stem}.yaml")
    if file.exists() and not force:
        raise refusal("FILE", file, "is there already", "name another, or add --force")
