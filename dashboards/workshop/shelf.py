"""The scenarios of a session, by name: kept, edited, copied, removed. Nothing here is on a disk."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import count

from dashboards.workshop import editing
from dashboards.workshop.bounds import BOUNDS
from dashboards.workshop.reading import Reading, library_text, read
from experiments.limits import refusal
from scenarios import library_names, network_names
from scenarios.resolve import find_file
from sim.said import Said

__all__ = ["Draft", "LibraryEntry", "Shelf", "baseline_of", "library_of", "routes"]

_SETTING = re.compile(r"^(extends|network|title|interventions):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_keys = count(1)


@dataclass(frozen=True)
class Draft:
    """A scenario that somebody works on.

    Attributes:
        key: What tells it apart from others, whatever it is called.
        text: What it says.
        fallback: Its name where the text gives none.
    """

    key: str
    text: str
    fallback: str = "scenario"

    @property
    def reading(self) -> Reading:
        """What the text says, or what is wrong with it."""
        return read(self.text, self.fallback)

    @property
    def name(self) -> str:
        """Its name."""
        scenario = self.reading.scenario
        if scenario is not None and "name" in self.reading.whole:
            return scenario.name
        named = self.reading.whole.get("name")
        return named if isinstance(named, str) and named.strip() else self.fallback

    @property
    def title(self) -> str:
        """What it is called on the page."""
        scenario = self.reading.scenario
        title = scenario.title if scenario else self.reading.whole.get("title")
        return title if isinstance(title, str) and title else self.name.replace("_", " ")


@dataclass(frozen=True)
class LibraryEntry:
    """A scenario of the library.

    Attributes:
        name: Its name.
        title: Its title.
        network: The network it is on.
        calm: Whether nothing happens in it, so that it can be a baseline.
    """

    name: str
    title: str
    network: str
    calm: bool


@dataclass(frozen=True)
class Shelf:
    """The scenarios of a session on one route.

    Attributes:
        route: The network.
        drafts: The scenarios, the baseline first.
    """

    route: str
    drafts: tuple[Draft, ...]

    @classmethod
    def on(cls, route: str) -> Shelf:
        """A shelf with the baseline of a route and the first scenario of the library on it."""
        return cls(route, tuple(_draft(name, library_text(name)) for name in _first_on(route)))

    @property
    def names(self) -> list[str]:
        """The names of all."""
        return [each.name for each in self.drafts]

    def of(self, key: str) -> Draft | None:
        """A draft by its key."""
        return next((each for each in self.drafts if each.key == key), None)

    def edited(self, key: str, text: str) -> Shelf:
        """With another text of one."""
        drafts = (replace(each, text=text) if each.key == key else each for each in self.drafts)
        return replace(self, drafts=tuple(drafts))

    def with_text(self, text: str, name: str) -> Shelf:
        """With one more at the end, under a name that is free.

        Raises:
            InputProblem: If there are too many.
        """
        if len(self.drafts) >= BOUNDS.kept:
            message = Said("scenarios are as many as a session keeps")
            raise refusal(Said("scenarios"), len(self.drafts), message, Said("remove one first"))
        draft = _draft(name, text)
        free = editing.free_id(draft.name, self.names)
        if free != draft.name and draft.reading.readable:
            draft = replace(draft, text=editing.rename(text, free), fallback=free)
        elif free != draft.name:
            draft = replace(draft, fallback=free)
        return replace(self, drafts=(*self.drafts, draft))

    def with_draft(self, name: str, text: str) -> Shelf:
        """With one more at the end, whatever it is called."""
        return replace(self, drafts=(*self.drafts, _draft(name, text)))

    def from_library(self, name: str) -> Shelf:
        """With a copy of a scenario of the library."""
        return self.with_text(library_text(name), name)

    def copied(self, key: str, ending: str) -> Shelf:
        """With a copy of one, whose title ends in a word such as `copy`."""
        draft = self.of(key)
        if draft is None:
            return self
        text = draft.text
        if draft.reading.readable:
            name = editing.free_id(f"{draft.name}_copy", self.names)
            text = editing.rename(text, name, f"{draft.title} {ending}")
        return self.with_text(text, draft.name)

    def started(self, title: str) -> Shelf:
        """With a new one in which nothing happens yet."""
        name = editing.free_id("my_scenario", self.names)
        return self.with_text(editing.started(name, title, baseline_of(self.route)), name)

    def without(self, key: str) -> Shelf:
        """Without one; the baseline stays."""
        kept = (e for n, e in enumerate(self.drafts) if e.key != key or n == 0)
        return replace(self, drafts=tuple(kept))

    def texts(self) -> dict[str, str]:
        """Every text by a name of its own."""
        found: dict[str, str] = {}
        for each in self.drafts:
            found[editing.free_id(_file_name(each.name), list(found))] = each.text
        return found


def routes() -> list[str]:
    """Networks of the library that have a baseline."""
    return [name for name in network_names() if any(e.calm for e in library_of(name))]


def baseline_of(route: str) -> str:
    """The scenario of the library in which nothing happens on a route."""
    return next(each.name for each in library_of(route) if each.calm)


@cache
def _first_on(route: str) -> tuple[str, ...]:
    first = [each.name for each in library_of(route) if not each.calm]
    return (baseline_of(route), *first[:1])


@cache
def library_of(route: str) -> tuple[LibraryEntry, ...]:
    """Scenarios of the library on a network, by name."""
    return tuple(each for each in _library() if each.network == route)


@cache
def _library() -> tuple[LibraryEntry, ...]:
    found = {name: _settings(name) for name in library_names()}

    def network(name: str) -> str:
        given = found[name]
        return given["network"] if "network" in given else network(given["extends"])

    return tuple(
        LibraryEntry(name, given.get("title", name.replace("_", " ")), network(name),
                     "interventions" not in given and "extends" not in given)
        for name, given in found.items()
    )  # fmt: skip


def _settings(name: str) -> dict[str, str]:
    text = find_file(name).read_text(encoding="utf-8")
    return {key: value.split(" #")[0].strip().strip("\"'") for key, value in _SETTING.findall(text)}


def _draft(name: str, text: str) -> Draft:
    return Draft(f"d{next(_keys)}", text, name)


def _file_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]+", "_", name)[:64] or "scenario"
