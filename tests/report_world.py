"""Result directories for tests of the report, made with the stand-in for the model."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import sim.model
import sim.survey
from experiments import compare, run
from experiments.comparison import Comparison
from experiments.memory import MEMORY
from sim import compiling
from sim.network import RouteNetwork
from tests.experiment_fakes import (
    FakeModel,
    FakeScenario,
    breach,
    fake_standing_survey,
    network,
    plan,
    wall,
)

LATS, LONS = (37.0, 17.0, 12.5, 41.9), (10.0, 8.0, -8.0, 12.5)


def located_network() -> RouteNetwork:
    """The tiny network with places on the map, one of them not located."""
    net = network()
    return replace(net, nodes=net.nodes.assign(lat=LATS, lon=LONS))


def scenarios(**changes: Any) -> list[FakeScenario]:
    """A calm baseline, a leak at the hub, and the same leak followed by a wall."""
    net = located_network()
    leak = plan("leak", title="A leak at the hub", question="Who stops?", network=net,
                interventions=(breach(),), **changes)  # fmt: skip
    both = plan("both", title="A leak, then a wall", network=net,
                interventions=(breach(), wall()), **changes)  # fmt: skip
    return [FakeScenario(each) for each in (plan(network=net, **changes), leak, both)]


def with_fakes(patch: pytest.MonkeyPatch) -> None:
    """Put the stand-in in place of the model."""
    MEMORY.clear()
    patch.setattr(sim.model, "TrustModel", FakeModel)
    patch.setattr(compiling, "mark_compiled", lambda: None)
    patch.setattr(sim.survey, "standing_survey", fake_standing_survey)


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Comparison, Path]:
    """A comparison of three scenarios and the directory it was written to."""
    place = tmp_path_factory.mktemp("compared") / "result"
    with pytest.MonkeyPatch.context() as patch:
        with_fakes(patch)
        made = compare(*scenarios(), replicates=3, out=place)
        MEMORY.clear()
    return made, place


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of one run."""
    place = tmp_path_factory.mktemp("ran") / "result"
    with pytest.MonkeyPatch.context() as patch:
        with_fakes(patch)
        run(scenarios()[1], out=place)
        MEMORY.clear()
    return place


@pytest.fixture
def folder(compared: tuple[Comparison, Path], tmp_path: Path) -> Path:
    """A copy of the comparison's directory, to be damaged."""
    return Path(shutil.copytree(compared[1], tmp_path / "copy"))


class Page(HTMLParser):
    """The elements of a page in order: tag, attributes and text inside."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Attributes of every element of a kind."""
        return [attributes for name, attributes in self.found if name == tag]


def plain(text: object) -> str:
    """A text without markup, with plain spaces and minus signs."""
    bare = re.sub(r"<[^>]*>|[\u2066-\u2069]", "", str(text))
    return bare.replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-")


def chromium() -> str:
    """Where Chromium is; where there is none, a test is skipped, or fails where CI is set."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        _missing("no Chromium: on Debian and Ubuntu, apt-get install chromium")
    return str(found)


def axe_script() -> str:
    """The accessibility checks of axe-core, from the package that brings them."""
    from importlib import resources
    from importlib.util import find_spec

    if find_spec("axe_playwright_python") is None:
        _missing("no axe: pip install axe-playwright-python")
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def _missing(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
