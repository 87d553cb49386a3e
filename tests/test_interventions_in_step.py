"""Both engines leave the same bytes where what authorities do reaches into every phase."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from engines_in_step import in_step, twins
from eventful_worlds import eventful

from sim.codes import MEASURES
from sim.interventions import KINDS, Intervention
from sim.model import TrustModel

EXPOSED = ["irregular", "refused", "asylum_seeker"]
FIELDS: dict[str, dict[str, Any]] = {
    "border_closure": {"start": 10, "end": 20, "scope": {"all": True, "status": EXPOSED}},
    "co_located_enforcement": {"start": 2, "every": 3, "strength": 0.8},
    "criminalised_aid": {"start": 30, "closes": 0.3},
    "data_request": {"start": 3, "every": 5, "announced": 2},
    "data_sharing_agreement": {"start": 8, "end": 40, "share": 0.6, "recipient": []},
    "enforcement_law": {"start": 4, "ramp": 5},
    "externalisation": {"start": 6, "factor": 4.0, "addition": 0.05},
    "government_premises": {"start": 25, "strength": 0.5, "detention": 0.3},
    "hostility": {"start": 5, "rise": 0.7},
    "community_dialogue": {"start": 12, "ramp": 10},
    "humanitarian_diplomacy": {"start": 5, "ramp": 20, "announced": 3},
    "police_notification": {"start": 0, "compliance": 0.6},
    "raid": {"start": 3, "every": 4, "share": 0.2, "scope": {"all": True, "status": EXPOSED}},
    "shock": {"start": 10, "end": 30, "factor": 5.0, "needs": ["physical", "social"]},
    "status_precondition": {"start": 20, "strength": 0.6, "must_show": True,
                            "scope": {"all": True, "status": ["refused", "regular"]}},
    "surge": {"start": 5, "of": "departures", "factor": 4.0},
}
MORE = [("surge", {"id": "sent", "start": 5, "of": "deportations", "factor": 3.0}),
        ("surge", {"id": "back", "start": 5, "of": "returns", "factor": 5.0,
                   "scope": {"all": True, "status": EXPOSED}})]


def everything(countries: list[str]) -> tuple[Intervention, ...]:
    made = []
    for kind, fields in [*FIELDS.items(), *MORE]:
        given = {"id": kind, "scope": {"all": True}, **fields}
        if given.get("recipient") == []:
            given["recipient"] = countries
        made.append(KINDS[kind].model_validate(given))
    return tuple(made)


@pytest.mark.parametrize("name", ["central_america", "horn_of_africa"])
def test_engines_leave_the_same_bytes(name: str) -> None:
    plan = eventful(name, "nothing", migrants=200, days=45, burn_in=15)
    acts = everything(list(plan.network.countries["country"]))
    compiled, reference = twins(replace(plan, interventions=acts))
    seen = {"raid": 0, "closed_to": 0, "warned": 0.0, "onset": 0.0}

    def watch(phase: str, model: TrustModel) -> None:
        tables = model.world.tables
        if phase == "enforcement":
            seen["raid"] = max(seen["raid"], int(tables.nodes["raid"].max()))
            seen["closed_to"] = max(seen["closed_to"], int(tables.legs["closed_to"].max()))
            seen["warned"] = max(seen["warned"], float(tables.points["warned"].max()))
            seen["onset"] = max(seen["onset"], float(tables.nodes["onset"].max()))

    for _ in in_step(compiled, reference, watch=watch):
        assert compiled.state_hash() == reference.state_hash()
    assert seen["raid"] == 3, "a planned raid and one of its own accord at once"
    assert seen["closed_to"] > 0
    assert seen["warned"] == pytest.approx(0.6)
    assert seen["onset"] > 1.5
    assert compiled.summary() == reference.summary()
    for measure in ("detentions", "deportations", "voluntary_returns", "departures"):
        column = MEASURES.index(measure)
        assert compiled.record.counts[..., column].sum() > 0, measure


def test_threads_do_not_matter() -> None:
    plan = eventful("horn_of_africa", "nothing", migrants=5_000, days=25, burn_in=5)
    acts = everything(list(plan.network.countries["country"]))
    plan = replace(plan, interventions=acts)
    one, two = (TrustModel(plan, threads=threads).run() for threads in (1, 2))
    assert one.state_hash() == two.state_hash()
