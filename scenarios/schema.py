"""What may stand in a scenario file: its settings, their units and their defaults."""

from __future__ import annotations

import datetime as dt
import math
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    field_validator,
)

from scenarios import units
from sim.codes import EXCHANGES, STATUSES
from sim.interventions.base import NAME_PATTERN
from sim.problems import advice, quoted
from sim.said import Said

__all__ = [
    "EVERYONE", "MOST_DAYS", "MOST_MIGRANTS", "UNIT_SCHEMAS", "Name", "Population", "ScenarioFile",
    "Settings", "Text", "Whole",
]  # fmt: skip

MOST_MIGRANTS = 50_000_000
MOST_PEOPLE = 8_000_000_000
MOST_DAYS = 7300
MOST_BURN_IN = 3650
MOST_INTERVENTIONS = 200
EVERYONE = "all"
ROUNDING = 0.005

_TIME = {"type": "string", "pattern": r"^\s*-?\d+(\.\d+)?\s*(d|days?|weeks?)\s*$"}
_DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_PERCENT = {"type": "string", "pattern": r"^\s*\d+(\.\d+)?\s*(%|percent|per cent)\s*$"}
UNIT_SCHEMAS: dict[str, dict[str, Any]] = {
    "days": {"anyOf": [{"type": "number"}, _TIME]},
    "moment": {"anyOf": [{"type": "number", "minimum": 0}, _TIME, _DATE]},
    "share": {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, _PERCENT]},
    "1/day": {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]},
    "switch": {"enum": [True, False, 0, 1, "yes", "no", "on", "off"]},
    "announcement": {"anyOf": [{"type": "number"}, _TIME, {"enum": ["never", "only"]}]},
}
"""How each unit may be written, as JSON schema; other units are plain numbers."""

Text = Annotated[str, Field(max_length=1000)]
Name = Annotated[str, Field(pattern=NAME_PATTERN, max_length=64)]
Days = Annotated[int, BeforeValidator(units.whole_days), WithJsonSchema(UNIT_SCHEMAS["days"])]
Whole = Annotated[int, BeforeValidator(units.whole_number), WithJsonSchema({"type": "integer"})]
Number = Annotated[float, BeforeValidator(units.number), WithJsonSchema({"type": "number"})]
Share = Annotated[float, BeforeValidator(units.share), WithJsonSchema(UNIT_SCHEMAS["share"])]
Date = Annotated[dt.date, BeforeValidator(units.date), WithJsonSchema(_DATE)]
Moment = Annotated[
    int,
    Field(ge=0, le=MOST_DAYS),
    BeforeValidator(lambda value, info: units.moment(value, info.data.get("start_date"))),
    WithJsonSchema(UNIT_SCHEMAS["moment"]),
]
Zero = Annotated[
    tuple[str, ...],
    WithJsonSchema({
        "anyOf": [
            {"type": "boolean"},
            {"enum": [EVERYONE, *STATUSES]},
            {"type": "array", "items": {"enum": list(STATUSES)}},
        ]
    }),
]
Exchange = Annotated[str, WithJsonSchema({"enum": list(EXCHANGES)})]
Arrival = tuple[int, str, float]


