"""The first compilation is shared by two processes, and never fails because of that."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from experiments import pairing, warming
from sim import compiling
from sim.engine.compiled import together
from sim.engine.compiled.engine import CompiledEngine
from sim.survey import answering


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands that would have been started, on a machine with two cores and an empty cache."""
    commands: list[list[str]] = []

    class Process:
        def __init__(self, command: list[str], **_: Any) -> None:
            commands.append(command)

        def kill(self) -> None:
            """It has ended already."""

        def wait(self, timeout: float) -> int:
            """It has ended already."""
            return 0

    monkeypatch.setattr(subprocess, "Popen", Process)
    monkeypatch.setattr(compiling, "is_compiled", lambda: False)
    monkeypatch.setattr(pairing, "available_cores", lambda: 2)
    monkeypatch.setattr(warming, "compile_the_rest", lambda: commands.append(["the rest"]))
    monkeypatch.delenv("WAYTRUST_WARMING", raising=False)
    return commands


def test_half_is_compiled_elsewhere(started: list[list[str]]) -> None:
    warming.share_compilation()
    assert [command[-2:] for command in started] == [["-m", "experiments.warming"], ["the rest"]]


def test_nothing_is_started_where_it_would_not_help(
        started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as other:
        other.setattr(compiling, "is_compiled", lambda: True)
        warming.share_compilation()
    with monkeypatch.context() as other:
        other.setattr(pairing, "available_cores", lambda: 1)
        warming.share_compilation()
    with monkeypatch.context() as other:
        other.setenv("WAYTRUST_WARMING", "1")  # the other process itself
        warming.share_compilation()
    assert started == []


def test_a_process_that_takes_too_long_is_not_waited_for(
        started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    def late(_: object, timeout: float) -> None:
        raise subprocess.TimeoutExpired("warming", timeout)

    monkeypatch.setattr(subprocess.Popen, "wait", late)
    warming.share_compilation()
    assert len(started) == 2


def test_a_machine_that_starts_nothing_compiles_alone(
        started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    warming.share_compilation()
    assert started == []


def test_the_second_half_of_a_day_is_compiled() -> None:
    warming.compile_second_half()
    assert together.second_half.signatures


def test_the_rest_is_compiled_without_the_second_half(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("that is compiled by the other process")

    monkeypatch.setattr(CompiledEngine, "live_the_second_half", refuse)
    warming.compile_the_rest()
    assert together.first_half.signatures
    assert answering._ask.signatures
