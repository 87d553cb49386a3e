"""Who lives the batches: this process, a cluster of processes on this machine, or one elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from experiments.limits import Stopped, refusal

if TYPE_CHECKING:
    from distributed import Client, Future

    from experiments.sweep.working import Done

__all__ = ["Elsewhere", "Pool", "WorkerKilled", "WorkersLost", "open_pool"]

Elsewhere = Callable[..., Any]
"""Calls a function with arguments on a worker, and waits for it."""
Lost = Callable[[int, Elsewhere], "Done"]
_AHEAD = 2
"""Batches that wait at each worker, so that none stands idle while it is told the next."""
_PATIENCE_S = 30
"""Seconds to wait for a scheduler, and then for its first worker."""
_GONE = (
    "The Dask scheduler went away, and its workers with it. Everything that was done is kept: the "
    "same command goes on, once a scheduler is there again."
)
_SETTINGS = {
    "distributed.nanny.environ": {"DASK_LOGGING__DISTRIBUTED": "critical"},
    "distributed.scheduler.allowed-failures": 2,
}
"""A batch that killed three workers is looked at family by family."""


class WorkerKilled(Exception):  # noqa: N818  (it says what became of the worker)
    """Every worker that tried to do this was killed."""


class WorkersLost(Stopped):
    """The scheduler went away, and the workers with it."""


class Pool(Protocol):
    """Lives batches in any order.

    Attributes:
        size: How many at a time.
        words: What it is, for the user.
    """

    size: int
    words: str

    def results(
        self, work: Callable[[int], Done], batches: list[int], lost: Lost
    ) -> Iterator[Done]:
        """What became of each batch, in the order in which they end.

        Args:
            work: Lives a batch; it can be sent to another process.
            batches: Numbers of batches.
            lost: Called for a batch during which every worker that tried it was killed; when all
                others are done, so that none of them can be what kills.

        Raises:
            WorkersLost: If nobody is there any more to live them.
        """
        ...


@contextmanager
def open_pool(scheduler: str | None, workers: int) -> Iterator[Pool]:
    """Workers for a sweep, closed at the end of the block.

    Args:
        scheduler: Address of a running Dask scheduler; None: workers of our own.
        workers: How many of our own, each a process with one thread; 0: this process, alone.

    Raises:
        InputProblem: If there is no scheduler at the address, or it cannot run this model.
    """
    if scheduler is None and workers == 0:
        yield _Here()
        return
    import dask
    from distributed import Client, LocalCluster, Nanny  # noqa: F401  (its logger, to be quieted)

    with contextlib.ExitStack() as stack:
        stack.enter_context(_quiet())
        stack.enter_context(dask.config.set(_SETTINGS))
        if scheduler is None:
            cluster = stack.enter_context(
                LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1",
                    dashboard_address="127.0.0.1:0", memory_limit=0,
                )
            )  # fmt: skip
            client = Client(cluster)
        else:
            client = _client_of(scheduler)
        stack.callback(_close, client)
        yield _Cluster(client)


class _Here:
    """This process."""

    size = 1
    words = "in this process"

    def results(
        self, work: Callable[[int], Done], batches: list[int], lost: Lost  # noqa: ARG002
    ) -> Iterator[Done]:
        """One batch after another."""
        return map(work, batches)


class _Cluster:
    """Workers of a Dask scheduler."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.size = max(1, len(client.nthreads()))  # one thread each
        self.words = f"on {self.size} Dask worker{'s' if self.size > 1 else ''}"
        # A link is made up even where the scheduler was started without a dashboard.
        if "dashboard" in client.scheduler_info().get("services", {}):
            self.words += f" (watch them at {client.dashboard_link})"

    def results(
        self, work: Callable[[int], Done], batches: list[int], lost: Lost
    ) -> Iterator[Done]:
        """As they end; only a few are ever on the way, so memory does not grow with their number.

        Batches with lower numbers come first.
        """
        from distributed import as_completed

        waiting = iter(batches)
        number: dict[str, int] = {}

        def send(batch: int) -> Future:
            future = _submitted(self._client, work, batch, priority=-batch)
            number[future.key] = batch
            return future

        ahead = min(len(batches), _AHEAD * self.size)
        running = as_completed([send(next(waiting)) for _ in range(ahead)])
        killed = []
        for future in running:
            batch = number.pop(future.key)
            try:
                yield _result(future)
            except WorkerKilled:
                killed.append(batch)
            with contextlib.suppress(StopIteration):
                running.add(send(next(waiting)))
        # A worker takes what waits at it along when it dies. Now nothing waits that could kill it.
        for batch in killed:
            yield lost(batch, self._elsewhere)

    def _elsewhere(self, function: Callable[..., Any], *given: object) -> Any:
        return _result(_submitted(self._client, function, *given))