class Settings(BaseModel):
    """Settings as somebody writes them: no others are known, and none can change."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class Population(Settings):
    """Who the run is about.

    Attributes:
        people: Real people the run stands for.
        migrants: Simulated migrants: everyone who ever exists in the run.
        present_at_start: Share of them who are on the way on day 0; they come from a burn-in
            without interventions. The others set out during the run.
        status: Share of each status at departure; adds up to 100 %.
        arrivals: CSV file with the columns day, origin, count (real people), in the scenario's
            own folder; or such rows. Without it people set out evenly over the days.
        zero_exposure: Statuses that have nothing to fear; ``true`` for those named in `status`
            (everyone where `status` is not given).
        opinion_exchange: What people do to each other's opinions when they meet: `waytrust`, they
            tell what happened to them; `routes_and_rumours`, they exchange beliefs as in the
            model of that name.
    """

    people: Number = Field(200_000.0, gt=0, le=MOST_PEOPLE)
    migrants: Whole = Field(20_000, ge=1, le=MOST_MIGRANTS)
    present_at_start: Share = 0.5
    status: dict[str, Share] = Field(
        {"irregular": 0.55, "asylum_seeker": 0.15, "regular": 0.25, "other": 0.05}, min_length=1
    )
    arrivals: str | tuple[Arrival, ...] | None = None
    zero_exposure: Zero = ()
    opinion_exchange: Exchange = EXCHANGES[0]

    @field_validator("status")
    @classmethod
    def _whole_mix(cls, mix: dict[str, float]) -> dict[str, float]:
        for name in mix:
            _known_status(name)
        total = math.fsum(mix.values())
        if abs(total - 1) > ROUNDING:
            raise units.UnitError(Said("the shares add up to {total} %, not 100 %",
                                       total=f"{100 * total:.4g}"),
                                  Said("change them so that they add up to 100 %"))
        exact = abs(total - 1) < 1e-9
        return {s: mix[s] if exact else mix[s] / total for s in STATUSES if s in mix}

    @field_validator("zero_exposure", mode="before")
    @classmethod
    def _as_list(cls, named: Any) -> Any:
        """Turns yes, no, ``all`` and a single status into a list of statuses."""
        if isinstance(named, bool):
            return STATUSES if named else ()
        if named == EVERYONE:
            return STATUSES
        return (named,) if isinstance(named, str) else named

    @field_validator("zero_exposure")
    @classmethod
    def _known(cls, named: tuple[str, ...]) -> tuple[str, ...]:
        for name in named:
            _known_status(name)
        return tuple(s for s in STATUSES if s in named)

    @field_validator("opinion_exchange")
    @classmethod
    def _known_exchange(cls, named: str) -> str:
        if named not in EXCHANGES:
            raise units.UnitError(
                Said("{name} is not a way in which opinions are exchanged", name=quoted(named)),
                advice(named, EXCHANGES))
        return named


class ScenarioFile(Settings):
    """A scenario as a person writes it, after `extends` has been followed.

    Attributes:
        name: Name in ASCII snake case; the file's name where it is missing.
        title: Title in plain words.
        question: The question it asks.
        extends: Scenario of the library, or a file beside this one, whose settings are taken
            where this one gives none. Interventions are added; one with the same id is changed.
        network: Network of the library, or a folder beside this file.
        days: Days the run lasts.
        burn_in: Days lived before day 0, without interventions.
        start_date: Date of day 0, so that moments can be written as dates.
        seed: Seed of all random numbers.
        population: Who the run is about.
        parameters: Parameters of the model that differ from their defaults.
        survey_days: Days on which the questionnaire is asked.
        interventions: What happens to the world.
    """

    name: Name = "scenario"
    title: Text = ""
    question: Text = ""
    extends: Text | None = None
    network: Text
    days: Days = Field(365, ge=1, le=MOST_DAYS)
    burn_in: Days = Field(365, ge=0, le=MOST_BURN_IN)
    start_date: Date | None = None
    seed: Whole = Field(1, ge=0, lt=2**63)
    population: Population = Population()
    parameters: dict[str, Any] = Field({}, max_length=1000)
    survey_days: tuple[Moment, ...] = Field((0, 180, 364), max_length=1000)
    interventions: tuple[Any, ...] = Field((), max_length=MOST_INTERVENTIONS)

    @field_validator("survey_days", mode="before")
    @classmethod
    def _as_list(cls, value: Any) -> Any:
        return value if isinstance(value, list | tuple) else (value,)

    @field_validator("survey_days")
    @classmethod
    def _in_order(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted(set(value)))


def _known_status(name: str) -> None:
    if name not in STATUSES:
        raise units.UnitError(Said("{name} is not a status", name=quoted(name)),
                              advice(name, STATUSES))
