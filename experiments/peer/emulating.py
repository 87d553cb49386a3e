"""How much of what a model gives is due to which input, by its emulator."""

from __future__ import annotations

import numpy as np

from experiments.emulation import Emulator

__all__ = ["shares"]

_SAMPLES = 2048


def shares(emulator: Emulator, names: list[str], seed: int = 1
           ) -> tuple[dict[str, float], dict[str, float]]:
    """Per cent of the emulator's variance that each input makes alone, and with others.

    Sobol indices of first and total order (Saltelli 2010), by SALib.
    """
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sample

    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    places = sample.sample(problem, _SAMPLES, calc_second_order=False, seed=seed)
    foreseen = np.concatenate([emulator.foresee(part) for part in np.array_split(places, 20)])
    found = analysis.analyze(problem, foreseen, calc_second_order=False, num_resamples=2,
                             seed=seed)
    return ({name: 100.0 * float(v) for name, v in zip(names, found["S1"], strict=True)},
            {name: 100.0 * float(v) for name, v in zip(names, found["ST"], strict=True)})
