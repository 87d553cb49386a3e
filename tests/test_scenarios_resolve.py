"""Finding files, `extends`, and staying inside the scenario's own folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import scenarios
from scenarios.resolve import NETWORKS, inside
from sim.problems import InputProblem, Problem

BREACH = """
  - id: leak
    kind: data_breach
    start: 90 days
    scope: {node: agadez}
    recipient: NER
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def faults(source: object) -> list[Problem]:
    with pytest.raises(InputProblem) as caught:
        scenarios.load(source)  # type: ignore[arg-type]
    return caught.value.problems


def test_a_library_name_and_its_file_are_the_same() -> None:
    path = Path(scenarios.__file__).parent / "library" / "agadez_breach.yaml"
    assert scenarios.load("agadez_breach") == scenarios.load(path) == scenarios.load(str(path))


def test_a_misspelt_name_gets_the_nearest() -> None:
    (fault,) = faults("agadez_breech")
    assert "agadez_breach" in fault.suggestion


@pytest.mark.parametrize("name", ["", "no/such/file.yaml", "a\0b", "x" * 5000, "~", "."])
def test_names_of_nothing(name: str) -> None:
    (fault,) = faults(name)
    assert fault.sentence()


def test_settings_are_inherited_and_overridden(tmp_path: Path) -> None:
    path = write(tmp_path, "mine", """
extends: agadez_breach
days: 200 days
population: {migrants: 500}
parameters: {half_life_against: 240 days}
""")
    mine, base = scenarios.load(path), scenarios.load("agadez_breach")
    assert mine.name == "mine"
    assert mine.title == "Mine"
    assert mine.question == ""
    assert (mine.days, mine.migrants, mine.people) == (200, 500, base.people)
    assert mine.parameters == {"half_life_against": 240.0}
    assert mine.interventions == base.interventions


def test_the_status_mix_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = write(tmp_path, "mine", """
extends: central_mediterranean
population: {status: {irregular: 60 %, regular: 40 %}}
""")
    assert scenarios.load(path).status == {"regular": 0.4, "irregular": 0.6}


def test_interventions_are_added_changed_and_replaced(tmp_path: Path) -> None:
    write(tmp_path, "base", f"network: central_mediterranean\ninterventions:{BREACH}")
    added = scenarios.load(write(tmp_path, "added", """
extends: base
interventions:
  - {id: wall, kind: firewall, start: 150 days, scope: {country: NER}}
"""))
    assert [item.id for item in added.interventions] == ["leak", "wall"]
    moved = scenarios.load(write(tmp_path, "moved", """
extends: base.yaml
interventions:
  - {id: leak, start: 120 days}
"""))
    (leak,) = moved.interventions
    assert (leak.kind, leak.start, leak.scope.node) == ("data_breach", 120, ("agadez",))
    other = scenarios.load(write(tmp_path, "other", """
extends: base
interventions:
  - {id: leak, kind: firewall, scope: all}
"""))
    (leak,) = other.interventions
    assert (leak.kind, leak.start) == ("firewall", 0)


def test_problems_in_a_base_name_the_base(tmp_path: Path) -> None:
    write(tmp_path, "base", "network: central_mediterranean\ndays: 90 dys\n")
    (fault,) = faults(write(tmp_path, "mine", "extends: base\n"))
    assert fault.file.endswith("base.yaml")
    assert fault.line == 2


def test_circles_and_endless_chains(tmp_path: Path) -> None:
    mine = write(tmp_path, "a", "extends: b\n")
    write(tmp_path, "b", "extends: a\n")
    assert "leads back" in faults(mine)[0].message
    for n in range(20):
        write(tmp_path, f"chain{n}", f"extends: chain{n + 1}\n")
    assert "extend one another" in faults(tmp_path / "chain0.yaml")[0].message


def test_a_missing_base_does_not_hide_other_faults(tmp_path: Path) -> None:
    found = faults(write(tmp_path, "mine", "extends: agadez_breech\ndays: 0\n"))
    assert [p.field for p in found] == ["extends", "days"]
    assert "agadez_breach" in found[0].suggestion


@pytest.mark.parametrize("field", ["extends", "network", "arrivals"])
def test_nothing_outside_the_folder_is_opened(tmp_path: Path, field: str) -> None:
    secret = write(tmp_path, "secret", "network: central_mediterranean\n")
    home = tmp_path / "home"
    home.mkdir()
    (home / "link.yaml").symlink_to(secret)
    (home / "linked").symlink_to(NETWORKS / "central_mediterranean", target_is_directory=True)
    for name in ("../secret.yaml", str(secret), "link.yaml", "../../../etc/passwd", "linked"):
        if field == "arrivals":
            text = f"network: central_mediterranean\npopulation: {{arrivals: '{name}'}}\n"
        else:
            text = f"{field}: '{name}'\n"
        found = faults(write(home, "mine", text))
        assert any("outside the scenario's own folder" in p.message for p in found), name
        assert not any("secret" in p.file for p in found)


def test_a_network_of_ones_own(tmp_path: Path) -> None:
    shutil.copytree(NETWORKS / "central_mediterranean", tmp_path / "my_route")
    mine = scenarios.load(write(tmp_path, "mine", "network: my_route\n"))
    assert mine.route.folder is not None
    assert inside(tmp_path, mine.route.folder)
    again = scenarios.load(write(tmp_path, "again", mine.to_yaml()))
    assert again == mine


def test_a_misspelt_network() -> None:
    (fault,) = faults({"network": "horn_of_afrika"})
    assert "horn_of_africa" in fault.suggestion
    (fault,) = faults({})
    assert (fault.field, fault.message) == ("network", "it is missing")
