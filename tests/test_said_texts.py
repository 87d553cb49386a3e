"""Sentences that pages show remember how they were made, so that other languages can tell them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import scenarios
from dashboards import catalogs
from dashboards.explore.fit import Fit
from dashboards.explore.place import opened, shipped
from dashboards.languages import LANGUAGES, language_of
from dashboards.story.shelf import State
from dashboards.story.stories import story_named
from experiments import limits, surveys, writing
from experiments.compare import compare
from experiments.comparing import checking
from experiments.comparing.telling import Telling
from experiments.continuing import check_same, check_whole
from experiments.posterior import Posterior
from experiments.sweep.making import _ELSEWHERE
from scenarios.designing import load_design, telling
from scenarios.model_words import model_word
from scenarios.naming import Names
from scenarios.quantity import BY_PERSON, COUNTED, RATES, Group, Place, Quantity, Window
from scenarios.quantity_words import quantity_words
from sim.codes import MONEY, NEEDS, STATUSES, STEPS, URGENCIES
from sim.problems import InputProblem
from sim.said import Amount, Heading, Listed, Said, Share
from sim.survey.questions import CELLS

DESIGNS = sorted(path.stem for path in Path("scenarios/designs").glob("*.yaml"))


@pytest.fixture(scope="module")
def gathered() -> set[str]:
    return {message.id for message in catalogs.template("said") if message.id}


def leaves(text: object, gathered: set[str]) -> Iterator[str]:
    """Plain texts within one that remembers how it was made; its templates must be gathered."""
    if isinstance(text, Said):
        assert text.template in gathered, text.template
        for value in text.values.values():
            yield from leaves(value, gathered)
    elif isinstance(text, Listed):
        for word in text.words:
            yield from leaves(word, gathered)
    elif isinstance(text, str) and not isinstance(text, Share | Amount | Heading):
        yield text


def told_everywhere(text: str) -> None:
    for code in LANGUAGES:
        assert language_of(code, "report").told(text)
    assert language_of("en", "report").told(text) == text


@pytest.mark.parametrize("name", DESIGNS)
def test_designs(name: str, gathered: set[str]) -> None:
    design = load_design(name)
    route = design.scenario.route
    known = {design.scenario.title, design.scenario.name, *design.constants,
             *(each.question for each in design.outcomes),
             *(each.window.after for each in design.outcomes),
             *(n.partition(" (")[0] for n in route.nodes["name"]), *route.organisations["name"],
             *route.countries["name"]}  # fmt: skip
    said = [telling.about(design), telling.counts(design)]
    said += [words for _, words in telling.outcome_rows(design)]
    said += [words for _, words, _ in telling.uncertain_rows(design)]
    for text in said:
        assert isinstance(text, Said | Listed)
        assert set(leaves(text, gathered)) <= known
        told_everywhere(text)


@pytest.mark.parametrize(
    "asked",
    [
        Quantity("x", "asked", "in_need", Group(STATUSES, NEEDS, URGENCIES, MONEY, exposed=True)),
        Quantity("x", "unmet", ever=True, group=Group(exposed=False), window=Window(3), daily=True),
        Quantity("x", "willingness", place=Place(("on_the_way",), ("tijuana",), ("MEX",), STEPS)),
        Quantity("x", "served", place=Place(organisation=("x",), family=("ngo", "un"))),
        Quantity("x", question="trust", answer="high", day=9, window=Window(0, 9, "x")),
    ],
)  # fmt: skip
def test_quantities(asked: Quantity, gathered: set[str]) -> None:
    text = quantity_words(asked, Names(scenarios.load("clinic_police").route))
    assert isinstance(text, Said | Listed)
    assert set(leaves(text, gathered)) <= {"x", "Tijuana", "Mexico", "trust"}
    told_everywhere(text)


def test_scopes(gathered: set[str]) -> None:
    for name in scenarios.library_names():
        scenario = scenarios.load(name)
        route = scenario.route
        known = {*route.points["id"], *route.organisations["name"], *route.countries["name"],
                 *(n.partition(" (")[0] for n in route.nodes["name"])}  # fmt: skip
        for item in scenario.interventions:
            text = Names(route).where(item.scope)
            assert isinstance(text, Said | Listed) or not text
            assert set(leaves(text, gathered)) <= known | {""}


def test_every_word_of_the_model_is_known() -> None:
    answers = [cell.answer for cell in CELLS]
    for name in (*STATUSES, *NEEDS, *URGENCIES, *MONEY, *STEPS, *BY_PERSON, *COUNTED, *RATES,
                 "present", *answers):  # fmt: skip
        assert isinstance(model_word(name), Said), name
        assert model_word(name) == name.replace("_", " ")
    assert type(model_word("some_thing")) is str


def test_the_calibration_that_ships(gathered: set[str]) -> None:
    fit = Fit(shipped())
    assert fit.words == fit.summary["words"]
    known = {*fit.parameters["name"], *fit.targets["id"]}
    for text in fit.words:
        assert isinstance(text, Said | Listed)
        assert {name for leaf in leaves(text, gathered) for name in leaf.split(", ")} <= known
        told_everywhere(text)
    assert any("0,51" in language_of("fr", "report").told(text) for text in fit.words)


@pytest.mark.parametrize(
    ("changes", "made"),
    [
        ({}, True),
        ({"stopped": "patience", "emulators": [], "epsilon": None}, True),
        ({"stopped": "unheard of", "emulators": []}, False),
        ({"unusable": 7, "words": ["7 sets of parameters ...; the first: ValueError: 1.5."]}, True),
        ({"unusable": 7, "words": ["as it was told."]}, False),
        ({"together": None}, False),
    ],
)  # fmt: skip
def test_a_calibration_of_which_less_is_known(
    changes: dict[str, Any], made: bool, tmp_path: Path
) -> None:
    folder = shutil.copytree(shipped().folder, tmp_path / "fit", ignore=lambda *_: ["fold_A"])
    facts = {**json.loads((folder / "summary.json").read_text()), "words": ["as it was told."]}
    facts = {name: value for name, value in {**facts, **changes}.items() if value is not None
             or name == "epsilon"}  # fmt: skip
    (folder / "summary.json").write_text(json.dumps(facts))
    (folder / "manifest.json").write_text('{"waytrust": "1", "kind": "calibration"}')
    words = Fit(opened(folder)).words
    assert all(isinstance(text, Said) for text in words) == made
    assert (words == ["as it was told."]) != made
    if made and facts["unusable"]:
        assert words[-1].endswith("; the first: ValueError: 1.5.")


def plan(**changes: Any) -> Any:
    usual = {"name": "a", "days": 5, "people": 1e6, "migrants": 100, "nodes": [1]}
    found = {**usual, **changes}
    return SimpleNamespace(network=SimpleNamespace(nodes={"id": found.pop("nodes")}), **found)


def pairs(**changes: Any) -> None:
    checking.check_pairs([plan(), plan(name="b", **changes)], None, free_days=True)


def going_on(described: dict[str, Any], *, code: str = "", done: str = "") -> None:
    from sim.compiling import code_hash

    Path("described.json").write_text(json.dumps(described))
    manifest = {"hashes": {"code": code or code_hash()}}
    check_same(Path(), manifest, {"a": 1}, what="sweep", otherwise=_ELSEWHERE, done=done)


REFUSED: list[Callable[[], object]] = [
    lambda: limits.check_size(0, None, None),
    lambda: limits.check_workers(3, "slurm"),
    lambda: limits.check_workers(-1, None),
    lambda: limits.check_engine("x"),
    lambda: limits.check_half_width(3.0),
    lambda: checking.check_interval("z", 5, adding=False),
    lambda: checking.check_interval("bootstrap", 3, adding=False),
    lambda: checking.check_wanted(0.1, 0.1),
    lambda: checking.check_wanted(3.0, None),
    lambda: checking.check_decomposition(4, decompose=False),
    lambda: checking.check_decomposition(3, decompose=True),
    lambda: pairs(nodes=[2]),
    lambda: pairs(days=6),
    lambda: pairs(migrants=300),
    lambda: compare("agadez_breach"),
    lambda: Posterior.named("nowhere"),
    lambda: going_on({"a": 2}),
    lambda: going_on({"a": 1}, code="b", done=Said("{done} of its {batches} batches are done",
                                                   done=1, batches=2)),
    lambda: going_on({"a": 1}, code="b"),
    lambda: check_whole(Path("x"), {}, frozenset({"hashes"})),
    lambda: writing.check_place("described.json", "run"),
    lambda: writing.check_place("described.json/x", "run"),
    lambda: writing.check_place(".", "calibration"),
    lambda: surveys.survey_run("nowhere"),
    lambda: story_named("x"),
]  # fmt: skip


@pytest.mark.parametrize("refused", REFUSED)
def test_refusals(
    refused: Callable[[], object], gathered: set[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "described.json").write_text("{}")
    with pytest.raises(InputProblem) as found:
        refused()
    for problem in found.value.problems:
        for text in (problem.message, problem.suggestion):
            assert isinstance(text, Said | Listed) or not text
            words = {leaf.strip("'") for leaf in leaves(text, gathered)}
            assert not any(len(word.split()) > 3 for word in words), words
            told_everywhere(text or "-")
    why = State(error=str(found.value), problem=found.value).why(language_of("en", "report"))
    assert why == str(found.value)


@pytest.mark.parametrize(("permutations", "replicates"), [(None, 5), (4, 5), (None, None),
                                                          (4, None)])  # fmt: skip
def test_what_a_comparison_tells_on_its_way(
    permutations: int | None, replicates: int | None, gathered: set[str]
) -> None:
    said: list[str] = []
    names = ("agadez_breach", "agadez_breach_firewall")
    plans = [scenarios.load(name).plan() for name in names]
    teller = Telling(plans, replicates, 2, None, said.append)
    game = teller.game(permutations)
    teller.timed(lambda *_: ())(teller.counter(), 0)
    teller.next_counter(game, [()])
    assert len(said) == 2
    for text in said:
        assert isinstance(text, Said | Listed)
        assert list(leaves(text, gathered)) == []
        told_everywhere(text)
