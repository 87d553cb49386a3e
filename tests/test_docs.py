"""The documentation is true: links, commands, examples, fields and numbers."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from experiments import evidence_page, odd, registry_table
from experiments.behaviour import PARTS
from experiments.behaviour.gallery import BLOCK, gallery
from experiments.behaviour.making import NUMBERS, words_and_table
from experiments.cli import app
from experiments.pages import block, markdown_table, put_into
from experiments.targets import KINDS as TARGET_KINDS
from experiments.targets.schema import TargetFile
from scenarios import load
from scenarios.designing import check_design, load_design, points_of, runs_of
from scenarios.designing.schema import DesignFile, LeverFile, SamplerFile, UncertaintyFile
from scenarios.quantity_schema import GroupFile, PlaceFile, QuantityFile, WindowFile
from scenarios.schema import Population, ScenarioFile
from sim.interventions import KINDS, Scope
from sim.network.forms import FILES

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
FIGURES = ROOT / "docs" / "figures"
LINK = re.compile(r"\]\(([^)\s]+)\)")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fenced(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text(page), re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def commands() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        words = page.read_text(encoding="utf-8")
        written = re.findall(r"^waytrust [^\n#]*", words, re.MULTILINE)
        found += [(page.name, each) for each in written + re.findall(r"`(waytrust [^`]+)`", words)]
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        place, _, anchor = link.partition("#")
        target = page.parent / place if place else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize(("page", "line"), commands())
def test_commands_exist_with_their_options(page: str, line: str) -> None:
    words = [word for word in shlex.split(line)[1:] if word != "…"]
    if words == ["--help"]:
        return
    names = [word for word in words if not word.startswith("-")]
    group = names[:2] if names[0] in ("scenarios", "designs", "network", "import") else names[:1]
    result = CliRunner().invoke(app, [*group, "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0, line
    for word in words:
        assert not word.startswith("--") or word in result.output, f"{word} in {line}"


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    for page in PAGES:
        named = re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert set(named) <= targets, page.name


def test_the_page_of_parameters_is_up_to_date() -> None:
    assert registry_table.PAGE.read_text(encoding="utf-8") == registry_table.parameters_page(), (
        "run: python -m experiments.registry_table"
    )


def test_the_page_of_evidence_is_up_to_date() -> None:
    assert evidence_page.PAGE.read_text(encoding="utf-8") == evidence_page.evidence_page(), (
        "run: python -m experiments.evidence_page"
    )


def test_the_protocol_is_up_to_date() -> None:
    assert odd.PAGE.read_text(encoding="utf-8") == odd.odd_page(), "run: python -m experiments.odd"


def test_the_protocol_has_every_heading_of_odd_d() -> None:
    page = text("docs/odd.md")
    sections = {
        "I.i": 2, "I.ii": 5, "I.iii": 1, "II.i": 5, "II.ii": 8, "II.iii": 2, "II.iv": 5, "II.v": 3,
        "II.vi": 4, "II.vii": 2, "II.viii": 2, "II.ix": 1, "II.x": 2, "III.i": 2, "III.ii": 3,
        "III.iii": 1, "III.iv": 3,
    }  # fmt: skip
    for section, questions in sections.items():
        assert f"\n## {section} " in page, section
        asked = re.findall(rf"^\*\*{re.escape(section)}\.([a-z]) ", page, re.MULTILINE)
        assert asked == list("abcdefgh"[:questions]), section


def test_responsible_use_is_linked_where_people_begin() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "docs/model_card.md", "docs/odd.md"):
        assert "responsible-use.md)" in text(page), page
    told = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "300"}).output
    assert "docs/responsible-use.md" in told


def test_every_field_of_a_scenario_is_explained() -> None:
    page = text("docs/scenarios.md")
    fields = {*ScenarioFile.model_fields, *Population.model_fields, *Scope.model_fields, *KINDS}
    for kind in KINDS.values():
        fields |= set(kind.model_fields)
    assert {name for name in fields if f"`{name}`" not in page and f"{name}:" not in page} == set()


def test_every_field_of_a_design_is_explained() -> None:
    page = text("docs/designs.md")
    fields: set[str] = set()
    for model in (DesignFile, SamplerFile, UncertaintyFile, LeverFile, QuantityFile, GroupFile,
                  PlaceFile, WindowFile):
        fields |= {about.alias or name for name, about in model.model_fields.items()}
    assert {name for name in fields if f"`{name}`" not in page and f"{name}:" not in page} == set()


def test_the_design_in_the_documentation_can_be_loaded(tmp_path: Path) -> None:
    (written,) = fenced("docs/designs.md", "yaml")
    file = tmp_path / "wall_strength.yaml"
    file.write_text(written, encoding="utf-8")
    assert check_design(file) == []
    made = load_design(file)
    assert f"{points_of(made)} points x 3 combinations of levers x 2" in text("docs/designs.md")
    assert f"= {runs_of(made)} runs" in text("docs/designs.md")


def test_every_field_of_a_target_is_explained() -> None:
    page = text("docs/validation.md")
    for name in (*TargetFile.model_fields, *TARGET_KINDS):
        assert f"`{name}`" in page, name


def test_the_targets_in_the_documentation_can_be_run(tmp_path: Path) -> None:
    from experiments.validation import validate

    (written,) = fenced("docs/validation.md", "yaml")
    assert text("docs/my_targets.yaml").partition("\n")[2] == written
    file = tmp_path / "my_targets.yaml"
    small = written.replace("days: 240", "days: 240\n    burn_in: 60")
    file.write_text(small, encoding="utf-8")
    found = validate(file, replicates=2, migrants=150)
    assert {row.target.kind for row in found.rows} == set(TARGET_KINDS) - {"difference"}


def test_every_column_of_a_network_is_explained() -> None:
    page = text("docs/networks.md")
    needs = {"financial", "physical", "human", "social"}  # between `regulatory` and `natural`
    for file, columns in FILES.items():
        section = page.split(f"## `{file}`")[1].split("\n## ")[0]
        missing = {c.name for c in columns if f"`{c.name}`" not in section} - needs
        assert missing == set(), file


@pytest.mark.parametrize("page", ["README.md", "docs/scenarios.md"])
def test_scenarios_in_the_documentation_can_be_loaded(page: str, tmp_path: Path) -> None:
    (written,) = fenced(page, "yaml")
    file = tmp_path / "my_scenario.yaml"
    file.write_text(written, encoding="utf-8")
    assert load(file).interventions


def test_tables_of_the_pages_are_those_of_the_numbers() -> None:
    numbers = json.loads((FIGURES / NUMBERS).read_text(encoding="utf-8"))
    for page in ("README.md", "docs/behaviour.md"):
        for name, kept in numbers.items():
            found = block(text(page), name)
            if found is not None:
                head, *rows = kept["table"]
                assert found == words_and_table(kept["says"], (head, rows)), (page, name)


def test_every_part_has_a_picture_and_a_place() -> None:
    for name in json.loads((FIGURES / NUMBERS).read_text(encoding="utf-8")):
        assert (FIGURES / f"{name}.png").exists()
        assert (FIGURES / f"{name}.svg").exists()
        shape = PARTS[name].shape
        assert (shape is not None and f"### {shape.title}" in text("docs/validation.md")) or block(
            text("docs/behaviour.md"), name
        )


def test_the_shapes_of_the_page_are_those_of_the_numbers() -> None:
    numbers = json.loads((FIGURES / NUMBERS).read_text(encoding="utf-8"))
    assert block(text("docs/validation.md"), BLOCK) == gallery(numbers, PARTS), (
        "run: python -m experiments.behaviour"
    )
    shapes = [name for name, part in PARTS.items() if part.shape is not None]
    assert len(shapes) == 9
    assert all(numbers[name]["verdicts"] for name in shapes)


def test_the_example_in_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = fenced("README.md", "python")
    assert "migrants=5_000, replicates=6" in example
    small = example.replace("migrants=5_000, replicates=6", "migrants=300, replicates=2, days=100")
    monkeypatch.chdir(tmp_path)
    exec(compile(small, "README.md", "exec", dont_inherit=True), {})
    assert "irregular" in capsys.readouterr().out
    assert (tmp_path / "results" / "breach" / "help_seeking.png").exists()


def test_the_engines_agree_as_the_documentation_says() -> None:
    (example,) = fenced("docs/architecture.md", "python")
    exec(compile(example.replace("migrants=200", "migrants=60"), "page", "exec", dont_inherit=True))


def test_the_network_example_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(fenced("docs/networks.md", "python")[0], "page", "exec", dont_inherit=True))
    assert "directed legs" in capsys.readouterr().out


def test_the_intervention_in_the_documentation_works() -> None:
    from dataclasses import replace

    from sim.model import TrustModel

    space: dict[str, object] = {}
    example = fenced("docs/model.md", "python")[0]
    exec(compile(example, "model.md", "exec", dont_inherit=True), space)
    made = space["ShorterHours"](  # type: ignore[operator]
        id="hours", start=1, cut=1.0, scope={"all": True}
    )
    plan = replace(load("central_mediterranean").plan(), burn_in=60, survey_days=())
    models = [
        TrustModel(replace(plan, interventions=which), migrants=400, days=30)
        for which in ((), (made,))
    ]
    assert models[0].run().record.total("served") > models[1].run().record.total("served")


def test_put_into_replaces_what_stands_between_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- x -->\nold\n<!-- /x -->\nb\n", encoding="utf-8")
    put_into(page, "x", markdown_table((("k", "n"), [("one", "1")]), right=1))
    assert page.read_text(encoding="utf-8") == (
        "a\n<!-- x -->\n| k | n |\n| --- | ---: |\n| one | 1 |\n<!-- /x -->\nb\n"
    )
    with pytest.raises(ValueError, match="no place for 'y'"):
        put_into(page, "y", "")
