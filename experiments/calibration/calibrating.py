"""Fitting a design's parameters to its targets."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.calibration.looking import Estimate, Looking, Progress
from experiments.limits import check_workers, refusal

if TYPE_CHECKING:
    import numpy as np

    from experiments.calibration.answers import Answers
    from experiments.calibration.calibration import Calibration
    from experiments.calibration.emulating import Learned
    from experiments.calibration.generation import Candidate, Generation
    from experiments.calibration.settings import Settings
    from experiments.calibration.simulating import Simulator
    from experiments.calibration.task import Task
    from experiments.calibration.working import Live
    from experiments.targets import Target, Written
    from scenarios.designing import Design

__all__ = ["calibrate"]

Evaluate = Callable[["Sequence[Candidate]"], Any]
_FEW = 30
_AHEAD = 2
"""Candidates for each worker that are simulated beyond what turns out to be needed."""
_DRAWING, _CHECKING = 1_000_001, 1_000_002
"""Streams of chance beside those of the generations."""


class _Found(NamedTuple):
    """What a way of fitting found.

    Attributes:
        generations: A sample of the prior first and the posterior last.
        given_up: Sets of parameters tried in a generation that could not be completed.
        stopped: Why it ended.
        learned: The emulators, if there are any.
    """

    generations: tuple[Generation, ...]
    given_up: int
    stopped: str
    learned: Learned | None = None


def calibrate(
    design: str | Path | Mapping[str, Any] | Design,
    *,
    out: Path | str | None = None,
    settings: Settings | None = None,
    targets: Path | str | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    before: Callable[[Estimate], None] | None = None,
    progress: Callable[[Progress], None] | None = None,
    live: Live | None = None,
) -> Calibration:
    """Fit the uncertain parameters of a design to its targets, by ABC-SMC or by emulators.

    The prior is uniform over the range of each parameter, on its scale. Whatever stops it, the
    same call goes on where it was and ends with the same posterior, and so does any number of
    workers. How long it looks may be changed: runs that are there are used again.

    Args:
        design: A library name, a file, plain data or a loaded design, with `targets`.
        out: Directory of the results; by default `results/`, the design's name and `_calibration`.
        settings: How long to look, and how near to come.
        targets: File of targets that the design means; by default those of the library.
        workers: Processes of this machine, one thread each; None: one per core; 0: this process.
        scheduler: Address of a Dask scheduler whose workers are used instead. They have to see the
            directory under the same name.
        before: Told what is about to be done.
        progress: Told how far it is.
        live: How a run is lived, instead of by the model; for tests.

    Raises:
        InputProblem: If something asked for cannot be, or the disk cannot be written.
        WorkersLost: If the scheduler went away; the same call goes on.
    """
    from experiments.calibration.making import begin, check
    from experiments.calibration.settings import Settings
    from experiments.calibration.writing import write
    from experiments.sweep.pools import open_pool

    settings = settings or Settings()
    settings.check()
    check_workers(workers, scheduler)
    task = _task_of(design, targets)
    folder = Path("results") / f"{task.design.name}_calibration" if out is None else Path(out)
    check(folder, task)
    _check_budget(settings, task.design.replicates)
    run_s = _pilot(task, live)
    with open_pool(scheduler, _count(workers)) as pool:
        answers = begin(folder, task)  # only now, so that what is refused leaves nothing behind
        if before:
            least = settings.least * task.design.replicates
            before(Estimate(len(task.names), len(task.targets), len(answers), least, run_s,
                            pool.size, pool.words))  # fmt: skip
        found = _fit(task, settings, folder, answers, pool, progress, live)
    write(found, targets)
    return found


def _task_of(source: Any, targets: Path | str | None) -> Task:
    from experiments.calibration.task import Task, check_design
    from experiments.targets import LIBRARY, ask, written_in
    from scenarios.designing import load_design

    design = load_design(source)
    check_design(design)
    wanted = _chosen(source, design, written_in(targets or LIBRARY))
    asked = ask(wanted, design.scenario)
    _refuse_own_networks(asked, design)
    return Task(design, asked)


def _refuse_own_networks(targets: Sequence[Target], design: Design) -> None:
    """Workers read everything from the calibration's directory, which keeps one network."""
    from experiments.inputs import has_own_network

    for target in targets:
        for value in target.values:
            for scenario in filter(None, (value.scenario, value.baseline)):
                if scenario is not design.scenario and has_own_network(scenario.route):
                    message = (f"asks the scenario {scenario.name}, whose network is not one of "
                               "the library")  # fmt: skip
                    raise refusal("targets", target.id, message, "leave the target out")


def _chosen(source: Any, design: Design, written: list[Written]) -> list[Written]:
    from experiments.targets import chosen
    from scenarios.designing import Design as Loaded
    from scenarios.designing.finding import read_design

    if not design.targets:
        raise refusal("targets", "", "the design names none to be fitted to",
                      "add targets: [T01, T07], for example")  # fmt: skip
    if isinstance(source, Loaded):
        return chosen(design.targets, written)
    node = read_design(source, []).at(("targets",))
    return chosen(design.targets, written, node.items or [node])


def _check_budget(settings: Settings, replicates: int) -> None:
    least = settings.population * replicates
    if settings.budget is not None and settings.budget < least:
        message = "is not enough to sample the prior"
        raise refusal("budget", settings.budget, message, f"allow at least {least:,} runs")


def _count(workers: int | None) -> int:
    from experiments.pairing import available_cores

    return available_cores() if workers is None else workers


