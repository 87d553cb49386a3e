"""Nearly valid files of targets: every one is posed or refused in words, never with a traceback."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from experiments.targets import LIBRARY, Target, pose, targets_text, written_in
from sim.problems import InputProblem, Problem
from tests.target_files import EVERY_KIND, plain
from tests.test_scenarios_fuzz import SCRAPS, odd

PLAIN = plain()
TEXTS = [EVERY_KIND, LIBRARY.read_text(encoding="utf-8")]
words = odd | st.sampled_from([
    "level", "ever", "difference", "relative_change", "ratio", "remaining_share", "drop", "fear",
    "heals", "remote", "quiet", "police", "central_america", "horn_of_africa", "targets.yaml",
    "asked", "served", "deterred", "present", "in_need", "people", "danger", "agree", "trust",
    "high", "officers.start", "officers.end", "officers.announced", "irregular", "tijuana", "MEX",
    "on_the_way", "yes", "30 days", 0, -3, 0.5, 400,
])  # fmt: skip
names = st.sampled_from([
    "id", "kind", "scenario", "baseline", "like", "of", "title", "evidence", "fitted", "observed",
    "low", "high", "days", "migrants", "measure", "per", "group", "place", "window", "ever",
    "question", "answer", "day", "status", "exposed", "node", "not_node", "after", "from", "to",
    "extends", "population", "interventions", "oops", "",
])  # fmt: skip
values = st.recursive(
    words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def told(text: str) -> None:
    """Checks that a file is posed and survives being written, or is refused in words."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "targets.yaml"
        file.write_text(text, encoding="utf-8")
        posed, problems = tried(file)
        for problem in problems:
            assert problem.message
            assert "\n" not in problem.sentence()
        assert (posed is None) == bool(problems)
        if posed is None:
            return
        again = Path(folder) / "again.yaml"
        again.write_text(targets_text(posed), encoding="utf-8")
        assert {each.id for each in posed} <= {each.id for each in pose(written_in(again))}


def tried(file: Path) -> tuple[tuple[Target, ...] | None, list[Problem]]:
    try:
        return pose(written_in(file)), []
    except InputProblem as wrong:
        return None, wrong.problems


def as_text(data: Any) -> str:
    from io import StringIO

    stream = StringIO()
    YAML(typ="safe", pure=True).dump(data, stream)
    return stream.getvalue()


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_valid_data_with_few_changes(data: st.DataObject) -> None:
    whole: Any = copy.deepcopy(PLAIN)
    for _ in range(data.draw(st.integers(1, 2))):
        part = whole
        while isinstance(part, dict | list) and part:
            keys = list(part) if isinstance(part, dict) else range(len(part))
            key: Any = data.draw(st.sampled_from(keys))
            if not isinstance(part[key], dict | list) or data.draw(st.integers(0, 3)) == 0:
                if isinstance(part, dict) and data.draw(st.booleans()):
                    part[data.draw(names)] = data.draw(values)
                else:
                    part[key] = data.draw(values)
                break
            part = part[key]
    told(as_text(whole))


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_texts_with_scraps_in_them(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 8))
        text = text[:place] + data.draw(st.sampled_from(SCRAPS)) + text[place + cut :]
    told(text)
