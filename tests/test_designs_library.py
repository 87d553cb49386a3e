"""Designs: those of the library."""

from __future__ import annotations

import pytest

from scenarios.designing import check_design, design_names, load_design, runs_of
from scenarios.designing.finding import DESIGNS


@pytest.mark.parametrize("name", design_names())
def test_the_library(name: str) -> None:
    text = (DESIGNS / f"{name}.yaml").read_text(encoding="utf-8")
    assert check_design(name) == []
    made = load_design(name)
    assert text.startswith("# ")
    assert made.name == name
    assert made.question.endswith("?")
    if not made.targets:  # a calibration makes as many runs as it takes
        assert f"{runs_of(made):,} runs" in " ".join(text.replace("#", " ").split())
    assert runs_of(made) < 3_000


def test_the_promised_designs_exist() -> None:
    swept = [name for name in design_names() if not load_design(name).targets]
    assert swept == ["breach_and_repair", "what_matters", "when_does_help_seeking_collapse"]
    assert [load_design(name).sampler.method for name in swept] == ["sobol", "morris", "lhs"]
    fitted = [name for name in design_names() if name not in swept]
    assert fitted == ["fit_to_evidence", "fit_to_survey"]
