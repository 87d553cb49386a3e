"""Targets of every kind: what they take from others, which scenarios they ask, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.targets import Target, chosen, pose, read_targets, targets_text, written_in
from scenarios import load
from scenarios.quantity import Group, Place, Window
from sim.problems import InputProblem
from tests.target_files import EVERY_KIND, written

OF_THE_FORMS = """
targets:
  - {id: T08, kind: level, scenario: central_mediterranean, question: danger, answer: agree,
     group: {status: irregular}, day: 364, observed: 0.37, low: 0.31, high: 0.43}
  - id: drop
    kind: relative_change
    scenario: clinic_police
    baseline: central_america
    measure: asked
    per: in_need
    group: {status: [irregular], need: physical, urgency: routine, money: poorest_third, exposed: true}
    place: {node: tijuana}
    window: {after: officers.start, from: 0 days, to: 90 days}
    observed: -0.30
    low: -0.40
    high: -0.15
  - {id: heals, kind: remaining_share, of: drop, window: {after: officers.end, from: 90 days, to: 180 days}, observed: 0.5, low: 0.3, high: 0.8}
  - {id: safe, kind: relative_change, like: drop, group: {exposed: false}, observed: 0, low: -0.03, high: 0.03}
  - {id: remote, kind: ratio, of: drop, place: {not_node: tijuana}, observed: 0.5, low: 0.2, high: 0.8}
"""  # noqa: E501 (as it stands where others read it)


def test_what_is_not_given_comes_from_like_or_of(tmp_path: Path):
    found = {each.id: each for each in pose(written_in(written(tmp_path, OF_THE_FORMS)))}
    drop, heals, safe, remote = (found[name] for name in ("drop", "heals", "safe", "remote"))
    assert heals.value.quantity.group == drop.value.quantity.group
    assert heals.value.quantity.window == Window(90, 180, "officers.end")
    # A field given replaces the whole field: neither need nor money is left.
    assert safe.quantity.group == Group(exposed=False)
    assert safe.quantity.place == drop.quantity.place
    assert remote.quantity.place == Place(not_node=("tijuana",))
    assert heals.of is not None
    assert [value.quantity.name for value in heals.values] == ["heals", "drop"]
    assert heals.value.kind == remote.value.kind == "relative_change"


def test_a_baseline_is_counted_over_the_same_days(tmp_path: Path):
    (_, drop, *_) = pose(written_in(written(tmp_path, OF_THE_FORMS)))
    one, base = drop.value.sides
    assert one.quantity.window == base.quantity.window == Window(90, 180)
    assert (one.plan.name, base.plan.name) == ("clinic_police", "central_america")
    assert (one.plan.seed, one.plan.migrants) == (base.plan.seed, base.plan.migrants)


def test_a_field_left_empty_is_taken_from_nobody(tmp_path: Path):
    file = written(tmp_path, EVERY_KIND.replace("group: {exposed: false}", "group: "))
    safe = next(each for each in pose(written_in(file)) if each.id == "safe")
    assert safe.quantity.group == Group()


def test_a_question_drops_what_belongs_to_a_measure(tmp_path: Path):
    told = next(each for each in pose(written_in(written(tmp_path))) if each.id == "told")
    asked = told.quantity
    assert (asked.measure, asked.per, asked.window, asked.day) == ("", "", Window(), 45)
    assert asked.place == Place(step=("border", "transit"))


def test_scenarios_in_the_file_beside_it_and_in_the_library(tmp_path: Path):
    (tmp_path / "beside.yaml").write_text("extends: clinic_police\ndays: 300\n", encoding="utf-8")
    (tmp_path / "base.yaml").write_text("extends: central_america\ndays: 300\n", encoding="utf-8")
    text = OF_THE_FORMS.replace("clinic_police", "beside").replace("central_america", "base.yaml")
    text = text.replace("to: 180 days", "to: 110 days")
    found = pose(written_in(written(tmp_path, text)))
    assert [each.value.scenario.days for each in found] == [365, 300, 300, 300, 300]
    assert found[1].value.scenario.name == "beside"
    own = pose(written_in(written(tmp_path)))
    assert own[1].value.plan.days == 60
    assert own[1].value.scenario.people == 30000  # police extends quiet, of the same file


def test_a_level_over_another_and_a_quotient_like_another(tmp_path: Path):
    text = EVERY_KIND + """
  - {id: by_status, kind: ratio, of: fear, group: {status: regular}, observed: 0.5, low: 0.3,
     high: 0.8}
  - {id: by_other, like: by_status, group: {status: asylum_seeker}}
