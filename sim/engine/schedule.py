"""The day, phase by phase. Read this page first.

Each line names what happens, and the rules that decide it. **Why does a frightened person stay
away from a clinic?** See phase 5: `asking_utility` in ``sim/rules/help_seeking.py``, where
utility falls by ``bf`` times exposure times believed risk. Change the slope there (or the default
of the parameter ``bf`` in ``sim/registry/helping.py``) and both engines follow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sim.rules.encounter import (
    bad_evidence,
    good_evidence,
    outreach_credibility,
    reaching_chance,
    told_probability,
)
from sim.rules.enforcement import detention_chance, found_chance, raid_chance
from sim.rules.exchange import exchanged_trust, exchanged_value
from sim.rules.help_seeking import asking_utility, believed_risk, identification
from sim.rules.movement import (
    burst_strikes,
    daily_hazard,
    destination_utility,
    leaving_probability,
    leg_utility,
    passable,
    paying_chance,
)
from sim.rules.needs import by_urgency, finding_chance, onset_chance, relieved
from sim.rules.opinion import projected_probability, uncertainty
from sim.rules.rumour import fade_probability
from sim.rules.status import daily_chance, yearly_chance

if TYPE_CHECKING:
    from sim.watching import Watcher

__all__ = ["PHASES", "Engine", "Phase", "live_a_day"]


class Phase(NamedTuple):
    """One phase: the engine's method, what happens in it, and the rules that decide it."""

    method: str
    what: str
    rules: tuple[Callable[..., object], ...] = ()


PHASES: tuple[Phase, ...] = (
    Phase("interventions", "1. Scheduled interventions change the world; news of them begins."),
    Phase("arrivals", "2. People enter at their origins; everyone at a node gets today's place."),
    Phase("needs", "3. Needs begin, and lapse: what nobody helped with has a cost.",
          (onset_chance, by_urgency)),
    Phase("enforcement", "4. Enforcement: detention in town, raids, people found through data.",
          (detention_chance, raid_chance, found_chance)),
    Phase("asking", "5. Each person in need asks for help or stays away.",
          (asking_utility, believed_risk, identification, projected_probability)),
    Phase("service", "6. Places are given by lottery; a visit helps and leaves an impression.",
          (relieved, good_evidence, bad_evidence)),
    Phase("witnessing", "7. People see what happens to those next to them.", (bad_evidence,)),
    Phase("meetings", "8. Meetings and calls: hearsay, stories, where to find help.",
          (told_probability, exchanged_trust, exchanged_value, fade_probability,
           finding_chance)),
    Phase("outreach", "9. Organisations speak for themselves.",
          (reaching_chance, outreach_credibility)),
    Phase("status", "10. Asylum decisions, expiry, return, setting out again.",
          (daily_chance, yearly_chance)),
    Phase("moving", "11. People travel, are stopped, arrive, and move on.",
          (leaving_probability, passable, leg_utility, destination_utility, paying_chance,
           daily_hazard, burst_strikes)),
    Phase("observing", "12. The day is counted; what people know becomes public for tomorrow.",
          (uncertainty,)),
)
"""The phases of a day, in order."""


class Engine(Protocol):
    """What can live a day: the compiled loops, or the plain Mesa agents."""

    # Counts people apart, once everybody in need has had the day's outcome (in phase 7).
    watcher: Watcher | None

    # Live a whole day: the same as one phase after another.
    def live(self, day: int) -> None: ...  # noqa: D102

    # One method per phase of PHASES, which says what each does.

    def interventions(self, day: int) -> None: ...  # noqa: D102
    def arrivals(self, day: int) -> None: ...  # noqa: D102
    def needs(self, day: int) -> None: ...  # noqa: D102
    def enforcement(self, day: int) -> None: ...  # noqa: D102
    def asking(self, day: int) -> None: ...  # noqa: D102
    def service(self, day: int) -> None: ...  # noqa: D102
    def witnessing(self, day: int) -> None: ...  # noqa: D102
    def meetings(self, day: int) -> None: ...  # noqa: D102
    def outreach(self, day: int) -> None: ...  # noqa: D102
    def status(self, day: int) -> None: ...  # noqa: D102
    def moving(self, day: int) -> None: ...  # noqa: D102
    def observing(self, day: int) -> None: ...  # noqa: D102


def live_a_day(engine: Engine, day: int) -> None:
    """Run all phases of one day."""
    for phase in PHASES:
        getattr(engine, phase.method)(day)
