"""Six channels of evidence: each can be switched off, and only it changes what it alone can."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.codes import (
    BY_ASSOCIATION,
    BY_HEARSAY,
    BY_OUTREACH,
    BY_PRIOR,
    BY_RUMOUR,
    BY_WITNESS,
    CHANNELS,
    NEEDS,
    SHARE_UNITS,
)
from sim.columns import DANGER_WIDTH, HARM_CHANNELS, OWN_STORIES
from sim.model import TrustModel
from sim.network import RouteNetwork
from tests.worlds import (
    NO_BACKGROUND,
    NO_EVIDENCE,
    ONE_NEED,
    QUIET,
    act,
    against_independence,
    body,
    counted,
    crowd,
    evidence,
    heard_by,
    in_favour,
    make_network,
    make_plan,
    of_danger,
    of_family,
    of_safety,
)

SWITCHES = [name for name in CHANNELS if name != "prior"]
HARMFUL = list(CHANNELS[:HARM_CHANNELS])
EVENTFUL: dict[str, float] = {
    "onset_routine": 0.05, "onset_pressing": 0.05, "find": 1.0, "raid_rate": 0.3,
    "raid_share": 0.02, "raid_seen": 0.1, "detention_rate": 0.003, "meetings_per_day": 1.0,
    "source_rate": 0.1, "story_birth": 0.02, "outreach_rate": 0.05, "b0": -2.0}


def busy_town(folder: Path, **point: Any) -> RouteNetwork:
    """A town with raids and the services of two families, and a third that is only heard of."""
    town = {"id": "town", "departures": 1, "enforcement": 0.5}
    organisations: list[dict[str, Any]] = [
        {"id": "helpers", "respect": 0.8, "outreach": 0.5},
        {"id": "agency", "kind": "un", "family": "un", "respect": 0.8, "outreach": 0.5},
        {"id": "charity", "kind": "ngo", "family": "ngo"}]
    helps = dict.fromkeys(NEEDS, 1)
    return make_network(
        folder, [town, {"id": "far", "attraction": 1, "journey_step": "arrival"}],
        [{"from": "town", "to": "far", "closed": "0-30000"}],
        [{"id": "clinic", "node": "town", "registers": 0.7, "excludes": "refugee",
          **helps, **point},
         {"id": "tent", "node": "town", "organisation": "agency", "registers": 0.7, **helps}],
        organisations)


def switches(*on: str, off: str = "") -> dict[str, float]:
    """Only some channels on; or all on but one."""
    chosen = on or [name for name in SWITCHES if name != off]
    return {f"channel_{name}": float(name in chosen) for name in SWITCHES}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Runs of the busy town with some channels on, each lived once."""
    network = busy_town(tmp_path_factory.mktemp("busy"))
    runs: dict[tuple[str, ...], TrustModel] = {}

    def live(*on: str, off: str = "") -> TrustModel:
        key = (*on, f"not {off}")
        if key not in runs:
            plan = make_plan(network, migrants=1_200, days=60,
                             status={"irregular": 0.8, "refugee": 0.2},
                             parameters=EVENTFUL | switches(*on, off=off))
            runs[key] = TrustModel(plan).run()
        return runs[key]

    return live


def columns(model: TrustModel) -> dict[str, float]:
    """Evidence of danger and against independence, by channel, over all people and families."""
    total = of_danger(model).sum(axis=0, dtype=float)
    for family in model.plan.network.families:
        total = total + against_independence(model, family).sum(axis=0, dtype=float)
    return dict(zip(HARMFUL, total, strict=True))


def attributed(model: TrustModel) -> dict[str, int]:
    """Parts of deterred person-days by channel."""
    return dict(zip(CHANNELS, model.record.shares.sum(axis=(0, 1, 2)), strict=True))


# --- switches ------------------------------------------------------------------------------------

def test_with_all_channels_on_all_leave_traces(lived: Any) -> None:
    model = lived()
    assert min(columns(model).values()) > 1.0
    parts = attributed(model)
    assert all(parts[name] > 0 for name in (*HARMFUL, "prior"))
    assert parts["outreach"] == 0, "an organisation's own word frightens nobody"
    assert sum(parts.values()) == counted(model, "deterred") * SHARE_UNITS


