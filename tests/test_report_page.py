"""The page: complete, safe, in order, and the same every time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shlex
from itertools import pairwise

import pytest

from dashboards.languages import LANGUAGES
from dashboards.report import report_html
from experiments.provenance import text_hash
from sim.parameters import REGISTRY
from tests.report_world import Page, compared, folder, plain, ran

__all__ = ["compared", "folder", "ran"]


@pytest.fixture(scope="module", params=["compared", "ran"])
def html(request):
    found = request.getfixturevalue(request.param)
    return report_html(found[1] if isinstance(found, tuple) else found)


def test_the_same_result_gives_the_same_page(compared):
    assert report_html(compared[1]) == report_html(compared[1])


def test_headings_are_in_order_under_one_title(html):
    levels = [int(tag[1]) for tag, _ in Page(html).found if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_nothing_is_fetched_from_anywhere(html):
    page = Page(html)
    for tag, attributes in page.found:
        for name in ("src", "srcset", "data", "action", "poster", "xlink:href"):
            assert name not in attributes, tag
        address = attributes.get("href")
        assert address is None or address.startswith(("#", "data:text/csv;"))
        assert not any(name.startswith("on") or name == "style" for name in attributes), tag
    assert not page.all("link")
    assert not page.all("iframe")
    assert "@import" not in html
    assert "url(" not in html.replace("url(#", "")


def test_the_policy_allows_this_style_and_this_script_only(html):
    policy = next(m["content"] for m in Page(html).all("meta") if m.get("http-equiv"))
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        text = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL).group(1)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_tables_have_captions_and_headings_with_scope(html):
    page = Page(html)
    assert len(page.all("table")) == len(page.all("caption")) > 3
    assert all(th.get("scope") in ("row", "col") for th in page.all("th"))


def test_every_link_inside_leads_somewhere_and_ids_are_used_once(html):
    page = Page(html)
    ids = [attributes["id"] for _, attributes in page.found if attributes.get("id")]
    assert len(ids) == len(set(ids))
    for link in page.all("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in ids
    for _, attributes in page.found:
        for name in (attributes.get("aria-labelledby") or "").split():
            assert name in ids
    for each in page.all("label"):
        assert not each.get("for") or each["for"] in ids


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_every_part(compared, ran, code):
    for place in (compared[1], ran):
        page = Page(report_html(place, code))
        (top,) = page.all("html")
        assert top["lang"] == code
        assert top["dir"] == ("rtl" if code == "ar" else "ltr")
        sections = {s["id"] for s in page.all("section")}
        assert {"answer", "where", "when", "who"} <= sections
        assert {"evidence", "limits", "repeat", "words"} <= sections
        assert place == ran or {"compared", "why", "repair"} <= sections
        svgs = page.all("svg")
        assert svgs
        assert all(svg["direction"] == "ltr" for svg in svgs)  # maps and time axes


def test_english_words_in_other_languages_are_marked(compared):
    html = report_html(compared[1], "ar")
    assert '<h1><bdi lang="en">Who stops?</bdi></h1>' in html
    assert '<bdi lang="en">A leak at the hub</bdi>' in html


def test_a_page_is_small_enough_to_send(html):
    assert len(html.encode()) < 3_000_000


def test_hostile_titles_stay_words(folder):
    bad = "</script><script>alert(1)</script><img src=x onerror=alert(2)> & \"quotes\" {day}"
    route = json.loads((folder / "route.json").read_text())
    for scenario in route["scenarios"]:
        scenario["title"] = scenario["question"] = bad
    for place in route["places"]:
        place["name"] = bad
    route["network"] = bad
    (folder / "route.json").write_text(json.dumps(route))
    html = report_html(folder)
    page = Page(html)
    assert not page.all("img")
    assert len(page.all("script")) == 3  # two of data and ours
    assert "&lt;img src=x onerror=alert(2)&gt;" in html
    for text in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.DOTALL):
        json.loads(text)


def test_how_to_repeat_it_names_command_seed_versions_and_hashes(compared):
    comparison, place = compared
    html = report_html(place)
    manifest = json.loads((place / "manifest.json").read_text())
    code = plain(re.search(r"<pre[^>]*><code>(.*?)</code></pre>", html, re.DOTALL).group(1))
    words = shlex.split(code.splitlines()[0])
    assert words[:5] == ["waytrust", "compare", "scenarios/calm.yaml", "scenarios/leak.yaml",
                         "scenarios/both.yaml"]  # fmt: skip
    assert "--replicates 3 --migrants 400 --days 40 --seed 5" in code
    for value in (manifest["hashes"]["code"], *manifest["hashes"]["scenarios"].values(),
                  manifest["versions"]["numpy"]):  # fmt: skip
        assert value in html
    assert text_hash(comparison.texts[1]) in html


def test_limits_say_what_is_chance_and_what_is_assumed(html):
    words = plain(html)
    assert f"of {len(REGISTRY)} parameters" in words
    assert "assumed" in words
    assert "never to find, target or deter anybody" in words
    assert "Natural Earth" in words


def test_one_pair_of_runs_is_one_pair(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "replicates": 1}))
    words = plain(report_html(folder))
    assert "Intervals come from 1 pair of runs" in words
    assert "1 pair of runs, 40 days" in words


def test_what_was_asked_of_a_comparison_is_asked_again(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest |= {"interval": "bootstrap", "until_half_width": 0.01, "decompose": True,
                 "permutations": 4, "posterior": "0123"}  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest))
    words = plain(report_html(folder))
    assert (
        "--decompose --interval bootstrap --half-width 0.01 --permutations 4 "
        "--posterior posterior.parquet --out again"
    ) in words
    assert "parameters that a calibration found plausible" in words
    assert "bootstrap-t" in words


def test_a_run_says_how_often_and_that_it_has_no_interval(ran):
    words = plain(report_html(ran))
    totals = json.loads((ran / "summary.json").read_text())["totals"]
    assert f"on {1000 * totals['asked'] / totals['in_need']:.1f} of 1,000 days" in words
    assert "One run has no intervals" in words
    assert "waytrust run scenario.yaml" in words
