"""Makes ready what the first visitor would wait for: modules, and the compiled model."""

from __future__ import annotations

import dataclasses

from dashboards.app.site.parts import PARTS

__all__ = ["import_parts", "live_first_story", "load_model"]

_MIGRANTS = 50


def import_parts() -> None:
    """Import the pages, so that nobody's first page waits for it."""
    for part in PARTS:
        part.page()


def load_model() -> None:
    """Load the compiled model, or compile it: once after installing, in a minute or two."""
    from experiments.warming import share_compilation
    from scenarios import load
    from sim.compiling import mark_compiled
    from sim.model import TrustModel
    from sim.survey import standing_survey

    share_compilation()
    plan = load("central_mediterranean").plan()
    tiny = dataclasses.replace(plan, burn_in=0, days=1, migrants=_MIGRANTS, survey_days=())
    model = TrustModel(tiny).run()
    standing_survey(model.world, day=0)
    mark_compiled()


def live_first_story() -> None:
    """Begin to live the story that is shown first, for which its first visitor would wait."""
    from dashboards.story.shelf import SHELF
    from dashboards.story.stories import STORIES

    SHELF.prepare(next(iter(STORIES.values())))
