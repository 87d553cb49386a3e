"""What a report is made from: the files of a result directory, checked and in plain form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from dashboards.report.change import Change, Ends, Number

__all__ = ["Channel", "CompareResult", "Difference", "Event", "Manifest", "Place", "Repair",
           "Route", "RunResult", "Scenario", "Series"]  # fmt: skip


class _Part(BaseModel):
    """What stands in a file; later versions may write more than is known here."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Event(_Part):
    """Something that happens to the world in a scenario; `new` if not in the baseline too."""

    id: str
    kind: str
    start: int
    end: int | None
    announced: int | None
    scope: dict[str, list[str]]
    new: bool


class Scenario(_Part):
    """One scenario of a result."""

    name: str
    title: str
    question: str
    parameters: dict[str, float]
    interventions: list[Event]

    @property
    def shown(self) -> str:
        """Its title, or its name where it has none."""
        return self.title or self.name

    @property
    def new(self) -> list[Event]:
        """What happens in it and not in the baseline, in order of time."""
        return sorted((each for each in self.interventions if each.new), key=lambda e: e.start)


class Place(_Part):
    """A node of the route."""

    id: str
    name: str
    country: str
    step: str
    lat: float | None
    lon: float | None


class Route(_Part):
    """The file `route.json`: where people move, and what is compared."""

    network: str
    places: list[Place] = Field(min_length=1)
    legs: list[tuple[str, str]]
    organisations: dict[str, str]
    service_points: dict[str, str] = {}
    countries: dict[str, str]
    people: float = Field(gt=0)
    scenarios: list[Scenario] = Field(min_length=1)

    def struck(self, events: Iterable[Event]) -> list[str]:
        """Ids of the places at which events happen, as far as they name a place or a service."""
        found = {node for event in events for node in event.scope.get("node", [])}
        points = [point for event in events for point in event.scope.get("service_point", [])]
        return sorted(found | {self.service_points[p] for p in points if p in self.service_points})

    def place(self, node: str) -> Place | None:
        """A place by its id."""
        return next((place for place in self.places if place.id == node), None)


class Difference(_Part):
    """A row of the differences of a comparison."""

    scenario: str
    measure: str
    by: str
    group: str
    base: Number
    value: Number
    difference: Number
    low: Number
    high: Number
    relative: Number
    relative_low: Number
    relative_high: Number
    few: bool

    @property
    def change(self) -> Change:
        """The relative change."""
        return Change(self.relative, self.relative_low, self.relative_high, self.few)

    @property
    def plain(self) -> Change:
        """The difference itself."""
        return Change(self.difference, self.low, self.high, self.few)


class Channel(_Part):
    """A row of the differences by channel."""

    scenario: str
    channel: str
    base: Number
    value: Number
    difference: Number
    low: Number
    high: Number

    @property
    def change(self) -> Change:
        """The difference in deterred person-days."""
        return Change(self.difference, self.low, self.high)


class Repair(_Part):
    """What a scenario that adds something to a shock leaves of its effect."""

    shock: str
    with_: str = Field(alias="with")
    first: int
    last: int
    without_repair: Ends
    with_repair: Ends
    between: Ends
    brought_back: Ends | None


class _Line(_Part):
    value: list[Number]
    low: list[Number]
    high: list[Number]


class _Month(_Part):
    first: int
    last: int
    changes: dict[str, Ends]


class _Quarter(_Part):
    first: int
    last: int
    changes: dict[str, dict[str, Ends]]


class Series(_Part):
    """The file `series.json` of a comparison."""

    window: tuple[int, int]
    over_time: dict[str, _Line]
    after_the_shock: dict[str, Ends]
    along: dict[str, dict[str, Ends]]
    months: list[_Month]
    quarters: list[_Quarter]
    repairs: list[Repair]


class Manifest(_Part):
    """The file `manifest.json`: what the result was made with."""

    waytrust: str
    kind: str
    made: str
    migrants: int
    days: int
    seed: int
    replicates: int = 1
    until_half_width: float | None = None
    interval: str = "t"
    half_width: float | None = None
    decompose: bool = False
    permutations: int | None = None
    posterior: str | None = None
    engine: str = ""
    resumed_on_day: int | None = None
    versions: dict[str, str]
    hashes: dict[str, Any]


class CompareResult(_Part):
    """A comparison: a baseline and other scenarios."""

    folder: str
    manifest: Manifest
    route: Route
    series: Series
    differences: list[Difference]
    channels: list[Channel]
    decomposition: list[dict[str, Any]] = []

    @property
    def base(self) -> Scenario:
        """The baseline."""
        return self.route.scenarios[0]

    @property
    def others(self) -> list[Scenario]:
        """What is compared with it."""
        return self.route.scenarios[1:]

    @property
    def main(self) -> Scenario:
        """The scenario that the report is about: the first that is compared."""
        return self.others[0]

    def after(self, scenario: str) -> Change:
        """Change of help-seeking after the first shock, over everything."""
        return self.series.after_the_shock[scenario]

    def along(self, scenario: str) -> dict[str, Change]:
        """Change of help-seeking after the first shock, by place of the route."""
        known = {place.id for place in self.route.places}
        found = self.series.along[scenario]
        return {node: change for node, change in found.items() if node in known}

    def rows(self, measure: str, by: str, scenario: str | None = None) -> list[Difference]:
        """Differences of a measure in one breakdown."""
        return [
            row for row in self.differences
            if row.measure == measure and row.by == by and scenario in (None, row.scenario)
        ]  # fmt: skip

    def title(self, name: str) -> str:
        """What a scenario is called."""
        return next((each.shown for each in self.route.scenarios if each.name == name), name)


class RunResult(_Part):
    """One run: sums over all days, by day, by place and by status.

    Attributes:
        totals: Sums over the run by measure.
        by_day: In need and asked, one number per day.
        by_place: In need, asked and the most people on any day, by place.
        by_status: The same, by status.
        survey: Answers of everyone on the last day of asking.
    """

    folder: str
    manifest: Manifest
    route: Route
    totals: dict[str, float]
    by_day: dict[str, list[float]]
    by_place: dict[str, dict[str, float]]
    by_status: dict[str, dict[str, float]]
    survey: list[dict[str, Any]]

    @property
    def scenario(self) -> Scenario:
        """What was run."""
        return self.route.scenarios[0]
