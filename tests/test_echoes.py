"""Echoes: one event does not weigh as many, and opinions stay as different as people are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import scenarios
from sim.codes import (
    BY_HEARSAY,
    BY_RUMOUR,
    DEAD,
    DETAINED,
    E_DETAINED,
)
from sim.columns import OWN_STORIES
from sim.engine.compiled.reading import danger, independence
from sim.model import TrustModel
from sim.rules.opinion import discounted_evidence, projected_probability
from tests.worlds import (
    NO_BACKGROUND,
    QUIET,
    act,
    body,
    crowd,
    heard_by,
    make_plan,
    of_danger,
)

# --- echoes --------------------------------------------------------------------------------------

FOREVER = {"half_life_for": 1e9, "half_life_against": 1e9, "telling_half_life": 1e9,
           "detained_danger_bad": 2.0}


def pair(folder: Path, people: int, **parameters: float) -> TrustModel:
    """People who meet every day; the first has been detained and lets it be known."""
    model = TrustModel(make_plan(crowd(folder), migrants=people, days=200, parameters={
        **QUIET, **NO_BACKGROUND, **FOREVER, "meetings_per_day": 1.0, **parameters}))
    model.step()
    for table in (model.world.tables.body, model.world.tables.public):
        table["told_kind"][0] = E_DETAINED
        table["told_day"][0], table["told_point"][0], table["told_node"][0] = 0, -1, 0
    return model


def test_one_event_told_a_hundred_times_counts_once(tmp_path: Path) -> None:
    model = pair(tmp_path, 2, hearsay_trust=0.4)
    model.step()
    once = of_danger(model)[1].copy()
    # Being detained leaves 2, told at trust 0.4: 2 x 0.4 x 2 / (2 + 2 - 0.4 x 2).
    assert once[BY_HEARSAY] == pytest.approx(discounted_evidence(2.0, 0.4, 2.0), rel=1e-6)
    for _ in range(100):
        model.step()
    assert (of_danger(model)[1] == once).all()
    assert (of_danger(model)[0] == 0.0).all(), "nobody tells it back"


def test_one_event_reaches_many_but_counts_once_with_each(tmp_path: Path) -> None:
    model = pair(tmp_path, 30, hearsay_trust=0.4, meetings_per_day=3.0)
    for _ in range(120):
        model.step()
    told = of_danger(model)[1:, BY_HEARSAY]
    assert told == pytest.approx(np.full(29, discounted_evidence(2.0, 0.4, 2.0)), rel=1e-6)


def test_two_events_count_twice(tmp_path: Path) -> None:
    model = pair(tmp_path, 2, hearsay_trust=0.4)
    model.step()
    for table in (model.world.tables.body, model.world.tables.public):
        table["told_day"][0] = 1  # another one
    model.step()
    model.step()
    twice = 2 * discounted_evidence(2.0, 0.4, 2.0)
    assert of_danger(model)[1, BY_HEARSAY] == pytest.approx(twice, rel=1e-6)


def test_a_story_told_by_everybody_counts_once(tmp_path: Path) -> None:
    rumour = act("rumour", topic="detained", start=1, reach=0.2, node="here")
    model = TrustModel(make_plan(crowd(tmp_path), migrants=60, days=150, interventions=[rumour],
                                 parameters={
        **QUIET, **NO_BACKGROUND, **FOREVER, "meetings_per_day": 3.0, "story_telling": 1.0,
        "story_drop": 0.0, "story_fade": 0.0, "story_weight": 0.3}))
    model.step()
    model.step()
    seeds = heard_by(model, OWN_STORIES).copy()
    model.run()
    assert heard_by(model, OWN_STORIES).all()
    told = of_danger(model)[:, BY_RUMOUR]
    assert told[~seeds] == pytest.approx(np.full((~seeds).sum(), 0.3 * 2.0), rel=1e-6)
    assert (told[seeds] == 0.0).all()


def test_a_source_repeats_what_is_fresh_and_each_thing_once(tmp_path: Path) -> None:
    """Locals know of a detention: those who ask them hear it, while it is news."""
    model = TrustModel(make_plan(crowd(tmp_path), migrants=300, days=120, parameters={
        **QUIET, **NO_BACKGROUND, **FOREVER, "source_rate": 0.2, "source_locals": 1.0,
        "source_family": 0.0, "source_agents": 0.0, "source_smugglers": 0.0,
        "source_trust": 0.4}))
    model.step()
    record = model.world.tables.sources[0, 1]
    record["told_kind"], record["event"], record["since"] = E_DETAINED, 77, 0
    record["told_point"], record["told_node"] = -1, 0
    once = np.float32(discounted_evidence(2.0, 0.4, 2.0))
    for day in range(1, 100):
        model.step()
        if day == 60:
            # As if everybody had lived through much since, and forgotten this.
            model.world.tables.mind["events"][:] = 0
            before = of_danger(model).copy()
    told = of_danger(model)[:, BY_HEARSAY]
    assert set(told) <= {np.float32(0.0), once}
    assert (told == once).mean() > 0.9
    assert (of_danger(model) == before).all(), "an old story is told as new"


# --- opinions stay different ---------------------------------------------------------------------

def opinions_of(model: TrustModel) -> np.ndarray:
    """Believed danger and independence (Red Cross and Red Crescent) of everyone alive."""
    t, p, day = model.world.tables, model.plan.parameters, model.day - 1
    return np.array([
        (projected_probability(*danger(t, i, day), p["base_rate_danger"], 2.0),
         projected_probability(*independence(t, i, 0, day), p["base_rate_independence"], 2.0))
        for i in range(model.world.people)])


def test_opinions_of_people_do_not_converge(tmp_path: Path) -> None:
    """After a year of meetings, people differ as much as at the start, and are still themselves."""
    network = scenarios.load("central_mediterranean").plan().network
    model = TrustModel(make_plan(network, migrants=1_500, represents=20, days=365,
                                 at_once=False, burn_in=30, present_at_start=1.0))
    for _ in range(30):
        model.step()
    start = opinions_of(model)
    spread = []
    while model.running:
        model.step()
        if model.day in (120, 240, 365):
            now = opinions_of(model)
            alive = ~np.isin(body(model)["state"], (DEAD, DETAINED))
            spread.append(now[alive].std(axis=0) / start[alive].std(axis=0))
    assert (np.array(spread) > 0.75).all(), spread
    for which in range(2):
        assert (start[alive, which] != now[alive, which]).mean() > 0.5, "nobody learned anything"
        alike = np.corrcoef(start[alive, which], now[alive, which])[0, 1]
        assert alike > 0.3, "people forgot who they were"
