"""How well the movement rule gives UNHCR's counts in the crises of Flee."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.limits import refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from experiments.displacement.world_of import Crisis
    from sim.problems import Problem

__all__ = ["FleeValidation", "InstanceValidation", "instances_in", "validate_flee"]

REPLICATES = 10
MOST_PER_AGENT = 1_000_000
MOST_REPLICATES = 10_000
PARTS = ("input_csv", "source_data")


@dataclass(frozen=True, eq=False)
class InstanceValidation:
    """One crisis, run and compared.

    Attributes:
        name: Name of its folder.
        average_relative_difference: Plain error, the mean over replicates.
        rescaled: Rescaled error, the mean over replicates.
        spread: Standard deviation of the plain error over replicates; None for one.
        agents: Agents in a run, all together.
        days: Days of a run.
        agent_steps_per_s: Days of agents a second, over all replicates.
        camps: Names of the camps compared.
        simulated: People in them, the mean over replicates, of shape [days, camps].
        counted: People counted, of the same shape.
        naive: Plain error of each naive rule.
        warnings: Everything that was odd, with file and line.
    """

    name: str
    average_relative_difference: float
    rescaled: float
    spread: float | None
    agents: int
    days: int
    agent_steps_per_s: float
    camps: tuple[str, ...]
    simulated: NDArray[np.float64]
    counted: NDArray[np.int64]
    naive: dict[str, float]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, eq=False)
class FleeValidation:
    """All crises of a folder.

    Attributes:
        instances: Each crisis.
        capacities: Whether camps had limits.
        replicates: Runs of each crisis.
        seed: Seed of all chance.
        people_per_agent: People for whom one agent stands.
    """

    instances: tuple[InstanceValidation, ...]
    capacities: bool
    replicates: int
    seed: int
    people_per_agent: int

    @property
    def mean(self) -> float:
        """Mean of the plain errors."""
        return sum(one.average_relative_difference for one in self.instances) / len(
            self.instances)

    def to_dict(self) -> dict[str, Any]:
        """As `waytrust validate --flee DIR --json` prints it."""
        return {
            "mean": self.mean, "capacities": self.capacities, "replicates": self.replicates,
            "seed": self.seed, "people_per_agent": self.people_per_agent,
            "instances": [_as_dict(one, self.capacities) for one in self.instances],
        }


def validate_flee(folder: Path | str, *, without_capacities: bool = False,
                  replicates: int | None = None, seed: int | None = None,
                  people_per_agent: int | None = None,
                  progress: Callable[[int, int], None] | None = None,
                  ) -> FleeValidation:
    """Run the movement rule on instances of Flee and compare people in camps with the counts.

    One set of parameters serves all crises, with capacities and without.

    Args:
        folder: Folder of one instance, or of several.
        without_capacities: Whether all camps are uncapped: the real test of movement, since the
            capacities come from the counts.
        replicates: Runs of each instance (10).
        seed: Seed of all chance (0).
        people_per_agent: People for whom one agent stands (100, as Flee is run).
        progress: Called with instances done and in all.

    Raises:
        InputProblem: If the folder holds no instance, or one cannot be read.
    """
    from experiments.displacement.world_of import PEOPLE_PER_AGENT, crisis_of
    from scenarios.importing.flee import read_instance

    runs = _within("replicates", REPLICATES if replicates is None else replicates, 1,
                   MOST_REPLICATES)
    each = _within("people_per_agent",
                   PEOPLE_PER_AGENT if people_per_agent is None else people_per_agent, 1,
                   MOST_PER_AGENT)
    seed = _within("seed", 0 if seed is None else seed, 0, 2**63 - 1)
    crises = [crisis_of(read_instance(place), each) for place in instances_in(Path(folder))]
    found = []
    for done, crisis in enumerate(crises):
        if progress is not None:
            progress(done, len(crises))
        found.append(_validated(crisis, runs, seed, capacities=not without_capacities))
    return FleeValidation(tuple(found), not without_capacities, runs, seed, each)


def instances_in(folder: Path) -> list[Path]:
    """The folder itself if it is an instance, or the instances in it, by name.

    Raises:
        InputProblem: If there is none.
    """
    if not folder.is_dir():
        raise refusal("flee", folder, "is no folder",
                      "name the folder of an instance of Flee, or a folder of such folders")
    if any((folder / part).is_dir() for part in PARTS):
        return [folder]
    found = list(_folders(folder))
    if not found:
        raise refusal("flee", folder, "holds no instance of Flee",
                      f"an instance is a folder with {PARTS[0]} and {PARTS[1]}")
    return found


def _folders(folder: Path) -> Iterator[Path]:
    for place in sorted(folder.iterdir()):
        if place.is_dir() and any((place / part).is_dir() for part in PARTS):
            yield place


def _validated(crisis: Crisis, replicates: int, seed: int, *, capacities: bool,
               ) -> InstanceValidation:
    import numpy as np

    from experiments.displacement.errors import relative_difference, rescaled_difference
    from experiments.displacement.naive import RULES, naive_people
    from sim.displacement import run_displacement

    runs = [run_displacement(crisis.world, seed=seed, replicate=n, capacities=capacities)
            for n in range(replicates)]
    plain = [relative_difference(run.people, crisis.counted) for run in runs]
    scaled = [rescaled_difference(run.people, crisis.counted) for run in runs]
    seconds = max(sum(run.seconds for run in runs), 1e-9)
    return InstanceValidation(
        name=crisis.instance.name, average_relative_difference=float(np.mean(plain)),
        rescaled=float(np.mean(scaled)),
        spread=float(np.std(plain, ddof=1)) if replicates > 1 else None,
        agents=crisis.world.agents, days=crisis.world.days,
        agent_steps_per_s=sum(run.agent_steps for run in runs) / seconds, camps=crisis.camps,
        simulated=np.mean([run.people for run in runs], axis=0), counted=crisis.counted,
        naive={rule: relative_difference(
            naive_people(crisis, rule, capacities=capacities), crisis.counted) for rule in RULES},
        warnings=crisis.warnings)


def _as_dict(one: InstanceValidation, capacities: bool) -> dict[str, Any]:
    from experiments.displacement.published import FLEE

    flee = FLEE.get(one.name)
    return {
        "name": one.name, "average_relative_difference": one.average_relative_difference,
        "rescaled": one.rescaled, "spread": one.spread, "agents": one.agents, "days": one.days,
        "agent_steps_per_s": one.agent_steps_per_s,
        "flee": None if flee is None else flee[0 if capacities else 1], "naive": one.naive,
        "camps": [
            {"name": name, "simulated": float(one.simulated[-1, n]),
             "counted": int(one.counted[-1, n])} for n, name in enumerate(one.camps)],
        "warnings": [problem.model_dump() for problem in one.warnings],
    }


def _within(field: str, value: int, least: int, most: int) -> int:
    if least <= value <= most:
        return value
    message = "is too small" if value < least else "is too large"
    raise refusal(field, value, message, f"give a whole number from {least:,} to {most:,}")
