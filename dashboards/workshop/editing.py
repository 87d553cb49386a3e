"""Changes to the text of a scenario that leave everything else as it was, comments included.

A form never writes a file of its own: it changes the text that stands beside it, so that both
always say the same.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from dashboards.workshop.reading import read

__all__ = ["NOTHING", "add", "free_id", "remove", "rename", "set_field", "set_setting", "started"]

NOTHING = object()
"""Stands for a setting that is to be left out."""

_LISTED = re.compile(r"^interventions:[^\n]*\n(?:\s*(?:#[^\n]*)?\n)*( *)-", re.MULTILINE)


def set_setting(text: str, path: tuple[str, ...], value: Any) -> str:
    """Change a setting such as `title` or `population.migrants`.

    Args:
        text: The scenario; it can be read (see `Reading.readable`).
        path: Keys from the outermost on.
        value: Plain data, or `NOTHING` to leave it out.
    """

    def change(root: CommentedMap) -> None:
        _put(root, path, value)

    return _changed(text, change)


def set_field(text: str, entry: str, path: tuple[str, ...], value: Any) -> str:
    """Change a setting of an intervention.

    One that only stands in what the scenario extends is changed by an entry of the same id.

    Args:
        text: The scenario.
        entry: Id of the intervention, or its number in the text where it has none.
        path: Keys from the outermost on, such as `("scope", "node")`.
        value: Plain data, or `NOTHING` to leave it out.
    """

    def change(root: CommentedMap) -> None:
        found = _entry(root, entry)
        if found is None:
            found = CommentedMap({"id": entry})
            _list(root).append(found)
        if path[0] == "scope" and isinstance(found.get("scope"), str):
            found["scope"] = _flow({})
        inherited = [each for each in read(text).entries if each.id == entry]
        if path[0] == "scope" and "scope" not in found and inherited:
            # A scope that is given replaces the inherited one as a whole.
            found["scope"] = _copied(inherited[0].given.get("scope"))
        _put(found, path, value)

    return _changed(text, change)


def add(text: str, entry: Mapping[str, Any]) -> str:
    """Add an intervention at the end."""

    def change(root: CommentedMap) -> None:
        new = CommentedMap(entry)
        for key, value in entry.items():
            if isinstance(value, dict | list):
                new[key] = _flow(value)
        _list(root).append(new)

    return _changed(text, change)


def remove(text: str, entry: str) -> str:
    """Take an intervention out of the text; what is inherited can only be changed."""

    def change(root: CommentedMap) -> None:
        listed = root.get("interventions")
        found = _entry(root, entry)
        if found is not None:
            listed.remove(found)
        if listed is not None and not listed:
            del root["interventions"]

    return _changed(text, change)


def rename(text: str, name: str, title: str | None = None) -> str:
    """Give a scenario another name, and a title if one is given."""
    named = set_setting(text, ("name",), name)
    return named if title is None else set_setting(named, ("title",), title)


def free_id(wanted: str, taken: list[str]) -> str:
    """A name that is not taken yet: the wanted one, or the same with a number."""
    number, found = 2, wanted
    while found in taken:
        found, number = f"{wanted}_{number}", number + 1
    return found


def started(name: str, title: str, base: str) -> str:
    """The text of a new scenario that extends another."""
    empty = f"name: {name}\ntitle: {name}\nextends: {base}\n"
    return set_setting(empty, ("title",), title)


def _changed(text: str, change: Callable[[CommentedMap], None]) -> str:
    yaml = _yaml(text)
    root = yaml.load(text)
    change(root)
    made = io.StringIO()
    yaml.dump(root, made)
    return made.getvalue()


def _yaml(text: str) -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    listed = _LISTED.search(text)
    offset = len(listed.group(1)) if listed else 2
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    yaml.allow_duplicate_keys = True
    return yaml


def _put(group: CommentedMap, path: tuple[str, ...], value: Any) -> None:
    *outer, last = path
    for key in outer:
        if not isinstance(group.get(key), dict):
            group[key] = _flow({})
        group = group[key]
    if value is NOTHING:
        _drop(group, last)
        return
    group[last] = _flow(value) if isinstance(value, dict | list | tuple) else value


def _drop(group: CommentedMap, key: str) -> None:
    if key not in group:
        return
    # What stands behind the setting, such as the head of the next part, stays.
    kept = group.ca.items.pop(key, None)
    keys = list(group)
    del group[key]
    before = keys.index(key) - 1
    after = _own_lines(kept)
    if after and before >= 0 and keys[before] not in group.ca.items:
        group.yaml_set_comment_before_after_key(keys[before], after=after)


def _own_lines(kept: Any) -> str:
    token = kept[2] if kept and len(kept) > 2 else None
    lines = str(token.value).split("\n")[1:] if token is not None else []
    return "\n".join(line.strip().lstrip("#").strip() for line in lines if line.strip())


def _list(root: CommentedMap) -> CommentedSeq:
    if not isinstance(root.get("interventions"), list):
        root["interventions"] = CommentedSeq()
    listed: CommentedSeq = root["interventions"]
    listed.fa.set_block_style()
    return listed


def _entry(root: CommentedMap, entry: str) -> CommentedMap | None:
    listed = root.get("interventions") or []
    for number, found in enumerate(listed):
        if isinstance(found, CommentedMap) and found.get("id", str(number + 1)) == entry:
            return found
    return None


def _flow(value: Any) -> Any:
    if isinstance(value, Mapping):
        group = CommentedMap({key: _flow(each) for key, each in value.items()})
        group.fa.set_flow_style()
        return group
    if isinstance(value, list | tuple):
        listed = CommentedSeq([_flow(each) for each in value])
        listed.fa.set_flow_style()
        return listed
    return value


def _copied(scope: Any) -> Any:
    return _flow(scope) if isinstance(scope, dict) else _flow({})
