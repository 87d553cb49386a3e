"""The workshop makes the numbers of `waytrust compare`, at once or thoroughly."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import threading
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

import sim.model
from dashboards.app.turns import Turns
from dashboards.languages import language_of
from dashboards.report import report_html
from dashboards.workshop import downloads
from dashboards.workshop.bounds import Size
from dashboards.workshop.comparing import Request, seconds_for, work_of
from dashboards.workshop.jobs import Job, Jobs
from dashboards.workshop.looking import seen
from dashboards.workshop.looks import Looks
from dashboards.workshop.question import Answer, Question
from dashboards.workshop.quick import Quick
from dashboards.workshop.ranking import rank, ranking_table, verdict
from dashboards.workshop.results import Found, found_in
from experiments import compare
from experiments.comparison import Comparison
from experiments.memory import Memory
from experiments.outcome import DAILY
from scenarios import Scenario, load
from tests.report_world import compared

__all__ = ["compared"]

ENGLISH = language_of("en", "report")
PATIENCE = 120.0
SIZE = Size(migrants=400, days=40, replicates=3)
CALM = {"name": "calm", "network": "central_mediterranean", "burn_in": 20, "days": 40}


def leak(share: str = "80 %") -> Scenario:
    act = {"id": "leak", "kind": "data_breach", "start": "10 days", "announced": "2 days",
           "scope": {"node": "agadez"}, "recipient": ["NER"], "share": share}  # fmt: skip
    return load({**CALM, "name": "leak", "interventions": [act]})


def officers(strength: str = "100 %") -> Scenario:
    act = {"id": "officers", "kind": "co_located_enforcement", "start": "10 days", "scope": "all",
           "strength": strength}  # fmt: skip
    return load({**CALM, "name": "officers", "interventions": [act]})


def lived(request: Request) -> Comparison:
    job: Job[Comparison] = Jobs(Turns()).start("me", work_of(request))
    assert job.wait(PATIENCE)
    assert job.problems == ()
    assert job.result is not None
    return job.result


def answers(quick: Quick, question: Question) -> list[Answer]:
    """Every answer to a question, the last one included."""
    found: list[Answer] = []
    over = threading.Event()

    def tell(answer: Answer) -> None:
        found.append(answer)
        if answer.final:
            over.set()

    quick.ask("me", question, tell)
    assert over.wait(PATIENCE)
    assert found[-1].problems == ()
    return found


def test_a_comparison_is_that_of_the_command_line_to_the_last_digit() -> None:
    scenarios = (load(CALM), leak(), officers())
    made = lived(Request(scenarios, SIZE, decompose=False))
    wanted = compare(*scenarios, replicates=3, migrants=400, days=40, threads=1, memory=Memory(0))
    assert made.to_json() == wanted.to_json()


def test_a_comparison_is_cancelled_within_a_second() -> None:
    big = Size(migrants=3_000, days=1_000, replicates=50)
    job: Job[Comparison] = Jobs(Turns()).start("me", work_of(Request((load(CALM), leak()), big)))
    while job.share is None or job.share == 0:
        assert not job.wait(0.01)
    job.cancel()
    assert job.wait(PATIENCE)
    assert job.state == "cancelled"


def test_the_last_quick_answer_is_the_comparison() -> None:
    question = Question(load(CALM), leak(), SIZE)
    last = answers(Quick(Turns(), workers=2), question)[-1]
    wanted = compare(load(CALM), leak(), replicates=3, migrants=400, days=40, memory=Memory(0))
    assert last.replicates == 3
    assert last.comparison.differences.equals(wanted.differences)
    assert "95% interval" in seen(last, ENGLISH).sentence or "exactly" in (
        seen(last, ENGLISH).sentence
    )


def test_a_moved_slider_changes_the_answer_and_lives_only_what_is_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick = Quick(Turns(), workers=1)
    one = replace(SIZE, replicates=1)
    full = answers(quick, Question(load(CALM), officers(), one))[-1]
    begun: list[int] = []
    step = sim.model.TrustModel.step

    def counted(self: Any) -> None:
        begun.append(self.day)
        step(self)

    monkeypatch.setattr(sim.model.TrustModel, "step", counted)
    half = answers(quick, Question(load(CALM), officers("30 %"), one))[-1]
    assert begun == list(range(10, 40))
    assert seen(half, ENGLISH).value != seen(full, ENGLISH).value
    again = answers(quick, Question(load(CALM), officers(), one))[-1]
    assert len(begun) == 30
    assert seen(again, ENGLISH).value == seen(full, ENGLISH).value


def test_only_the_latest_question_is_answered() -> None:
    quick, told, over = Quick(Turns(), workers=1), [], threading.Event()
    quick.ask("me", Question(load(CALM), officers(), replace(SIZE, migrants=3_000)), told.append)
    quick.ask("me", Question(load(CALM), leak(), SIZE), lambda a: a.final and over.set())
    assert over.wait(PATIENCE)
    before = len(told)
    quick.close("me")
    assert all(not answer.final for answer in told)
    assert len(told) == before


def test_who_asks_at_the_same_moment_sees_something_before_another_sees_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("_FIRST", "_NEXT", "_SOON"):
        monkeypatch.setattr(f"dashboards.workshop.looks.{name}", 0.0)
    quick = Quick(Turns(), workers=1)
    one = replace(SIZE, replicates=1)
    answers(quick, Question(load(CALM), officers(), one))  # the baseline is known
    told: list[tuple[str, int | None]] = []
    over = [threading.Event() for _ in range(3)]
    all_asked = threading.Event()

    def ask(number: int) -> None:
        def tell(answer: Answer) -> None:
            all_asked.wait(PATIENCE)  # it is the same moment, however slow this thread is
            told.append((str(number), answer.day))
            if answer.final:
                ends[number] = answer
                over[number].set()

        quick.ask(str(number), Question(load(CALM), officers(f"{20 + number} %"), one), tell)

    ends: dict[int, Answer] = {}
    for number in range(3):
        ask(number)
    all_asked.set()
    assert all(each.wait(PATIENCE) for each in over)
    first_end = next(place for place, (_, day) in enumerate(told) if day is None)
    assert {session for session, _ in told[:first_end]} == {"0", "1", "2"}
    alone = answers(Quick(Turns()), Question(load(CALM), officers("21 %"), one))[-1]
    assert ends[1].comparison.differences.equals(alone.comparison.differences)


@pytest.mark.parametrize(("a_day", "looks"), [(0.001, 0), (0.0021, 1), (0.011, 12)])
def test_a_run_is_looked_at_unless_its_end_is_near(
    monkeypatch: pytest.MonkeyPatch, a_day: float, looks: int
) -> None:
    """On a machine that lives a day in a millisecond, all is shown at once."""
    run = SimpleNamespace(day=0, plan=SimpleNamespace(days=365))
    clock = SimpleNamespace(perf_counter=lambda: a_day * run.day)
    monkeypatch.setattr("dashboards.workshop.looks.time", clock)
    asked, seen = Looks(cast("Any", run), first=True), []
    for day in range(1, 366):
        run.day = day
        if asked.due() and not asked.end_is_near:
            seen.append(a_day * day)
    assert len(seen) == looks
    assert not seen or 0.12 <= seen[0] < 0.12 + a_day
    assert all(0.3 <= apart < 0.3 + 2 * a_day for apart in np.diff(seen))
    assert not seen or a_day * 365 - seen[-1] >= 0.35


def test_what_is_not_whole_is_told_as_such() -> None:
    question = Question(load(CALM), officers(), replace(SIZE, replicates=1))
    (whole,) = (a for a in answers(Quick(Turns()), question) if a.final)
    half = Answer(question, whole.runs, day=20)
    look = seen(half, ENGLISH)
    assert "So far, from day 14 to day 20" in look.sentence
    assert "day 20 of 40" in look.state
    calm, other = (run.by_day[14:20].sum(axis=0) for run in whole.runs[0])
    asked, need = DAILY.index("asked"), DAILY.index("in_need")
    wanted = (other[asked] / other[need]) / (calm[asked] / calm[need]) - 1
    assert ENGLISH.percent(wanted, sign=True) in look.value


def test_time_is_told_before_it_is_spent() -> None:
    small = Request((load(CALM), leak()), SIZE)
    larger = replace(small, size=replace(SIZE, migrants=4_000))
    assert 0 < seconds_for(small, 2) < seconds_for(larger, 2)
    huge = replace(larger, size=replace(SIZE, migrants=400_000))
    assert seconds_for(replace(huge, decompose=True), 2) > 50 * seconds_for(huge, 2)
    assert seconds_for(huge, 1) > 1.5 * seconds_for(huge, 2)


@pytest.fixture(scope="module")
def found(compared: tuple[Comparison, Path]) -> Found:
    return found_in(compared[0])


def test_the_page_shows_the_report(found: Found, compared: tuple[Comparison, Path]) -> None:
    html = downloads.report(found, "en").data.decode()
    written = report_html(compared[1])
    # A table to take away, written in base 64, holds the second at which it was made.
    a, b = (re.sub(r"base64,[A-Za-z0-9+/=]+", "", text) for text in (html, written))
    assert a == b


def test_ranking_has_paired_intervals_and_says_what_chance_may_explain(
    compared: tuple[Comparison, Path],
) -> None:
    comparison = compared[0]
    ranking = rank(comparison)
    assert ranking is not None
    assert {row.name for row in ranking.rows} == {"leak", "both"}
    values = [row.change.value for row in ranking.rows]
    assert values == sorted(values, reverse=True)
    assert next(row for row in ranking.rows if row.name == "leak").back is None

    def rates(name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        sums = [run.by_day[ranking.first :].sum(axis=0) for run in comparison.outcomes(name)]
        return np.array([s[DAILY.index("asked")] / s[DAILY.index("in_need")] for s in sums])

    best, other = ranking.rows
    apart = best.against[other.name]
    assert apart.value == pytest.approx(rates(best.name).mean() / rates(other.name).mean() - 1)
    assert (other.name in best.unsure()) == (not apart.excludes_zero)
    titles = {name: name for name in comparison.names}
    table = ranking_table(ranking, titles, ENGLISH)
    assert len(list(csv.DictReader(io.StringIO(table.csv)))) == 2
    said = verdict(ranking, titles, ENGLISH)
    assert best.name in said
    assert ("chance between runs may explain" in said) == bool(best.unsure())


def test_remedies_bring_back_a_part_of_a_clear_loss(compared: tuple[Comparison, Path]) -> None:
    comparison = compared[0]
    ranking = rank(comparison)
    assert ranking is not None
    both = next(row for row in ranking.rows if row.name == "both")
    if both.back is None:
        return
    leak_row = next(row for row in ranking.rows if row.name == "leak")
    left = both.change.value / leak_row.change.value
    assert both.back.value == pytest.approx(1 - left)
    assert not math.isnan(both.back.low)


def test_one_scenario_alone_is_not_ranked(compared: tuple[Comparison, Path]) -> None:
    comparison = compared[0]
    alone = replace(
        comparison, names=comparison.names[:2], plans=comparison.plans[:2],
        loaded=comparison.loaded[:2], runs=tuple(run[:2] for run in comparison.runs),
    )  # fmt: skip
    assert rank(alone) is None


def test_everything_can_be_taken_away(found: Found) -> None:
    pack = downloads.all_as_zip(found, {"leak": "name: leak\n"}, "fr")
    with zipfile.ZipFile(io.BytesIO(pack.data)) as archive:
        names = set(archive.namelist())
        wanted = {"comparison.json", "differences.csv", "channels.csv", "report.fr.html",
                  "ranking.csv", "as_written/leak.yaml", "manifest.json"}  # fmt: skip
        assert {f"waytrust/{name}" for name in wanted} <= names
        numbers = archive.read("waytrust/differences.csv")
        held = json.loads(archive.read("waytrust/comparison.json"))
    alone = downloads.tables(found).data
    assert alone.removeprefix(b"\xef\xbb\xbf") == numbers
    assert held["scenarios"] == list(found.comparison.names)


def test_scenarios_are_given_as_they_are_written() -> None:
    one = downloads.scenario_files({"mine": "# a comment\nname: mine\n"})
    assert (one.name, one.data) == ("mine.yaml", b"# a comment\nname: mine\n")
    two = downloads.scenario_files({"a": "name: a\n", "b": "name: b\n"})
    with zipfile.ZipFile(io.BytesIO(two.data)) as archive:
        assert archive.read("waytrust/b.yaml") == b"name: b\n"
