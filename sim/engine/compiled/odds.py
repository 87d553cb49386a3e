"""Chances that are the same today for everybody at a node or in a country.

They are weighed once a day and thread. The rules are still asked, but for each node instead of for
each person; and where several things may happen to a person, slightly more than the chance of any
of them tells at once that nothing does.
"""

from __future__ import annotations

from sim.columns import Tables
from sim.compiling import inlined, kernel
from sim.engine.compiled.luck import Luck
from sim.rules.encounter import reaching_chance
from sim.rules.movement import leaving_probability
from sim.rules.needs import finding_chance
from sim.rules.status import yearly_chance

__all__ = ["FINDING", "LEAVING", "LEAVING_POOR", "REACHED", "RETURNING", "weigh"]

RETURNING, REACHED, FINDING, LEAVING_POOR, LEAVING = range(5)
"""Rows of ``chances``: the first by country, the others by node."""
SLIGHTLY_MORE = 1.000001
DEALT = 4
"""Service points of a node for which the luck of finding them is dealt in advance."""


@kernel
def weigh(t: Tables, luck: Luck) -> None:
    """Weigh the chances of today."""
    p = t.p[0]
    chances = luck.chances
    for n in range(t.countries.shape[0]):
        chances[RETURNING, n] = yearly_chance(t.countries[n].voluntary_return)
    for n in range(t.nodes.shape[0]):
        chances[REACHED, n], chances[FINDING, n] = _of_points(t, n)
        stay = t.nodes[n].mean_stay
        chances[LEAVING_POOR, n] = leaving_probability(stay, 0.0, p.stay_poor)
        chances[LEAVING, n] = leaving_probability(stay, 1.0, p.stay_poor)


@inlined
def _of_points(t: Tables, n: int) -> tuple[float, float]:
    """Slightly more than the chance to be reached by any point of a node, and to find the best."""
    p = t.p[0]
    node = t.nodes[n]
    reached, find = 0.0, 0.0 if node.points <= DEALT else 1.0
    in_need = max(1.0, p.find_in_need)
    for k in range(node.first_point, node.first_point + node.points):
        it = t.points[k]
        if it.open == 1:
            reached += reaching_chance(p.outreach_rate, it.outreach, it.visibility, it.campaign)
            find = max(find, finding_chance(p.find, it.visibility, in_need, 1.0))
    return reached * SLIGHTLY_MORE, find * SLIGHTLY_MORE
