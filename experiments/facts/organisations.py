"""What organisations do: whose agenda they are seen to serve, with whom they work, who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.facts.breaches import leak
from experiments.facts.fact import Experiment, Fact, Values
from experiments.facts.living import SHOCK, lived, ordinary, trust, with_acts
from sim.interventions import (
    ConditionalFunding,
    Intervention,
    LivedExperienceStaff,
    Partnership,
    ReturnAssociation,
    Scope,
    StaffTraining,
    Transparency,
)

if TYPE_CHECKING:
    from sim.model import TrustModel
    from sim.network import RouteNetwork

__all__ = ["EXPERIMENTS"]

OWNER, FAMILY, GOVERNMENT = "rcrc_niger", "rcrc", "government_niger"
HERE = Scope(organisation=(OWNER,))


def _lived(replicate: int, migrants: int, *worlds: tuple[Intervention, ...]) -> list[TrustModel]:
    base = ordinary(migrants=migrants)
    return lived(base, replicate, *(with_acts(base, *acts) for acts in worlds))


def _where(network: RouteNetwork, owner: str = OWNER) -> np.ndarray:
    """The places where an organisation works."""
    points = network.points
    own = set(points.loc[points["organisation"] == owner, "node"])
    return np.flatnonzero(network.nodes["id"].isin(own))


def _agenda(replicate: int, migrants: int) -> Values:
    money = ConditionalFunding(id="money", start=SHOCK, accepted=True, visible=1.0, narrowed=0.0,
                               announced=0, scope=HERE)  # fmt: skip
    returns = ReturnAssociation(id="returns", start=SHOCK, forced=False, scope=HERE)
    calm, paid, returning = _lived(replicate, migrants, (money,), (returns,))
    here = _where(calm.plan.network)
    return {
        "agenda_independence": (trust(calm, FAMILY, here), trust(paid, FAMILY, here)),
        "agenda_competence": (
            trust(calm, FAMILY, here, "competence"), trust(paid, FAMILY, here, "competence")),
        "return_independence": (trust(calm, FAMILY, here), trust(returning, FAMILY, here)),
    }  # fmt: skip


def _partner(replicate: int, migrants: int) -> Values:
    together = Partnership(id="together", start=SHOCK, partner=GOVERNMENT, visible=1.0, scope=HERE)
    calm, joined = _lived(replicate, migrants, (together,))
    here = _where(calm.plan.network)
    return {"partner": (trust(calm, FAMILY, here), trust(joined, FAMILY, here))}


def _openness(replicate: int, migrants: int) -> Values:
    openness = Transparency(id="openness", start=SHOCK + 30, reach=0.05, scope=HERE)
    base = with_acts(ordinary(migrants=migrants), leak())
    leaked, told = lived(base, replicate, with_acts(base, leak(), openness))
    here = _where(leaked.plan.network)
    return {"transparency": (trust(leaked, FAMILY, here), trust(told, FAMILY, here))}


def _staff(replicate: int, migrants: int) -> Values:
    everywhere = Scope(family=(FAMILY,))
    colleagues = LivedExperienceStaff(id="colleagues", start=SHOCK, share=1.0, scope=everywhere)
    training = StaffTraining(id="training", start=SHOCK, share=1.0, scope=everywhere)
    calm, with_them, trained = _lived(replicate, migrants, (colleagues,), (training,))
    places = np.arange(len(calm.plan.network.nodes))
    unaware = calm.record.measures.index("unaware")
    return {
        "colleagues_competence": (
            trust(calm, FAMILY, places, "competence"),
            trust(with_them, FAMILY, places, "competence")),
        "colleagues_reach": (
            float(calm.record.counts[SHOCK:, ..., unaware].sum()),
            float(with_them.record.counts[SHOCK:, ..., unaware].sum())),
        "training_competence": (
            trust(calm, FAMILY, places, "competence"),
            trust(trained, FAMILY, places, "competence")),
        "training_independence": (
            trust(calm, FAMILY, places), trust(trained, FAMILY, places)),
    }  # fmt: skip


def _unsure(replicate: int, migrants: int) -> Values:
    """Among all surveyed: the commonest other answer on independence, and "don't know"."""
    from sim.model import TrustModel
    from sim.survey import all_surveyed_shares

    run = TrustModel(ordinary(migrants=migrants, days=1), replicate=replicate).run()
    values = {}
    for place in ("origin", "here"):
        shares = all_surveyed_shares(run.world, day=run.day, question=f"independent_{place}")
        unsure = shares.pop("dont_know")
        values[f"unsure_{place}"] = (max(shares.values()), unsure)
    return values


EXPERIMENTS = (
    Experiment("agenda", (
        Fact("agenda_independence", "Q06", "Where a donor's agenda is seen, trust in independence",
             "falls"),
        Fact("agenda_competence", "Q06, Q10", "but trust in competence", "nothing", margin=0.01),
        Fact("return_independence", "Q07", "Where voluntary return is supported, trust in "
             "independence", "falls"),
    ), _agenda),
    Experiment("partner", (
        Fact("partner", "Q09", "Trust in an organisation that works with a distrusted one",
             "falls"),
    ), _partner),
    Experiment("openness", (
        Fact("transparency", "Q11", "After a breach, trust where one is open about it over where "
             "one is not", "rises"),
    ), _openness),
    Experiment("staff", (
        Fact("colleagues_competence", "Q12", "With staff who have migrated, trust in competence",
             "rises"),
        Fact("colleagues_reach", "Q12", "and days in need on which people know of no service",
             "falls"),
        Fact("training_competence", "Q10", "With trained staff, trust in competence", "rises"),
        Fact("training_independence", "Q10", "but trust in independence", "nothing", margin=0.01),
    ), _staff),
    Experiment("unsure", (
        Fact("unsure_origin", "Q13", "Asked about the country of birth, \"don't know\" over the "
             "commonest other answer", "rises", relative=False),
        Fact("unsure_here", "Q13", "and asked about where they are", "rises", relative=False),
    ), _unsure),
)  # fmt: skip
"""Experiments with what organisations do."""
