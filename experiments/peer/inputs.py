"""The seventeen inputs of the screening, and what in Waytrust comes nearest to each."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["INFORMATION", "INPUTS", "Input"]


class Input(NamedTuple):
    """One input that the screening varies.

    Attributes:
        name: Name in Routes and Rumours.
        low: Lower end of the range of the screening.
        high: Upper end.
        what: What it means there.
        here: Parameters of Waytrust that come nearest to it; none if nothing does.
    """

    name: str
    low: float
    high: float
    what: str
    here: tuple[str, ...] = ()


INPUTS = (
    Input("p_keep_contact", 0, 1, "chance to stay in touch with somebody met"),
    Input("p_drop_contact", 0, 1, "chance to lose touch with a contact, per step"),
    Input("p_info_mingle", 0, 1, "chance to talk to each person at the same place, per step",
          ("meetings_per_day",)),
    Input("p_info_contacts", 0, 1, "chance to talk to each contact, per step", ("calls_per_day",)),
    Input("p_transfer_info", 0.05, 1, "chance that an item is passed on when two people talk",
          ("exchange_transfer",)),
    Input("error", 0, 0.3, "most by which what is said is misunderstood", ("exchange_error",)),
    Input("p_find_links", 0, 1, "chance to find each link from here, per stay", ("find",)),
    Input("p_find_dests", 0, 1, "chance to find out about the end of a known link, per stay",
          ("carry_awareness",)),
    Input("speed_expl_stay", 0, 1, "how much of the truth is learnt by a look while staying",
          ("served_competence_for", "served_integrity_for", "served_independence_for",
           "served_danger_safe")),
    Input("speed_expl_move", 0, 1, "how much of it is learnt of the next place on the way there",
          ("intercepted_danger_bad",)),
    Input("qual_weight_x", 0, 1, "how much being nearer to the exits makes a place better",
          ("progress_weight",)),
    Input("qual_weight_res", 0, 1, "how much resources make a place better"),
    Input("path_weight_frict", 0, 1, "how little the quality of places counts against friction",
          ("length_weight",)),
    Input("weight_traffic", 0, 1, "how much people passing through make a place better"),
    Input("costs_stay", 0, 10, "capital that a stay costs, per step"),
    Input("costs_move", 0, 10, "capital that a move costs, per unit of friction",
          ("cost_weight",)),
    Input("ben_resources", 0, 10, "capital that a stay brings, times the resources of the place",
          ("earn_rate",)),
)
"""Names, ranges and order as in the design of the screening (`jasonhilton/screen_run`)."""

INFORMATION = ("p_info_mingle", "p_info_contacts", "p_transfer_info")
"""How often people talk, and how much they pass on."""
