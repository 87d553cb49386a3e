"""Every text in every language, and numbers as each language writes them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from markupsafe import Markup

from dashboards import catalogs
from dashboards.languages import KEYWORDS, LANGUAGES, LOCALES, language_of, mark
from sim.problems import InputProblem
from tests.report_world import plain

OTHERS = [code for code in LANGUAGES if code != "en"]
HOLES = re.compile(r"\{\w+(?::[^{}]*)?\}")
PLURALS = {"fr": 2, "es": 2, "ar": 6}


@pytest.fixture(scope="module")
def gathered():
    return {domain: [message.id for message in catalogs.template(domain) if message.id]
            for domain in catalogs.DOMAINS}  # fmt: skip


@pytest.fixture(scope="module")
def texts(gathered):
    return gathered["report"]


def forms(message):
    return list(message.string) if isinstance(message.string, tuple) else [message.string]


@pytest.mark.parametrize("domain", catalogs.DOMAINS)
@pytest.mark.parametrize("code", OTHERS)
def test_catalogs_hold_every_text_of_the_code_and_no_other(code, domain, gathered):
    catalog, texts = catalogs.read_catalog(code, domain), gathered[domain]
    assert len(texts) > 300
    assert {m.id for m in catalog if m.id} == set(texts), "run: python -m dashboards.catalogs"
    assert not catalog.obsolete


def test_no_text_hides_where_it_is_not_gathered(texts):
    gathered = {part for text in texts for part in ([text] if isinstance(text, str) else text)}
    asked = [
        (node.func, node.args[0].value)
        for file in Path(catalogs.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ]  # fmt: skip
    hidden = {
        text for called, text in asked
        if (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", ""))
        in KEYWORDS and text not in gathered
    }  # fmt: skip
    assert hidden == set()  # inside an f-string, for example


@pytest.mark.parametrize("domain", catalogs.DOMAINS)
@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated_with_the_same_holes(code, domain):
    for message in catalogs.read_catalog(code, domain):
        if not message.id:
            continue
        one = message.id if isinstance(message.id, str) else message.id[1]
        assert not message.fuzzy, message.id
        for form in forms(message):
            assert form.strip(), message.id
            assert set(HOLES.findall(form)) == set(HOLES.findall(one)), form


@pytest.mark.parametrize("code", OTHERS)
def test_plurals_have_as_many_forms_as_the_language(code):
    catalog = catalogs.read_catalog(code, "report")
    assert catalog.num_plurals == PLURALS[code]
    several = [m for m in catalog if isinstance(m.id, tuple)]
    assert len(several) >= 3
    assert all(len(m.string) == PLURALS[code] for m in several)


def test_what_is_to_be_typed_stays_as_it_is_typed(gathered):
    typed = re.compile(r"``([^`]+)``|`([^`]+)`")
    for code in OTHERS:
        for message in catalogs.read_catalog(code, "model"):
            for form in forms(message) if message.id else []:
                assert sorted(typed.findall(form)) == sorted(typed.findall(message.id)), form


def test_arabic_counts_in_six_ways():
    arabic = language_of("ar", "report")
    one = (
        "Intervals come from {n} pair of runs and show chance only: how far numbers would move "
        "if the same people had other luck."
    )
    many = one.replace("pair of", "pairs of")
    said = {n: re.sub(r"[\d,\u2066-\u2069]+", "", arabic.plural(one, many, n)) for n in
            (0, 1, 2, 3, 10, 11, 99, 100, 103)}  # fmt: skip
    assert len({said[n] for n in (0, 1, 2, 3, 11, 100)}) == 6
    assert said[3] == said[10] == said[103]
    assert said[11] == said[99]


@pytest.mark.parametrize("domain", catalogs.DOMAINS)
def test_updating_catalogs_changes_nothing_when_nothing_is_new(domain, tmp_path, monkeypatch):
    import shutil

    shutil.copytree(catalogs.LOCALES, tmp_path / "locales")
    monkeypatch.setattr(catalogs, "LOCALES", tmp_path / "locales")
    catalogs.update(domain)
    for code in OTHERS:
        name = f"{code}/LC_MESSAGES/{domain}.po"
        kept = (tmp_path / "locales" / name).read_text(encoding="utf-8")
        assert kept == (LOCALES / name).read_text(encoding="utf-8")


def test_a_new_text_waits_for_its_translation(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogs, "LOCALES", tmp_path)
    catalogs.update("report")
    assert all(not any(forms(m)) for m in catalogs.read_catalog("fr", "report") if m.id)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("en", ["0.1235", "12,346", "-1.5", "1.2e-07", ""]),
        ("fr", ["0,1235", "12\u202f346", "-1,5", "1,2e-07", ""]),
        ("es", ["0,1235", "12.346", "-1,5", "1,2e-07", ""]),
        ("ar", ["0.1235", "12,346", "-1.5", "1.2e-07", ""]),
    ],
)
def test_amounts_have_digits_that_mean_something(code, shown):
    t = language_of(code, "report")
    amounts = [t.amount(each) for each in (0.12345678, 12345.6, -1.5, 1.2e-7, float("nan"))]
    assert [plain(each) for each in amounts] == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("en", ["-6.9%", "12,345.6", "+7", "0.0%", "Niger", "a, b, and c"]),
        ("fr", ["-6,9 %", "12 345,6", "+7", "0,0 %", "Niger", "a, b et c"]),
        ("es", ["-6,9 %", "12.345,6", "+7", "0,0 %", "Níger", "a, b y c"]),
        ("ar", ["-6.9%", "12,345.6", "+7", "0.0%", "النيجر", "a وb وc"]),
    ],
)
def test_numbers_countries_and_lists(code, shown):
    t = language_of(code, "report")
    numbers = [t.percent(-0.0693, sign=True), t.number(12345.6, 1), t.number(7, sign=True),
               t.percent(-0.0001)]  # fmt: skip
    found = [*numbers, t.country("NER", "?"), str(t.listed(["a", "b", "c"]))]
    assert [plain(each).replace("\N{NARROW NO-BREAK SPACE}", " ") for each in found] == shown
    assert "\N{MINUS SIGN}" in numbers[0]
    # In a text that runs from right to left, a number keeps its sign in front.
    assert all(n.startswith("\u2066") and n.endswith("\u2069") for n in numbers) == (code == "ar")


def test_what_is_put_into_a_text_is_escaped():
    t = language_of("en", "report")
    assert t.markup("{part}, and {rest}", part="<b>", rest=Markup("<i>")) == "&lt;b&gt;, and <i>"
    assert t.listed(["<b>", Markup("<i>x</i>")]) == "&lt;b&gt; and <i>x</i>"
    assert t.listed([]) == ""


def test_what_is_not_a_number_is_not_known():
    assert language_of("en", "report").percent(float("nan")) == "not known"
    assert language_of("en", "report").number(float("inf")) == "not known"


def test_a_country_nobody_knows_keeps_its_own_name():
    assert language_of("fr", "report").country("AAA", "Aland") == "Aland"


def test_directions_and_codes():
    assert [language_of(code, "report").direction for code in LANGUAGES] == ["ltr"] * 3 + ["rtl"]
    assert mark("as it is") == "as it is"
    with pytest.raises(InputProblem, match="Give one of en, fr, es, ar"):
        language_of("de", "report")