@pytest.mark.parametrize("name", HARMFUL)
def test_a_channel_that_is_off_leaves_no_trace(lived: Any, name: str) -> None:
    model = lived(off=name)
    left = columns(model)
    assert left.pop(name) == 0.0
    assert attributed(model)[name] == 0
    assert min(left.values()) > 0.0, "the others go on"
    assert counted(model, "deterred") > 0


@pytest.mark.parametrize("name", HARMFUL[:-1])
def test_a_channel_alone_is_the_only_one_that_leaves_traces(lived: Any, name: str) -> None:
    model = lived(name)
    left = columns(model)
    assert left.pop(name) > 0.0
    assert set(left.values()) == {0.0}
    parts = attributed(model)
    assert parts.pop(name) > 0
    assert parts.pop("prior") > 0
    assert set(parts.values()) == {0}


def test_association_alone_has_nothing_to_associate(lived: Any) -> None:
    assert (evidence(lived("association")) == 0.0).all()


def test_without_encounters_nobody_learns_from_what_happens_to_oneself(lived: Any) -> None:
    model, other = lived("association"), lived("encounter")
    assert counted(model, "served") > 1_000
    assert counted(model, "detentions") > 10
    assert (of_family(model, "rcrc") == 0.0).all()
    served = (body(other)["ever"] & 1) > 0
    assert served.sum() > 500
    assert (of_safety(other)[served] > 0.0).mean() > 0.8
    assert (in_favour(other, "rcrc")[~served] == 0.0).all()
    assert (of_danger(other)[body(other)["ever"] & 32 > 0, 0] > 0.0).all(), "the detained know"


def test_witnesses_see_raids_and_learn_only_of_danger(lived: Any) -> None:
    model = lived("witness")
    assert (of_danger(model)[:, BY_WITNESS] > 0.0).mean() > 0.2
    assert (of_family(model, "rcrc") == 0.0).all(), "a raid says nothing about an organisation"
    assert (of_safety(model) == 0.0).all()


def test_hearsay_tells_of_good_and_bad(lived: Any) -> None:
    model = lived("hearsay")
    assert (of_safety(model) > 0.0).mean() > 0.3
    assert (of_danger(model)[:, BY_HEARSAY] > 0.0).mean() > 0.1
    assert (in_favour(model, "rcrc") > 0.0).any(axis=1).mean() > 0.3


def test_without_rumours_no_story_is_heard(tmp_path: Path) -> None:
    for on in (0.0, 1.0):
        rumour = act("rumour", start=1, reach=0.1, node="here")
        plan = make_plan(
            crowd(tmp_path), migrants=1_000, days=15, interventions=[rumour],
            parameters=QUIET | {"meetings_per_day": 2.0, "channel_rumour": on, "story_fade": 0.0})
        model = TrustModel(plan)
        model.step()
        model.step()
        first = int(heard_by(model, OWN_STORIES).sum())
        assert 60 < first < 140
        model.run()
        assert (int(heard_by(model, OWN_STORIES).sum()) > first) == (on > 0.0)
        assert (of_danger(model)[:, BY_RUMOUR] > 0.0).any() == (on > 0.0)


def test_without_outreach_nobody_learns_from_organisations(tmp_path: Path) -> None:
    """Nothing else can teach here: nobody finds points, meets anybody or needs anything."""
    network = busy_town(tmp_path)
    for on in (0.0, 1.0):
        model = TrustModel(make_plan(network, migrants=800, days=20, parameters=QUIET | {
            "outreach_rate": 0.1, "channel_outreach": on, "channel_association": 0.0})).run()
        assert (body(model)["known"] > 0).any() == (on > 0.0)
        assert (of_safety(model) > 0.0).any() == (on > 0.0)
        assert (in_favour(model, "un") > 0.0).any() == (on > 0.0)
        assert (of_danger(model) == 0.0).all()
        assert (in_favour(model, "ngo") == 0.0).all()


