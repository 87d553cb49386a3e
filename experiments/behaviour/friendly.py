"""A breach, and friendly news after it: how much each moves trust, and how soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.behaviour.distance import AT
from experiments.behaviour.lines import BARS, curve_page
from experiments.behaviour.pairs import lived_together, trust_by_week, weekly_difference
from experiments.behaviour.part import Made, Part, Report, Size
from experiments.behaviour.shape import Shape, judged
from experiments.facts.fact import Fact
from experiments.facts.living import ordinary, with_acts
from experiments.words import percent
from sim.interventions import DataBreach, Outreach, Scope

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["OWNER", "PART", "breach"]

OWNER, FAMILY = "rcrc_niger", "rcrc"
NEWS, CAMPAIGN, OVER = 30, 60, 150
_FACTS = (
    Fact("friendly_helps", "Q11, M12", "Trust in independence at Agadez at the end of a campaign "
         "of three months after a breach, over that without the campaign", "rises"),
    Fact("friendly_is_small", "C37, M14", "What the campaign brought by then, less half of what "
         "the breach took", "falls", relative=False),
    Fact("friendly_is_slow", "C37, C05", "Days until half of the largest gain, less days until "
         "half of the largest loss", "rises", relative=False),
)  # fmt: skip
_SHAPE = Shape(
    "Slow and small gains from friendly news",
    "A friendlier government lowered worry by a tenth in fifteen months (C37), while use of "
    "services fell most in the weeks around a hostile law (C05). Openness helps (Q11); messages by "
    "peers informed people in Dakar (M12), but a repetition in four countries was mixed (M14), so "
    "nothing at all must be possible too.",
)  # fmt: skip


def breach(announced: int | str = 0) -> DataBreach:
    """Records of the Red Cross in Agadez reach the authorities of three countries."""
    return DataBreach(
        id="leak", start=NEWS, announced=announced, recipient=("NER", "DZA", "LBY"),
        scope=Scope(organisation=(OWNER,), node=(AT,)),
    )  # fmt: skip


def _make(size: Size, report: Report | None) -> Made:
    base = ordinary(migrants=size.migrants[0], days=size.days)
    here = [list(base.network.nodes["id"]).index(AT)]
    campaign = Outreach(
        id="campaign", start=CAMPAIGN, end=OVER, reach=0.02,
        scope=Scope(organisation=(OWNER,), node=(AT,)),
    )  # fmt: skip
    leaked, answered = with_acts(base, breach()), with_acts(base, breach(), campaign)
    runs = lived_together(
        base, (leaked, answered), size, report, lambda run: trust_by_week(run, FAMILY, here)
    )
    loss, gain = runs[:, 1] - runs[:, 0], runs[:, 2] - runs[:, 1]
    month = slice(max(0, OVER // 7 - 4), OVER // 7)
    took, brought = -loss[:, month].mean(axis=1), gain[:, month].mean(axis=1)
    verdicts = judged(_FACTS, {
        "friendly_helps": (runs[:, 1, month].mean(axis=1), runs[:, 2, month].mean(axis=1)),
        "friendly_is_small": (took / 2, brought),
        "friendly_is_slow": (_half(-loss, NEWS), _half(gain, CAMPAIGN)),
    })  # fmt: skip
    share = float(brought.mean() / took.mean())
    words = (
        "A campaign of three months after the breach brings back "
        f"{percent(share, 0)} of the trust that the breach took at Agadez, and half of its gain "
        f"takes {verdicts[2].interval.value:.0f} days longer than half of the loss."
    )
    drawn = {
        "Breach": weekly_difference(runs[:, 0], runs[:, 1]),
        "Breach, then a campaign": weekly_difference(runs[:, 0], runs[:, 2]),
    }
    note = (
        f"{size.replicates[0]} paired replicates of {size.migrants[0]:,} simulated migrants on the "
        "Central Mediterranean route. News of the breach is repeated for 90 days; later, people "
        "arrive who never heard of it. The campaign reaches 2 % of the people of Agadez a day. "
        f"Trust: the mean probability given to independence of the Red Cross. {BARS}"
    )
    figure = curve_page(
        words, note, drawn, "Trust in independence at Agadez, less that without a breach",
        marks={NEWS: f"breach, day {NEWS}", CAMPAIGN: f"campaign from day {CAMPAIGN}",
               OVER: f"to day {OVER}"},
        up="difference (percentage points)",
    )  # fmt: skip
    numbers = {"news": NEWS, "campaign": CAMPAIGN, "over": OVER, "share_brought_back": share}
    return Made(figure, words, numbers, ((), ()), verdicts)


def _half(weekly: NDArray[np.float64], begin: int) -> NDArray[np.float64]:
    """Days from a beginning until half of the largest change is reached, by replicate."""
    after = weekly[:, -(-begin // 7) : OVER // 7 + 1]
    reached = after >= after.max(axis=1, keepdims=True) / 2
    return np.asarray(7.0 * reached.argmax(axis=1))


PART = Part(
    "friendly",
    usual=Size(migrants=(4_000,), days=210, replicates=(20,)),
    small=Size(migrants=(200,), days=160, replicates=(2,)),
    make=_make,
    shape=_SHAPE,
)
