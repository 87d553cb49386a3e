"""A story on a network of any size, as the file that the dashboard saves."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from benchmarks.synthetic_network import write_network

__all__ = ["write_story"]


def write_story(folder: Path, nodes: int, migrants: int, days: int) -> Path:
    """Live a leak on a synthetic network, and write it as one page that plays."""
    from dashboards.languages import language_of
    from dashboards.story.offline import offline_html
    from dashboards.story.payload import as_json
    from dashboards.story.stories import STORIES
    from dashboards.story.worlds import live_worlds
    from scenarios import load

    write_network(folder / "made", nodes)
    calm = {
        "name": "calm", "title": "A made-up route", "network": "made", "days": days,
        "population": {"migrants": migrants, "people": 50 * migrants, "present_at_start": 0.1},
    }  # fmt: skip
    leak = {"id": "leak", "kind": "data_breach", "start": days // 4, "announced": days // 4,
            "scope": {"organisation": "rcrc"}, "share": 0.8, "recipient": "AAA"}  # fmt: skip
    worlds = [calm, {**calm, "name": "leak", "interventions": [leak]}]
    plans = []
    for world in worlds:
        place = folder / f"{world['name']}.yaml"
        place.write_text(json.dumps(world), encoding="utf-8")  # YAML holds JSON
        plans.append(load(place).plan())
    story = dataclasses.replace(STORIES["leak"], scenarios=("calm", "leak"), beside=(0, 1))
    language = language_of("en", "report")
    file = folder / "story.html"
    file.write_text(offline_html(as_json(live_worlds(story, plans), language), language), "utf-8")
    return file