"""
    found = {each.id: each for each in pose(written_in(written(tmp_path, text)))}
    ratio, like = found["by_status"], found["by_other"]
    assert (ratio.kind, ratio.value.kind) == ("ratio", "level")
    assert ratio.of is not None
    assert ratio.of.quantity.group == Group(status=("irregular",))
    assert (like.kind, like.of, like.observed, like.low) == ("ratio", ratio.of, 0.5, 0.3)
    assert like.quantity.group == Group(status=("asylum_seeker",))


def test_days_and_migrants_of_a_target(tmp_path: Path):
    text = EVERY_KIND.replace("day: 50,", "day: 40, days: 45, migrants: 90,")
    fear = pose(written_in(written(tmp_path, text)))[0]
    assert (fear.value.plan.days, fear.value.plan.migrants) == (45, 90)
    late = EVERY_KIND.replace("day: 50,", "day: 50, days: 45,")
    with pytest.raises(InputProblem, match="lies after the run of 45 days"):
        pose(written_in(written(tmp_path, late)))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("kind: relative_change\n", "kind: relative_chnage\n", "did you mean relative_change"),
        ("    baseline: quiet\n", "", "needs a scenario to compare with"),
        ("baseline: quiet\n", "baseline: quite\n", "did you mean quiet"),
        ("baseline: quiet\n", "baseline: central_mediterranean\n", "on another network"),
        ("scenario: police\n", "scenario: [police]\n", "not the name of a scenario"),
        ("like: drop, group", "like: drob, group", "did you mean drop"),
        ("like: drop, group", "like: safe, group", "leads back to this target itself"),
        ("kind: ratio, of: drop", "kind: ratio, of: heals", "itself divided"),
        ("kind: remaining_share, of: drop", "kind: remaining_share, of: fear", "is a level"),
        ("kind: remaining_share, of: drop", "kind: remaining_share", "needs the target"),
        ("kind: ratio, of: drop", "of: drop", "what kind of target"),
        ("kind: ever, scenario", "kind: ever, of: drop, scenario", "means nothing for a target"),
        ("after: officers.start", "after: officer.start", "did you mean officers.start"),
        ("from: 0 days, to: 20 days}\n    observed", "from: 0 days, to: 50 days}\n    observed",
         "after the run of 60 days"),
        ("node: tijuana", "node: tijuna", "did you mean tijuana"),
        ("measure: deterred", "measure: deterrred", "did you mean deterred"),
        ("measure: deterred", "measure: deaths", "away.kind: asked of the scenario police: deaths"),
        ("fitted: yes", "fitted: perhaps", "fitted"),
        ("observed: -0.30", "observed: -0.50", "does not lie from low"),
        ("days: 60\n", "days: sixty\n", "days"),
        ("extends: quiet\n", "extends: police\n", "police"),
        ("        scope: {country: MEX}", "        scope: {country: MEXX}", "did you mean MEX"),
        ("title: Fewer", "titel: Fewer", "did you mean title"),
        ("migrants: 400", "migrants: 400, other: 3", "other"),
        ("targets:", "targets: 3\nothers:", "no targets are listed"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_stands(tmp_path: Path, before: str, after: str, said: str):
    assert before in EVERY_KIND
    file = written(tmp_path, EVERY_KIND.replace(before, after, 1))
    with pytest.raises(InputProblem) as caught:
        pose(written_in(file))
    text = str(caught.value)
    assert said.casefold() in text.casefold()
    assert str(file) in text
    assert all(problem.line for problem in caught.value.problems)


def test_scenarios_that_nobody_asks_are_checked_too(tmp_path: Path):
    text = EVERY_KIND.replace("  quiet:", "  unused: {extends: nothing_like_it}\n  quiet:")
    with pytest.raises(InputProblem, match="no scenario 'nothing_like_it' to extend"):
        written_in(written(tmp_path, text))


def test_scenarios_may_be_a_list(tmp_path: Path):
    listed = EVERY_KIND.replace("  quiet:\n", "  - name: quiet\n").replace(
        "  police:\n", "  - name: police\n")
    found = pose(written_in(written(tmp_path, listed)))
    assert found[1].value.scenario == pose(written_in(written(tmp_path)))[1].value.scenario
    nameless = listed.replace("  - name: quiet\n", "  - title: quiet\n")
    with pytest.raises(InputProblem, match="needs a name"):
        written_in(written(tmp_path, nameless))


def test_targets_of_every_kind_are_written_and_read_again(tmp_path: Path):
    posed = pose(written_in(written(tmp_path)))
    again = written(tmp_path, targets_text(posed), "again.yaml")
    assert pose(written_in(again)) == posed
    # A part of them: what a quotient is divided by comes along.
    heals = [each for each in posed if each.id == "heals"]
    part = written(tmp_path, targets_text(heals), "part.yaml")
    assert pose(chosen(["heals"], written_in(part))) == tuple(heals)


def test_levels_of_ordinary_times_are_asked_of_another_scenario(tmp_path: Path):
    other = load("central_america")
    found = {each.id: each for each in read_targets(written(tmp_path), other)}
    assert found["fear"].value.scenario is other
    assert found["away"].value.scenario.name == "police"  # something happens in it
    assert found["drop"].value.scenario.name == "police"


def test_what_is_asked_of_everybody_is_written_so(tmp_path: Path):
    """A quotient takes what it does not say from below its line, where only some are asked."""
    text = EVERY_KIND + """
  - {id: wide, kind: ratio, of: drop, group: , place: {country: MEX}, observed: 1, low: 0, high: 2}
"""
    (wide,) = pose(chosen(["wide"], written_in(written(tmp_path, text))))
    assert not any(vars(wide.quantity.group).values())
    again = written(tmp_path, targets_text([wide]), "again.yaml")
    assert chosen_of(again, "wide") == wide


def chosen_of(file: Path, name: str) -> Target:
    """One target of a file."""
    (found,) = pose(chosen([name], written_in(file)))
    return found
