"""Charts are drawn by Vega as they are sent to the page, and long work is begun and ended well."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pytest
import vl_convert
from explore_stores import calibrated, plain, swept

from dashboards.explore import analyses, vega
from dashboards.explore.analyses import BoxQuestion, Desk, IndexQuestion, analysed
from dashboards.explore.charts.boxes import cases_chart, limited, limits_chart
from dashboards.explore.charts.curves import curve_chart
from dashboards.explore.charts.fits import (
    correlation_chart,
    pair_chart,
    parameter_chart,
    target_chart,
)
from dashboards.explore.charts.indices import index_chart, panels_of
from dashboards.explore.charts.look import DARK, LIGHT, spec_text
from dashboards.explore.curve import CurveAsked, curve_of
from dashboards.explore.example import DESIGN, Example
from dashboards.explore.fit import Fit
from dashboards.explore.place import opened
from dashboards.explore.runs import RunTable
from dashboards.explore.selection import Selection


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> RunTable:
    return RunTable(opened(swept(tmp_path_factory.mktemp("s") / "s", plain("sobol", 16))))


def drawn(spec: dict[str, Any], look: Any = LIGHT) -> str:
    """The chart as SVG; Vega-Lite's warnings would be lost, so its faults must raise."""
    text = json.loads(spec_text(spec, look))
    if text.get("width") == "container":  # there is none outside of a page
        text["width"] = 600
    found: str = vl_convert.vegalite_to_svg(json.dumps(text))
    assert "NaN" not in found.replace("NaN</text>", "")
    return found


def test_a_curve_names_its_levers_and_shows_its_intervals(table: RunTable) -> None:
    curve = curve_of(
        table, CurveAsked("asked_ner", "half_life_against", "wall.compliance"), Selection()
    )
    names = {0.0: "0 %", 0.5: "50 %", 1.0: "100 %"}
    column = table.column("half_life_against")
    for look in (LIGHT, DARK):
        svg = drawn(curve_chart(curve, column, names, look, legend="wall", across="days"), look)
        assert all(f">{name}<" in svg for name in (*names.values(), "wall", "days", "asked_ner"))
        assert look.paper in svg
    lever = curve_of(table, CurveAsked("asked_ner", "wall.compliance"), Selection())
    column = table.column("wall.compliance")
    assert ">100 %<" in drawn(curve_chart(lever, column, {"": ""}, LIGHT, legend="", across="wall"))


def test_indices_are_ranked_and_what_is_chance_is_told_apart(table: RunTable) -> None:
    found = analysed(table, IndexQuestion("asked_ner"))
    words = {"axis": "share", "clear": "clear", "unclear": "unclear"}
    spec = index_chart(found, panels_of(found)[0], LIGHT, **words)  # type: ignore[arg-type]
    rows = spec["data"]["values"]
    assert rows[0]["parameter"].startswith("half_life_against")
    assert rows[0]["kind"] == "clear"
    assert {row["kind"] for row in rows[1:]} == {"unclear"}
    assert ">half_life_against *<" in drawn(spec)


def test_boxes_show_what_of_each_range_is_inside(table: RunTable) -> None:
    found: Any = analysed(table, BoxQuestion("asked_ner", "below", 0.3))
    spec = limits_chart(found, LIGHT, axis="share", box="box")
    first = spec["data"]["values"][0]
    assert "half_life_against" in first["row"]
    assert 0 < first["low"] < 1 == first["high"]
    assert "days" in drawn(spec)
    one, *others = limited(found)
    other = others[0] if others else None
    assert "hit" in drawn(cases_chart(found, one, other, DARK, hit="hit", miss="miss"), DARK)


def test_the_charts_of_a_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.calibration.writing._draw", lambda *_: None)
    fit = Fit(opened(calibrated(tmp_path / "fit")))
    words = {"before": "before", "after": "after"}
    assert ">T07<" in drawn(target_chart(fit.targets, LIGHT, axis="value", **words))
    assert "half life against (log)" in drawn(parameter_chart(fit, DARK, **words), DARK)
    assert "base_rate_danger" in drawn(correlation_chart(fit, LIGHT))
    assert "1000" in drawn(pair_chart(fit, "half_life_against", "base_rate_danger", LIGHT))


def test_vega_is_made_once_and_asks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYTRUST_CACHE", str(tmp_path))
    monkeypatch.setattr(vl_convert, "javascript_bundle", lambda: "window.vegaEmbed = 1;")
    vega.folder.cache_clear()
    made = vega.folder()
    assert made.is_relative_to(tmp_path)
    assert [each.name for each in made.iterdir()] == [vega.NAME]
    monkeypatch.setattr(vl_convert, "javascript_bundle", lambda: 1 / 0)
    vega.folder.cache_clear()
    assert vega.folder() == made
    vega.folder.cache_clear()


def test_what_nobody_waits_for_is_not_begun(
    table: RunTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, made = threading.Event(), []

    def slow(_: RunTable, question: Any, tick: Any) -> Any:
        gate.wait(20)
        made.append(question.outcome)
        return question.outcome

    monkeypatch.setattr(analyses, "analysed", slow)
    desk, first, second = Desk(), IndexQuestion("asked_ner"), IndexQuestion("deterred_ner")
    one = desk.begin(table, first)
    assert desk.begin(table, first) is one
    other = desk.begin(table, second)
    here, there = desk.wait(table, second), desk.wait(table, second)
    here()
    assert not other.cancelled()
    there()
    assert other.cancelled()
    again = desk.begin(table, second)
    gate.set()
    assert (one.result(20), again.result(20)) == ("asked_ner", "deterred_ner")
    assert made == ["asked_ner", "deterred_ner"]


def test_what_nobody_waits_for_any_more_ends_before_its_next_search(
    table: RunTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates = [threading.Event(), threading.Event()]

    def slow(_: RunTable, question: Any, tick: Any) -> str:
        tick(0, 2)
        gates[0].set()
        assert gates[1].wait(20)
        tick(1, 2)
        return "found"

    monkeypatch.setattr(analyses, "analysed", slow)
    desk, question = Desk(), IndexQuestion("asked_ner")
    work, leave = desk.begin(table, question), desk.wait(table, question)
    assert gates[0].wait(20)
    leave()
    again = desk.begin(table, question)
    gates[1].set()
    with pytest.raises(CancelledError):
        work.result(20)
    assert again.result(20) == "found"
    desk.wait(table, question)()  # what was found is kept
    assert desk.begin(table, question) is again


def test_the_example_is_a_design_that_can_be_run() -> None:
    from scenarios.designing import load_design, runs_of

    design = load_design(DESIGN)
    assert runs_of(design) == 320
    assert not design.warnings


def test_an_example_that_is_stopped_goes_on_or_is_told_to_have_failed(tmp_path: Path) -> None:
    example = Example(tmp_path / "out", DESIGN)
    assert example.state.kind == "none"
    example.watch()
    example.start()
    example.start()  # it runs already
    assert example.state.kind == "running"
    example.leave()  # nobody looks any more
    assert example.state.kind == "stopped"
    broken = tmp_path / "broken.yaml"
    broken.write_text("name: [")
    example = Example(tmp_path / "out", broken)
    example.start()
    until = time.monotonic() + 60
    while example.state.kind == "running":
        assert time.monotonic() < until
        time.sleep(0.05)
    assert example.state.kind == "failed"
    assert "broken.yaml" in example.state.why