def _pilot(task: Task, live: Live | None) -> float:
    """Seconds of a run, once everything is compiled; what it gives is not kept."""
    import time
    from dataclasses import replace

    import numpy as np

    from experiments.calibration.task import Task
    from experiments.warming import share_compilation
    from sim.compiling import is_compiled, mark_compiled

    if live is not None:
        return 0.0
    middle = task.values_at(np.full((1, len(task.names)), 0.5))[0].tolist()
    if not is_compiled():
        share_compilation()
    # A few people live it first, so that neither compiling nor loading is taken for living.
    scenario = task.design.scenario
    few = replace(scenario, migrants=min(_FEW, task.base.migrants))
    Task(replace(task.design, scenario=few), task.targets).live(middle, 0)
    mark_compiled()
    started = time.perf_counter()
    found = task.live(middle, 0)
    took = time.perf_counter() - started
    empty = [name for name, value in found.items() if math.isnan(value)]
    if empty:
        message = "asks about people of whom a trial run had none"
        advice = "raise migrants or days in the design, or leave the target out"
        raise refusal("targets", empty[0], message, advice)
    return took


def _fit(
    task: Task,
    settings: Settings,
    folder: Path,
    answers: Answers,
    pool: Any,
    progress: Callable[[Progress], None] | None,
    live: Live | None,
) -> Calibration:
    from experiments.calibration.calibration import Calibration
    from experiments.calibration.generation import equally_weighted
    from experiments.calibration.simulating import Simulator

    looking = Looking(settings, task.design.replicates, progress)
    simulator = Simulator(task, answers, pool, folder, live, looking.ran)
    looking.simulator = simulator
    replicates, seed = task.design.replicates, task.design.seed

    def luck_of(number: int) -> range:
        return range(number * replicates, (number + 1) * replicates)

    def evaluate(candidates: Sequence[Candidate]) -> Any:
        points = [candidate.point for candidate in candidates]
        # With the same luck for all, ABC sees what parameters change. An emulator would take that
        # one draw of luck for the world; with luck of its own for each set it learns the mean.
        found = simulator.means(points, [
            luck_of(each.generation * settings.points + each.number if settings.emulated else 0)
            for each in candidates
        ])  # fmt: skip
        _refuse_if_none_works(candidates, found, simulator)
        return found

    way = _by_emulators if settings.emulated else _by_abc
    fit = way(task, settings, evaluate, looking, _AHEAD * pool.size)
    last = fit.generations[-1]
    draws = equally_weighted(last.weights, settings.draws, _chance(seed, _DRAWING))
    checked = equally_weighted(last.weights, settings.checks, _chance(seed, _CHECKING))
    looking.checking(len(checked))
    # Every draw has luck of its own, as the world has, and none that was used to fit.
    used = settings.least if settings.emulated else 1
    luck = [luck_of(used + number) for number in range(len(checked))]
    predicted = simulator.means(last.points[checked].tolist(), luck)
    return Calibration(
        task, settings, fit.generations, draws, predicted, fit.given_up,
        next(iter(simulator.failed.values()), ""), fit.stopped, folder, fit.learned,
    )  # fmt: skip


def _by_abc(
    task: Task, settings: Settings, evaluate: Evaluate, looking: Looking, ahead: int
) -> _Found:
    from experiments.calibration.smc import abc_smc

    replicates = task.design.replicates
    budget = math.inf if settings.budget is None else settings.budget // replicates
    generations, given_up = abc_smc(
        evaluate, len(task.names), task.observed.tolist(), task.tolerances.tolist(), settings,
        task.design.seed, most_candidates=budget, ahead=ahead, looking=looking.sampling,
    )  # fmt: skip
    if not generations:
        raise _no_prior(settings, replicates, given_up)
    stopped = _stopped(generations, given_up, settings, budget)
    return _Found(generations, given_up, stopped)


def _by_emulators(
    task: Task, settings: Settings, evaluate: Evaluate, looking: Looking, _: int
) -> _Found:
    from experiments.calibration.emulating import learn

    learned = learn(
        evaluate, len(task.names), task.observed.tolist(), task.tolerances.tolist(), settings,
        task.design.seed, looking.living,
    )  # fmt: skip
    return _Found(learned.generations(), 0, "waves", learned)


def _refuse_if_none_works(
    candidates: Sequence[Candidate], found: Any, simulator: Simulator
) -> None:
    """A prior whose sets all fail would be tried for ever."""
    import numpy as np

    if candidates[0].generation or candidates[0].number or not np.isnan(found).any(axis=1).all():
        return
    why = next(iter(simulator.failed.values()), "nobody could be counted for some target")
    raise refusal("design", "", f"none of the first {len(candidates)} sets of parameters could be "
                  f"simulated; the first: {why}", "correct the design or the targets")  # fmt: skip


def _no_prior(settings: Settings, replicates: int, tried: int) -> Exception:
    if settings.budget is not None and settings.budget < replicates * (tried + 1):
        return refusal("budget", settings.budget, "is not enough to sample the prior",
                       f"allow at least {settings.population * replicates:,} runs")  # fmt: skip
    message = f"hardly any of the first {tried:,} sets of parameters could be simulated"
    return refusal("design", "", message, "correct the design or the targets")


def _stopped(
    generations: tuple[Generation, ...], given_up: int, settings: Settings, budget: float
) -> str:
    if generations[-1].epsilon <= settings.epsilon:
        return "epsilon"
    if len(generations) == settings.generations + 1:
        return "generations"
    tried = sum(each.tried for each in generations) + given_up
    return "budget" if tried >= budget else "patience"


def _chance(seed: int, stream: int) -> np.random.Generator:
    import numpy as np

    return np.random.default_rng([seed, stream])
