"""Finds scenario files and networks, and follows `extends`.

Only files of the library and of a scenario's own folder are ever opened.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from scenarios import yaml_positions
from scenarios.positions import Node, Source, from_plain
from sim.interventions.base import NAME_PATTERN
from sim.problems import InputProblem, Problem, advice, quoted
from sim.said import Said

__all__ = ["find_file", "followed", "inside", "laid_over", "library_names", "merged",
           "named_after_file", "named_file", "network_folder", "network_names", "own_file"]

HERE = Path(__file__).resolve().parent
LIBRARY = HERE / "library"
NETWORKS = HERE / "networks"
LONGEST_CHAIN = 10
NOT_INHERITED = ("name", "title", "question", "extends")
MERGED_BY_KEY = ("population", "parameters")

_NONE = {
    "scenario": Said("there is no scenario or file {name}"),
    "design": Said("there is no design or file {name}"),
}  # fmt: skip

Input = str | Path | Mapping[str, Any]


def library_names() -> list[str]:
    """Names of the scenarios of the library."""
    # Asked at every scenario that extends another; a folder is touched when a file comes or goes.
    return list(_names_in(LIBRARY, LIBRARY.stat().st_mtime_ns))


@functools.lru_cache(maxsize=1)
def _names_in(folder: Path, stamp: int) -> tuple[str, ...]:  # noqa: ARG001
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def network_names() -> list[str]:
    """Names of the networks of the library."""
    return sorted(path.parent.name for path in NETWORKS.glob("*/nodes.csv"))


def merged(given: Input, found: list[Problem]) -> Node:
    """A scenario as one mapping, with what it `extends` merged in.

    Args:
        given: Name in the library, file, or plain data.
        found: Faults that do not hinder reading on are added to it.

    Raises:
        InputProblem: If the scenario itself cannot be found or read. Where only one that it
            extends cannot, that is added to `found` too.
    """
    if isinstance(given, Mapping):
        node = from_plain(given, Source("scenario"))
    else:
        path = find_file(given)
        node = yaml_positions.read(path, str(path), found)
        node = named_after_file(node, path)
    return followed(node, found)


def followed(node: Node, found: list[Problem]) -> Node:
    """A scenario that has been read, with what it `extends` merged in; see `merged`."""
    chain = [node]
    try:
        _follow(chain, found)
    except InputProblem as problem:
        found.extend(problem.problems)
    whole = _settled(chain[-1])
    for layer in reversed(chain[:-1]):
        whole = laid_over(whole, layer)
    return whole


def laid_over(base: Node, layer: Node) -> Node:
    """A scenario with what it gives itself, over the whole of the one that it extends."""
    return _merge(base, _settled(layer))


def network_folder(node: Node) -> Path:
    """Folder of the network that a scenario names.

    Raises:
        InputProblem: If there is none, or it lies outside the scenario's own folder.
    """
    name = str(node.value)
    if name in network_names():
        return NETWORKS / name
    own = own_file(node, "network")
    if own is not None and own.is_dir():
        return own
    known = network_names()
    raise InputProblem(node.place.problem(
        Said("there is no network {name}", name=quoted(name)), field="network", value=name,
        suggestion=advice(name, known, Said("choose among {names}, or name a folder beside this "
                                            "file", names=", ".join(known)))))


def own_file(node: Node, field: str) -> Path | None:
    """File or folder that a setting names, relative to the file it is written in.

    Returns:
        Its path, or None where the scenario has no folder or nothing is there.

    Raises:
        InputProblem: If it lies outside that folder.
    """
    folder = node.place.source.folder
    name = str(node.value)
    if folder is None or not name or "\0" in name:
        return None
    try:
        path = folder / name
        if not inside(folder, path):
            raise InputProblem(node.place.problem(
                Said("{name} lies outside the scenario's own folder", name=quoted(name)),
                field=field, value=name, suggestion=Said("copy it beside the scenario")))
        return path if path.exists() else None
    except (OSError, ValueError, RuntimeError):
        return None


def inside(folder: Path, path: Path) -> bool:
    """Whether a path stays inside a folder once links are followed."""
    return path.resolve().is_relative_to(folder.resolve())


def find_file(given: str | Path) -> Path:
    """The file of a scenario: one of the library, or one's own.

    Raises:
        InputProblem: If there is none.
    """
    return named_file(given, "scenario", LIBRARY, library_names())


def named_file(given: str | Path, what: str, library: Path, names: list[str],
               suggestion: str = "") -> Path:
    """A file by its name in a library, or one's own.

    Args:
        given: The name, or the file.
        what: What it holds: `scenario` or `design`.
        library: Folder of the library.
        names: Names in the library.
        suggestion: What to do if there is none; empty: the nearest name, or the list of all.

    Raises:
        InputProblem: If there is none.
    """
    text = str(given)
    if isinstance(given, str) and text in names:
        return library / f"{text}.yaml"
    try:
        path = Path(given)
        if text.strip() and path.exists():
            return path
    except (OSError, ValueError):
        path = Path("?")
    where = Said("see {command}", command=f"waytrust {what}s list")
    raise InputProblem(Problem(
        file="" if re.match(NAME_PATTERN, text) else text[:200], field=what, value=text[:200],
        message=Said(_NONE[what], name=quoted(text)),
        suggestion=suggestion or advice(path.stem, names, where)))


def _follow(chain: list[Node], found: list[Problem]) -> None:
    """Adds to a chain what its last scenario extends, until one extends nothing."""
    seen = [_identity(chain[0])]
    while (link := chain[-1].mapping.get("extends")) is not None and isinstance(link.value, str):
        path = _extended(link, link.value)
        if path.resolve() in seen or len(chain) > LONGEST_CHAIN:
            raise InputProblem(link.place.problem(
                Said("{name} leads back to a scenario that extends it", name=quoted(link.value))
                if path.resolve() in seen
                else Said("more than {most} scenarios extend one another", most=LONGEST_CHAIN),
                field="extends", value=link.value, suggestion=Said("remove one of the extends")))
        seen.append(path.resolve())
        node, faults = _read_before(path, *_stamp(path))
        found.extend(faults)
        chain.append(node)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        known = path.stat()
    except OSError:
        return 0, 0  # reading it will tell
    return known.st_mtime_ns, known.st_size


@functools.lru_cache(maxsize=64)
def _read_before(path: Path, changed: int, size: int) -> tuple[Node, tuple[Problem, ...]]:  # noqa: ARG001
    # Most scenarios extend one of a few; nodes are never changed, so that they can be shared.
    faults: list[Problem] = []
    return yaml_positions.read(path, str(path), faults), tuple(faults)


def _extended(link: Node, name: str) -> Path:
    """File that an `extends` names: in the library, or beside the file it is written in."""
    if name in library_names():
        return LIBRARY / f"{name}.yaml"
    for candidate in (name, f"{name}.yaml"):
        path = own_file(replace(link, value=candidate), "extends")
        if path is not None and path.is_file():
            return path
    otherwise = Said("name one of the library or a file beside this one")
    raise InputProblem(link.place.problem(
        Said("there is no scenario {name} to extend", name=quoted(name)), field="extends",
        value=name, suggestion=advice(name, library_names(), otherwise)))


def _identity(node: Node) -> Path | None:
    path = node.place.source.path
    return path.resolve() if path is not None else None


def named_after_file(node: Node, path: Path) -> Node:
    """What a file says, with the file's name where it gives none and the file's can be one."""
    stem = re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")
    if "name" in node.mapping or not re.match(NAME_PATTERN, stem):
        return node
    return replace(node, value={"name": Node(stem[:64], node.place), **node.mapping})


def _settled(layer: Node) -> Node:
    """A layer in which `zero_exposure: true` names the statuses of that layer's own mix."""
    population = layer.mapping.get("population")
    zero = population.mapping.get("zero_exposure") if population else None
    if population is None or zero is None or zero.value is not True:
        return layer
    mix = population.mapping.get("status")
    if mix is None or not mix.mapping:
        return layer
    named = replace(zero, value=[Node(status, zero.place) for status in mix.mapping])
    return _with(layer, "population", _with(population, "zero_exposure", named))


