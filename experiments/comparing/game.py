"""The game whose players are channels: which are switched on together, and what the plans are then.

The worth of a set of channels is what a scenario changes, against the baseline, when evidence
arrives through these channels alone, in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from experiments.comparing.shapley import (
    Order,
    antithetic_orders,
    coalitions_along,
    shapley_along,
    shapley_values,
)
from sim.codes import CHANNELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.plan import Plan

__all__ = ["Game", "is_on", "without"]

_LUCK_OF_ORDERS = 0x5A  # keeps these draws apart from others of the same seed


@dataclass(frozen=True)
class Game:
    """Which channels play, and which sets of them are to be lived.

    Attributes:
        plans: The scenarios, the baseline first, with every channel as they have it.
        players: Channels that are on in at least one of them.
        permutations: Random orders of joining per replicate; None: every set of channels.
        seed: Seed of the random orders.
    """

    plans: tuple[Plan, ...] = field(repr=False)
    players: tuple[str, ...]
    permutations: int | None
    seed: int

    @classmethod
    def of(cls, plans: Sequence[Plan], permutations: int | None) -> Game:
        """The game of a comparison."""
        players = tuple(name for name in CHANNELS if any(is_on(plan, name) for plan in plans))
        return cls(tuple(plans), players, permutations, plans[0].seed)

    @property
    def everybody(self) -> int:
        """The set of all players: the runs of the comparison itself."""
        return (1 << len(self.players)) - 1

    def coalitions(self, replicate: int) -> list[int]:
        """The sets that one replicate lives, that of all players included."""
        orders = self._orders(replicate)
        return list(range(self.everybody + 1)) if orders is None else coalitions_along(orders)

    def plans_of(self, coalition: int) -> tuple[Plan, ...]:
        """The scenarios with all other channels switched off."""
        off = [name for i, name in enumerate(self.players) if not coalition >> i & 1]
        return tuple(without(plan, off) for plan in self.plans)

    def values(self, worth: NDArray[np.float64], replicate: int) -> NDArray[np.float64]:
        """What each player adds in one replicate, along the last axis, then what needs none.

        Args:
            worth: Worth of each coalition along the last axis.
            replicate: Which replicate.
        """
        orders = self._orders(replicate)
        added = shapley_values(worth) if orders is None else shapley_along(worth, orders)
        return np.concatenate([added, worth[..., :1]], axis=-1)

    def _orders(self, replicate: int) -> list[Order] | None:
        # Each replicate draws its own, so that the interval over replicates holds their chance too.
        if self.permutations is None:
            return None
        luck = np.random.default_rng([self.seed, _LUCK_OF_ORDERS, replicate])
        return antithetic_orders(len(self.players), self.permutations, luck)


def is_on(plan: Plan, channel: str) -> bool:
    """Whether evidence can arrive through a channel; the prior is none that can be switched."""
    return plan.parameters.get(_switch(channel), 0.0) > 0.0


def without(plan: Plan, channels: Sequence[str]) -> Plan:
    """A plan with some channels switched off."""
    from sim.parameters import Parameters

    off = {_switch(name): 0.0 for name in channels}
    return replace(plan, parameters=Parameters({**plan.parameters, **off})) if off else plan


def _switch(channel: str) -> str:
    return f"channel_{channel}"
