"""The questionnaire: the tables that stand with a run, and asking a finished run again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.limits import refusal
from experiments.outcome import FEW
from experiments.writing import read_manifest
from sim.said import Said

if TYPE_CHECKING:
    import pandas as pd

    from sim.model import TrustModel

__all__ = ["EVERYONE", "standing_tables", "survey_json", "survey_run"]

EVERYONE = "all"
"""Group of the stated mix that stands for all surveyed."""


def standing_tables(model: TrustModel) -> pd.DataFrame:
    """The surveys of a finished run: all surveyed, and by status, country and node.

    A run without a survey day in it is asked on its last day.
    """
    import pandas as pd

    from sim.survey import standing_survey

    tables = model.surveys or [standing_survey(model.world, day=model.day - 1)]
    return pd.concat(tables, ignore_index=True)


def survey_run(
    run_dir: Path | str,
    *,
    day: int | None = None,
    country: str | None = None,
    node: str | None = None,
    status: str | None = None,
    sample: int | None = None,
    say: Callable[[str], None] | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> pd.DataFrame:
    """Ask the migrants of a finished run the questionnaire.

    Tables for all surveyed and by status, country or node at the scenario's survey days stand in
    the run directory. For any other day, combination or sample the run is repeated up to that
    day: the same scenario, seed and size give the same people and the same answers.

    Args:
        run_dir: Directory written by `waytrust run --out`.
        day: Day to ask on; by default the last survey day.
        country: Only people in this country (ISO code).
        node: Only people at this node.
        status: Only people of this status.
        sample: Ask so many people, drawn by key, instead of everyone.
        say: Told in words when the run has to be repeated.
        progress: Called with days repeated and in all, first with 0.

    Returns:
        One row per answer and group; columns as `sim.survey.survey` gives them. Where nothing is
        selected, the groups are all surveyed and each status.

    Raises:
        InputProblem: If this is no run directory or the selection cannot be.
    """
    import pandas as pd

    from sim.survey import standing_survey, survey
    from sim.survey.respondents import Cut

    folder = Path(run_dir)
    manifest = read_manifest(folder)
    if manifest is None or manifest.get("kind") != "run":
        message = Said("is not a directory that `waytrust run --out` wrote")
        raise refusal("run_dir", folder, message, Said("run a scenario with --out first"))
    stored = pd.read_parquet(folder / "survey.parquet")
    day = int(stored["day"].max()) if day is None else day
    last = int(str(manifest["days"])) - 1
    if not 0 <= day <= last:
        message = Said("is not a day of this run")
        raise refusal("day", day, message, Said("give {least} to {most}", least=0, most=last))
    cut = Cut(country, node, status)
    if sample is None:
        answers = _select(stored, day, cut)
        if len(answers):
            return answers
    model = _again(folder, str(manifest["engine"]))
    # Asked before the first day too, so that an impossible selection is refused at once.
    survey(model.world, day=model.day, sample=sample, **cut._asdict())
    if say is not None:
        say(Said("This table is not stored with the run, so the run is repeated up to day {day}.",
                 day=day))  # fmt: skip
    _live_until(model, day, progress)
    if sample is None and not cut.name:
        return _select(standing_survey(model.world, day=day), day, cut)
    asked: pd.DataFrame = survey(model.world, day=day, sample=sample, **cut._asdict())
    return asked


def survey_json(answers: pd.DataFrame) -> dict[str, object]:
    """One survey as plain data; `few` marks answers of fewer than 30 simulated people."""
    return {
        "day": int(answers["day"].iloc[0]),
        "n": int(answers["n"].max()),
        "answers": answers.drop(columns="day").assign(few=answers["n"] < FEW).to_dict("records"),
    }


def _select(tables: pd.DataFrame, day: int, cut: Any) -> pd.DataFrame:
    chosen = tables[tables["day"] == day]
    if cut.name:
        wanted = chosen["group"] == cut.name
    else:
        wanted = (chosen["group"] == EVERYONE) | chosen["group"].str.startswith("status:")
    selected: pd.DataFrame = chosen[wanted].reset_index(drop=True)
    return selected


def _again(folder: Path, engine: str) -> TrustModel:
    from experiments.inputs import scenario_of
    from sim.model import TrustModel

    return TrustModel(scenario_of(folder / "scenario.yaml"), engine=engine)


def _live_until(
    model: TrustModel, day: int, progress: Callable[[int, int | None], None] | None
) -> None:
    first = model.day
    for done in range(day - first + 1):
        if progress is not None:
            progress(done, day - first + 1)
        model.step()
