"""Makes docs/evidence.md from the evidence and its uses: `python -m experiments.evidence_page`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from experiments.evidence import ids, ids_in
from experiments.evidence.telling import told, where
from experiments.evidence.uses import TARGET, Use, uses
from experiments.pages import markdown_table
from sim.parameters import REGISTRY

__all__ = ["PAGE", "evidence_page", "notes"]

PAGE = Path(__file__).resolve().parent.parent / "docs" / "evidence.md"
FOLDER = Path(__file__).resolve().parent / "evidence"
DESIGN = "fit_to_evidence"
_TRIAL = (*(f"T{n:02}" for n in range(1, 14)), "T17", "T18", "T19")
"""Targets to which starting values were fitted in a trial on another route."""
_KINDS = {
    "S": "The survey of 2022 (Red Cross Red Crescent Global Migration Lab)",
    "E": "Other surveys",
    "C": "Effects measured or described elsewhere",
    "M": "Mechanisms",
    "Q": "Findings in words",
    "T": "Targets",
}
_INTRODUCTION = """\
# Evidence

Which evidence bears on what, what was used to fit and what was kept aside, where the evidence
disagrees with itself, and what we hold and use nowhere. Do not edit this page: it is made from
`experiments/evidence/`, the registry of parameters, the networks, the facts and the shapes. After
changing one of them run `python -m experiments.evidence_page`. Where each figure was found stands
in the tables themselves; `experiments/evidence/README.md` explains the ids.

**In short.** {cited} of {all} parameters name evidence; for {alone} of those it is all they rest
on. {assumed} are assumed at least in part, {only} of them without any evidence of their own. {used}
of {held} pieces of evidence are used somewhere. Most measured effects come from people who had
settled in the United States, and the survey behind most levels asked in fifteen countries, none of
which was chosen for our routes.
"""
_FIT = """\
## What was used to fit, and what was kept aside

A figure that was fitted cannot test the model. Three ways in which a target may have shaped it:

- **fitted**: `targets.yaml` says so, or else the design `{design}` fits parameters to it
  ([calibration.md](calibration.md));
- **trial**: starting values (`trial` in the registry) come from a small trial on another route,
  which had been made to meet T01 to T13 and T17 to T19 there;
- **sets**: the same figure is itself the source of a parameter, so that agreeing says little.

What has none of the three was kept aside and tests the model.
"""


def evidence_page() -> str:
    """The text of docs/evidence.md."""
    used = uses()
    return "\n".join([
        _introduction(used),
        _fit(used),
        _conflicts(),
        "## What bears on what\n",
        "Only evidence that is used somewhere. Facts are those of [facts.md](facts.md), shapes "
        "those of\n[validation.md](validation.md), interventions those of "
        "[scenarios.md](scenarios.md).\n",
        *(_bearing(kind, title, used) for kind, title in _KINDS.items() if kind != "T"),
        _unused(used),
    ])  # fmt: skip


def _introduction(used: dict[str, list[Use]]) -> str:
    parameters = list(REGISTRY.values())
    cites = {each.name for each in parameters if set(each.source.split()) & ids()}
    assumed = [each for each in parameters if each.assumed]
    return _INTRODUCTION.format(
        cited=len(cites), all=len(parameters), assumed=len(assumed),
        alone=sum(not each.assumed for each in parameters if each.name in cites),
        only=sum(each.name not in cites for each in assumed),
        used=sum(map(bool, used.values())), held=len(used),
    )  # fmt: skip


def _fit(used: dict[str, list[Use]]) -> str:
    from experiments.targets import written_in

    rows = []
    for written in written_in():
        settings = written.settings
        fitted = _fitted(written.node.plain(), written.id)
        trial = written.id.partition("_")[0] in _TRIAL
        sets = sorted({
            use.name for each in settings.evidence for use in used.get(each, ())
            if use.kind == "parameter"
        })  # fmt: skip
        found = [word for word, true in (("fitted", fitted), ("trial", trial)) if true]
        found += [f"sets {_code(sets)}"] if sets else []
        asked = f"{settings.observed:g} ({settings.low:g} to {settings.high:g})"
        rows.append((
            written.id, settings.title, asked, ", ".join(settings.evidence),
            "; ".join(found) or "**kept aside**",
        ))  # fmt: skip
    table = markdown_table((("Target", "What", "Figure", "Evidence", "Used"), rows))
    return f"{_FIT.format(design=DESIGN)}\n{table}\n"


def _fitted(written: dict[str, Any], name: str) -> bool:
    """Whether a target is fitted: as its file says, or as the design does where it is silent."""
    for field in ("fitted", "fold"):
        if field in written:
            return str(written[field]).lower() in ("true", "yes", "fit", "fitted", "calibration")
    return any(name == each or name.startswith(f"{each}_") for each in _design_targets())


def _design_targets() -> Sequence[str]:
    from scenarios.designing import load_design

    return tuple(load_design(DESIGN).targets)


def notes(name: str) -> list[dict[str, Any]]:
    """What is written in `conflicts.yaml` or `unused.yaml` of the evidence."""
    from ruamel.yaml import YAML

    read = YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return list(read[name])


def _conflicts() -> str:
    parts = ["## Where the evidence disagrees with itself\n"]
    for each in notes("conflicts"):
        figures = "\n".join(f"- {name}: {_row(name)}" for name in each["ids"])
        words = f"{each['says']}\n\n{figures}\n\n**In the model:** {each['model']}"
        parts.append(f"### {each['title']}\n\n{words}\n")
    return "\n".join(parts)


def _row(name: str) -> str:
    place = where(name)
    return f"{told(name)} ({place})" if place else told(name)


def _bearing(kind: str, title: str, used: dict[str, list[Use]]) -> str:
    rows = [
        (name, _cell(told(name)), _cell(where(name)), _cell(_by_kind(found)))
        for name, found in used.items()
        if found and _kind(name) == kind
    ]
    head = ("Id", "What was found", "Of whom, where", "Bears on")
    return f"### {title}\n\n{markdown_table((head, rows))}\n"


def _kind(name: str) -> str:
    return {"MM": "M", "PS": "M"}.get(name, name[0])


_PLURAL = {
    "parameter": "parameters", "network": "networks", TARGET: "targets", "fact": "facts",
    "shape": "shapes", "intervention": "interventions", "survey": "shown beside answers to",
}  # fmt: skip


def _by_kind(found: Iterable[Use]) -> str:
    parts = []
    for kind, words in _PLURAL.items():
        named = sorted({use.name for use in found if use.kind == kind})
        if kind == "network":
            named = sorted({name.partition("/")[0] for name in named})
        if kind == "survey":
            named = sorted({name.partition(":")[0] for name in named})
        if named:
            parts.append(f"{words} {_code(named)}")
    return "; ".join(parts)


def _unused(used: dict[str, list[Use]]) -> str:
    why = {name: each["why"] for each in notes("unused") for name in ids_in(each["ids"])}
    rows = [
        (name, _cell(_row(name)), why.get(name, "")) for name, found in used.items() if not found
    ]
    table = markdown_table((("Id", "What was found", "Why not"), rows))
    return f"## What we hold and use nowhere\n\n{table}\n"


def _code(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(evidence_page(), encoding="utf-8")
