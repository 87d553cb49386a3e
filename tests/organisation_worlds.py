"""Worlds for the tests of what organisations do: all kinds at once, in eventful networks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.interventions import KINDS, Intervention
from sim.network import RouteNetwork
from sim.plan import Plan
from tests.eventful_worlds import eventful

__all__ = ["NEW_KINDS", "busy", "deeds_and_words"]

NEW_KINDS = (
    "conditional_funding", "return_association", "dissuasion_message", "partnership",
    "transparency", "rebuttal", "lived_experience_staff", "staff_training", "accountability",
    "open_service_point", "close_service_point", "mobile_clinic", "safe_referral",
    "cash_assistance", "family_links")
"""Kinds that organisations carry out."""


def deeds_and_words(network: RouteNetwork) -> tuple[Intervention, ...]:
    """One or more of every kind, all over a network, in full or nearly so."""
    points = network.points["id"].tolist()
    transit = network.nodes.loc[network.nodes["journey_step"] == "transit", "id"].tolist()
    half, third = points[::2], points[::3]

    def made(kind: str, name: str, **fields: Any) -> Intervention:
        scope = fields.pop("scope", {"all": True})
        return KINDS[kind](id=name, kind=kind, scope=scope, **fields)

    return (
        made("conditional_funding", "money", start=3, visible=0.8, excludes=("refused", "other"),
             announced=10, scope={"service_point": half}),
        made("conditional_funding", "no_money", start=5, accepted=False,
             scope={"service_point": points[1:2]}),
        made("return_association", "desk", start=6, end=40, forced=True, near=0.2),
        made("dissuasion_message", "do_not_go", start=4, reach=0.2,
             scope={"status": "irregular"}),
        made("partnership", "joint", start=8, end=45, partner="government", visible=0.9),
        made("transparency", "notice", start=7, reach=0.2, scope={"status": ["regular", "other"]}),
        made("rumour", "talk", start=5, every=10, topic="breach", reach=0.3,
             scope={"service_point": half}),
        made("rebuttal", "answer", start=9, answers="talk", reach=0.3),
        made("rebuttal", "other_answer", start=12, answers="money", reach=0.1,
             scope={"node": transit}),
        made("lived_experience_staff", "peers", start=10, ramp=5, scope={"service_point": third}),
        made("staff_training", "courses", start=20, scope={"service_point": third}),
        made("accountability", "desk_for_complaints", start=2, share=0.9),
        made("outreach", "promises", start=2, reach=0.05, promises_too_much=0.9),
        made("open_service_point", "new_clinic", start=4, like=points[0],
             scope={"node": transit[:2]}),
        made("close_service_point", "closing", start=15, every=2,
             scope={"service_point": points[5:8]}),
        made("mobile_clinic", "bus", start=3, every=2, like=points[2],
             scope={"node": transit[:3]}),
        made("safe_referral", "onwards", start=2, share=0.8),
        made("safe_referral", "to_the_new", start=6, to=f"new_clinic_{transit[0]}", share=0.5,
             scope={"status": ["irregular", "asylum_seeker"]}),
        made("cash_assistance", "cash", start=11, scope={"service_point": half}),
        made("family_links", "calls", start=2, share=0.9),
    )


def busy(name: str, **changes: Any) -> Plan:
    """A plan in which much happens to few, and organisations do everything they can."""
    plan = eventful(name, "nothing", **changes)
    return replace(plan, interventions=deeds_and_words(plan.network))
