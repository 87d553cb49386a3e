"""What a calibration found, read from its directory."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboards.explore.place import CALIBRATION, Place
from experiments.limits import refusal
from sim.said import Said

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BARS", "Fit"]

BARS = 20
"""Equal parts of a parameter's range, for a histogram."""
_DRAWS = 400
_FILES = ("posterior.parquet", "targets.csv", "parameters.csv", "summary.json")


class Fit:
    """A calibration that has come to its end.

    Args:
        place: Where it lies.

    Raises:
        InputProblem: If it is none, has not come to its end, or is damaged.
    """

    def __init__(self, place: Place) -> None:
        if place.kind != CALIBRATION:
            message = Said("holds a sweep, not a calibration")
            raise refusal(Said("directory"), place.folder, message)
        missing = [name for name in _FILES if not (place.folder / name).is_file()]
        if missing:
            message = Said("has not come to its end: {file} is not there yet", file=missing[0])
            hint = Said("let `waytrust calibrate` go on with it")
            raise refusal(Said("calibration"), place.folder, message, hint)
        self.place = place

    @property
    def folder(self) -> Path:
        """Its directory."""
        return self.place.folder

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Everything as numbers and sentences; see docs/calibration.md."""
        try:
            found = json.loads((self.folder / "summary.json").read_text(encoding="utf-8"))
            return {"words": [], "migrants": 0, "simulations": 0, "draws": 0, **found}
        except (OSError, ValueError, TypeError):
            raise self._damaged("summary.json") from None

    @cached_property
    def words(self) -> list[str]:
        """What it says of itself, made anew from its numbers so that any language can tell it.

        Where a number is missing, as in the files of another version: as it is stored, in English.
        """
        from experiments.calibration.words import first_failure, sentences

        facts, told = self.summary, [str(each) for each in self.summary["words"]]
        try:
            why = first_failure(told) if facts["unusable"] else ""
            return sentences({**facts, "why_unusable": why})
        except (KeyError, TypeError, ValueError):
            return told

    @cached_property
    def targets(self) -> pd.DataFrame:
        """A row per target: observed, tolerance, and predictions before and after fitting."""
        return self._table("targets.csv", ("id", "observed", "low", "high", "prior_mean",
                                           "posterior_mean", "inside"))  # fmt: skip

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """A row per parameter: its range and its posterior."""
        return self._table("parameters.csv", ("name", "prior_low", "prior_high", "scale",
                                              "contraction", "identified"))  # fmt: skip

    @cached_property
    def draws(self) -> pd.DataFrame:
        """The posterior: draws that weigh the same, a column per parameter."""
        import pandas as pd

        try:
            return pd.read_parquet(self.folder / "posterior.parquet")
        except Exception:  # whatever the reader of a damaged file says
            raise self._damaged("posterior.parquet") from None

    def places(self) -> pd.DataFrame:
        """The draws as shares of each range (0 to 1), on its scale."""
        import numpy as np

        found = self.draws.copy()
        for row in self.parameters.itertuples():
            name, low, high = str(row.name), float(row.prior_low), float(row.prior_high)  # type: ignore[arg-type]
            if row.scale == "log":
                found[name] = np.log(found[name] / low) / np.log(high / low)
            else:
                found[name] = (found[name] - low) / (high - low)
        return found

    def histograms(self) -> pd.DataFrame:
        """For each parameter and part of its range, the share of draws over that of the prior.

        Columns: parameter, part, low, high (in the parameter's unit), density (1: as before).
        """
        import numpy as np
        import pandas as pd

        places, rows = self.places(), []
        for row in self.parameters.itertuples():
            counts = np.histogram(places[str(row.name)], bins=BARS, range=(0, 1))[0]
            ends = _scaled(np.linspace(0, 1, BARS + 1), row)
            rows += [
                {"parameter": row.name, "part": k, "low": ends[k], "high": ends[k + 1],
                 "density": counts[k] * BARS / len(places)}
                for k in range(BARS)
            ]  # fmt: skip
        return pd.DataFrame(rows)

    def correlations(self) -> pd.DataFrame:
        """Correlation of every two parameters in the posterior, on the scales of their ranges."""
        return self.places().corr()

    def pair(self, one: str, other: str) -> pd.DataFrame:
        """Some draws of two parameters."""
        return self.draws[[one, other]].head(_DRAWS)

    def code(self, figure: str, *names: str) -> str:
        """Short runnable code for what a figure shows.

        Args:
            figure: `targets`, `parameters`, `correlations` or `pair`.
            *names: The two parameters of a pair.
        """
        where = str(self.folder)
        if figure == "targets":
            return (f"import pandas as pd\n\ntargets = pd.read_csv({where + '/targets.csv'!r})\n"
                    "print(targets)\n")  # fmt: skip
        head = f"draws = pd.read_parquet({where + '/posterior.parquet'!r})\n"
        if figure == "pair":
            return (f"import pandas as pd\n\n{head}pair = draws[{list(names)!r}].head({_DRAWS})\n"
                    "print(pair)\n")  # fmt: skip
        begin = (
            "import numpy as np\nimport pandas as pd\n\n"
            f'{head}ranges = pd.read_csv({where + "/parameters.csv"!r}).set_index("name")\n'
            "for name, row in ranges.iterrows():  # shares of each range, on its scale\n"
            '    low, high = row["prior_low"], row["prior_high"]\n'
            '    if row["scale"] == "log":\n'
            "        draws[name] = np.log(draws[name] / low) / np.log(high / low)\n"
            "    else:\n"
            "        draws[name] = (draws[name] - low) / (high - low)\n\n"
        )
        if figure == "correlations":
            return begin + "correlations = draws.corr()\nprint(correlations)\n"
        return begin + (
            "density = pd.DataFrame({\n"
            f"    name: np.histogram(draws[name], bins={BARS}, range=(0, 1))[0] * {BARS} / "
            "len(draws)\n    for name in ranges.index\n})  # 1: as likely as before fitting\n"
            "print(density)\n"
        )

    def _table(self, name: str, needed: tuple[str, ...]) -> pd.DataFrame:
        import pandas as pd

        try:
            found = pd.read_csv(self.folder / name, keep_default_na=True)
        except (OSError, ValueError):
            raise self._damaged(name) from None
        if not set(needed) <= set(found.columns):
            raise self._damaged(name)
        return found

    def _damaged(self, name: str) -> Exception:
        message = Said("is damaged and cannot be read")
        hint = Said("give `waytrust calibrate` again, which writes it anew")
        return refusal(Said("file"), self.folder / name, message, hint)


def _scaled(unit: Any, row: Any) -> Any:
    low, high = float(row.prior_low), float(row.prior_high)
    return low * (high / low) ** unit if row.scale == "log" else low + (high - low) * unit
