"""What a result cannot say."""

from __future__ import annotations

from markupsafe import Markup

from dashboards.languages import Language
from dashboards.report.result import CompareResult, RunResult
from experiments.evidence import cited_by
from sim.parameters import REGISTRY

__all__ = ["limits"]


def limits(result: CompareResult | RunResult, language: Language) -> list[Markup]:
    """Sentences about the limits of a result."""
    t = language
    assumed = sum(each.assumed and not cited_by(each) for each in REGISTRY.values())
    stands = result.route.people / result.manifest.migrants
    found = [
        t.markup(
            "This compares imagined worlds that differ in one thing. It does not predict how "
            "many people will do something somewhere."),
        _chance(result, t),
        t.markup(
            "{n} of {all} parameters of the model are assumed: nothing that was measured "
            "supports them. The doubt about parameters is larger than the intervals.",
                 n=t.number(assumed), all=t.number(len(REGISTRY))),
        t.markup(
            "How much enforcement or a breach of data keeps people from services was measured "
            "among settled people, mostly in the United States and the United Kingdom. That it "
            "carries over to people on the move is an assumption."),
        t.markup(
            "Places, ways and distances are those of the files of the route. Which service "
            "stands where, how much it can do and how organisations behave is plausible at best, "
            "not an inventory: no row describes a real clinic."),
        t.markup(
            "One simulated person stands for {n} people. Groups of fewer than 30 simulated "
            "people are marked as too few to trust.", n=t.number(stands, 0 if stands >= 10 else 1)),
        t.markup(
            "Results are about groups and never about a person. Use them to protect people's "
            "access to help, never to find, target or deter anybody; and ask people who know the "
            "route before acting."),
        t.markup(
            "What a number of this model can and cannot be used for, and how to report misuse, is "
            "written in docs/responsible-use.md of the project."),
    ]  # fmt: skip
    return [each for each in found if each]


def _chance(result: CompareResult | RunResult, t: Language) -> Markup:
    if isinstance(result, RunResult):
        return t.markup(
            "This is one run: how far chance alone moves its numbers is not shown. Comparing "
            "scenarios over several runs (waytrust compare) gives intervals."
        )
    n = result.manifest.replicates
    if result.manifest.posterior:
        return t.plural(
            "Intervals come from {n} pair of runs with parameters that a calibration found "
            "plausible: they show chance and the doubt about those parameters, not about others.",
            "Intervals come from {n} pairs of runs with parameters that a calibration found "
            "plausible: they show chance and the doubt about those parameters, not about others.",
            n,
        )
    return t.plural(
        "Intervals come from {n} pair of runs and show chance only: how far numbers would move "
        "if the same people had other luck.",
        "Intervals come from {n} pairs of runs and show chance only: how far numbers would move "
        "if the same people had other luck.",
        n,
    )  # fmt: skip
