"""What processes of a sweep do in tests, ready to be forked: imported, compiled and run once.

A process that is started from nothing spends seconds on imports. Tests that kill many take copies
of one that has done so.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import multiprocessing
import os
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

import distributed
from sweep_designs import SCENARIO, plain

from experiments.sweep import sweep
from experiments.sweep.pools import WorkersLost

__all__ = ["LOST", "MANY", "Command", "Crew", "at_work", "crew", "free_port", "start_client",
           "wait_until"]

HERE = Path(__file__).resolve().parent
LOST = 7
MANY = plain(
    scenario={**SCENARIO, "burn_in": 4}, sampler={"method": "lhs", "points": 20},
    constants={"migrants": 40, "days": 8},
)


@functools.cache
def forks() -> ForkServerContext:
    """Where copies come from: a process that has imported everything and run the model once."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["sweep_warm"])
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE), str(HERE.parent)])
    try:
        forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    return made


def start(target: Callable[..., None], *args: object) -> BaseProcess:
    """Start a copy that does something; it ends with this process at the latest."""
    process = forks().Process(target=target, args=args, daemon=True)
    process.start()
    return process


def at_work(out: Path | str) -> Path:
    """A file that is there as soon as a client has found its workers."""
    return Path(f"{out}.at_work")


def client(out: str, scheduler: str | None, live: object = None) -> None:
    """Sweep `MANY`; exit code 0 if it is done, LOST if the scheduler went away."""
    workers = 0 if scheduler is None else None
    with Path(f"{out}.stderr").open("a", encoding="utf-8") as words, redirect_stderr(words):
        try:
            sweep(
                MANY, out=out, scheduler=scheduler, workers=workers,
                before=lambda _: at_work(out).touch(), live=live,  # type: ignore[arg-type]
            )  # fmt: skip
        except WorkersLost:
            sys.exit(LOST)
        except Exception:
            traceback.print_exc()
            sys.exit(1)


class Command:
    """A command of Waytrust in a copy, what it says in files.

    Args:
        folder: Where the files are.
        words: The command, without `waytrust`.
    """

    def __init__(self, folder: Path, *words: str) -> None:
        self._said = [folder / "command.stdout", folder / "command.stderr"]
        self._process = start(command, words, *map(str, self._said))

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        return self._process.exitcode

    def ended(self, seconds: float) -> tuple[int, str, str]:
        """Its exit code, and what it said on stdout and on stderr; it ends within some time."""
        wait_until(lambda: self.poll() is not None, seconds)
        code = self.poll()
        assert code is not None
        out, words = (file.read_text("utf-8") for file in self._said)
        return code, out, words


def command(words: tuple[str, ...], out: str, err: str) -> None:
    """Be the command line, as in a process of its own."""
    from experiments.cli import main

    for number, file in enumerate((out, err), start=1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.argv = ["waytrust", *words]
    main()


def schedule(port: int) -> None:
    """Be a Dask scheduler."""

    async def serve() -> None:
        made = distributed.Scheduler(
            host="127.0.0.1", port=port, dashboard=False, dashboard_address="127.0.0.1:0"
        )
        async with made as scheduler:
            await scheduler.finished()

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    asyncio.run(serve())


def work(address: str, folder: str) -> None:
    """Be a Dask worker with one thread."""

    async def serve() -> None:
        made = distributed.Worker(
            address, nthreads=1, host="127.0.0.1", local_directory=folder, memory_limit=0
        )
        async with made as worker:
            await worker.finished()

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    asyncio.run(serve())


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something is so; fail if it takes too long."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.01)


class Crew:
    """A scheduler and two workers, each a process, of whom each can be killed and replaced."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.workers: list[BaseProcess] = []
        self.begin()

    def begin(self) -> None:
        self.scheduler = start(schedule, self.port)
        self.workers = [self._worker() for _ in range(2)]

    def replace_worker(self, number: int) -> None:
        """Kill a worker; another comes."""
        _kill(self.workers[number])
        self.workers[number] = self._worker()

    def replace_scheduler(self) -> None:
        """Kill the scheduler, and then the workers, who would wait for it; others come."""
        self.end()
        self.begin()

    def end(self) -> None:
        for process in (self.scheduler, *self.workers):
            _kill(process)

    def _worker(self) -> BaseProcess:
        return start(work, self.address, str(self.folder / "dask"))


@contextmanager
def crew(folder: Path) -> Iterator[Crew]:
    """A crew for the length of a block."""
    made = Crew(folder)
    try:
        yield made
    finally:
        made.end()


def start_client(out: Path, scheduler: str | None, live: object = None) -> BaseProcess:
    """Start a client, which goes on with its store."""
    at_work(out).unlink(missing_ok=True)
    return start(client, str(out), scheduler, live)


def _kill(process: BaseProcess) -> None:
    process.kill()
    process.join()
