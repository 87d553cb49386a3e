"""Where each piece of evidence is used: parameters, networks, targets, facts, interventions."""

from __future__ import annotations

import inspect
from typing import NamedTuple

from experiments.evidence import cited_by, ids, ids_in, load

__all__ = ["Use", "uses"]

PARAMETER, NETWORK, TARGET, FACT = "parameter", "network", "target", "fact"
SHAPE, INTERVENTION, SURVEY = "shape", "intervention", "survey"


class Use(NamedTuple):
    """One use of a piece of evidence.

    Attributes:
        kind: `parameter`, `network`, `target`, `fact`, `shape`, `intervention` or `survey` (a
            published figure that stands beside simulated answers).
        name: Name of what uses it.
    """

    kind: str
    name: str


def uses() -> dict[str, list[Use]]:
    """Every id of the evidence, and what uses it; an empty list where nothing does."""
    found: dict[str, list[Use]] = {each: [] for each in sorted(ids())}
    for kind, name, words in [
        *_parameters(), *_networks(), *_targets(), *_facts(), *_interventions(), *_survey(),
    ]:  # fmt: skip
        for each in ids_in(words):
            use = Use(kind, name)
            if use not in found[each]:
                found[each].append(use)
    return found


Named = list[tuple[str, str, str]]


def _parameters() -> Named:
    from sim.parameters import REGISTRY

    return [(PARAMETER, each.name, " ".join(cited_by(each))) for each in REGISTRY.values()]


def _networks() -> Named:
    import pandas as pd

    from scenarios.resolve import NETWORKS

    found = []
    for path in sorted(NETWORKS.glob("*/*.csv")):
        rows = pd.read_csv(path, keep_default_na=False, dtype=str)
        if "source" in rows:
            found.append((NETWORK, f"{path.parent.name}/{path.name}", " ".join(rows["source"])))
    return found


def _targets() -> Named:
    from experiments.targets import written_in

    asked = [(TARGET, each.id, " ".join(each.settings.evidence)) for each in written_in()]
    families = {name.partition("_")[0] for _, name, _ in asked}
    asked += [(TARGET, name, name) for name in sorted(families)]
    rows = load("calibration_targets").itertuples()
    return asked + [(TARGET, str(row.id), str(row.evidence_ids)) for row in rows]


def _facts() -> Named:
    from experiments.behaviour import PARTS
    from experiments.facts import EXPERIMENTS

    facts = [(FACT, fact.id, fact.evidence) for each in EXPERIMENTS for fact in each.facts]
    shown = [(SHAPE, name, part.shape.known) for name, part in PARTS.items() if part.shape]
    return facts + shown


def _interventions() -> Named:
    from sim.interventions import KINDS

    return [(INTERVENTION, name, inspect.getdoc(kind) or "") for name, kind in KINDS.items()]


def _survey() -> Named:
    from sim.survey.published import PUBLISHED

    return [
        (SURVEY, f"{question}: {answer}", figure.evidence)
        for figures in PUBLISHED.values()
        for (question, answer), figure in figures.items()
    ]
