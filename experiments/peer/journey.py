"""Everything of one run of route learning, as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["ENTRY", "EXIT", "MOST_CONTACTS", "NONE", "PLACE", "Journey"]

PLACE, ENTRY, EXIT = range(3)
MOST_CONTACTS = 50
NONE = -1


class Journey(NamedTuple):
    """Everything of one run: C places, L links, A people at most, D ends of links."""

    p: np.ndarray                      # [1] the inputs, by name
    kind: NDArray[np.int64]            # [C] PLACE, ENTRY or EXIT
    east: NDArray[np.float64]          # [C] x on the map, 0 to 1
    real: NDArray[np.float64]          # [C, 2] resources and quality
    friction: NDArray[np.float64]      # [L]
    expected: NDArray[np.float64]      # [L] friction expected of a link that was only heard of
    ends: NDArray[np.int64]            # [L, 2] places it joins
    at: NDArray[np.int64]              # [C + 1] where the links of each place begin
    way: NDArray[np.int64]             # [D] link
    beyond: NDArray[np.int64]          # [D] place at its other end
    traffic: NDArray[np.float64]       # [C]
    arrivals: NDArray[np.int64]        # [C] in this step
    through: NDArray[np.int64]         # [C] ever
    taken: NDArray[np.int64]           # [L] how often people took it
    place: NDArray[np.int64]           # [A] where a person is
    moving: NDArray[np.int64]          # [A] 1: has just moved
    target: NDArray[np.int64]          # [A] next place of the plan, or NONE
    arrived: NDArray[np.int64]         # [A]
    capital: NDArray[np.float64]       # [A]
    steps: NDArray[np.int64]           # [A]
    planned: NDArray[np.int64]         # [A] stays that ended with a whole route to an exit
    knows: NDArray[np.uint8]           # [A, C] 1: knows of the place
    place_is: NDArray[np.float32]      # [A, C, 2, 2] resources and quality: value and trust
    knows_link: NDArray[np.uint8]      # [A, L]
    link_is: NDArray[np.float32]       # [A, L, 2] friction: value and trust
    contacts: NDArray[np.int32]        # [A, MOST_CONTACTS]
    known_contacts: NDArray[np.int64]  # [A]
    first: NDArray[np.int64]           # [C] first of the people there, or NONE
    after: NDArray[np.int64]           # [A] the next there, or NONE
    before: NDArray[np.int64]          # [A]
    under_way: NDArray[np.int64]       # [A] those who are
    luck: NDArray[np.uint64]           # [1] state of the random numbers
    cost: NDArray[np.float64]          # [C] room for planning
    behind: NDArray[np.int64]          # [C]
    done: NDArray[np.uint8]            # [C]
