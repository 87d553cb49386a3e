"""The parameters of displacement: the same for every crisis, with capacities and without."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DisplacementParameters"]


@dataclass(frozen=True)
class DisplacementParameters:
    """Two fitted numbers and one assumed.

    Attributes:
        distance_weight: How much people mind distance, per mean distance of the camps from where
            they choose. Fitted (docs/movement.md).
        independence: How little people mind where the others are, against a share from 0 to 1.
            Fitted (docs/movement.md).
        km_a_day: How far people get in a day. Not on the grid: it is what the settings that come
            with instances of Flee say (`max_move_speed`). Taken over 200, which gives slightly
            larger errors, after both were tried.
    """

    distance_weight: float = 0.7
    independence: float = 0.4
    km_a_day: float = 400.0

    def __post_init__(self) -> None:
        """Refuse what no run can have.

        Raises:
            ValueError: If the distance weight is negative, or another is not above 0.
        """
        if not (self.distance_weight >= 0 and self.independence > 0 and self.km_a_day > 0):
            raise ValueError("the distance weight must not be negative; independence and "
                             "kilometres a day must be above 0")