def test_without_association_nothing_is_known_of_other_families(tmp_path: Path) -> None:
    """The charity has no service point: what people hold about it comes by association."""
    network = busy_town(tmp_path)
    means = []
    for on in (0.0, 1.0):
        model = TrustModel(make_plan(network, migrants=800, days=30, parameters=EVENTFUL | {
            "channel_association": on, "b0": 0.0})).run()
        known = of_family(model, "ngo")
        assert (known > 0.0).any() == (on > 0.0)
        if on:
            # It is a sector apart, not together at the place: 0.2 x 0.5 of either family's share.
            means.append(known[:, :3].mean())
            both = of_family(model, "rcrc")[:, :3].mean() + of_family(model, "un")[:, :3].mean()
            # Each of the two at the place has 0.2 of the other's besides its own.
            assert means[0] == pytest.approx(0.1 * both / 1.2, rel=0.02)
            assert (known[:, 5:5 + BY_ASSOCIATION] == 0.0).all(), "it counts as no other channel"


def test_doors_are_seen_today_though_nobody_learns_from_them(tmp_path: Path) -> None:
    """Enforcement at the door is a fact of the day: its part goes to witness, channel on or off."""
    watched = busy_town(tmp_path, door=0.6)
    model = TrustModel(make_plan(watched, migrants=800, days=20, parameters=EVENTFUL | switches(
        off="witness"))).run()
    assert columns(model)["witness"] == 0.0
    assert attributed(model)["witness"] > 0
    learns = TrustModel(make_plan(watched, migrants=800, days=20, parameters=EVENTFUL)).run()
    assert (against_independence(learns, "rcrc")[:, BY_WITNESS] > 0.0).any()


# --- the shares ----------------------------------------------------------------------------------

def test_a_deterred_day_is_shared_as_the_formula_says(tmp_path: Path) -> None:
    """Everybody holds the same evidence, put there by hand; the parts are computed by hand."""
    network = crowd(tmp_path, [{"id": "desk", "physical": 1, "registers": 0.8, "door": 0.3}],
                    **dict.fromkeys(("regulatory", "financial", "human", "social", "natural"), 0))
    half = 1e9
    model = TrustModel(make_plan(network, migrants=500, days=2, parameters={
        **QUIET, **NO_BACKGROUND, **NO_EVIDENCE, **ONE_NEED, "level_routine": 0.5, "b0": -1.0,
        "half_life_for": half, "half_life_against": half, "bf": 6.0}))
    model.step()
    held = model.world.tables.mind["evidence"]
    held[:, -DANGER_WIDTH:] = [0.5, 0.4, 0.3, 0.2, 0.1, 0.0]
    family = [0.5, 0.1, 0.05, 0.0, 0.25]           # against independence, by channel
    held[:, 5:10] = family
    held[:, 11], held[:, 12] = 0.15, 0.35          # what never fades: encounter, rumour
    model.step()
    days = counted(model, "deterred", 1)
    assert days > 100
    of_threat = np.array([0.4, 0.3, 0.2, 0.1, 0.0]) / (1.0 + 0.12 * 2)
    p_danger = (1.0 + 0.12 * 2) / (1.0 + 0.5 + 2)
    against = np.add(family, [0.15, 0.0, 0.0, 0.35, 0.0])
    p_independence = 1.0 / (against.sum() + 2)
    of_disbelief = against / (against.sum() + 0.5 * 2)
    registered = 2 * 0.55 * 0.8 * (1 - p_independence)
    believed = -math.log(1 - min(0.99, p_danger * (0.45 + registered)))
    at_door = -math.log(1 - 0.6 * 0.3)
    parts = (0.45 * of_threat + registered * of_disbelief) / (0.45 + registered)
    parts = parts * believed / (believed + at_door)
    parts[BY_WITNESS] += at_door / (believed + at_door)
    shares = model.record.shares[1].sum(axis=(0, 1)) / (SHARE_UNITS * days)
    assert shares[:HARM_CHANNELS] == pytest.approx(parts, abs=2e-6)
    assert shares[BY_OUTREACH] == 0
    assert shares[BY_PRIOR] == pytest.approx(1 - parts.sum(), abs=1e-5)
