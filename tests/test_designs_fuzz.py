"""Nearly valid designs: every one is loaded or refused in words, never with a traceback."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import yaml_positions
from scenarios.designing import load_design, runs_of
from scenarios.designing.finding import DESIGNS
from scenarios.designing.loader import examine_design
from scenarios.positions import Source
from tests.design_files import EVERY_KIND, GOOD
from tests.test_scenarios_fuzz import SCRAPS, odd

VALID = [
    GOOD,
    *(yaml_positions.read(path).plain() for path in sorted(DESIGNS.glob("*.yaml"))),
    yaml_positions.from_text(EVERY_KIND, Source("everything")).plain(),
]
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(DESIGNS.glob("*.yaml"))]
words = odd | st.sampled_from([
    "default", "lhs", "sobol", "grid", "morris", "log", "asked", "present", "detentions", "people",
    "help_seeking_rate", "danger", "agree", "wall.start", "leak.announced", "wall", "leak",
    "compliance", "end", "on_the_way", "border", "yes", 4, 8, 2, "0 days", "300 days",
])  # fmt: skip
names = st.sampled_from([
    "method", "points", "second_order", "levels", "low", "high", "scale", "values", "bf", "omega",
    "half_life_for", "channel_witness", "migrants", "days", "intervention", "field", "name",
    "measure", "per", "group", "place", "window", "ever", "question", "answer", "day", "daily",
    "status", "need", "exposed", "node", "not_node", "country", "step", "organisation", "from",
    "to", "after", "oops", "",
])  # fmt: skip
values = st.recursive(
    words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def group(*fields: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=dict.fromkeys(fields, values))


window = group("from", "to", "after")
outcomes = st.fixed_dictionaries(
    {"name": words, "measure": st.sampled_from(["asked", "present", "detentions", "willingness"])},
    optional={
        "per": words, "window": window | values, "ever": words, "daily": words, "day": words,
        "group": group("status", "need", "urgency", "money", "exposed") | values,
        "place": group("node", "not_node", "country", "step", "family") | values, "question": words,
    },
)  # fmt: skip
levers = st.fixed_dictionaries({
    "intervention": st.sampled_from(["wall", "leak"]),
    "field": st.sampled_from(["compliance", "start", "end", "announced", "recipient", "every"]),
    "values": st.lists(values, max_size=3),
})  # fmt: skip
designs = st.fixed_dictionaries(
    {"scenario": st.just("agadez_breach_firewall") | values},
    optional={
        "sampler": group("method", "points", "second_order", "levels") | values,
        "constants": st.dictionaries(names, values, max_size=3) | values, "seed": odd,
        "uncertainties": st.dictionaries(names, values, max_size=3) | values, "replicates": odd,
        "levers": st.lists(levers, max_size=3) | values, "targets": values, "name": words,
        "outcomes": st.lists(outcomes, max_size=3) | values, "title": odd,
    },
)  # fmt: skip


def told(source: Any) -> None:
    """Checks that a design is loaded and survives being written, or is refused in words."""
    found, problems = examine_design(source)
    for problem in problems:
        assert problem.sentence()
        assert "\n" not in problem.sentence()
    wrong = any(problem.severity == "error" for problem in problems)
    assert (found is None) == wrong
    if found is None:
        return
    assert runs_of(found) >= 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "again.yaml"
        path.write_text(found.text, encoding="utf-8")
        assert load_design(path) == found


@given(designs)
@settings(max_examples=200, deadline=None)
def test_nearly_valid_data(data: dict[str, Any]) -> None:
    told(data)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_valid_data_with_few_changes(data: st.DataObject) -> None:
    whole: Any = copy.deepcopy(data.draw(st.sampled_from(VALID)))
    for _ in range(data.draw(st.integers(0, 2))):
        part = whole
        while isinstance(part, dict | list) and part:
            keys = list(part) if isinstance(part, dict) else range(len(part))
            key: Any = data.draw(st.sampled_from(keys))
            if not isinstance(part[key], dict | list) or data.draw(st.integers(0, 3)) == 0:
                part[key] = data.draw(values)
                break
            part = part[key]
    told(whole)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_library_files_with_scraps_in_them(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 8))
        text = text[:place] + data.draw(st.sampled_from(SCRAPS)) + text[place + cut :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nearly.yaml"
        path.write_text(text, encoding="utf-8")
        told(path)
