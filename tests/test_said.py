"""Texts that remember how they were made: English as they are, and told in other languages."""

from __future__ import annotations

import copy
import json
import math
import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import catalogs
from dashboards.languages import LANGUAGES, Language, language_of
from dashboards.telling import fault
from experiments.limits import refusal
from scenarios import check
from sim.parameters import REGISTRY
from sim.problems import LONGEST_TEXT, Problem
from sim.said import Amount, Heading, Listed, Said, Share, clean

NO_BREAK = "\N{NO-BREAK SPACE}"
HOLE = re.compile(r"\{\w+:([^{}]*)\}")
WRITTEN = re.compile(r",|,?\.\d+f|(?:\.\d+)?g")
TEXTS = (
    Said("it is missing"),
    Said("write {id: leak, kind: data_breach, ...}"),
    Said("{name} stands {n:,} times", name="'a'", n=12_345),
    Share(-0.125, sign=True),
    Amount(12.5),
    Listed(["a", Said("{n} more", n=3)], "or"),
    Heading(REGISTRY["half_life_against"].note),
)


def other(code: str) -> Language:
    return language_of(code, "report")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy,
                                   lambda text: pickle.loads(pickle.dumps(text))])  # fmt: skip
def test_a_text_is_english_and_the_same_after_any_journey(text, again):
    back = again(text)
    assert back == text
    assert type(back) is type(text)
    assert json.loads(json.dumps(text)) == text
    for name in type(text).__slots__:
        assert getattr(back, name) == getattr(text, name)


def test_texts_read_as_before():
    assert TEXTS[1] == "write {id: leak, kind: data_breach, ...}"
    assert TEXTS[2] == "'a' stands 12,345 times"
    assert TEXTS[3] == "\N{MINUS SIGN}12.5\N{NO-BREAK SPACE}%"
    assert TEXTS[5] == "a or 3 more"
    assert TEXTS[6] == "half-life of bad news"
    assert TEXTS[6].note.startswith("Half-life of bad news: ")
    assert Share(-0.0001) == "0.0\N{NO-BREAK SPACE}%"


def test_a_problem_keeps_what_its_texts_remember():
    problem = Problem(message=TEXTS[2], suggestion=Said("write {what}", what="x\ny"))
    assert isinstance(problem.message, Said)
    assert problem.message.values == {"name": "'a'", "n": 12_345}
    assert problem.suggestion == "write x y"
    assert isinstance(problem.suggestion, Said)
    assert Problem.model_validate_json(problem.model_dump_json()) == problem


@given(st.text(), st.integers(4, 500))
def test_a_text_of_any_value_is_one_line_and_never_too_long(value, most):
    for text in (value, Said("about {value}, that is", value=value)):
        short = clean(text, most)
        assert len(short) <= most
        assert len(short.splitlines()) <= 1
        assert short.replace(NO_BREAK, "").isprintable()
        assert clean(short, most) == short


def test_a_long_value_is_cut_and_the_words_around_it_stay():
    long = Said("choose among {names}, or none", names="a" * 1000)
    short = clean(long, LONGEST_TEXT)
    assert isinstance(short, Said)
    assert short.startswith("choose among aaa")
    assert short.endswith("a..., or none")


def test_numbers_are_those_of_the_language_and_what_is_typed_stays():
    french = other("fr")
    assert french.told(Share(0.125)) == "12,5\N{NO-BREAK SPACE}%"
    assert french.told(Amount(12.5)) == "12,5"
    advice = Said("give a whole number from {least:,} to {most:,}", least=1, most=5000)
    asked = refusal("migrants", 1_000_000, Said("is too large"), advice)
    assert str(asked) == (
        "migrants: 1,000,000 is too large. Give a whole number from 1 to 5,000."
    )  # fmt: skip
    assert "1\N{NARROW NO-BREAK SPACE}000\N{NARROW NO-BREAK SPACE}000" in fault(asked, french)
    (wrong,) = check({"network": "central_mediterranean", "days": "1,5 days"})
    assert "Écrivez 1.5, avec un point" in wrong.sentence(french.told)


def test_what_is_typed_keeps_its_direction_among_arabic_words():
    (wrong,) = check({"network": "central_mediterranean", "days": "ten"})
    said = wrong.sentence(other("ar").told)
    assert "\N{FIRST STRONG ISOLATE}'ten'\N{POP DIRECTIONAL ISOLATE}" in said


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_text_is_told_anew_in_every_language(code):
    language = other(code)
    for text in TEXTS[:3] + TEXTS[5:]:
        assert language.told(text) != str(text)
    assert language.told("written by somebody") == "written by somebody"


@pytest.mark.parametrize("code", LANGUAGES)
def test_headings_that_differ_in_english_differ_in_every_language(code):
    headings = [Heading(each.note) for each in REGISTRY.values()]
    told = {heading: other(code).told(heading) for heading in headings}
    assert len(set(told.values())) == len(set(headings))
    assert not [said for said in told.values() if said.endswith((" par", " por", " عن"))]


@pytest.mark.parametrize("code", LANGUAGES)
def test_numbers_of_any_kind_are_told(code):
    language = other(code)
    for value in (math.nan, math.inf, 10**25, -3, 1e-9, 12_345_678.9):
        for template in ("{n}", "{n:,}", "{n:g}") if isinstance(value, float) else ("{n}", "{n:,}"):
            assert language.told(Said(template, n=value)).strip()
        if isinstance(value, float):
            assert language.told(Amount(value)).strip()
    assert "776000" not in re.sub(r"[^0-9]", "", language.told(Said("{n:,}", n=2**63)))


def test_every_way_of_writing_numbers_that_a_template_asks_for_is_known():
    specs = {
        spec for message in catalogs.template("said") for spec in HOLE.findall(str(message.id))
        if not spec.startswith(" ")  # YAML that is to be typed
    }  # fmt: skip
    assert {spec for spec in specs if not WRITTEN.fullmatch(spec)} == set()
    assert ",.0f" in specs


def test_what_lies_deep_in_a_text_is_cleaned_and_cut_too():
    inner = Said("has {what} in {where}", what="two\n  words", where=Listed(["b" * 500, "c\td"]))
    deep = Said("{value} {message}", value="'a'", message=inner)
    short = clean(deep, LONGEST_TEXT)
    assert isinstance(short.values["message"], Said)
    assert short.startswith("'a' has two words in bbb")
    assert short.endswith("b... and c d")
    assert clean(Said("{share} more", share=Share(0.5)), 99).values["share"].share == 0.5


def test_english_is_told_as_it_stands():
    assert [other("en").told(each) for each in TEXTS] == list(TEXTS)
