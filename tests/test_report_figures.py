"""Figures stand by themselves, and hold what they are made of."""

from __future__ import annotations

import json
import math
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.languages import LANGUAGES, language_of
from dashboards.outlines import Box, borders_in
from dashboards.outlines.making import outlines_of, simplified
from dashboards.report import compare_page, run_page
from dashboards.report.axis import axis_over
from dashboards.report.change import Change
from dashboards.report.files import png
from dashboards.report.labels import Label, spread_labels
from dashboards.report.place_map import change_mark, located
from dashboards.report.reading import read_result
from dashboards.report.svg import FEWER, MORE, colour, dash, sign
from dashboards.report.table import Table
from tests.report_world import LATS, compared, plain, ran

__all__ = ["compared", "ran"]

ENGLISH = language_of("en", "report")
SVG = "{http://www.w3.org/2000/svg}"
finite = st.floats(-1e6, 1e6, allow_nan=False)


@pytest.fixture(scope="module")
def page(compared):
    return compare_page.compare_page(read_result(compared[1]), ENGLISH)


@pytest.fixture(scope="module")
def run_parts(ran):
    return run_page.run_page(read_result(ran), ENGLISH)


def drawn(figure):
    return ET.fromstring(str(figure.svg(alone=True)))


def words_of(figure):
    return [plain("".join(each.itertext())) for each in drawn(figure).iter(f"{SVG}text")]


def test_every_figure_is_named_and_told_in_words(page, run_parts):
    figures = [*page["figures"], *run_parts["figures"]]
    assert len(figures) > 15
    for figure in figures:
        root = drawn(figure)
        assert root.get("role") == "img"
        named = root.get("aria-labelledby").split()
        texts = {e.get("id"): e.text for e in root if e.get("id")}
        assert all(texts[name] for name in named), figure.name
        assert "nan" not in str(figure.content), figure.name
        assert "{" not in figure.title + figure.description
    names = Counter(figure.name for figure in page["figures"])
    assert max(names.values()) == 1


def test_figures_carry_no_style_and_no_address(page):
    for figure in page["figures"]:
        text = str(figure.svg())
        assert "style=" not in text
        assert "http" not in text
        assert "class=" not in text


def test_the_map_shows_the_change_at_the_place_it_happens(page):
    words = words_of(page["maps"]["leak"])
    assert any(word.startswith("Hub") and "-35." in word for word in words)
    assert any(word.startswith("Coast") and "%" not in word for word in words)
    assert "Where people ask less or more often, from day 14 on" in words


def test_what_happens_at_a_service_happens_in_its_town(compared):
    route = read_result(compared[1]).route
    (event,) = route.scenarios[1].interventions
    assert route.struck([event]) == ["hub"]
    door = event.model_copy(update={"scope": {"service_point": ["coast_clinic", "nowhere"]}})
    assert route.struck([event, door]) == ["coast", "hub"]


def test_the_time_course_names_lines_and_events(page):
    words = " ".join(words_of(page["time"]))
    for piece in ("Baseline: The calm one", "A leak at the hub", "day 14: data breach, Hub",
                  "day 21: firewall, Aland", "Day of the simulation"):  # fmt: skip
        assert piece in words


def test_dots_show_each_group_of_each_scenario(page):
    panel = page["panels"][0]
    assert (panel.measure, panel.by) == ("help_seeking_rate", "status")
    words = words_of(panel.figure)
    assert "Irregular status" in words
    assert len([word for word in words if "% (" in word]) == 2 * 7  # nobody of the last status
    assert len(panel.table.rows) == 7


def test_a_place_that_is_nowhere_is_left_off_the_map(compared):
    result = read_result(compared[1])
    lost = [place.model_copy(update={"lat": None}) for place in result.route.places]
    nowhere = result.model_copy(update={"route": result.route.model_copy(update={"places": lost})})
    assert located(nowhere.route) == []
    assert compare_page.compare_page(nowhere, ENGLISH)["maps"] == {}
    one = [lost[0].model_copy(update={"lat": 1.0}), *lost[1:]]
    single = result.model_copy(update={"route": result.route.model_copy(update={"places": one})})
    assert len(compare_page.compare_page(single, ENGLISH)["maps"]) == 2


def test_signs_tell_changes_apart_without_colour():
    clear, more = Change(-0.1, -0.2, -0.05), Change(0.1, 0.05, 0.2)
    marks = [change_mark(change, "X", 0.1, ENGLISH) for change in
             (clear, more, Change(-0.1, -0.2, 0.1), clear._replace(few=True), None)]  # fmt: skip
    assert [mark.shape for mark in marks] == ["down", "up", "circle", "circle", "circle"]
    assert [mark.words != "" for mark in marks] == [True, True, False, False, False]
    assert marks[2].fill != marks[3].fill  # full and hollow
    assert "too few to trust" in marks[3].tip
    assert "%" not in marks[3].tip
    assert len({(dash(n), str(sign(n, 0, 0))) for n in range(7)}) == 7


