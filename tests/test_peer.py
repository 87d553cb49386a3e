"""The screening of Routes and Rumours: its map, its runs, its emulators and its page."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.stats import spearmanr

from experiments.emulation import Emulator, cross_validated
from experiments.pages import block
from experiments.peer.__main__ import RESULTS, main
from experiments.peer.analysing import slopes, unit_cube
from experiments.peer.anova import anova
from experiments.peer.design import POINTS, REPEATS, make_design
from experiments.peer.emulating import shares
from experiments.peer.findings import NAMES, findings, published
from experiments.peer.inputs import INPUTS
from experiments.peer.journey import ENTRY, EXIT
from experiments.peer.ours import network_of, parameters_of, run_ours
from experiments.peer.outputs import Seen, between_repeats, seen
from experiments.peer.page import tables
from experiments.peer.routes import live
from experiments.peer.running import outcomes, run_design
from experiments.peer.world import Size, World, make_world
from sim.parameters import REGISTRY

ROOT = Path(__file__).resolve().parent.parent
SMALL = Size(cities=25, reach=0.35, entries=2, exits=3, departures=1.0, steps=40)
MIDDLE = {each.name: (each.low + each.high) / 2 for each in INPUTS}


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(SMALL, 3)


def change(**inputs: float) -> dict[str, float]:
    return MIDDLE | inputs


# --- map and design ------------------------------------------------------------------------------

def test_cities_are_joined_where_they_are_near(world: World) -> None:
    city = np.flatnonzero(world.kind == 0)
    joined = {tuple(sorted(pair)) for pair in world.ends.tolist()}
    for one in city:
        for other in city[city > one]:
            near = np.hypot(*(world.spot[one] - world.spot[other])) < SMALL.reach
            assert near == ((int(one), int(other)) in joined)
    assert len(joined) == len(world.ends)


def test_entries_lie_west_and_exits_east(world: World) -> None:
    graph = nx.Graph(world.ends.tolist())
    assert set(world.spot[world.kind == ENTRY, 0]) == {0.0}
    for exit_ in np.flatnonzero(world.kind == EXIT):
        assert all(world.spot[n, 0] > SMALL.exit_reach for n in graph[exit_])
    length = np.linalg.norm(world.spot[world.ends[:, 0]] - world.spot[world.ends[:, 1]], axis=1)
    slow = np.isin(world.kind[world.ends], (ENTRY, EXIT)).any(axis=1)
    per_length = world.friction / length
    assert (per_length[~slow] >= 1.0).all()
    assert (per_length[~slow] <= 1.5).all()
    assert (per_length[slow] >= 10.0).all()


def test_the_design_is_a_latin_hypercube_of_the_ranges() -> None:
    design = make_design(points=40)
    cube = unit_cube(design)
    assert list(design) == [each.name for each in INPUTS]
    assert len(INPUTS) == 17
    for column in cube.T:
        assert sorted(np.floor(column * 40).astype(int)) == list(range(40))


# --- runs ----------------------------------------------------------------------------------------

def test_a_run_is_its_seed(world: World) -> None:
    assert outcomes(world, MIDDLE, 5) == outcomes(world, MIDDLE, 5)
    assert outcomes(world, MIDDLE, 5) != outcomes(world, MIDDLE, 6)


def test_whoever_arrived_left_by_an_exit(world: World) -> None:
    found = outcomes(world, MIDDLE, 5)
    assert sum(found[f"exit_{n}"] for n in range(3)) == found["n_arrived"] <= found["set_out"]
    assert found["n_arrived"] > 3


def test_capital_follows_costs(world: World) -> None:
    free = change(costs_stay=0.0, costs_move=0.0, ben_resources=0.0)
    assert outcomes(world, free, 1)["mean_cap"] == 2000.0
    assert outcomes(world, free | {"costs_stay": 5.0}, 1)["mean_cap"] < 2000.0
    assert outcomes(world, free | {"ben_resources": 5.0}, 1)["mean_cap"] > 2000.0


def test_blind_and_silent_people_know_nothing_and_stay(world: World) -> None:
    alone = change(p_info_mingle=0.0, p_info_contacts=0.0, p_find_links=0.0)
    journey = world.journey(alone)
    people = live(journey, 1, SMALL.steps)
    assert not journey.knows_link[:people].any()
    assert journey.taken.sum() == 0
    assert (journey.arrived[:people] == 0).all()


def test_people_only_take_links_they_know_and_learn_their_friction(world: World) -> None:
    journey = world.journey(change(error=0.0, p_info_mingle=0.0, p_info_contacts=0.0))
    people = live(journey, 2, SMALL.steps)
    known = journey.knows_link[:people] == 1
    moved = journey.link_is[:people, :, 1] == np.float32(0.8)
    assert moved.any()
    assert (journey.taken > 0).sum() == moved.any(axis=0).sum()
    truth = np.broadcast_to(world.friction.astype(np.float32), moved.shape)
    assert np.array_equal(journey.link_is[:people, :, 0][moved], truth[moved])
    assert not (moved & ~known).any()
    ends = world.ends
    places = journey.knows[:people] == 1
    assert not (known & ~(places[:, ends[:, 0]] & places[:, ends[:, 1]])).any()


def test_talk_spreads_what_is_known(world: World) -> None:
    def known(**inputs: float) -> float:
        journey = world.journey(change(p_find_links=0.1, **inputs))
        people = live(journey, 1, SMALL.steps)
        return float(journey.knows_link[:people].mean())

    silent = known(p_info_mingle=0.0, p_info_contacts=0.0)
    assert known(p_transfer_info=1.0) > known(p_transfer_info=0.05) > silent


def test_those_who_arrived_learn_no_more(world: World) -> None:
    talkative = change(p_info_contacts=1.0, p_drop_contact=0.0, p_keep_contact=1.0)
    before, after = world.journey(talkative), world.journey(talkative)
    live(before, 1, SMALL.steps - 10)
    live(after, 1, SMALL.steps)
    arrived = before.arrived == 1
    assert arrived.any()
    assert np.array_equal(before.link_is[arrived], after.link_is[arrived])
    assert not np.array_equal(before.link_is, after.link_is)


# --- the design on Waytrust ----------------------------------------------------------------------

def test_a_map_becomes_a_route_network(world: World) -> None:
    network = network_of(world)
    assert len(network.nodes) == len(world.kind)
    assert len(network.legs) == 2 * len(world.ends)
    assert len(network.origins) == SMALL.entries
    assert len(network.destinations) == SMALL.exits


def test_inputs_become_parameters_within_their_ranges() -> None:
    for end in ("low", "high"):
        made = parameters_of({each.name: getattr(each, end) for each in INPUTS})
        assert made == {name: getattr(REGISTRY[name], end)
                        for each in INPUTS for name in each.here}
    assert parameters_of(change(error=0.12))["exchange_error"] == pytest.approx(0.12)
    assert parameters_of(change(p_transfer_info=0.3))["exchange_transfer"] == pytest.approx(0.3)


def test_a_small_screening_of_both_has_the_same_columns() -> None:
    design = make_design(points=2)
    theirs = run_design(design, 2, SMALL)
    ours = run_ours(design, 2, SMALL, migrants=40, days=15)
    assert list(theirs) == list(ours)
    assert len(theirs) == len(ours) == 4
    assert theirs.equals(run_design(design, 2, SMALL))
    assert ours.equals(run_ours(design, 2, SMALL, migrants=40, days=15))


# --- outputs and emulators -----------------------------------------------------------------------

def test_spread_between_repeats_by_hand() -> None:
    runs = pd.DataFrame({
        "point": [0, 0, 1, 1], "repeat": [0, 1, 0, 1], "mean_cap": 1.0, "var_n_link": 1.0,
        "n_arrived": 10, "mean_freq_plan": 1.0, "var_links": 4.0,
        "exit_0": [10, 0, 5, 5], "exit_1": [0, 10, 5, 5]})
    variance, deviation, chance = between_repeats(runs)
    assert variance.tolist() == [0.5, 0.0]
    assert deviation.tolist() == [pytest.approx(0.5**0.5), 0.0]
    assert chance[0] == pytest.approx(np.log(0.5 / 0.025))
    assert chance[1] < -10


def test_lots_alone_are_no_spread_beyond_chance() -> None:
    luck = np.random.default_rng(1)
    counts = luck.multinomial(200, [0.2, 0.5, 0.3], size=600)
    runs = pd.DataFrame({"point": np.arange(600) // 6, "repeat": np.arange(600) % 6,
                         **{f"exit_{n}": counts[:, n] for n in range(3)}})
    assert np.exp(between_repeats(runs)[2]).mean() == pytest.approx(1.0, abs=0.1)


def _known_function(points: int = 70, repeats: int = 6) -> tuple[NDArray[np.float64], Seen]:
    """A function of three inputs whose shares are known: 64, 16 and 0 parts, and noise."""
    luck = np.random.default_rng(2)
    inputs = luck.random((points, 3))
    truth = 8.0 * inputs[:, 0] + 4.0 * inputs[:, 1]
    return inputs, Seen("known", truth[:, None] + luck.normal(0.0, 1.0, (points, repeats)))


def test_an_emulator_finds_known_shares_and_is_calibrated() -> None:
    inputs, output = _known_function()
    emulator = Emulator(inputs, output.mean, output.noise)
    alone, together = shares(emulator, ["a", "b", "c"])
    assert alone["a"] == pytest.approx(80.0, abs=4.0)
    assert alone["b"] == pytest.approx(20.0, abs=4.0)
    assert abs(together["c"]) < 2.0
    error = cross_validated(inputs, output.mean, output.noise, emulator)
    assert error.explained > 0.9
    assert 0.7 < error.with_noise < 1.5
    assert error.as_theirs > error.with_noise


def test_an_emulator_without_repeats_fits_the_noise() -> None:
    inputs, output = _known_function()
    once = Seen("once", output.runs[:, :1])
    assert once.noise is None
    emulator = Emulator(inputs, once.mean, None)
    error = cross_validated(inputs, once.mean, None, emulator)
    assert 0.7 < error.with_noise < 1.4


def test_analysis_of_variance_finds_known_shares() -> None:
    inputs, output = _known_function(points=400)
    found = anova(inputs, output, ["a", "b", "c"])
    noise = 1.0 / (80 / 12 + 1.0)
    assert found["a"] == pytest.approx(80.0 * (1 - noise), abs=5.0)
    assert found["c"] < 1.0


def test_slopes_have_the_sign_of_the_effect() -> None:
    design = make_design(points=60)
    social = (design["p_info_mingle"] + design["p_info_contacts"]) * design["p_transfer_info"]
    found = slopes(design, social.to_numpy())
    assert found["social"][0] == pytest.approx(1.0)
    luck = np.random.default_rng(4).random(60)
    assert slopes(design, luck)["p_info_mingle"][0] == pytest.approx(
        spearmanr(design["p_info_mingle"], luck).statistic)
    value, low, high = slopes(design, -design["p_transfer_info"].to_numpy())["p_transfer_info"]
    assert value == pytest.approx(-1.0)
    assert low <= value <= high


# --- what is stored, and the page ----------------------------------------------------------------

def test_stored_runs_are_the_whole_design_and_can_be_lived_again() -> None:
    design = pd.read_csv(RESULTS / "design.csv")
    assert len(design) == POINTS
    assert np.array_equal(design.to_numpy(), make_design().to_numpy())
    for model in ("routes", "waytrust"):
        runs = pd.read_csv(RESULTS / f"{model}.csv")
        assert len(runs) == POINTS * REPEATS
        assert (runs.groupby("point")["repeat"].nunique() == REPEATS).all()
        assert len(seen(runs)) == 8
    stored = pd.read_csv(RESULTS / "routes.csv")
    whole = make_world(Size(), 123)
    again = outcomes(whole, {str(k): float(v) for k, v in design.iloc[7].items()}, 1 + 7 * REPEATS)
    row = stored[(stored["point"] == 7) & (stored["repeat"] == 0)].iloc[0]
    for name, value in again.items():
        assert row[name] == pytest.approx(value, rel=1e-5), name


def test_tables_of_the_page_stem_from_the_stored_results() -> None:
    results = json.loads((RESULTS / "results.json").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "peer.md").read_text(encoding="utf-8")
    made = tables(results)
    assert len(made) == 9
    for name, table in made.items():
        assert block(page, name) == table, f"run `python -m experiments.peer page` ({name})"


def test_stored_numbers_stem_from_the_stored_runs() -> None:
    results = json.loads((RESULTS / "results.json").read_text(encoding="utf-8"))
    design = pd.read_csv(RESULTS / "design.csv")
    for model in ("routes", "waytrust"):
        runs = pd.read_csv(RESULTS / f"{model}.csv")
        used = (runs.groupby("point")["n_arrived"].min() > 0).to_numpy()
        outputs = seen(runs[used[runs["point"]]])
        assert results[model]["points"] == used.sum() > 390
        for name, output in outputs.items():
            stored = results[model]["outputs"][name]
            assert stored["within"] == pytest.approx(100 * output.within, rel=1e-4)
            squares = anova(unit_cube(design[used]), output, NAMES)
            assert stored["anova"] == pytest.approx(squares, rel=1e-4, abs=1e-6)
        for name, stored in results[model]["slopes"].items():
            passed_on = design["p_transfer_info"][used]
            assert stored["p_transfer_info"][0] == pytest.approx(
                spearmanr(passed_on, outputs[name].mean).statistic, rel=1e-4)


def test_a_finding_fails_where_the_numbers_say_so() -> None:
    results = json.loads((RESULTS / "results.json").read_text(encoding="utf-8"))["routes"]
    none = dict.fromkeys(NAMES, 0.0)
    for it in results["outputs"].values():
        it["main"] = it["total"] = dict(none, qual_weight_x=90.0)
    for slope in results["slopes"].values():
        for name in slope:
            slope[name] = [0.0, -0.1, 0.1]
    assert not any(each.holds for each in findings(results))


def test_published_shares_cover_every_input() -> None:
    table = published()
    assert len(table) == 17 * 5
    assert table.loc[("var_n_link", "p_transfer_info"), "GEM_SA_pct_variance"] == 59.1088


def test_the_command_writes_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "peer.md"
    page.write_text("".join(f"<!-- {name} -->\n<!-- /{name} -->\n" for name in tables(
        json.loads((RESULTS / "results.json").read_text(encoding="utf-8")))), encoding="utf-8")
    assert main(["page", "--page", str(page)]) == 0
    assert "p_transfer_info" in (block(page.read_text(encoding="utf-8"), "shares") or "")
