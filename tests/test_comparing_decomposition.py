"""Switching channels off in every combination, with a stand-in for the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from experiments import Comparison, compare
from experiments.cli import app
from experiments.comparing.game import Game
from experiments.comparing.telling import time_words
from experiments.comparing.words import decomposition_words
from experiments.memory import Memory
from sim.codes import CHANNELS
from sim.parameters import Parameters
from sim.problems import InputProblem
from tests.experiment_fakes import FakeModel, FakeScenario, breach, model, plan

__all__ = ["model"]

SIX = [name for name in CHANNELS if name != "prior"]
DAYS_OF_FEAR = 26 * 8
"""Days after the shock, and statuses."""


def _fear(run: FakeModel) -> int:
    """One is afraid whatever happens; rumour adds one, and one more together with hearsay."""
    on = run.plan.parameters
    rumour, hearsay = on["channel_rumour"], on["channel_hearsay"]
    return int(1 + rumour + rumour * hearsay)


@pytest.fixture(autouse=True)
def fear(model: type[FakeModel], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeModel, "afraid", _fear)


def scenario(name: str, off: tuple[str, ...] = (), **changes: Any) -> FakeScenario:
    switches = Parameters.of({f"channel_{channel}": 0.0 for channel in off})
    return FakeScenario(plan(name, parameters=switches, **changes))


def pair(off: tuple[str, ...] = ()) -> tuple[FakeScenario, FakeScenario]:
    return scenario("calm", off), scenario("leak", off, interventions=(breach(),))


def parts(found: Comparison, measure: str = "deterred", name: str = "leak") -> dict[str, float]:
    frame = found.decomposition.query("measure == @measure and scenario == @name")
    return dict(zip(frame["channel"], frame["difference"], strict=True))


def whole(found: Comparison, measure: str, name: str) -> float:
    frame = found.differences.query("by == 'all' and measure == @measure and scenario == @name")
    return float(frame["difference"].iloc[0])


def test_parts_by_hand() -> None:
    found = compare(*pair(), replicates=2, decompose=True)
    per_day = {"rumour": 1.5, "hearsay": 0.5, "direct": 1.0}
    expected = {name: DAYS_OF_FEAR * per_day.get(name, 0.0) for name in (*SIX, "direct")}
    assert set(parts(found)) == set(expected)
    assert parts(found) == pytest.approx(expected)
    assert parts(found, "asked") == pytest.approx({k: -v for k, v in expected.items()})
    assert (found.decomposition["low"] == found.decomposition["high"]).all()  # fear has no chance
    assert found.parts is not None
    assert found.parts.runs == 2 * 63 * 2


def test_parts_add_up_whatever_takes_part(monkeypatch: pytest.MonkeyPatch) -> None:
    def chance(run: FakeModel) -> int:
        return int((run._luck.random() < 0.5) + _fear(run))

    monkeypatch.setattr(FakeModel, "afraid", chance)
    few = ("outreach", "association", "encounter")
    others = [scenario(name, off, interventions=(breach(),))
              for name, off in (("leak", few), ("quiet", (*few, "rumour")), ("mute", tuple(SIX)))]
    calm = scenario("calm", (*few, "hearsay"))
    for permutations in (None, 2):
        found = compare(calm, *others, replicates=2, days=20, decompose=True,
                        permutations=permutations)  # fmt: skip
        for name in found.names[1:]:
            for measure in ("deterred", "asked"):
                total = sum(parts(found, measure, name).values())
                assert total == pytest.approx(whole(found, measure, name), rel=1e-12)


def test_channels_that_are_off_do_not_take_part() -> None:
    off = ("encounter", "witness", "outreach", "association")
    found = compare(*pair(off), replicates=2, decompose=True)
    assert set(parts(found)) == {"hearsay", "rumour", "direct"}
    assert found.parts is not None
    assert found.parts.runs == 2 * 3 * 2
    none = compare(*pair(tuple(SIX)), replicates=2, decompose=True)
    assert parts(none) == {"direct": DAYS_OF_FEAR}
    assert none.parts is not None
    assert none.parts.runs == 0


def test_drawn_orders_cost_less_and_give_the_same_on_average() -> None:
    game = Game.of([each.plan() for each in pair()], 2)
    assert all(len(game.coalitions(number)) <= 12 for number in range(20))
    assert game.coalitions(1) == game.coalitions(1) != game.coalitions(2)
    found = compare(*pair(), replicates=12, days=20, decompose=True, permutations=2)
    rows = found.decomposition.query("measure == 'deterred'").set_index("channel")
    # Together with its reverse each order is exact when two channels at most act together.
    assert rows.loc["hearsay", "difference"] == pytest.approx(0.5 * 6 * 8)
    assert rows.loc["rumour", "difference"] == pytest.approx(1.5 * 6 * 8)


def test_threads_and_memory_change_nothing() -> None:
    alone, together, again = (
        compare(*pair(), replicates=2, decompose=True, permutations=2, threads=threads,
                memory=memory)
        for memory in [Memory()] for threads in (1, 3, 1)
    )  # fmt: skip
    assert alone.to_json() == together.to_json() == again.to_json()


def test_every_day_is_counted_and_the_size_is_told() -> None:
    heard: list[tuple[int, int | None]] = []
    said: list[str] = []
    off = ("encounter", "witness", "outreach", "association")
    compare(*pair(off), replicates=3, days=20, decompose=True, say=said.append,
            progress=lambda *now: heard.append(now))
    days = 3 * 2 * 22 * 4  # replicates, scenarios, days, combinations of two channels
    assert heard[0] == (0, days)
    assert heard[-1] == (days, days)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert said[0] == ("The decomposition lives all 4 combinations of 2 channels on and off: "
                       "18 runs beside the 6 compared.")
    assert said[1].startswith("Decomposition: 18 runs, about ")
    heard.clear()
    compare(*pair(off), until_half_width=0.5, days=20, decompose=True, say=said.append,
            progress=lambda *now: heard.append(now))
    assert heard[0] == (0, None)
    assert heard[-1] == (5 * 2 * 22 * 4, 5 * 2 * 22 * 4)
    assert "3 times the runs" in said[2]


def test_times_in_words() -> None:
    assert [time_words(each) for each in (0.2, 45, 600, 9000)] == [
        "1 second", "45 seconds", "10 minutes", "2.5 hours"]


def test_files_json_and_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.figures.draw", lambda *_: [])  # not looked at here
    found = compare(*pair(), replicates=2, days=20, decompose=True, out=tmp_path / "made")
    made = json.loads((tmp_path / "made" / "comparison.json").read_text())
    assert set(made["decomposition"][0]) == {
        "scenario", "measure", "channel", "difference", "low", "high"}
    table = pd.read_csv(tmp_path / "made" / "decomposition.csv")
    assert len(table) == len(made["decomposition"]) == 2 * 7
    assert "all 64 combinations" in decomposition_words(found)[0]
    without = compare(*pair(), replicates=2, days=20, out=tmp_path / "without")
    assert "decomposition" not in json.loads(without.to_json())
    assert not (tmp_path / "without" / "decomposition.csv").exists()
    assert without.decomposition.empty
    assert decomposition_words(without) == []


@pytest.mark.parametrize(("change", "said"), [
    ({"permutations": 4}, "permutations: 4 is given alone. Add --decompose"),
    ({"permutations": 3, "decompose": True}, "even number from 2"),
    ({"permutations": 0, "decompose": True}, "even number from 2"),
])
def test_orders_that_cannot_be_are_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InputProblem) as told:
        compare(*pair(), **change)
    assert said in str(told.value)


def test_on_the_terminal() -> None:
    words = ["compare", "central_mediterranean", "agadez_breach", "--days", "20",
             "--replicates", "8", "--interval", "bootstrap", "--half-width", "0.01 %",
             "--decompose", "--permutations", "2"]  # fmt: skip
    result = CliRunner().invoke(app, words, env={"COLUMNS": "120"})
    assert result.exit_code == 0, result.stderr
    for piece in ("What a channel adds", "needs no channel", "2 random orders",
                  "paired bootstrap-t", "percentage points", "Pairing", "not to be"):
        assert piece in " ".join(result.stdout.split()), piece
    assert "runs beside the 16 compared" in result.stderr


def test_values_hold_replicates_apart() -> None:
    off = ("encounter", "witness", "outreach", "association")
    found = compare(*pair(off), replicates=3, decompose=True)
    assert found.parts is not None
    assert found.parts.values.shape == (3, 1, 2, 3)
    assert np.isfinite(found.parts.values).all()
