"""People who flee to camps: known answers on tiny worlds, and what always holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from experiments.displacement.errors import relative_difference, rescaled_difference
from experiments.displacement.naive import naive_people
from experiments.displacement.world_of import Crisis, agents_by_day, crisis_of
from sim.displacement import DisplacementParameters, run_displacement
from sim.rules.displacement import camp_utility, share_of
from tests.flee_files import FILES, read_tiny

LOCATIONS = FILES["input_csv/locations.csv"]
CLOSURES = FILES["input_csv/closures.csv"]
ROUTES = FILES["input_csv/routes.csv"]
ONLY_BETA = "#Day,Alpha,Beta\n" + "".join(f"{day},0,1\n" for day in range(5))
DELTA, OMEGA = 0, 1


def tiny_crisis(folder: Path, each: int = 1, **changes: str | None) -> Crisis:
    """From Alpha and Beta to Delta (270 and 180 km) and Omega (320 and 230 km) through Gamma."""
    return crisis_of(read_tiny(folder, **changes), each)


def test_choices_follow_the_shares_that_the_rule_states(tmp_path: Path) -> None:
    crisis = tiny_crisis(
        tmp_path, conflicts=ONLY_BETA,
        delta="2020-01-01,0\n2020-01-02,40000\n", omega="2020-01-01,0\n")
    rule = DisplacementParameters(distance_weight=2.0, independence=0.5)
    found = run_displacement(crisis.world, rule, capacities=False).people[1]
    usual = (180 + 230) / 2
    weights = np.exp([-2.0 * 180 / usual, -2.0 * 230 / usual])
    share = weights[DELTA] / weights.sum()
    assert found.sum() == 40_000
    assert found[DELTA] / 40_000 == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 4e4))


def test_company_and_room_weigh_as_stated() -> None:
    near, with_others, full = (camp_utility(1.0, s, r, 0.7, 0.4)
                               for s, r in ((0.0, 1.0), (0.4, 1.0), (0.0, 0.5)))
    assert np.exp(with_others - near) == pytest.approx(2.0)
    assert np.exp(full - near) == pytest.approx(0.5)
    assert np.exp(camp_utility(2.0, 0.0, 1.0, 0.7, 0.4) - near) == pytest.approx(np.exp(-0.7))
    assert share_of(1.0, 4.0) == 0.25
    assert share_of(0.0, 0.0) == 0.0


def test_people_walk_so_many_kilometres_a_day(tmp_path: Path) -> None:
    crisis = tiny_crisis(
        tmp_path, conflicts=ONLY_BETA,
        routes="#name1,name2,distance\nBeta,Gamma,90\nGamma,Delta,90\n",
        delta="2020-01-01,0\n2020-01-02,300\n", omega="2020-01-01,0\n")
    for km, day in ((180.0, 1), (179.0, 2), (90.0, 2), (60.0, 3), (46.0, 4), (44.0, 5)):
        found = run_displacement(crisis.world, DisplacementParameters(km_a_day=km))
        arrived = np.append(found.people[:, DELTA], 300)  # on day 5 the run is over
        assert int(np.argmax(arrived == 300)) == day, km
        assert found.outside == 300 - found.people[-1, DELTA]


def test_those_of_day_0_stand_in_their_camps(tmp_path: Path) -> None:
    crisis = tiny_crisis(tmp_path)
    assert (run_displacement(crisis.world).people[0] == [100, 0]).all()


def test_a_closed_camp_takes_nobody_in_until_it_opens(tmp_path: Path) -> None:
    crisis = tiny_crisis(tmp_path, closures=CLOSURES + "camp,Delta,,0,3\n")
    found = run_displacement(crisis.world).people
    assert (found[:3, DELTA] == 100).all()
    assert found[-1, DELTA] > 100


def test_people_on_the_way_turn_to_another_camp_when_theirs_closes(tmp_path: Path) -> None:
    crisis = tiny_crisis(
        tmp_path, closures=CLOSURES + "link,Gamma,Delta,2,\n", omega="2020-01-01,0\n",
        delta="2020-01-01,0\n2020-01-02,600\n")
    found = run_displacement(crisis.world, DisplacementParameters(km_a_day=100.0)).people
    assert found[-1, DELTA] == 0
    assert found[-1, OMEGA] == 600


def test_whoever_finds_no_open_camp_waits(tmp_path: Path) -> None:
    shut = "link,Alpha,Gamma,0,4\nlink,Beta,Gamma,0,4\n"
    crisis = tiny_crisis(tmp_path, closures=CLOSURES + shut)
    found = run_displacement(crisis.world)
    assert (found.people[:4] == [100, 0]).all()
    assert found.people[4].sum() + found.outside == 500
    assert found.people[4].sum() > 400


def test_a_full_camp_turns_nobody_away_for_whom_it_had_a_place(tmp_path: Path) -> None:
    full = LOCATIONS.replace("camp,,2000", "camp,,150")
    found = run_displacement(tiny_crisis(tmp_path, locations=full).world)
    assert found.people[:, DELTA].max() == 150
    assert found.people[-1].sum() == 500


def test_without_capacities_no_camp_has_a_limit(tmp_path: Path) -> None:
    full = LOCATIONS.replace("camp,,2000", "camp,,100")
    crisis = tiny_crisis(tmp_path, locations=full)
    assert run_displacement(crisis.world).people[-1, DELTA] == 100
    assert run_displacement(crisis.world, capacities=False).people[-1, DELTA] > 100


def test_a_capacity_beyond_everyone_is_no_limit_and_is_told(tmp_path: Path) -> None:
    crisis = tiny_crisis(tmp_path)  # Delta: 2,000 for 500 people; Omega: none
    assert (crisis.world.camps.capacity == 0).all()
    told = [w for w in crisis.warnings if "it has no limit" in w.message]
    assert [(Path(w.file).name, w.line) for w in told] == [("locations.csv", 5),
                                                          ("locations.csv", 6)]


def test_nobody_is_sent_to_a_camp_without_counts_and_that_is_told(tmp_path: Path) -> None:
    crisis = tiny_crisis(tmp_path, locations=LOCATIONS + "Sigma,D,Away,11,11.2,camp,,\n",
                         routes=ROUTES + "Gamma,Sigma,1,\n")
    assert crisis.camps == ("Delta", "Omega")
    assert any("nobody is sent to 'Sigma'" in w.message and w.line == 7 for w in crisis.warnings)


@pytest.mark.parametrize("wrong", [(-0.1, 0.4, 400.0), (0.7, 0.0, 400.0), (0.7, 0.4, 0.0)])
def test_parameters_that_no_run_can_have_are_refused(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="must"):
        DisplacementParameters(*wrong)


def test_same_seed_same_bytes_and_other_seeds_other_people(tmp_path: Path) -> None:
    world = tiny_crisis(tmp_path).world
    first, again, other, next_one = (
        run_displacement(world, seed=seed, replicate=replicate).people.tobytes()
        for seed, replicate in ((3, 0), (3, 0), (4, 0), (3, 1)))
    assert first == again
    assert len({first, other, next_one}) == 3


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_people_are_conserved_and_capacities_kept(
        tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    people = st.integers(0, 400)
    capacity = data.draw(st.lists(st.integers(0, 500), min_size=2, max_size=2))
    ends = [data.draw(st.lists(people, min_size=5, max_size=5)) for _ in range(2)]
    shut = data.draw(st.lists(st.tuples(
        st.sampled_from(["camp,Delta,", "link,Gamma,Omega", "location,Omega,", "link,Alpha,Gamma"]),
        st.integers(0, 4), st.integers(1, 5)), max_size=3))
    each = data.draw(st.sampled_from([1, 3, 10]))
    series = ["".join(f"2020-01-0{day + 1},{n}\n" for day, n in enumerate(one)) for one in ends]
    places = LOCATIONS.replace("camp,,2000", f"camp,,{capacity[0]}").replace(
        "12.0,camp,,", f"12.0,camp,,{capacity[1]}")
    crisis = tiny_crisis(
        tmp_path_factory.mktemp("flee"), each, locations=places, delta=series[0], omega=series[1],
        closures=CLOSURES + "".join(f"{what},{a},{b}\n" for what, a, b in shut))
    world = crisis.world
    found = run_displacement(world, DisplacementParameters(km_a_day=data.draw(
        st.sampled_from([50.0, 200.0]))), seed=data.draw(st.integers(0, 9)))
    begun = (world.people.start.sum() + np.diff(world.people.since).cumsum()) * each
    assert (found.people.sum(axis=1) <= begun).all()
    assert found.people[-1].sum() + found.outside == begun[-1]
    assert (np.diff(found.people, axis=0) >= 0).all(), "nobody leaves a camp"
    start = world.people.start * each
    for camp in (DELTA, OMEGA):
        limit = world.camps.capacity[camp]
        if limit > 0:
            assert found.people[:, camp].max() <= max(limit, start[camp])
        closed = world.camps.is_open[world.roads.epoch, camp] == 0
        came = np.diff(found.people[:, camp], prepend=start[camp])
        assert not came[closed].any()


@given(arrays.arrays(np.int64, (6, 3), elements=st.integers(0, 250)), st.sampled_from([1, 7, 100]))
def test_agents_stand_for_the_people_so_far(people: np.ndarray, each: int) -> None:
    since, origin = agents_by_day(people, each)
    whole = people.sum(axis=1).cumsum()
    assert (np.abs(since[1:] * each - whole) <= each / 2).all()
    for place in range(3):
        mine = np.array([(origin[:end] == place).sum() for end in since[1:]]) * each
        assert (np.abs(mine - people[:, place].cumsum()) <= 3 * each).all()


def test_errors_by_hand() -> None:
    counted = np.array([[10, 10], [30, 10], [0, 0]])
    simulated = np.array([[10, 10], [20, 0], [1, 1]])
    assert relative_difference(simulated, counted) == pytest.approx((0 + 20 / 40 + 2) / 3)
    assert rescaled_difference(simulated, counted) == pytest.approx((0 + 20 / 40 + 0) / 3)


def test_naive_rules_by_hand(tmp_path: Path) -> None:
    crisis = tiny_crisis(
        tmp_path, conflicts=ONLY_BETA,
        delta="2020-01-01,0\n2020-01-02,410\n", omega="2020-01-01,0\n")
    for rule, share in (("uniform", 0.5), ("nearest", 1.0), ("gravity", 230 / 410),
                        ("gravity_squared", 230**2 / (230**2 + 180**2))):
        found = naive_people(crisis, rule)
        assert found[1].tolist() == pytest.approx([410 * share, 410 * (1 - share)]), rule


def test_the_stream_of_whims_is_none_of_the_models() -> None:
    import sim.engine.streams  # noqa: F401  (declares them)
    from sim.displacement.loop import CAMP
    from sim.randomness import STREAMS

    assert CAMP not in STREAMS.values()
