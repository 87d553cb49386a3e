"""The tables of docs/peer.md, made from the stored results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.pages import Rows, markdown_table
from experiments.peer.findings import THEIRS, agreement, findings, published
from experiments.peer.inputs import INPUTS
from experiments.peer.outputs import BY_POINT
from experiments.peer.rules import MEASURES

__all__ = ["tables"]


def tables(results: Mapping[str, Any]) -> dict[str, str]:
    """Every table of the page by the name of its place.

    Args:
        results: `routes` and `waytrust`, each from :func:`experiments.peer.analysing.analyse`; and
            `rules`, from :func:`experiments.peer.rules.compare_rules`.
    """
    routes, here = results["routes"], results["waytrust"]
    return {
        "findings": markdown_table(_findings(routes)),
        "errors": markdown_table(_errors(routes), right=4),
        "shares": markdown_table(_shares(routes), right=len(THEIRS)),
        "thirds": "Mean `var_n_link` is {:,.0f} at the third of points with least social "
        "information, {:,.0f} at the middle third and {:,.0f} at the third with most.".format(
            *routes["thirds"]),
        "mapping": markdown_table(_mapping()),
        "rules": markdown_table(_rules(results["rules"]), right=2),
        "here": markdown_table(_findings(here)),
        "here errors": markdown_table(_errors(here), right=4),
        "here shares": markdown_table(_own_shares(here), right=4),
    }


def _percent(value: float) -> str:
    return f"{round(value, 1) + 0.0:.1f}"  # never -0.0


def _findings(result: Mapping[str, Any]) -> Rows:
    return ("What they found", "Theirs", "Here", "Holds"), [
        (each.claim, each.theirs, each.ours, "yes" if each.holds else "**no**")
        for each in findings(result)]


def _errors(result: Mapping[str, Any]) -> Rows:
    rows = []
    for name, it in result["outputs"].items():
        error = it["error"]
        once = name in BY_POINT  # noise is fitted, so errors cannot be told from it
        rows.append((f"`{name}`", "" if once else f"{error['as_theirs']:.2f}",
                     f"{error['with_noise']:.2f}", f"{100 * error['explained']:.0f} %",
                     "" if once else f"{it['within']:.0f} %"))
    return ("Output", "Standardised RMSE", "With chance allowed for", "Foreseen",
            "Between repeats"), rows


def _shares(result: Mapping[str, Any]) -> Rows:
    table = published()
    rows = []
    for each in INPUTS:
        cells = [f"`{each.name}`"]
        for name in THEIRS:
            it = result["outputs"][name]
            gem, other = (float(table[column][name, each.name]) for column in table)
            cells.append(f"{gem:.1f} → {_percent(it['main'][each.name])} "
                         f"({other:.1f} → {_percent(it['anova'][each.name])})")
        rows.append(tuple(cells))
    ranks = agreement(result)
    rows.append(("*ranks agree*", *(f"*{ranks[name]:+.2f}*" for name in THEIRS)))
    return ("Input", *(f"`{name}`" for name in THEIRS)), rows


def _own_shares(result: Mapping[str, Any]) -> Rows:
    names = ("var_n_link", "mean_freq_plan", "n_arrived", "prop_stdd")
    rows = [(f"`{each.name}`", *(_percent(result["outputs"][name]["main"][each.name])
                                 for name in names)) for each in INPUTS]
    return ("Input", *(f"`{name}`" for name in names)), rows


def _rules(found: Mapping[str, Mapping[str, list[float]]]) -> Rows:
    def cell(value: list[float]) -> str:
        return "{:.1f} % ({:.1f} to {:.1f})".format(*(100.0 * each for each in value))

    rows = [(words, *(cell(found[rule][name]) for rule in found))
            for name, words in MEASURES.items()]
    return ("Answer", *(f"`{rule}`" for rule in found)), rows


def _mapping() -> Rows:
    rows = [(f"`{each.name}`", f"{each.low:g} to {each.high:g}", each.what,
             ", ".join(f"`{name}`" for name in each.here) or "nothing") for each in INPUTS]
    return ("Input", "Range", "What it is in Routes and Rumours", "Nearest in Waytrust"), rows
