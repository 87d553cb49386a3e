"""The questionnaire: standing tables of a run, and asking a finished run again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.limits import refusal
from experiments.outcome import FEW
from experiments.writing import read_manifest

if TYPE_CHECKING:
    import pandas as pd

    from sim.model import TrustModel

__all__ = ["Cut", "select", "standing_tables", "survey_json", "survey_run"]


class Cut(NamedTuple):
    """Who is asked: everyone, or those of one country, node or status; blank means any."""

    country: str = ""
    node: str = ""
    status: str = ""


def standing_tables(model: TrustModel, day: int) -> pd.DataFrame:
    """The survey of one day for everyone and by country, node and status.

    Args:
        model: A model that has just lived that day.
        day: The day, written into the table.
    """
    import pandas as pd

    from sim.codes import STATUSES

    network = model.plan.network
    cuts = [
        Cut(),
        *(Cut(country=str(country)) for country in network.countries["country"]),
        *(Cut(node=str(node)) for node in network.nodes["id"]),
        *(Cut(status=status) for status in STATUSES),
    ]
    tables = [_ask(model, day, cut, None) for cut in cuts]
    return pd.concat([table for table in tables if len(table)], ignore_index=True)


def survey_run(
    run_dir: Path | str,
    *,
    day: int | None = None,
    country: str | None = None,
    node: str | None = None,
    status: str | None = None,
    sample: int | None = None,
    say: Callable[[str], None] | None = None,
) -> pd.DataFrame:
    """Ask the migrants of a finished run the questionnaire.

    Tables for everyone and by country, node or status at the scenario's survey days stand in the
    run directory. For any other day, combination or sample the run is repeated up to that day:
    the same scenario, seed and size give the same people and the same answers.

    Args:
        run_dir: Directory written by `waytrust run --out`.
        day: Day to ask on; by default the last survey day.
        country: Only people in this country (ISO code).
        node: Only people at this node.
        status: Only people of this status.
        sample: Ask so many people, drawn by key, instead of everyone.
        say: Told in words when the run has to be repeated.

    Returns:
        The answers: question, answer, group, share, low, high, n, published, day.

    Raises:
        InputProblem: If this is no run directory or the selection cannot be.
    """
    import pandas as pd

    folder = Path(run_dir)
    manifest = read_manifest(folder)
    if manifest is None or manifest.get("kind") != "run":
        message = "is not a directory that `waytrust run --out` wrote"
        raise refusal("run_dir", folder, message, "run a scenario with --out first")
    stored = pd.read_parquet(folder / "survey.parquet")
    cut = Cut(country or "", node or "", status or "")
    if day is None:
        day = int(stored["day"].max()) if len(stored) else int(str(manifest["days"])) - 1
    _check_selection(folder, manifest, day, cut, sample)
    if sample is None:
        chosen = select(stored, day, cut)
        if len(chosen):
            return chosen
    if say is not None:
        say(f"This table is not stored with the run, so the run is repeated up to day {day}.")
    return _ask_again(folder, manifest, day, cut, sample)


def select(tables: pd.DataFrame, day: int, cut: Cut) -> pd.DataFrame:
    """The answers of one day and one cut out of standing tables."""
    chosen = tables[tables["day"] == day]
    for name, wanted in cut._asdict().items():
        chosen = chosen[chosen[name] == wanted]
    return chosen.reset_index(drop=True)


def survey_json(answers: pd.DataFrame) -> dict[str, object]:
    """One survey as plain data; `few` marks answers of fewer than 30 simulated people."""
    kept = ["question", "answer", "group", "share", "low", "high", "n", "published"]
    rows = answers[kept].assign(few=answers["n"] < FEW).to_dict("records")
    return {"day": int(answers["day"].iloc[0]), "n": int(answers["n"].max()), "answers": rows}


def _ask(model: TrustModel, day: int, cut: Cut, sample: int | None) -> pd.DataFrame:
    from sim.survey import survey

    chosen: dict[str, Any] = {name: value or None for name, value in cut._asdict().items()}
    answers = survey(model.world, day=day, sample=sample, **chosen)
    labelled: pd.DataFrame = answers.assign(day=day, **cut._asdict())
    return labelled


def _ask_again(
    folder: Path, manifest: dict[str, Any], day: int, cut: Cut, sample: int | None
) -> pd.DataFrame:
    from experiments.inputs import scenario_of
    from sim.model import TrustModel

    model = TrustModel(scenario_of(folder / "scenario.yaml"), engine=manifest["engine"])
    while model.day <= day and model.running:
        model.step()
    return _ask(model, day, cut, sample)


def _check_selection(
    folder: Path, manifest: dict[str, Any], day: int, cut: Cut, sample: int | None
) -> None:
    from experiments.inputs import scenario_of
    from sim.codes import STATUSES

    last = int(manifest["days"]) - 1
    if not 0 <= day <= last:
        raise refusal("day", day, "is not a day of this run", f"give 0 to {last}")
    if sample is not None and sample < 1:
        raise refusal("sample", sample, "is too small", "give the number of people to ask")
    if not any(cut):
        return
    network = scenario_of(folder / "scenario.yaml").plan().network
    known = {
        "country": list(network.countries["country"]),
        "node": list(network.nodes["id"]),
        "status": list(STATUSES),
    }
    _check_known(cut, known)


def _check_known(cut: Cut, known: dict[str, list[str]]) -> None:
    from sim.problems import nearest

    for name, value in cut._asdict().items():
        words = known[name]
        if value and value not in words:
            near = nearest(value, words)
            hint = f"did you mean '{near}'?" if near else f"known: {', '.join(words[:12])}"
            raise refusal(name, value, f"is not a {name} of this run", hint)