def _with(node: Node, key: str, value: Node) -> Node:
    return replace(node, value={**node.mapping, key: value})


def _merge(base: Node, layer: Node) -> Node:
    """A layer laid over its base."""
    both = {key: node for key, node in base.mapping.items() if key not in NOT_INHERITED}
    for key, node in layer.mapping.items():
        under = both.get(key)
        if under is None:
            both[key] = node
        elif key in MERGED_BY_KEY and isinstance(node.value, dict):
            both[key] = replace(node, value={**under.mapping, **node.mapping})
        elif key == "interventions" and isinstance(node.value, list):
            both[key] = replace(node, value=_merge_by_id(under.items, node.items))
        else:
            both[key] = node
    return replace(layer, value=both)


def _merge_by_id(base: list[Node], layer: list[Node]) -> list[Node]:
    """Interventions of the base, changed by those of the same id, and then the new ones."""
    order = list(base)
    inherited = {_scalar(node, "id"): index for index, node in enumerate(base)}
    for node in layer:
        name = _scalar(node, "id")
        index = inherited.pop(name, None) if name else None
        if index is None:
            order.append(node)
        elif _scalar(node, "kind") in (None, _scalar(base[index], "kind")):
            order[index] = replace(node, value={**base[index].mapping, **node.mapping})
        else:
            order[index] = node
    return order


def _scalar(node: Node, key: str) -> str | None:
    inner = node.mapping.get(key)
    return inner.value if inner is not None and isinstance(inner.value, str) else None
