"""The picture of a comparison and the words on it."""

import dataclasses
import math
from threading import Thread

import numpy as np
import pytest

from experiments import compare
from experiments.figures import draw, headline, help_seeking_figure, where_felt
from experiments.intervals import Interval
from experiments.route import along_the_route, distance_from_origins, short_names
from experiments.series import after_the_shock, over_time, route_stops, window
from experiments.words import change_words, first_shock, listed, marks, percent, place_words
from tests.experiment_fakes import SHOCK, FakeScenario, breach, model, network, plan, wall

__all__ = ["model"]


@pytest.fixture
def comparison():
    leak = plan("leak", title="A leak at the hub", interventions=(breach(),))
    both = plan("both", title="A leak, then a wall", interventions=(breach(), wall()))
    return compare(*map(FakeScenario, (plan(), leak, both)), replicates=3)


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-")


def test_pictures_are_made(comparison, tmp_path):
    png, svg = draw(comparison, tmp_path)
    assert png.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert png.stat().st_size > 20_000
    text = svg.read_text()
    assert "<svg" in text
    assert "<text" not in text  # letters are drawn, so no font is needed
    assert headline(comparison)[:30] in text  # said in words for those who cannot see it


def test_the_same_numbers_give_the_same_picture(comparison, tmp_path):
    (tmp_path / "again").mkdir()
    first, second = draw(comparison, tmp_path), draw(comparison, tmp_path / "again")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_pictures_may_be_drawn_in_threads(comparison, tmp_path):
    folders = [tmp_path / str(number) for number in range(3)]
    for folder in folders:
        folder.mkdir()
    threads = [Thread(target=draw, args=(comparison, folder)) for folder in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({(folder / "help_seeking.svg").read_bytes() for folder in folders}) == 1


def test_the_picture_names_every_line_event_and_place(comparison):
    figure = help_seeking_figure(comparison)
    words = "\n".join(t.get_text() for t in figure.findobj(match=lambda a: hasattr(a, "get_text")))
    for piece in (
        "Baseline: The calm one", "A leak at the hub", "A leak, then a wall", "Village", "Island",
        "day 14: data breach, Hub", "day 21: firewall, Aland", "data breach here",
    ):  # fmt: skip
        assert piece in words


def test_the_headline_is_made_from_the_numbers(comparison):
    change = after_the_shock(comparison, "leak")
    said = plain(headline(comparison))
    assert said.startswith(f"From day {SHOCK} on, people in need ask for help")
    assert f"{-100 * change.value:.1f} % less often" in said
    felt = plain(where_felt(comparison))
    assert "largest at Hub" in felt
    assert "clear at 1 of 4 places" in felt


def test_no_difference_is_called_no_clear_change(tmp_path):
    found = compare(FakeScenario(plan()), FakeScenario(plan("same")), replicates=2)
    assert "no clear change" in headline(found)
    assert "no single place" in where_felt(found)
    assert draw(found, tmp_path)[0].stat().st_size > 20_000


def test_one_short_run_can_be_drawn(tmp_path):
    two = (FakeScenario(plan()), FakeScenario(plan("leak", interventions=(breach(),))))
    found = compare(*two, replicates=2, days=3)
    assert window(found) == (0, 2)
    assert draw(found, tmp_path)[1].exists()


def test_lines_start_together_and_bands_are_of_the_difference(comparison):
    bands = over_time(comparison)
    base, leak = bands["calm"], bands["leak"]
    assert np.array_equal(base.value[:SHOCK], leak.value[:SHOCK])
    assert leak.high[:SHOCK] - leak.low[:SHOCK] == pytest.approx(0)
    assert (leak.high[20:] < base.value[20:]).all()


def test_stops_show_where_it_happened(comparison):
    changes = {stop.node: stop.change.value for stop in route_stops(comparison, "leak")}
    assert changes["hub"] == pytest.approx(-16 / 44, abs=0.02)  # 2 of 4 to 7 stay away
    assert changes["island"] == 0


def test_the_route_runs_from_origin_to_destination():
    assert along_the_route(network()) == ["village", "hub", "coast", "island"]
    assert distance_from_origins(network())["island"] == 1600
    legs = network().legs
    cut = dataclasses.replace(network(), legs=legs[legs["to"] != "coast"])
    assert math.isinf(distance_from_origins(cut)["island"])


def test_places_of_return_come_first():
    nodes = network().nodes.replace({"journey_step": {"arrival": "return"}})
    assert along_the_route(dataclasses.replace(network(), nodes=nodes))[0] == "island"


def test_short_names():
    nodes = network().nodes.replace({"name": {"Hub": "An exceedingly long name of a place"}})
    names = short_names(dataclasses.replace(network(), nodes=nodes))
    assert names == {"coast": "Coast", "hub": "Hub", "village": "Village", "island": "Island"}


def test_marks_are_what_the_baseline_lacks():
    calm, leak = plan(interventions=(wall(),)), plan("leak", interventions=(breach(), wall()))
    assert [(mark.day, mark.nodes) for mark in marks(calm, leak)] == [(SHOCK, ("hub",))]
    assert first_shock(calm, [leak]) == SHOCK
    assert first_shock(calm, [calm]) == 0
    early = breach().model_copy(update={"announced": -4})
    assert first_shock(calm, [plan(interventions=(early,))]) == SHOCK - 4


@pytest.mark.parametrize(
    ("share", "words"), [(0.0321, "3.2 %"), (-0.5, "-50.0 %"), (-0.0001, "0.0 %"), (1, "100.0 %")]
)
def test_percentages(share, words):
    assert plain(percent(share)) == words


def test_changes_in_words():
    assert plain(change_words(Interval(-0.05, -0.06, -0.04))) == "5.0 % less often (4.0 to 6.0 %)"
    assert plain(change_words(Interval(0.05, 0.04, 0.06))) == "5.0 % more often (4.0 to 6.0 %)"
    assert plain(change_words(Interval(0.01, -0.01, 0.03))) == "no clear change (-1.0 % to +3.0 %)"
    assert change_words(Interval(math.nan, math.nan, math.nan)) == "not known"
    unsure = Interval(-0.05, math.nan, math.nan)
    assert plain(change_words(unsure)) == "5.0 % less often (interval not known)"


def test_bootstrap_intervals_are_drawn(tmp_path):
    two = (FakeScenario(plan()), FakeScenario(plan("leak", interventions=(breach(),))))
    found = compare(*two, replicates=8, interval="bootstrap")
    student = compare(*two, replicates=8)
    change, other = (after_the_shock(each, "leak") for each in (found, student))
    assert change.value == pytest.approx(other.value)
    assert change.low != other.low
    assert (over_time(found)["leak"].low != over_time(student)["leak"].low)[SHOCK:].any()
    assert draw(found, tmp_path)[0].stat().st_size > 20_000


def test_lists_in_words():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert place_words(list("abcde")) == "a, b, c and 2 more"
