"""Files of targets for tests: every kind, on runs that cost little."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scenarios import yaml_positions
from scenarios.positions import Source

EVERY_KIND = """
scenarios:
  quiet:
    extends: central_america
    days: 60
    burn_in: 120 days
    population: {people: 30000, migrants: 400, present_at_start: 80 %}
  police:
    extends: quiet
    interventions:
      - id: officers
        kind: co_located_enforcement
        start: 20 days
        end: 40 days
        strength: 80 %
        scope: {country: MEX}
targets:
  - {id: fear, kind: level, scenario: quiet, question: danger, answer: agree,
     group: {status: irregular}, day: 50, observed: 0.37, low: 0.31, high: 0.43}
  - id: drop
    kind: relative_change
    scenario: police
    baseline: quiet
    title: Fewer people ask
    measure: asked
    per: in_need
    group: {status: [irregular, regular], exposed: true}
    place: {country: MEX}
    window: {after: officers.start, from: 0 days, to: 20 days}
    observed: -0.30
    low: -0.40
    high: -0.15
  - {id: heals, kind: remaining_share, of: drop, observed: 0.5, low: 0.3, high: 0.8,
     window: {after: officers.end, from: 0 days, to: 20 days}}
  - {id: safe, kind: relative_change, like: drop, group: {exposed: false}, observed: 0, low: -3 %,
     high: 3 %}
  - {id: remote, kind: ratio, of: drop, place: {country: MEX, not_node: tijuana}, observed: 0.5,
     low: 0.2, high: 0.8}
  - {id: away, kind: ever, scenario: police, measure: deterred, window: {from: 10}, observed: 20 %,
     low: 10 %, high: 30 %, fitted: yes}
  - {id: told, kind: difference, like: drop, question: danger, answer: agree, group: , day: 45,
     place: {step: [border, transit]}, observed: 0.02, low: 0, high: 10 %}
"""


def written(folder: Path, text: str = EVERY_KIND, name: str = "targets.yaml") -> Path:
    """The text as a file in a folder."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def plain() -> dict[str, Any]:
    """The file as plain data."""
    found: dict[str, Any] = yaml_positions.from_text(EVERY_KIND, Source("every kind")).plain()
    return found
