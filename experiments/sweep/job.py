"""A design made ready to run: its points, its plans, and the number and key of every run.

Run numbers go point by point, then by combination of levers, then by replicate. Runs that differ
in their levers alone are a *family*: they share their luck, and live the same days until the
first lever pulls, which are lived once. Families go point by point, then by replicate.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from experiments.quantities import Asked
from experiments.sweep.sampling import lever_rows, points_of
from sim.parameters import Parameters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from experiments.posterior import Posterior
    from scenarios.designing import Design
    from sim.interventions import Intervention
    from sim.plan import Plan

__all__ = ["Job"]


@dataclass(frozen=True)
class Job:
    """A design ready to run.

    Attributes:
        design: The design.
        posterior: Where parameters come from that the design leaves alone; None: the scenario.
        points: Every point, shape [points, uncertainties].
        levers: Every combination of lever values.
    """

    design: Design
    posterior: Posterior | None = None
    points: NDArray[np.float64] = field(init=False)
    levers: list[tuple[object, ...]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", points_of(self.design))
        object.__setattr__(self, "levers", lever_rows(self.design))

    @property
    def runs(self) -> int:
        """Number of runs."""
        return self.families * len(self.levers)

    @property
    def families(self) -> int:
        """Number of families."""
        return len(self.points) * self.design.replicates

    def number(self, family: int, lever: int) -> int:
        """Number of the run of a family with a combination of levers."""
        point, replicate = self.place(family)
        return (point * len(self.levers) + lever) * self.design.replicates + replicate

    def place(self, family: int) -> tuple[int, int]:
        """Point and replicate of a family."""
        return divmod(family, self.design.replicates)

    @cached_property
    def base(self) -> Plan:
        """The plan of the scenario, before anything is varied."""
        return replace(self.design.scenario.plan(), seed=self.design.seed)

    @cached_property
    def asked(self) -> list[Asked]:
        """What is asked of a run, for each combination of levers."""
        return [
            Asked(replace(self.base, interventions=acts), self.design.outcomes)
            for acts in self._interventions
        ]

    def plan(self, family: int, lever: int) -> Plan:
        """The plan of one run."""
        return replace(self.asked[lever].plan, parameters=self.parameters(family))

    def parameters(self, family: int) -> Parameters:
        """The parameters of a family: those of the scenario, of the posterior, of its point."""
        point, replicate = self.place(family)
        base = self.base.parameters
        drawn = self.posterior.draw_for(base, replicate) if self.posterior else {}
        varied = dict(zip(self.uncertain, self.points[point].tolist(), strict=True))
        return Parameters({**base, **drawn, **varied})

    @cached_property
    def uncertain(self) -> tuple[str, ...]:
        """Names of the uncertainties."""
        return tuple(each.name for each in self.design.uncertainties)

    @cached_property
    def identity(self) -> str:
        """Hash of all that runs have in common: the scenario, its network, the model's code."""
        from sim.compiling import code_hash
        from sim.description import described, hash_of
        from sim.parting import without_words

        return hash_of([code_hash(), described(without_words(self.base))])

    def key(self, family: int, lever: int) -> str:
        """Hash of all that decides what a run gives: 32 hexadecimal digits."""
        pulled = dict(zip((each.name for each in self.design.levers), self.levers[lever],
                          strict=True))
        return self._hash(family, pulled)

    def before(self, family: int, cells: object) -> str:
        """Hash of all that decides a run up to its first lever, and of what it counts."""
        return self._hash(family, [], repr(cells))

    def _hash(self, family: int, *what: object) -> str:
        _, replicate = self.place(family)
        values: list[Any] = [self.identity, self.parameters(family).changed(), replicate, what]
        text = json.dumps(values, sort_keys=True)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    @cached_property
    def _interventions(self) -> list[tuple[Intervention, ...]]:
        found = []
        for row in self.levers:
            pulled: dict[str, dict[str, object]] = {}
            for lever, value in zip(self.design.levers, row, strict=True):
                pulled.setdefault(lever.intervention, {})[lever.field] = value
            found.append(
                tuple(_changed(act, pulled.get(act.id, {})) for act in self.base.interventions)
            )
        return found


def _changed(act: Intervention, values: dict[str, object]) -> Intervention:
    return type(act).model_validate({**act.model_dump(), **values}) if values else act
