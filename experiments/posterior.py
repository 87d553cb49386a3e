"""A posterior: sets of parameters that a calibration found plausible, one for each replicate."""

from __future__ import annotations

import hashlib
import json
import math
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.limits import refusal
from sim.said import Said

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.parameters import Parameters

__all__ = ["EVIDENCE", "FILE", "NONE", "SHIPPED", "Posterior"]

FILE = "posterior.parquet"
EVIDENCE, NONE = "evidence", "none"
"""Words for the posterior that ships, fitted to all that is known, and for none at all."""
SHIPPED = Path(__file__).resolve().parent / "evidence" / "posterior"
"""Where it lies."""


@dataclass(frozen=True)
class Posterior:
    """A sample of the posterior; all draws weigh the same and stand in random order.

    Attributes:
        file: Where it lies.
        names: Parameters that were fitted.
        draws: Their values, shape [draws, parameters].
    """

    file: Path
    names: tuple[str, ...]
    draws: NDArray[np.float64]

    @classmethod
    def named(cls, place: Path | str | None) -> Posterior | None:
        """The posterior that somebody means.

        Args:
            place: The directory of a calibration; `evidence`: the one that ships; `none` or None:
                parameters as the scenarios have them. A directory of such a name is `./evidence`.

        Raises:
            InputProblem: As `load` does.
        """
        if place is None or str(place) == NONE:
            return None
        if str(place) == EVIDENCE and not (SHIPPED / FILE).is_file():
            advice = Said("fit one with waytrust calibrate fit_to_evidence --method emulator")
            raise refusal(Said("posterior"), place, Said("does not ship with this version"), advice)
        return cls.load(SHIPPED if str(place) == EVIDENCE else place)

    @classmethod
    def load(cls, place: Path | str) -> Posterior:
        """Load the posterior of a calibration.

        Args:
            place: The directory that `waytrust calibrate --out` wrote, or its posterior.parquet.

        Raises:
            InputProblem: If there is none, or it names what is not a parameter.
        """
        import pandas as pd

        from sim.parameters import REGISTRY

        file = Path(place) / FILE if Path(place).is_dir() else Path(place)
        hint = Said(
            "name the directory that `waytrust calibrate --out` wrote, {evidence} or {none}",
            evidence=EVIDENCE, none=NONE,
        )  # fmt: skip
        try:
            frame = pd.read_parquet(file)
        except Exception:
            message = Said("holds no {file} that can be read", file=FILE)
            raise refusal(Said("posterior"), place, message, hint) from None
        odd = [name for name in frame if name not in REGISTRY]
        if odd or frame.empty or not len(frame.columns):
            what = Said("holds no draws")
            if odd:
                what = Said("names '{name}', which is no parameter", name=str(odd[0]))
            raise refusal(Said("posterior"), place, what, hint)
        values = frame.to_numpy(dtype="float64")
        for k, name in enumerate(frame):
            entry = REGISTRY[str(name)]
            if not ((values[:, k] >= entry.least) & (values[:, k] <= entry.most)).all():
                message = Said("holds a value of {name} below {least} or above {most}",
                               name=str(name), least=_end(entry.least),
                               most=_end(entry.most))  # fmt: skip
                raise refusal(Said("posterior"), place, message, hint)
        return cls(file, tuple(map(str, frame)), values)

    def draw(self, replicate: int) -> dict[str, float]:
        """The parameters of a replicate: draw r for replicate r, from the first again at the end.

        Every scenario and every point of a design has the same draw for the same replicate, so
        that what is compared is compared under one set of parameters.
        """
        row = self.draws[replicate % len(self.draws)]
        return dict(zip(self.names, row.tolist(), strict=True))

    def draw_for(self, parameters: Mapping[str, float], replicate: int) -> dict[str, float]:
        """The draw of a replicate, for a scenario that has such parameters.

        Draws take the place of the defaults beside which they were fitted. Whatever a scenario, or
        a new default, says otherwise stays.
        """
        drawn = self.draw(replicate)
        return {n: value for n, value in drawn.items() if parameters[n] == self._defaults[n]}

    def put_into(self, parameters: Parameters, replicate: int) -> Parameters:
        """A scenario's parameters with the draw of a replicate in the place of defaults."""
        return type(parameters)({**parameters, **self.draw_for(parameters, replicate)})

    @cached_property
    def fitted_to(self) -> tuple[str, ...]:
        """Ids of the targets that it was fitted to; none where only the draws are there."""
        told = self._told.get("fitted", ())
        return tuple(map(str, told)) if isinstance(told, list) else ()

    @cached_property
    def _defaults(self) -> dict[str, float]:
        """Defaults of the fitted parameters at the time; today's where nothing tells them."""
        from sim.parameters import REGISTRY

        told = self._told.get("defaults")
        known = told if isinstance(told, dict) else {}
        return {name: known.get(name, REGISTRY[name].default) for name in self.names}

    @cached_property
    def _told(self) -> dict[str, object]:
        """What the calibration says of itself, if its summary lies beside the draws."""
        try:
            found = json.loads((self.file.parent / "summary.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def keep(self, folder: Path) -> None:
        """Put a copy into a directory of results."""
        shutil.copyfile(self.file, folder / FILE)

    @cached_property
    def hash(self) -> str:
        """Hash of names and values, as 16 hexadecimal digits."""
        text = repr(self.names).encode() + self.draws.tobytes()
        return hashlib.blake2b(text, digest_size=8).hexdigest()


def _end(value: float) -> str:
    """An end of what a parameter may be; some have none."""
    return Said("{value:g}", value=value) if math.isfinite(value) else f"{value:g}"
