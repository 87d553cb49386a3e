"""Forms and text say the same, for every kind of intervention, and comments stay."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.languages import language_of
from dashboards.meanings import about
from dashboards.workshop import editing, forms
from dashboards.workshop.bounds import BOUNDS
from dashboards.workshop.fields import fields_of, options_of, shown, written
from dashboards.workshop.reading import decoded, library_text, read
from dashboards.workshop.shelf import Shelf, library_of, routes
from scenarios import library_names, load
from sim.interventions import KINDS
from sim.problems import InputProblem

ENGLISH = language_of("en", "report")
NETWORK = load("central_mediterranean").route
EMPTY = "name: mine\nextends: central_mediterranean\n"


def begun(kind: str) -> str:
    """A scenario in which one thing of this kind happens, and what it needs."""
    text = EMPTY
    if kind == "rebuttal":
        text = editing.add(text, forms.first_entry("rumour", read(text), NETWORK))
    return editing.add(text, forms.first_entry(kind, read(text), NETWORK))


def fields_in(text: str) -> list[dict[str, Any]]:
    sections = forms.form_of(read(text), NETWORK, ENGLISH)
    return [field for section in sections[1:] for part in ("fields", "more", "scope")
            for field in section[part]]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_can_be_added_with_one_press(kind: str) -> None:
    reading = read(begun(kind))
    assert reading.errors == ()
    assert reading.scenario is not None
    assert reading.scenario.interventions[-1].kind == kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_registry_stands_in_the_form(kind: str) -> None:
    cls = KINDS[kind]
    silent = cls.only_words or cls.only_deeds
    wanted = set(cls.model_fields) - {"id", "kind", "scope"} - ({"announced"} if silent else set())
    named = {field["id"].split("/")[2] for field in fields_in(begun(kind))
             if field["id"].startswith(f"act/{kind}/")}  # fmt: skip
    assert wanted <= named
    assert about(kind)[0]


@pytest.mark.parametrize(
    ("code", "help_of_share", "status", "country"),
    [
        ("fr", "dossiers", "Statut irrégulier", "Algérie"),
        ("es", "registros", "Situación irregular", "Argelia"),
        ("ar", "سجلات", "وضع غير نظامي", "الجزائر"),
    ],
)
def test_help_and_choices_are_in_the_language_of_the_form(
    code: str, help_of_share: str, status: str, country: str
) -> None:
    t = language_of(code, "report")
    both = [forms.form_of(read(begun(kind)), NETWORK, t)[1] for kind in ("data_breach", "raid")]
    fields = [f for made in both for part in ("fields", "more", "scope") for f in made[part]]
    notes = {field["id"]: field["note"] for field in fields}
    assert help_of_share in notes["act/data_breach/share"]
    names = {o["value"]: o["name"] for field in fields for o in field.get("options", [])}
    assert names["irregular"] == status
    assert names["DZA"] == country
    english = forms.form_of(read(begun("data_breach")), NETWORK, ENGLISH)[1]
    assert len(both[0]["about"]) == len(english["about"])
    assert not set(both[0]["about"]) & set(english["about"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_is_left_as_it_is_changes_nothing(kind: str) -> None:
    text = begun(kind)
    before = read(text).scenario
    sections = forms.form_of(read(text), NETWORK, ENGLISH)
    for field in sections[-1]["fields"]:
        if field["value"] is not None:
            again = read(forms.applied(read(text), field["id"], field["value"]))
            assert again.scenario == before, field["id"]


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_a_form_says_is_what_the_scenario_holds(data: st.DataObject) -> None:
    """For any kind, field and value: through the text and back it is the same value."""
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    field = data.draw(st.sampled_from(fields_of(kind)))
    text = begun(kind)
    value: Any
    if field.control == "share":
        value = data.draw(st.integers(0, 1000)) / 10
        wanted: Any = value / 100
    elif field.control in ("day", "days"):
        value = wanted = data.draw(st.integers(100 if field.name == "end" else 1, 300))
    elif field.control == "number":
        value = wanted = data.draw(st.integers(1, 90))
    elif field.control == "switch":
        value = wanted = data.draw(st.booleans())
    elif field.control == "news":
        value = wanted = data.draw(st.sampled_from(["never", "only"]))
    else:
        names = [option.value for option in options_of(field, NETWORK)]
        if not names or field.name == "topic":
            return
        value = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
        value = value if field.control == "choices" else value[0]
        wanted = tuple(value) if field.control == "choices" else value
    after = read(forms.applied(read(text), f"act/{kind}/{field.name}", value))
    entry = after.entries[-1]
    told = shown(field, entry.given[field.name])
    assert told == pytest.approx(wanted) if isinstance(wanted, float) else told == wanted
    if after.scenario is not None:
        held = getattr(after.scenario.interventions[-1], field.name)
        assert held == pytest.approx(wanted) if isinstance(wanted, float) else held == wanted
        assert shown(field, written(field, held)) == held


@pytest.mark.parametrize("name", library_names()[::5])
def test_a_change_of_the_title_leaves_every_other_line(name: str) -> None:
    text = library_text(name)
    changed = editing.set_setting(text, ("title",), "Another title")
    before, after = text.splitlines(), changed.splitlines()
    assert [line for line in after if not line.startswith("title:")] == (
        [line for line in before if not line.startswith("title:")]
    )  # fmt: skip
    reading = read(changed, name)
    assert reading.scenario is not None
    assert reading.scenario.title == "Another title"


def test_a_slider_keeps_comments() -> None:
    text = library_text("agadez_breach")
    changed = forms.applied(read(text), "act/leak/share", 45)
    assert "share: 45 %             # of those registered there" in changed
    assert changed.replace("45 %", "80 %") == text


def test_what_is_inherited_is_changed_by_an_entry_of_the_same_id() -> None:
    text = library_text("agadez_breach_repair")
    changed = forms.applied(read(text), "act/leak/share", 10)
    scenario = read(changed).scenario
    assert scenario is not None
    leak = next(act for act in scenario.interventions if act.id == "leak")
    assert leak.model_dump()["share"] == pytest.approx(0.1)
    assert leak.start == 90
    assert [entry.own for entry in read(text).entries] == [False, True, True]


def test_a_change_in_the_text_changes_the_form() -> None:
    text = library_text("agadez_breach").replace("share: 80 %", "share: 0.25")
    share = next(f for f in fields_in(text) if f["id"] == "act/leak/share")
    assert share["value"] == pytest.approx(25)


def test_a_broken_text_is_told_with_line_field_value_and_remedy() -> None:
    text = library_text("agadez_breach").replace("node: agadez", "node: agades")
    (problem,) = read(text, "agadez_breach").errors
    sentence = problem.sentence()
    assert "agadez_breach.yaml:13:" in sentence
    assert "scope.node" in sentence
    assert "agades" in sentence
    assert "Did you mean agadez?" in sentence


@pytest.mark.parametrize(
    "text",
    ["", "- a\n", "name: [", "a: &b [*b]\n", "name: !!python/object:os.system x\n",
     "x" * 70_000, "extends: /etc/passwd\n", "network: ../..\n", "[" * 5000, "\x00",
     "a: 1\na: 2\n"],
)  # fmt: skip
def test_no_text_breaks_the_page(text: str) -> None:
    reading = read(text)
    assert reading.scenario is None
    assert reading.errors
    assert all(problem.sentence() for problem in reading.errors)


def test_a_file_is_limited_in_size_and_must_be_text() -> None:
    with pytest.raises(InputProblem, match="larger than 60,000 bytes"):
        decoded(b" " * 60_001, "big.yaml")
    with pytest.raises(InputProblem, match="not UTF-8"):
        decoded(b"\xff\xfe\x00", "odd.yaml")


def test_a_shelf_keeps_names_apart() -> None:
    shelf = Shelf.on("central_america")
    base, other = shelf.drafts
    assert (base.name, shelf.route) == ("central_america", "central_america")
    shelf = shelf.copied(other.key, "(copy)").from_library(other.name).started("Mine")
    assert len(set(shelf.names)) == 5
    assert all(draft.reading.scenario for draft in shelf.drafts)
    assert set(shelf.without(base.key).names) == set(shelf.names)
    assert other.name not in shelf.without(other.key).names
    assert len(shelf.texts()) == 5
    while len(shelf.drafts) < BOUNDS.kept:
        shelf = shelf.started("One more")
    with pytest.raises(InputProblem, match="as many as a session keeps"):
        shelf.started("One too many")


def test_every_scenario_of_the_library_stands_on_a_route() -> None:
    listed = [entry.name for route in routes() for entry in library_of(route)]
    assert sorted(listed) == library_names()