@contextmanager
def _quiet() -> Iterator[None]:
    """What Dask says of its own affairs would stand between the lines of a sweep."""
    # Its parts have levels of their own; the last two speak when a process does not end at once.
    names = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    loggers = [logging.getLogger(name) for name in (*names, "tornado.application", "asyncio")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def _submitted(client: Client, function: Callable[..., Any], *given: object, priority: int = 0
               ) -> Future:
    try:
        return client.submit(function, *given, pure=False, priority=priority)
    except Exception as error:
        if client.status != "running":
            raise WorkersLost(_GONE) from error
        raise


def _result(future: Future) -> Any:
    from distributed import KilledWorker

    try:
        return future.result()
    except KilledWorker:
        raise WorkerKilled from None
    except Exception as error:
        # Cancelled with all others, lost, or finished but out of reach: the connection has broken.
        if future.status != "error":
            raise WorkersLost(_GONE) from error
        raise
    finally:
        with contextlib.suppress(Exception):
            future.release()


def _close(client: Client) -> None:
    # A scheduler that is gone cannot be told goodbye; why it is gone matters more.
    with contextlib.suppress(Exception, asyncio.CancelledError):
        client.close()


def _client_of(address: str) -> Client:
    from distributed import Client

    try:
        client = Client(address, timeout=_PATIENCE_S)
    except (OSError, ValueError) as error:
        message = f"is not the address of a Dask scheduler that answers ({error})"
        raise refusal("scheduler", address, message, "start one with `dask scheduler`") from None
    _check_workers(client, address)
    return client


def _check_workers(client: Client, address: str) -> None:
    """Refuse workers that would live another model, or that lack it."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE_S)
    except Exception:
        _close(client)
        message = f"has no worker, and none came within {_PATIENCE_S} seconds"
        raise refusal("scheduler", address, message, "start workers with `dask worker`") from None
    try:
        fault = _fault(client)
    except OSError as error:
        _close(client)
        raise WorkersLost(_GONE) from error
    if fault is not None:
        _close(client)
        raise refusal("scheduler", address, *fault)


def _fault(client: Client) -> tuple[str, str] | None:
    """What is wrong with the workers, and what to do about it."""
    from sim.compiling import code_hash

    for worker, code in client.run(_code, on_error="return").items():
        if isinstance(code, OSError):  # it went away meanwhile
            continue
        if isinstance(code, Exception):
            message = f"has a worker ({worker}) that cannot run Waytrust ({code})"
            return message, "install this Waytrust on every worker and on the scheduler"
        if code != code_hash():
            message = f"has a worker ({worker}) with other code of the model ({code})"
            return message, "install this Waytrust on every worker"
    for worker, threads in client.nthreads().items():
        if threads != 1:
            message = f"has a worker ({worker}) with {threads} threads, but a run takes a process"
            return message, "start workers with --nthreads 1, one for each core"
    return None


def _code() -> str:
    from sim.compiling import code_hash

    return code_hash()
