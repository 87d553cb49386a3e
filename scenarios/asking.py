"""The scenario that quantities are asked of, as far as their checks need it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from scenarios.known import Known
from sim.interventions import Intervention
from sim.network.opening import with_new_points

if TYPE_CHECKING:
    from scenarios.scenario import Scenario
    from sim.network import RouteNetwork

__all__ = ["ON_THE_WAY", "Asking"]

ON_THE_WAY = "on_the_way"


@dataclass(frozen=True)
class Asking:
    """What is asked must exist in this scenario.

    Attributes:
        days: Days of the run; None where the scenario cannot be used, so that nothing is checked
            against it.
        start_date: Date of day 0, so that moments can be dates.
        route: The network, with the service points that interventions open.
        known: Names in it.
        interventions: Every intervention by id, in all the forms in which it is run: more than
            one where it has levers.
    """

    days: int | None = None
    start_date: dt.date | None = dt.date.min
    route: RouteNetwork | None = None
    known: Known | None = None
    interventions: Mapping[str, Sequence[Intervention]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        varied: Mapping[str, Sequence[Intervention]] | None = None,
    ) -> Self:
        """What can be asked of a scenario.

        Args:
            scenario: The scenario.
            varied: Interventions that have levers, by id, in all their forms.
        """
        route = with_new_points(
            scenario.route, [new for item in scenario.interventions for new in item.new_points()])
        known = Known(route)
        known.names["node"].append(ON_THE_WAY)
        forms = {item.id: (item,) for item in scenario.interventions}
        return cls(scenario.days, scenario.start_date, route, known, {**forms, **(varied or {})})
