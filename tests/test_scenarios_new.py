"""New scenario files: by questions, by options, and as copies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import scenarios
import scenarios.resolve
from experiments.cli import app
from experiments.commands import new_command
from scenarios.drafting import Draft, kind_words
from sim.interventions import KINDS


def new(*words: object, answers: str | None = None) -> Any:
    return CliRunner().invoke(app, ["scenarios", "new", *map(str, words)], input=answers)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there and can answer."""
    monkeypatch.setattr(new_command, "_somebody_answers", lambda: True)


def test_options_make_a_file_that_can_be_used(tmp_path: Path) -> None:
    file = tmp_path / "my leak.yaml"
    made = new(file, "--kind", "data_breach", "--node", "Agadez", "--organisation", "rcrc_niger",
               "--start", "100 days", "--end", 130, "--title", "Leak: a test", "--question", "Who?")
    assert made.exit_code == 0, made.stderr
    assert f"waytrust compare central_mediterranean {file}" in made.stdout
    scenario = scenarios.load(file)
    assert (scenario.name, scenario.title, scenario.question) == ("my_leak", "Leak: a test", "Who?")
    (leak,) = scenario.interventions
    assert (leak.start, leak.end, leak.scope.node) == (100, 130, ("agadez",))
    assert leak.model_dump()["recipient"] == ("NER",)
    assert scenarios.check(file) == []


def test_without_a_terminal_nobody_is_asked(tmp_path: Path) -> None:
    made = new(tmp_path / "plain.yaml")
    assert made.exit_code == 0
    scenario = scenarios.load(tmp_path / "plain.yaml")
    assert scenario.network == "central_mediterranean"
    assert scenario.interventions == ()
    text = (tmp_path / "plain.yaml").read_text(encoding="utf-8")
    begun = text.index("# interventions:")
    lines = text[begun:].splitlines()
    example = "\n".join(line.removeprefix("# ") for line in lines)
    (tmp_path / "plain.yaml").write_text(text[:begun] + example, encoding="utf-8")
    assert [act.kind for act in scenarios.load(tmp_path / "plain.yaml").interventions] == [
        "outreach"]


@pytest.mark.usefixtures("terminal")
def test_questions_are_asked_until_they_are_answered(tmp_path: Path) -> None:
    answers = ["horn_of_africa", "firewal", "firewall", "kartoum", "Khartoum", "", "60", "", "Mine"]
    made = new(tmp_path / "a.yaml", answers="\n".join(answers) + "\n")
    assert made.exit_code == 0, made.stderr
    assert "Did you mean firewall?" in made.stderr
    assert "Did you mean khartoum" in made.stderr
    scenario = scenarios.load(tmp_path / "a.yaml")
    assert (scenario.network, scenario.title) == ("horn_of_africa", "Mine")
    (wall,) = scenario.interventions
    assert (wall.kind, wall.start, wall.end, wall.scope.node) == (
        "firewall", 60, None, ("khartoum",))


@pytest.mark.usefixtures("terminal")
def test_a_question_answered_by_an_option_is_not_asked(tmp_path: Path) -> None:
    made = new(tmp_path / "a.yaml", "--extends", "central_america", "--kind", "firewall",
               "--country", "MEX", "--start", 3, "--end", 9, "--title", "T", answers="")
    assert made.exit_code == 0, made.stderr
    assert scenarios.load(tmp_path / "a.yaml").interventions[0].scope.country == ("MEX",)


def test_one_s_own_file_can_be_extended(tmp_path: Path) -> None:
    new(tmp_path / "one.yaml", "--kind", "firewall", "--country", "NER")
    made = new(tmp_path / "two.yaml", "--extends", tmp_path / "one.yaml", "--kind", "outreach",
               "--service-point", "agadez_rcrc_health")
    assert made.exit_code in (0, 2)
    if made.exit_code == 0:
        kinds = [act.kind for act in scenarios.load(tmp_path / "two.yaml").interventions]
        assert kinds == ["firewall", "outreach"]


def test_a_copy_keeps_its_comments_and_gets_its_own_name(tmp_path: Path) -> None:
    made = new(tmp_path / "mine.yaml", "--copy", "agadez_breach_firewall")
    assert made.exit_code == 0
    assert "waytrust compare agadez_breach" in made.stdout
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    original = (scenarios.resolve.LIBRARY / "agadez_breach_firewall.yaml").read_text("utf-8")
    assert text == original.replace("name: agadez_breach_firewall", "name: mine", 1)
    assert scenarios.load(tmp_path / "mine.yaml").name == "mine"


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_of_every_kind_has_only_gaps_that_are_named(kind: str, tmp_path: Path) -> None:
    """What must be given and cannot be guessed is said; everything else is right."""
    file = tmp_path / "draft.yaml"
    made = new(file, "--kind", kind, "--node", "agadez", "--json")
    assert made.exit_code == 0, made.stderr
    found = json.loads(made.stdout)
    errors = [p for p in found["problems"] if p["severity"] == "error"]
    assert found["valid"] == (not errors)
    assert all(p["field"].startswith(f"interventions.{kind}") for p in errors), errors
    assert f"kind: {kind}" in file.read_text(encoding="utf-8")
    again = new(file, "--kind", kind, "--node", "agadez", "--force")
    assert again.stdout.count("Still to do:") == len(found["problems"])


def test_kinds_have_words() -> None:
    assert list(kind_words()) == list(KINDS)
    assert all(words and not words.endswith(".") for words in kind_words().values())


@pytest.mark.parametrize("title", ["Plain", "A: colon", "'quoted'", "# hash", "yes", "a\nb", "é"])
def test_any_title_can_be_written(title: str, tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(Draft("t", "central_mediterranean", title=title).text(), encoding="utf-8")
    assert scenarios.load(file).title.split() == title.split()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["x.txt"], "x.yaml"),
        (["taken.yaml"], "--force"),
        (["."], "folder"),
        (["a.yaml", "--extends", "central_mediteranean"], "Did you mean central_mediterranean"),
        (["a.yaml", "--kind", "data_breech"], "Did you mean data_breach"),
        (["a.yaml", "--kind", "firewall", "--node", "agades"], "Did you mean agadez"),
        (["a.yaml", "--kind", "firewall", "--node", "agadez", "--start", "soon"], "days"),
        (["a.yaml", "--copy", "nowhere"], "nowhere"),
        (["a.yaml", "--copy", "agadez_breach", "--kind", "firewall"], "leave the other options"),
    ],
)
def test_wrong_input_writes_nothing(words: list[str], said: str, tmp_path: Path,
                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("taken.yaml").write_text("mine", encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    made = new(*words)
    assert made.exit_code == 2
    assert said.lower() in made.stderr.lower()
    assert "Traceback" not in made.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert Path("taken.yaml").read_text(encoding="utf-8") == "mine"


def test_force_replaces(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("old", encoding="utf-8")
    assert new(tmp_path / "a.yaml", "--force").exit_code == 0
    assert scenarios.load(tmp_path / "a.yaml").name == "a"


def test_show_explains_in_sentences() -> None:
    shown: Any = CliRunner().invoke(app, ["scenarios", "show", "agadez_breach"])
    assert "Records held at service points" in shown.stdout
    assert "becomes news" in shown.stdout
    assert "--copy agadez_breach" in shown.stdout
