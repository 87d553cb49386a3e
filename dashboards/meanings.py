"""What is said of what ships: interventions, fields, parameters, scenarios, designs, targets.

These texts stand beside what they explain, in `sim`, `experiments` and the libraries of
`scenarios`, and nowhere else in English.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from scenarios import library_names, load
from scenarios.editor import notes_of
from sim.interventions import KINDS
from sim.parameters import REGISTRY

__all__ = ["about", "meanings"]


def about(kind: str) -> tuple[str, ...]:
    """What a kind of intervention is, in paragraphs, as its author wrote it."""
    text = inspect.cleandoc(KINDS[kind].__doc__ or "").partition("\nAttributes:")[0]
    return tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def meanings() -> Iterator[tuple[str, str]]:
    """Every such text, with the thing it explains."""
    # Only catalogs ask for all of this; pages want `about` alone.
    from experiments.targets import written_in
    from scenarios.designing import design_names, load_design

    for kind, cls in KINDS.items():
        yield from ((kind, text) for text in about(kind))
        notes = notes_of(cls)
        yield from ((f"{kind}.{name}", notes[name]) for name in cls.model_fields if name in notes)
    yield from ((name, parameter.note) for name, parameter in REGISTRY.items())
    for name in library_names():
        scenario = load(name)
        yield from ((name, text) for text in (scenario.title, scenario.question) if text)
    for name in design_names():
        design = load_design(name)
        yield from ((name, text) for text in (design.title, design.question) if text)
    for target in written_in():
        if target.settings.title:
            yield target.id, target.settings.title
