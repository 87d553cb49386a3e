"""Both engines leave the same bytes when organisations do all that they can."""

from __future__ import annotations

import numpy as np
import pytest

from sim.codes import E_AGENDA, E_AMENDS, KINDS_OF_EVENT
from sim.columns import OWN_STORIES
from sim.model import TrustModel
from tests.engines_in_step import in_step, twins
from tests.eventful_worlds import NAMES
from tests.organisation_worlds import NEW_KINDS, busy, deeds_and_words


class Sights:
    """What has been seen to happen: no path may go untried."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self._ties = self._telling = 0

    def watch(self, phase: str, model: TrustModel) -> None:
        t, people, day = model.world.tables, model.world.people, model.day
        body = t.body[:people]
        ties = int((t.mind["ties"][:people] >= 0).sum())
        told = int((body["telling"] != 0).sum())
        if phase == "service":
            today = set(body["told_kind"][body["told_day"] == day].tolist())
            self.seen |= {KINDS_OF_EVENT[kind] for kind in today}
            self.seen |= {"a tie found again"} if ties > self._ties else set()
            new = np.flatnonzero(np.isin(model.plan.network.points["id"], model.plan.network.added))
            self.seen |= {"a new point used"} if model.world.tally.by_point[new, 1].any() else set()
        if phase == "outreach" and told < self._telling:
            self.seen.add("a story no longer told")
        self._ties, self._telling = ties, told
        if E_AGENDA in t.stories["kind"][OWN_STORIES:]:
            self.seen.add("news of an agenda")


@pytest.mark.parametrize("name", NAMES)
def test_engines_leave_the_same_bytes(name: str) -> None:
    compiled, reference = twins(busy(name, migrants=120))
    sights = Sights()
    for _ in in_step(compiled, reference, watch=sights.watch):
        assert compiled.state_hash() == reference.state_hash()
    assert {"amends", "a tie found again", "a new point used", "a story no longer told",
            "news of an agenda"} <= sights.seen
    assert KINDS_OF_EVENT[E_AMENDS] == "amends"
    for field in ("counts", "shares", "by_point", "opinions", "stories"):
        assert np.array_equal(getattr(compiled.record, field), getattr(reference.record, field))


@pytest.mark.parametrize("off", ["encounter", "witness", "outreach", "association"])
def test_engines_agree_with_a_channel_switched_off(off: str) -> None:
    plan = busy("central_mediterranean", migrants=150, days=25, burn_in=10,
                **{f"channel_{off}": 0.0})
    compiled, reference = twins(plan, seed=11)
    assert len(list(in_step(compiled, reference))) == 35


def test_every_kind_takes_part() -> None:
    kinds = {item.kind for item in deeds_and_words(busy("horn_of_africa").network)}
    assert kinds >= set(NEW_KINDS)
