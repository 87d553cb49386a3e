"""The figures of docs/behaviour.md: tiny runs, and what the numbers say."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from experiments.behaviour import PARTS, drawing, echoes, make_figures, opinions
from experiments.behaviour.breach import groups_of, places_of
from experiments.behaviour.distance import AHEAD, BACK, BEHIND, GROUPS, Away, travel_days
from experiments.behaviour.part import Size, live, model_of, plan_of, side_by_side
from experiments.cli import app
from experiments.compare import compare
from sim.codes import ABSENT, DEAD, IRREGULAR
from sim.plan import Plan
from sim.problems import InputProblem

SMALL = Size(migrants=(200,), days=40, replicates=(2,), threads=2)


def brief(scenario: str = "central_mediterranean") -> Plan:
    return replace(plan_of(scenario), burn_in=20)


@pytest.mark.parametrize("name", PARTS)
def test_every_figure_can_be_made_small(name: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n<!-- {name} -->\n<!-- /{name} -->\n", encoding="utf-8")
    shown = make_figures(tmp_path / "out", only=[name], pages=[page], small=True)
    assert set(shown) == {name}
    kept = json.loads((tmp_path / "out" / "numbers.json").read_text(encoding="utf-8"))
    assert kept[name]["says"] == shown[name]
    assert (tmp_path / "out" / f"{name}.png").stat().st_size > 10_000
    assert (tmp_path / "out" / f"{name}.svg").stat().st_size > 10_000
    assert shown[name] in page.read_text(encoding="utf-8")


def test_numbers_of_other_parts_are_kept(tmp_path: Path) -> None:
    (tmp_path / "numbers.json").write_text('{"size": {"says": "as before"}}', encoding="utf-8")
    make_figures(tmp_path, only=["echoes"], small=True)
    kept = json.loads((tmp_path / "numbers.json").read_text(encoding="utf-8"))
    assert list(kept) == ["echoes", "size"]
    assert kept["size"] == {"says": "as before"}


def test_the_command_tells_what_it_made(tmp_path: Path) -> None:
    wanted = ["figures", "--only", "echoes", "--small", "--out", str(tmp_path / "figures")]
    result = CliRunner().invoke(app, wanted)
    assert result.exit_code == 0
    assert "echoes.png" in result.output


def test_wrong_names_and_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="'ecoes' is not a figure"):
        make_figures(tmp_path, only=["ecoes"])
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(InputProblem, match="cannot be written"):
        make_figures(tmp_path / "taken" / "figures", only=["echoes"])


def test_one_event_told_often_weighs_as_one() -> None:
    def told(events: list[int]) -> float:
        model = model_of(plan_of("central_mediterranean"), Size((60,), 5, (1,)), 0)
        body = model.world.tables.body
        person = int(np.flatnonzero(body["status"] == IRREGULAR)[0])
        return float(echoes.tellings(model, person, np.array(events))[-1])

    once, twice, often = told([7]), told([7, 8]), told([7] * 100)
    assert often == once < twice
    assert told([7, 8] * 50) == twice


def test_minds_are_probabilities_and_differ() -> None:
    model = model_of(brief(), SMALL, 0).run()
    state = model.world.tables.body["state"][: model.world.people]
    people = np.flatnonzero((state != ABSENT) & (state != DEAD))
    minds = opinions.read_minds(model, people, model.day - 1)
    assert minds.shape == (people.size, 2)
    assert ((minds > 0) & (minds < 1)).all()
    assert (minds.std(axis=0) > 0.05).all()


def test_looks_are_taken_on_the_days_asked_for() -> None:
    ticks: list[int] = []
    model = model_of(brief(), SMALL, 0)
    days = live(model, lambda: ticks.append(1), 14, lambda _, day: day)
    assert days == [0, 14, 28]
    assert len(ticks) == 60


def test_runs_come_back_in_order_whatever_the_threads() -> None:
    def simulate(kind: int, number: int, tick: Callable[[], None]) -> tuple[int, int]:
        tick()
        return kind, number

    heard: list[tuple[int, int | None]] = []
    runs = side_by_side(
        simulate, 2, 3, days=6, threads=2, report=lambda done, of: heard.append((done, of))
    )
    assert runs == [((0, n), (1, n)) for n in range(3)]
    assert heard[0] == (0, 6)
    assert heard[-1] == (6, 6)


def test_distance_from_agadez() -> None:
    away = travel_days(plan_of("central_mediterranean").network)
    assert away["agadez"].days == 0
    assert away["sabha"].side == away["tripoli"].side == AHEAD
    assert away["niamey"].side == away["banjul"].side == BEHIND
    assert away["bamako_return"].side == BACK
    assert away["arlit"].days < away["sabha"].days < away["tripoli"].days
    for place in away.values():
        assert sum(kind.holds(place) for kind in GROUPS) <= 1
    order = [Away(BACK, 3), Away(BEHIND, 5), Away(BEHIND, 1), Away(AHEAD, 0), Away(AHEAD, 2)]
    shuffled = [order[n] for n in (3, 0, 4, 2, 1)]
    assert sorted(shuffled, key=lambda place: place.order) == order


def test_nothing_changes_before_the_leak() -> None:
    found = compare("central_mediterranean", "agadez_breach", replicates=2, migrants=400, days=120)
    for group in groups_of(found):
        for day, change in zip(group.days, group.change, strict=True):
            if day + 14 <= 90 and not math.isnan(change.value):
                assert change.value == 0
    names = [place.name for place in places_of(found)]
    assert len(names) == len(set(names))


def test_names_are_moved_apart_around_the_same_middle() -> None:
    placed = drawing.apart([5.0, 5.2, 9.0], 1.0)
    assert placed[1] - placed[0] == pytest.approx(1.0)
    assert sum(placed) == pytest.approx(19.2)
    assert drawing.apart([3.0], 1.0) == [3.0]
