"""The main findings of Routes and Rumours, and whether they hold here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.evidence import load
from experiments.peer.inputs import INFORMATION, INPUTS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Finding", "agreement", "findings", "published"]

NAMES = [each.name for each in INPUTS]
THEIRS = ("mean_cap", "var_n_link", "n_arrived", "prop_var", "prop_stdd")
"""Outputs whose shares of variance were published."""
_LITTLE = 10.0


class Finding(NamedTuple):
    """One finding of theirs.

    Attributes:
        id: Short name.
        claim: What they found.
        theirs: The numbers behind it.
        ours: The same here.
        holds: Whether it holds here.
    """

    id: str
    claim: str
    theirs: str
    ours: str
    holds: bool


def published() -> pd.DataFrame:
    """Per cent of variance by input and output, as published (`peer_screening.csv`)."""
    table = load("peer_screening")
    return table.set_index(["output", "input"])[["GEM_SA_pct_variance", "ANOVA_pct_variance"]]


def agreement(result: Mapping[str, Any]) -> dict[str, float]:
    """Spearman's rank correlation, over inputs, of our shares (emulator) with theirs (GEM-SA)."""
    from scipy.stats import spearmanr

    table = published()["GEM_SA_pct_variance"]
    return {
        name: float(spearmanr([table[name, each] for each in NAMES],
                              [result["outputs"][name]["main"][each] for each in NAMES]).statistic)
        for name in THEIRS
    }


def findings(result: Mapping[str, Any]) -> list[Finding]:
    """Each finding, tried on a screening.

    Args:
        result: What :func:`experiments.peer.analysing.analyse` found.
    """
    theirs = published()["GEM_SA_pct_variance"].astype(float)
    ours = {name: it["main"] for name, it in result["outputs"].items()}
    totals = {name: it["total"] for name, it in result["outputs"].items()}
    talk = ("p_transfer_info", "p_info_contacts")
    known = sum(ours["var_n_link"][name] for name in talk)
    money = ("costs_stay", "ben_resources")
    capital = sum(ours["mean_cap"][name] for name in INFORMATION)
    slope = result["slopes"]["prop_stdd"]
    by_chance = result["slopes"]["prop_chance"]["social"]
    return [
        Finding(
            "knowledge", "How much is passed on, and how often people talk to contacts, matter "
            "most for how far people differ in what they know (the two largest for `var_n_link`)",
            _sum(theirs, "var_n_link", talk),
            f"{_parts(ours['var_n_link'], talk)} alone, {_parts(totals['var_n_link'], talk)} with "
            "others",
            _first(ours["var_n_link"], 2) == _first(totals["var_n_link"], 2) == set(talk)),
        Finding(
            "alone", "and each does so by itself (together alone more than half of `var_n_link`)",
            f"{sum(theirs['var_n_link', name] for name in talk):.1f} %", f"{known:.1f} %",
            known > 50.0),
        Finding(
            "planning", "The same two matter most for how often people can plan a whole route, and "
            "for how unevenly links are used (the two largest, with interactions, for "
            "`mean_freq_plan` and `stdd_link_c`)", "not in the table",
            f"{_parts(ours['mean_freq_plan'], talk)}; {_parts(ours['stdd_link_c'], talk)}",
            all(_first(totals[name], 2) == set(talk)
                for name in ("mean_freq_plan", "stdd_link_c"))),
        Finding(
            "arrivals", "The same two matter most for how many arrive (`n_arrived`)",
            _sum(theirs, "n_arrived", talk), _parts(ours["n_arrived"], talk),
            _first(ours["n_arrived"], 2) == set(talk)),
        Finding(
            "capital", "What people have left depends on costs and income, hardly on information "
            f"(less than {_LITTLE:.0f} % of `mean_cap`)",
            f"{_sum(theirs, 'mean_cap', money)}; information "
            f"{sum(theirs['mean_cap', name] for name in INFORMATION):.1f} %",
            f"{_parts(ours['mean_cap'], money)}; information {capital:.1f} %",
            capital < _LITTLE and _first(ours["mean_cap"], 1) <= {"costs_stay", "costs_move",
                                                                  "ben_resources"}),
        Finding(
            "predictability", "More social information makes routes less predictable: runs of one "
            "point differ more in who leaves where (`prop_stdd`)",
            "said in words (Hinsch and Bijak 2019)",
            f"rank correlation {_interval(slope['social'])}", slope["social"][1] > 0.0),
        Finding(
            "beyond_chance", "and not just because other numbers of people arrive (`prop_chance`)",
            "not reported", f"rank correlation {_interval(by_chance)}", by_chance[1] > 0.0),
        Finding(
            "own_eyes", "and less so where people quickly find out for themselves "
            "(`speed_expl_stay` above its median)",
            "said in words (Hinsch and Bijak 2019)",
            f"slow {_interval(slope['slow'])}, fast {_interval(slope['fast'])}",
            slope["fast"][2] < slope["slow"][1]),
    ]


def _first(shares: Mapping[str, float], count: int) -> set[str]:
    return set(sorted(NAMES, key=lambda name: -shares[name])[:count])


def _sum(table: pd.Series, output: str, names: tuple[str, ...]) -> str:
    return _parts({name: float(table[output, name]) for name in names}, names)


def _parts(shares: Mapping[str, float], names: tuple[str, ...]) -> str:
    return " + ".join(f"{round(shares[name], 1) + 0.0:.1f} %" for name in names)


def _interval(found: list[float]) -> str:
    value, low, high = found
    return f"{value:+.2f} ({low:+.2f} to {high:+.2f})"
