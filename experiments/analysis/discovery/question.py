"""What is searched for: under which conditions an outcome is low, is high, falls or rises."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.limits import refusal
from experiments.words import percent
from sim.said import Said

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
_HALF = 0.5

_CLAUSES = {
    "below": Said("{outcome} is below {bound:.4g}"),
    "above": Said("{outcome} is above {bound:.4g}"),
    "lowest": Said("{outcome} is in its lowest quarter (at most {bound:.4g})"),
    "highest": Said("{outcome} is in its highest quarter (at least {bound:.4g})"),
}
_CHANGES = {
    ("falls_by", MEDIAN): Said(
        "{outcome} falls by {share} or more against the median of all cases ({median:.4g})"
    ),
    ("falls_by", FIRST): Said("{outcome} falls by {share} or more against {levers}"),
    ("rises_by", MEDIAN): Said(
        "{outcome} rises by {share} or more against the median of all cases ({median:.4g})"
    ),
    ("rises_by", FIRST): Said("{outcome} rises by {share} or more against {levers}"),
}
_HALVED = {
    MEDIAN: Said("{outcome} falls by half or more against the median of all cases ({median:.4g})"),
    FIRST: Said("{outcome} falls by half or more against {levers}"),
}


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

    def clause(self, threshold: Threshold) -> Said:
        """What is searched for as a clause, such as `asked falls by half or more against ...`."""
        if not self.relative:
            return Said(_CLAUSES[self.kind], outcome=self.outcome, bound=threshold.bound)
        compared: dict[str, object] = {
            "levers" if self.against == FIRST else "median": threshold.reference
        }
        if self.kind == "falls_by" and self.amount == _HALF:
            return Said(_HALVED[self.against], outcome=self.outcome, **compared)
        template, share = _CHANGES[self.kind, self.against], percent(self.amount, 0)
        return Said(template, outcome=self.outcome, share=share, **compared)

    def words(self, threshold: Threshold) -> str:
        """The clause without the outcome, for files: they name the outcome beside it."""
        return self.clause(threshold).removeprefix(f"{self.outcome} ")


@dataclass(frozen=True)
class Threshold:
    """Which values count, once the values are known.

    Attributes:
        hit: For each value, whether it counts.
        bound: The bound on values, or on the relative change.
        reference: What the values are compared with: their median, or that combination of levers
            in words; empty where with nothing.
    """

    hit: NDArray[np.bool_]
    bound: float
    reference: float | str = ""


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
        message = Said("cannot be asked together: {names}", names=", ".join(asked))
        raise refusal(Said("question"), "", message, Said("give one of them"))
    if against not in (MEDIAN, FIRST):
        hint = Said("give {one} or {other}", one=MEDIAN, other=FIRST)
        raise refusal(Said("against"), against, Said("is not known"), hint)
    if against != MEDIAN and not {"falls_by", "rises_by"} & asked.keys():
        message = Said("is what a fall or rise is compared with, and none is asked for")
        raise refusal(Said("against"), against, message, Said("add --falls-by or --rises-by"))
    if not asked:
        worse = "highest" if outcome.measure in _WORSE_WHEN_HIGH else "lowest"
        return Question(outcome.name, worse)
    ((kind, amount),) = asked.items()
    _check_amount(kind, amount)
    return Question(outcome.name, kind, amount, against)


def _check_amount(kind: str, amount: float) -> None:
    if kind == "falls_by" and not 0 < amount <= 1:
        message = Said("is not a share by which something can fall")
        raise refusal(kind, amount, message, Said("give 50 %"))
    if not math.isfinite(amount) or (kind == "rises_by" and amount <= 0):
        message = Said("is not an amount to ask for")
        raise refusal(kind, amount, message, Said("give a number above 0"))


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
    against: float | str = name
    if question.against == MEDIAN:
        against = _median(question, values)
        references = np.full(len(values), against)
    change = values / references - 1
    if question.kind == "falls_by":
        return Threshold(change <= -question.amount, -question.amount, against)
    return Threshold(change >= question.amount, question.amount, against)


def _median(question: Question, values: NDArray[np.float64]) -> float:
    median = float(np.median(values))
    if median <= 0:
        message = Said(
            "the median of {outcome} is {median:.4g}, and a relative change of that says nothing",
            outcome=question.outcome, median=median,
        )  # fmt: skip
        raise refusal(question.kind, "", message, Said("give --below or --above"))
    return median
