"""YAML that remembers its places and refuses what could do harm."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from scenarios import yaml_positions
from scenarios.positions import Node, Source, from_plain
from sim.problems import InputProblem, Problem

HERE = Source("test.yaml")


def read(text: str) -> Node:
    return yaml_positions.from_text(text, HERE)


def refused(text: str) -> Problem:
    with pytest.raises(InputProblem) as caught:
        read(text)
    return caught.value.problems[0]


def test_every_key_and_value_knows_its_place() -> None:
    root = read("a: 1\nb:\n  - x\n  - {c: 2}\n")
    inner = root.at(("b", 1, "c"))
    assert inner.value == 2
    assert (inner.place.line, inner.place.column) == (4, 9)
    assert inner.key is not None
    assert (inner.key.line, inner.key.column) == (4, 6)
    assert root.at(("b", 7, "nothing")).value == root.mapping["b"].value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7), ("-7", -7), ("0.5", 0.5), ("1e3", 1000.0), ("~", None), ("null", None),
        ("true", True), ("yes", "yes"), ("no", "no"), ("2024-03-15", "2024-03-15"),
        ("'7'", "7"), ('"true"', "true"), ("90 days", "90 days"), ("15 %", "15 %"),
        ("0x10", "0x10"), ("12:30", "12:30"), (".inf", ".inf"),
    ],
)  # fmt: skip
def test_scalars(text: str, value: Any) -> None:
    assert read(f"a: {text}").plain() == {"a": value}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "empty"),
        ("# only a comment\n", 1, "empty"),
        ("- 1", 1, "not a list of settings"),
        ("hello", 1, "not a list of settings"),
        ("a: 1\nb: 2\na: 3", 3, "a second time"),
        ("a: !!python/object/apply:os.system [ls]", 1, "the tag"),
        ("a: !include /etc/passwd", 1, "the tag"),
        ("!thing {a: 1}", 1, "the tag"),
        ("!k a: 1", 1, "the tag"),
        ("x: &x {a: 1}\ny:\n  <<: *x", 3, "merge keys"),
        ("a: *nobody", 1, "points at nothing"),
        ("a: &a [*a]", 1, "points at nothing"),
        ("? [1, 2]\n: 3", 1, "plain name"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("a: " + "[" * 50 + "]" * 50, 1, "levels deep"),
        ("a: " + "[" * 100_000, 1, "levels deep"),
        ("a: [1, 2", 1, "not valid YAML"),
        ("a:\n\tb: 1", 2, "not valid YAML"),
        ("a: 'never closed", 1, "not valid YAML"),
    ],
)
def test_refused(text: str, line: int, says: str) -> None:
    problem = refused(text)
    assert problem.line == line
    assert says in problem.sentence()
    assert problem.file == "test.yaml"


def test_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert "aliases" in refused("\n".join(lines)).message
    few = ["a0: &a0 [" + "x, " * 20_000 + "x]"]
    few += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 9)]
    assert "more than" in refused("\n".join(few)).message


def test_a_few_aliases_are_fine() -> None:
    assert read("a: &a [1]\nb: *a").plain() == {"a": [1], "b": [1]}


def test_faults_can_be_collected() -> None:
    found: list[Problem] = []
    root = yaml_positions.from_text("a: 1\na: 2\nb: !t 3\n", HERE, found)
    assert root.plain() == {"a": 1, "b": "3"}
    assert [p.line for p in found] == [2, 3]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    large, latin = tmp_path / "large.yaml", tmp_path / "latin.yaml"
    large.write_text("# " + "x" * 1_000_001)
    latin.write_bytes("title: Größe".encode("latin-1"))
    for path, says in [(large, "larger than"), (latin, "not UTF-8"), (tmp_path, "is a folder"),
                       (tmp_path / "nothing.yaml", "no such file")]:
        with pytest.raises(InputProblem, match=says):
            yaml_positions.read(path)


def test_a_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes("\ufefftitle: Größe\n".encode())
    assert yaml_positions.read(path).plain() == {"title": "Größe"}


def test_plain_data_becomes_nodes() -> None:
    data = {"a": (1, 2.5), "b": {"c": None}, "d": dt.date(2024, 3, 15)}
    assert from_plain(data, HERE).plain() == {"a": [1, 2.5], "b": {"c": None}, "d": "2024-03-15"}
    with pytest.raises(InputProblem, match="cannot stand in a scenario"):
        from_plain({"a": object()}, HERE)


# The library itself does not read back every control character that it writes, nor in a list on one
# line a word that begins with a question mark or a colon.
printed = st.text(
    st.characters(categories=["L", "N", "P", "S"], include_characters=" "), max_size=12
).filter(lambda text: not text.startswith(("?", ":")))
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**6), 10**6), printed,
    st.floats(allow_nan=False, allow_infinity=False),
)  # fmt: skip
keys = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)
trees = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3)
                     | st.dictionaries(keys, inner, max_size=3), max_leaves=12)  # fmt: skip


@given(st.dictionaries(keys, trees, min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_what_a_yaml_library_writes_is_read_back(tree: dict[str, Any]) -> None:
    text = io.StringIO()
    YAML(typ="safe", pure=True).dump(tree, text)
    assert read(text.getvalue()).plain() == tree


@given(st.text(max_size=60))
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        root = read(text)
    except InputProblem:
        return
    assert isinstance(root.plain(), dict)
