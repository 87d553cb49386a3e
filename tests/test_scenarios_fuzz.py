"""Nearly valid files: every one is loaded or refused in words, never with a traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import scenarios
from scenarios.resolve import LIBRARY
from sim.interventions import KINDS
from sim.problems import InputProblem

TEXTS = [path.read_text(encoding="utf-8") for path in sorted(LIBRARY.glob("*.yaml"))]
SCRAPS = [
    "{", "}", "[", "]", ":", ",", "-", "&a", "*a", "|", ">", "'", '"', "%", "@", "#", "\n", "\t",
    " ", "? ", "~", "<<", "\n  ", "- ", "null", "1e999", "!!python/object:x", "---\n", "...\n",
    "%YAML 1.1\n", "\u2028", "\x85", "\ufeff", "é", "9" * 400, "true", "2024-13-45", "[]", "{}",
    "\x07", "|-\n", "-1", "0", "99999999999999", "../../x",
]  # fmt: skip

odd = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from(["90 days", "15 %", "never", "only", "all", "NER", "agadez", "2024-03-01",
                     "rcrc_niger", "irregular", "data_breach", "firewall", "../x", "leak"]),
)  # fmt: skip
names = st.sampled_from([
    "name", "title", "extends", "network", "days", "burn_in", "start_date", "seed", "population",
    "parameters", "survey_days", "interventions", "people", "migrants", "present_at_start",
    "status", "arrivals", "zero_exposure", "id", "kind", "start", "end", "ramp", "every", "scope",
    "compliance", "strength", "announced", "recipient", "share", "topic", "reach",
    "node", "country", "all", "irregular", "half_life_against", "oops", "", "service_point",
    "organisation", "leg", "like", "capacity", "answers", "partner", "to", "factor", "needs", "of",
])  # fmt: skip
values = st.recursive(
    odd, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
entries = st.builds(
    lambda kind, entry: {"kind": kind, **entry}, st.sampled_from(sorted(KINDS)),
    st.dictionaries(names, values, max_size=6),
)  # fmt: skip
files = st.fixed_dictionaries(
    {"network": st.just("central_mediterranean")},
    optional={
        "days": values, "start_date": values, "survey_days": values, "parameters": values,
        "population": st.dictionaries(names, values, max_size=4) | values, "extends": odd,
        "interventions": st.lists(entries, max_size=3) | values, "seed": odd, "oops": values,
    },
)  # fmt: skip


def told(source: Any) -> None:
    """Checks that a source is loaded, or refused with problems that can be told."""
    problems = scenarios.check(source)
    for problem in problems:
        assert problem.sentence()
        assert "\n" not in problem.sentence()
    wrong = any(problem.severity == "error" for problem in problems)
    try:
        made = scenarios.load(source)
    except InputProblem:
        assert wrong
    else:
        assert not wrong
        assert scenarios.load(made.resolved()) == made
        assert made.plan().name == made.name


@given(files)
@settings(max_examples=1000, deadline=None)
def test_nearly_valid_data(data: dict[str, Any]) -> None:
    told(data)


@given(st.data())
@settings(max_examples=1000, deadline=None)
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
