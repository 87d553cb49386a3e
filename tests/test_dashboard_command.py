"""`waytrust dashboard`: what it refuses, in one sentence, before anything starts."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from dashboards.app.address import address, listen
from experiments.cli import app
from sim.problems import InputProblem


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def refused(*options: str) -> str:
    result = CliRunner().invoke(app, ["dashboard", "--no-open", *options], env={"COLUMNS": "300"})
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return str(result.output)


def test_a_port_that_is_taken(taken: int) -> None:
    told = refused("--port", str(taken))
    assert f"'{taken}' is taken" in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("port", ["0", "70000", "-1"])
def test_a_number_that_is_no_port(port: str) -> None:
    assert "is not a port" in refused(f"--port={port}")


@pytest.mark.parametrize("host", ["no-such-host.invalid", "127.0.0.1:80", "a b", ""])
def test_a_host_that_is_none(host: str) -> None:
    assert "host" in refused("--host", host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_others_are_let_in_only_if_asked_for(host: str) -> None:
    assert "--open-to-others" in refused("--host", host)


def test_an_address_of_another_machine() -> None:
    assert "not an address of this machine" in refused("--host", "192.0.2.1", "--open-to-others")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.8.9.10"])
def test_this_machine_is_private(host: str) -> None:
    made = address(host, 8765)
    assert made.is_private
    assert made.url == f"http://{host}:8765/"


def test_open_to_others_is_not_private_and_has_the_names_of_this_machine() -> None:
    made = address("0.0.0.0", 8765, open_to_others=True)
    assert not made.is_private
    assert socket.gethostname().lower() in made.names
    assert "0.0.0.0" not in made.url


def test_a_port_can_be_taken_again_at_once(taken: int) -> None:
    with pytest.raises(InputProblem, match="taken"):
        listen(address("127.0.0.1", taken))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for _ in range(2):
        listen(address("127.0.0.1", port)).close()


def test_help_answers_without_loading_solara() -> None:
    code = ("import sys; from experiments.cli import app\n"
            "try: app(['dashboard', '--help'])\n"
            "except SystemExit: pass\n"
            "import json; print(json.dumps([m for m in ('solara', 'uvicorn', 'mesa')"
            " if m in sys.modules]))")  # fmt: skip
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "--open-to-others" in found.stdout
    assert json.loads(found.stdout.splitlines()[-1]) == []