def luminance(colour_code):
    parts = [int(colour_code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    line = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]


def test_colours_stand_out_from_white():
    for each in (FEWER, MORE, *(colour(n) for n in range(7))):
        assert 1.05 / (luminance(each) + 0.05) >= 3, each


@settings(deadline=None)
@given(finite, finite)
def test_an_axis_holds_its_values_between_round_ticks(one, other):
    axis = axis_over(min(one, other), max(one, other), 0, 100)
    nearly = 1e-6 * max(1.0, abs(one), abs(other))
    assert axis.low <= min(one, other) + nearly
    assert axis.high >= max(one, other) - nearly
    assert 2 <= len(axis.ticks) <= 8
    assert 0 <= axis.at(one) <= 100


def test_ticks_are_told_apart_by_their_digits():
    axis = axis_over(12.5, 25, 0, 1)
    shown = [f"{tick:.{axis.digits}f}" for tick in axis.ticks]
    assert len(set(shown)) == len(shown)
    assert [float(tick) for tick in shown] == list(axis.ticks)


def test_an_axis_of_nothing_is_still_one():
    assert axis_over(math.nan, math.nan, 0, 1).high > 0
    assert axis_over(3, 3, 0, 1).low < 3 < axis_over(3, 3, 0, 1).high


@settings(deadline=None)
@given(st.lists(st.tuples(finite, finite), min_size=2, max_size=40), st.floats(0.1, 1e5))
def test_a_simplified_line_strays_no_farther_than_allowed(points, tolerance):
    line = np.array(points)
    kept = simplified(line, tolerance)
    assert (kept[0] == line[0]).all()
    assert (kept[-1] == line[-1]).all()
    for point in line:
        pieces = pairwise(kept)
        assert min(_from_piece(point, a, b) for a, b in pieces) <= tolerance * 1.001 + 1e-6


def _from_piece(point, a, b):
    length = float((b - a) @ (b - a))
    at = 0.0 if length == 0 else min(1.0, max(0.0, float((point - a) @ (b - a)) / length))
    return float(np.linalg.norm(point - a - at * (b - a)))


def test_outlines_are_made_from_a_topology():
    square = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[0, 0], [0, 5], [0, 5]], [[0, 10], [10, 0]], [[10, 10], [0, -10], [-10, 0]]],
        "objects": {"countries": {"geometries": [
            {"type": "Polygon", "arcs": [[0, 1, 2]]}, {"type": "MultiPolygon", "arcs": [[[~0]]]},
        ]}},
    }  # fmt: skip
    found = outlines_of(square)
    assert found["arcs"][0] == [0, 0, 0, 1000]  # the point in the middle lies on the line
    assert found["countries"] == [[[0, 1, 2]], [[~0]]]


def test_the_land_is_where_it_is():
    rings, shared = borders_in(Box(-20, 5, 25, 42))
    assert all((ring[0] == ring[-1]).all() for ring in rings)
    assert _inside((8.0, 17.0), rings)  # Agadez
    assert not _inside((-15.0, 40.0), rings)  # the Atlantic
    assert shared
    assert len(borders_in(Box(-45, 25, -40, 30))[0]) == 0  # nothing but sea


def test_no_coast_runs_back_across_the_whole_map_where_it_passes_the_180th_meridian():
    rings, shared = borders_in(Box(-180, -60, 180, 85))
    assert all(abs(np.diff(line[:, 0])).max() < 30 for line in [*rings, *shared])
    for far_east in ((178.0, 67.0), (-175.0, 66.5)):  # both sides of Chukotka
        assert _inside(far_east, rings)


def _inside(point, rings):
    x, y = point
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


def test_names_on_a_map_do_not_cover_each_other():
    close = [Label(str(n), "A long name", 100 + 3 * n, 100, 3, False, n) for n in range(8)]
    found = spread_labels(close, 400, 400)
    assert 2 <= len(found) < 8
    assert "7" in found  # the weightiest is placed first
    crowd = [each._replace(important=True) for each in close]
    assert len(spread_labels(crowd, 400, 400)) >= len(found)


def test_pictures_need_no_browser_in_any_language(compared):
    sizes = {}
    for code in LANGUAGES:
        page = compare_page.compare_page(read_result(compared[1]), language_of(code, "report"))
        picture = png(str(page["channels"].svg(alone=True)))
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        sizes[code] = picture
    assert len(set(sizes.values())) == 4


def test_tables_for_programs_hold_plain_numbers():
    cells = [["a", 1.5, math.nan], ["=HYPERLINK()", -2, 0.1 + 0.2]]
    table = Table("t", "", [], [], ("name", "one", "two"), cells)
    assert table.csv.splitlines() == ["name,one,two", "a,1.5,", "'=HYPERLINK(),-2,0.3"]
    assert table.link.startswith("data:text/csv;charset=utf-8;base64,77u/")


def test_every_number_of_the_comparison_is_in_the_tables(compared, page):
    differences = json.loads((compared[1] / "comparison.json").read_text())["differences"]
    row = next(r for r in differences if (r["scenario"], r["measure"], r["by"], r["group"]) ==
               ("leak", "help_seeking_rate", "node", "hub"))  # fmt: skip
    text = page["all_numbers"].csv
    assert f"leak,help_seeking_rate,node,hub,{row['base']:.8g},{row['value']:.8g}" in text
    places = page["places"].csv
    assert "hub,Hub,AAA,transit,-0.35" in places
    assert len(page["days"].records) == 40
    assert {LATS[1]} == {p.lat for p in read_result(compared[1]).route.places if p.id == "hub"}


def test_a_second_answer_is_shown_where_there_is_one(compared):
    result = read_result(compared[1])
    ends = {"difference": -12.0, "low": -14.0, "high": -10.0}
    rows = [{"scenario": "leak", "measure": "asked", "channel": channel, **ends}
            for channel in ("rumour", "direct")]  # fmt: skip
    page = compare_page.compare_page(result.model_copy(update={"decomposition": rows}), ENGLISH)
    both = [[plain(cell) for cell in row] for row in page["decomposition"].rows]
    said = ["A leak at the hub", "Days on which people ask", "-12.0 (-14.0 to -10.0)"]
    assert both == [["News and rumours", *said], ["Without any channel", *said]]
    assert compare_page.compare_page(result, ENGLISH)["decomposition"] is None
