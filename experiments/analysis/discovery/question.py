"""What is searched for: under which conditions an outcome is low, is high, falls or rises."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.limits import refusal
from experiments.words import percent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scenarios.quantity import Quantity

__all__ = ["FIRST", "MEDIAN", "Question", "Threshold", "question_of", "threshold_of"]

MEDIAN, FIRST = "median", "first"
"""What a fall or rise is compared with: the median of all cases, or the case at the same point in
which every lever has its first value."""

_WORSE_WHEN_HIGH = (
    "deterred", "unaware", "no_service", "excluded", "not_worth", "turned_away", "unmet",
    "detained", "detentions", "dead_or_missing", "returned", "episodes_delayed",
    "episodes_lapsed", "episodes_lapsed_deterred", "first_deterred",
)  # fmt: skip
_QUARTER = 0.25


@dataclass(frozen=True)
class Question:
    """A question about one outcome.

    Attributes:
        outcome: Name of the outcome.
        kind: `below`, `above`, `falls_by`, `rises_by`, or `lowest` and `highest` (quarter).
        amount: The bound, or the share by which it falls or rises.
        against: With a fall or rise: MEDIAN or FIRST.
    """

    outcome: str
    kind: str
    amount: float = math.nan
    against: str = MEDIAN

    @property
    def relative(self) -> bool:
        """Whether the outcome is compared with something."""
        return self.kind in ("falls_by", "rises_by")

    def words(self, threshold: Threshold) -> str:
        """The rest of a sentence that begins with the outcome, such as `falls by half or more`."""
        bound = f"{threshold.bound:.4g}"
        if self.kind in ("below", "above"):
            return f"is {self.kind} {bound}"
        if not self.relative:
            side = "at most" if self.kind == "lowest" else "at least"
            return f"is in its {self.kind} quarter ({side} {bound})"
        verb = self.kind.split("_")[0]
        size = "half" if self.amount == 0.5 and verb == "falls" else percent(self.amount, 0)
        if self.against == FIRST:
            return f"{verb} by {size} or more against {threshold.reference}"
        return f"{verb} by {size} or more against the median of all cases ({threshold.reference})"


@dataclass(frozen=True)
class Threshold:
    """Which values count, once the values are known.

    Attributes:
        hit: For each value, whether it counts.
        bound: The bound on values, or on the relative change.
        reference: What the values are compared with, in words; empty where with nothing.
    """

    hit: NDArray[np.bool_]
    bound: float
    reference: str = ""


def question_of(
    outcome: Quantity,
    *,
    below: float | None = None,
    above: float | None = None,
    falls_by: float | None = None,
    rises_by: float | None = None,
    against: str = MEDIAN,
) -> Question:
    """The question that a user asks; the worst quarter where nothing is said.

    The worst quarter is the highest for what nobody wants (deterred, unmet, dead or missing ...),
    and the lowest for everything else.

    Raises:
        InputProblem: If more than one thing is asked, or an amount makes no sense.
    """
    asked = {
        kind: amount
        for kind, amount in {
            "below": below, "above": above, "falls_by": falls_by, "rises_by": rises_by,
        }.items()
        if amount is not None
    }  # fmt: skip
    if len(asked) > 1:
        message = f"cannot be asked together: {', '.join(asked)}"
        raise refusal("question", "", message, "give one of them")
    if against not in (MEDIAN, FIRST):
        raise refusal("against", against, "is not known", f"give {MEDIAN} or {FIRST}")
    if against != MEDIAN and not {"falls_by", "rises_by"} & asked.keys():
        message = "is what a fall or rise is compared with, and none is asked for"
        raise refusal("against", against, message, "add --falls-by or --rises-by")
    if not asked:
        worse = "highest" if outcome.measure in _WORSE_WHEN_HIGH else "lowest"
        return Question(outcome.name, worse)
    ((kind, amount),) = asked.items()
    if kind == "falls_by" and not 0 < amount <= 1:
        raise refusal(kind, amount, "is not a share by which something can fall", "give 50 %")
    if not math.isfinite(amount) or (kind == "rises_by" and amount <= 0):
        raise refusal(kind, amount, "is not an amount to ask for", "give a number above 0")
    return Question(outcome.name, kind, amount, against)


def threshold_of(
    question: Question, values: NDArray[np.float64], references: NDArray[np.float64], name: str
) -> Threshold:
    """Which values count.

    Args:
        question: The question.
        values: Value of each case.
        references: With FIRST: value of the case that each is compared with.
        name: With FIRST: that combination of levers, in words.

    Raises:
        InputProblem: If a relative change is asked of values whose median is not above zero.
    """
    if question.kind == "below":
        return Threshold(values < question.amount, question.amount)
    if question.kind == "above":
        return Threshold(values > question.amount, question.amount)
    if question.kind == "lowest":
        bound = float(np.quantile(values, _QUARTER, method="lower"))
        return Threshold(values <= bound, bound)
    if question.kind == "highest":
        bound = float(np.quantile(values, 1 - _QUARTER, method="higher"))
        return Threshold(values >= bound, bound)
    if question.against == MEDIAN:
        references = np.full(len(values), np.median(values))
        name = f"{references[0]:.4g}"
        if references[0] <= 0:
            raise refusal(
                question.kind, "", f"the median of {question.outcome} is {name}, and a relative "
                "change of that says nothing", "give --below or --above",
            )  # fmt: skip
    change = values / references - 1
    if question.kind == "falls_by":
        return Threshold(change <= -question.amount, -question.amount, name)
    return Threshold(change >= question.amount, question.amount, name)
