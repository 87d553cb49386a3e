"""Queries give what pandas gives, and the code beside a figure gives what the figure shows."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from explore_stores import FAILED, plain, swept
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.explore.analyses import BoxQuestion, IndexQuestion, analysed, code_of
from dashboards.explore.curve import ALL, NONE, CurveAsked, curve_of
from dashboards.explore.lines import LINES, lines_of
from dashboards.explore.place import opened
from dashboards.explore.query import python
from dashboards.explore.runs import RunTable
from dashboards.explore.selection import Selection
from dashboards.explore.table import BARS, bars_of, count_of, csv_of, page_of, rows_query
from sim.problems import InputProblem

WALL = "wall.compliance"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> RunTable:
    return RunTable(opened(swept(tmp_path_factory.mktemp("lhs") / "plain")))


@pytest.fixture(scope="module")
def sobol(tmp_path_factory: pytest.TempPathFactory) -> RunTable:
    return RunTable(opened(swept(tmp_path_factory.mktemp("sobol") / "s", plain("sobol", 16))))


@pytest.fixture(scope="module")
def frame(table: RunTable) -> pd.DataFrame:
    from experiments.sweep import Store

    found = Store(table.folder).frame()
    return found[found["error"] == ""]


def run(code: str) -> dict[str, Any]:
    space: dict[str, Any] = {}
    exec(code, space)
    return space


def test_columns_know_what_they_are(table: RunTable) -> None:
    kinds = [(each.name, each.kind) for each in table.columns]
    assert kinds == [
        ("half_life_against", "parameter"), ("meetings_per_day", "parameter"),
        ("firewall_effect", "parameter"), (WALL, "lever"), ("asked_ner", "outcome"),
        ("deterred_ner", "outcome"),
    ]  # fmt: skip
    half_life, wall = table.column("half_life_against"), table.column(WALL)
    assert (half_life.low, half_life.high, half_life.scale) == (60, 720, "log")
    assert wall.words(0.5) == "50 %"
    assert table.column("asked_ner").title.startswith("asked")


def test_failed_runs_never_count(table: RunTable, frame: pd.DataFrame) -> None:
    assert table.counts == (240, 3)
    assert count_of(table, Selection()) == len(frame) == 237
    point = FAILED // 2
    assert len(frame[frame["point"] == point]) == 3


@settings(max_examples=25, deadline=None)
@given(
    st.tuples(st.floats(0.1, 0.8), st.floats(0.1, 0.8)).map(sorted),
    st.lists(st.sampled_from([0, 1, 2]), min_size=1, max_size=3, unique=True),
    st.sampled_from([(None, None), (100, None), (None, 300), (90.5, 400)]),
)
def test_a_filter_keeps_what_pandas_keeps(
    table: RunTable, frame: pd.DataFrame, ends: list[float], kept: list[int],
    memory: tuple[float | None, float | None],
) -> None:  # fmt: skip
    text = json.dumps({"asked_ner": ends, WALL: kept, "half_life_against": list(memory)})
    selection = Selection.read(text, table.columns)
    wanted = frame[
        frame["asked_ner"].between(*ends)
        & frame[WALL].isin([(0.0, 0.5, 1.0)[k] for k in kept])
        & frame["half_life_against"].between(memory[0] or 0, memory[1] or 1e9)
    ]
    assert count_of(table, selection) == len(wanted)
    everything, some = bars_of(table, table.column("asked_ner"), selection)
    assert (sum(everything), sum(some)) == (len(frame), len(wanted))
    rows = page_of(table, rows_query(table, selection, "asked_ner", down=True), 0, 5)
    best = wanted.sort_values(["asked_ner", "run"], ascending=[False, True])["run"].head(5)
    assert [row["run"] for row in rows] == list(best)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"nobody": [1, 2]}', "'nobody' is not a column"),
        ('{"asked_ner": [2, 1]}', "nothing lies between"),
        ('{"asked_ner": [1]}', "not two numbers"),
        ('{"asked_ner": ["1; drop table runs", 2]}', "not two numbers"),
        ('{"asked_ner": [true, 2]}', "not two numbers"),
        ('{"asked_ner": [NaN, 2]}', "not two numbers"),
        ('{"wall.compliance": [7]}', "no such value"),
        ('{"wall.compliance": []}', "keep none"),
        ('{"wall.compliance": "0 %"}', "no such value"),
        ("[]", "not a JSON object"),
        ("{", "not a JSON object"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(table: RunTable, text: str, said: str) -> None:
    with pytest.raises(InputProblem, match=said):
        Selection.read(text, table.columns)


def test_a_lever_of_words_is_quoted(tmp_path: Path) -> None:
    design = plain(points=3, levers=[
        {"intervention": "wall", "field": "announced", "values": ["never", "only"]}
    ])  # fmt: skip
    words = RunTable(opened(swept(tmp_path / "words", design)))
    (lever,) = words.varied
    assert not lever.numeric
    chosen = Selection.read(json.dumps({lever.name: [0]}), words.columns)
    assert 0 < count_of(words, chosen) < count_of(words, Selection())
    curve = curve_of(words, CurveAsked("asked_ner", "half_life_against", lever.name), chosen)
    assert len(set(curve.means["curve"])) == 1


def test_bars_lie_in_the_parts_of_a_log_scale(table: RunTable, frame: pd.DataFrame) -> None:
    counts = np.histogram(frame["half_life_against"], bins=np.geomspace(60, 720, BARS + 1))[0]
    assert bars_of(table, table.column("half_life_against"), Selection())[0] == list(counts)
    assert bars_of(table, table.column(WALL), Selection())[0] == list(
        frame.groupby(WALL).size()
    )  # fmt: skip


def test_a_curve_is_the_mean_of_cases_with_students_interval(
    table: RunTable, frame: pd.DataFrame
) -> None:
    from scipy import stats

    found = curve_of(table, CurveAsked("asked_ner", "half_life_against", WALL, 5), Selection())
    cases = frame.groupby(["point", WALL], as_index=False)[
        ["half_life_against", "asked_ner"]
    ].mean()
    part = np.digitize(cases["half_life_against"], np.geomspace(60, 720, 6)[1:-1])
    for (kept, at), group in cases.groupby([WALL, part]):
        row = found.means[(found.means["curve"] == kept) & (found.means["part"] == at)].iloc[0]
        low, high = stats.t.interval(0.95, len(group) - 1, group["asked_ner"].mean(),
                                     stats.sem(group["asked_ner"]))  # fmt: skip
        assert row["mean"] == pytest.approx(group["asked_ner"].mean())
        assert (row["low"], row["high"]) == pytest.approx((low, high))
        assert row["cases"] == len(group)
        assert row["p90"] == pytest.approx(group["asked_ner"].quantile(0.9))
    assert found.cases == len(cases)
    assert int(found.means["runs"].sum()) == len(frame)


def test_intervals_know_which_points_were_made_together(sobol: RunTable) -> None:
    found = curve_of(sobol, CurveAsked("asked_ner", "meetings_per_day", NONE, 5), Selection())
    # Each base sample has five points, of which four share this parameter.
    assert (found.means["clusters"] < found.means["cases"]).all()
    cases = sobol.frame[sobol.frame["error"] == ""].groupby("point")["asked_ner"].mean()
    x = sobol.frame.groupby("point")["meetings_per_day"].first()
    parameter = sobol.column("meetings_per_day")
    assert parameter.scale == "log"
    row = found.means.iloc[0]
    place = np.log(x.loc[cases.index] / parameter.low) / np.log(parameter.high / parameter.low)
    inside = cases[place < 0.2]
    off = (inside - inside.mean()).groupby(inside.index // 5).sum()
    error = np.sqrt((off**2).sum() * len(off) / (len(off) - 1)) / len(inside)
    assert row["error"] == pytest.approx(error)
    assert row["clusters"] == len(off)


def test_a_lever_across_has_a_mark_for_each_of_its_values(table: RunTable) -> None:
    found = curve_of(table, CurveAsked("asked_ner", WALL, NONE), Selection())
    assert found.levels
    assert list(found.means["x"]) == [0.0, 0.5, 1.0]
    assert list(found.means["cases"]) == [40, 40, 40]
    every = curve_of(table, CurveAsked("asked_ner", "half_life_against", ALL), Selection())
    assert set(every.means["curve"]) == {"0.0", "0.5", "1.0"}


def test_a_run_without_a_value_counts_only_where_it_has_one(table: RunTable) -> None:
    asked, deterred = (
        curve_of(table, CurveAsked(name, "half_life_against", NONE), Selection())
        for name in ("asked_ner", "deterred_ner")
    )
    assert asked.means["runs"].sum() - deterred.means["runs"].sum() == 1


def test_lines_hold_the_values_of_their_runs(table: RunTable, frame: pd.DataFrame) -> None:
    import base64

    names = [each.name for each in table.columns]
    found = lines_of(table, names, Selection())
    assert len(found.rows) == len(frame)
    values = np.frombuffer(base64.b64decode(found.values_base64()), "<f4").reshape(-1, len(names))
    by_run = frame.set_index("run").loc[found.rows["run"]]
    assert values[:, 4] == pytest.approx(by_run["asked_ner"].to_numpy(), rel=1e-6)
    assert set(values[:, 3]) == {0, 1, 2}  # numbers of the lever's values
    axes = json.loads(found.axes_json(table))
    assert axes[0] == {"name": "half_life_against", "kind": "parameter", "low": 60.0,
                       "high": 720.0, "log": True}  # fmt: skip
    assert axes[3]["texts"] == ["0 %", "50 %", "100 %"]


PICKED = Selection({"asked_ner": (0.25, None)}, {WALL: (0.0, 1.0)})


@pytest.mark.parametrize("which", ["table", "sobol"])
@pytest.mark.parametrize("selection", [Selection(), PICKED])
def test_the_code_of_a_query_gives_what_is_shown(
    which: str, selection: Selection, request: pytest.FixtureRequest
) -> None:
    runs: RunTable = request.getfixturevalue(which)
    for asked in (CurveAsked("asked_ner", "half_life_against", WALL),
                  CurveAsked("deterred_ner", "meetings_per_day", NONE, 20),
                  CurveAsked("asked_ner", WALL, NONE)):  # fmt: skip
        curve = curve_of(runs, asked, selection)
        made = run(python(runs.folder, curve.queries))
        pd.testing.assert_frame_equal(made["means"][list(curve.means)], curve.means)
        pd.testing.assert_frame_equal(made["dots"], curve.dots)
    lines = lines_of(runs, [each.name for each in runs.columns], selection)
    pd.testing.assert_frame_equal(run(python(runs.folder, [lines.query]))["lines"], lines.rows)
    query = rows_query(runs, selection, "deterred_ner", down=True)
    pd.testing.assert_frame_equal(run(python(runs.folder, [query]))["runs"], runs.ask(query))


def test_the_file_of_a_selection_holds_its_runs(table: RunTable, tmp_path: Path) -> None:
    file = tmp_path / "runs.csv"
    file.write_bytes(csv_of(table, rows_query(table, PICKED)))
    found = pd.read_csv(file)
    assert len(found) == count_of(table, PICKED)
    assert set(found[WALL]) == {0.0, 1.0}
    assert found["asked_ner"].min() >= 0.25


@pytest.mark.parametrize(
    "question",
    [
        IndexQuestion("asked_ner"),
        IndexQuestion("deterred_ner", "screening"),
        BoxQuestion("asked_ner", "rises_by", 0.2, "first"),
    ],
)
def test_the_code_of_an_analysis_gives_what_is_shown(sobol: RunTable, question: Any) -> None:
    found = analysed(sobol, question)
    made = run(code_of(sobol, question))["found"]
    pd.testing.assert_frame_equal(made.table, found.table)
    assert made.sentences == found.sentences
    assert len(found.table)


def test_indices_are_those_that_the_sample_allows(table: RunTable, sobol: RunTable) -> None:
    assert analysed(sobol, IndexQuestion("asked_ner")).method == "sobol"
    assert analysed(table, IndexQuestion("asked_ner")).method == "screening"


def test_a_question_that_makes_no_sense_is_refused(table: RunTable) -> None:
    with pytest.raises(InputProblem, match="falls_by"):
        analysed(table, BoxQuestion("asked_ner", "falls_by", 2.0))


def test_twenty_thousand_runs_are_asked_quickly(tmp_path: Path) -> None:
    table = RunTable(opened(_large(tmp_path / "large")))
    assert table.counts == (20_000, 0)
    curve_of(table, CurveAsked("asked_ner", "half_life_against", WALL), PICKED)  # SciPy is loaded
    started = time.process_time()
    for column in table.columns:
        bars_of(table, column, PICKED)
    curve = curve_of(table, CurveAsked("asked_ner", "half_life_against", WALL), PICKED)
    lines = lines_of(table, [each.name for each in table.columns], PICKED)
    page_of(table, rows_query(table, PICKED, "asked_ner"), 3, 25)
    assert time.process_time() - started < 3  # some 0.3 s on an idle machine
    assert len(lines.rows) == LINES < count_of(table, PICKED)
    assert len(curve.dots) < curve.cases
    # What is drawn is spread over all runs, whatever their number is.
    assert abs(lines.rows["run"].mean() - 10_000) < 1_000


def _large(folder: Path) -> Path:
    from experiments.sweep import making
    from experiments.sweep.job import Job
    from scenarios.designing import load_design

    levers = [{"intervention": "wall", "field": "compliance", "values": ["0 %", "100 %"]}]
    job = Job(load_design(plain(points=5_000, levers=levers)))
    store = making.make(folder, job, job.families)
    run_number = np.arange(20_000)
    point, rest = run_number // 4, run_number % 4
    columns: dict[str, Any] = {
        "run": run_number, "key": "", "batch": 0, "point": point,
        "levers": (rest // 2).astype(np.int32), "replicate": (rest % 2).astype(np.int32),
    }  # fmt: skip
    for k, name in enumerate(job.uncertain):
        columns[name] = job.points[point, k]
    columns[WALL] = (rest // 2).astype(float)
    rng = np.random.default_rng(1)
    columns["asked_ner"] = 0.5 - 0.0003 * columns["half_life_against"] + rng.normal(0, 0.02, 20_000)
    columns["deterred_ner"] = rng.random(20_000)
    columns |= {"wall_s": 0.1, "error": ""}
    store.write(0, pd.DataFrame(columns), None)
    return folder
