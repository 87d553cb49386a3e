"""The fast way through a day leaves the bytes of the table of phases, phase by phase."""

from __future__ import annotations

import pytest
from engines_in_step import first_difference
from eventful_worlds import eventful

from sim.engine.compiled.luck import TILE
from sim.engine.schedule import live_a_day
from sim.model import TrustModel


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("migrants", [1, TILE - 1, TILE + 1, 4 * TILE + 3, 5_000])
def test_days_lived_together_are_days_lived_phase_by_phase(migrants: int, threads: int) -> None:
    """With any number of people: fewer than are dealt to at once, and some more than several."""
    plan = eventful("central_mediterranean", "everything", migrants=migrants, days=25, burn_in=10)
    together = TrustModel(plan, threads=threads)
    one_by_one = TrustModel(plan)
    while together.running:
        live_a_day(one_by_one.engine, one_by_one.day)
        together.engine.live(together.day)
        found = first_difference(together, one_by_one, "the day")
        assert found is None, str(found)
        for model in (together, one_by_one):
            model.record.take(model.world, model.day)
            model.day += 1
        if together.day == plan.days:
            break
    assert together.state_hash() == one_by_one.state_hash()
    assert together.record.totals() == one_by_one.record.totals()
