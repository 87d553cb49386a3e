"""Who lives the batches: this process, a cluster of processes on this machine, or one elsewhere."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from experiments.limits import refusal

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
_SETTINGS = {
    "distributed.nanny.environ": {"DASK_LOGGING__DISTRIBUTED": "critical"},
    "distributed.scheduler.allowed-failures": 2,
}
"""A batch that killed three workers is looked at family by family."""


class WorkerKilled(Exception):  # noqa: N818  (it says what became of the worker)
    """Every worker that tried to do this was killed."""


class WorkersLost(Exception):  # noqa: N818  (likewise)
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
            lost: Called for a batch that killed every worker that tried it.

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
    from distributed import Client, LocalCluster

    # What Dask says of its own affairs would stand between the lines of a sweep.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        stack.enter_context(dask.config.set(_SETTINGS))
        if scheduler is None:
            cluster = stack.enter_context(
                LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1",
                    dashboard_address="127.0.0.1:0", memory_limit=0,
                )
            )  # fmt: skip
            client = stack.enter_context(Client(cluster))
        else:
            client = stack.enter_context(_client_of(scheduler))
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
        self.size = max(1, len(client.nthreads()))
        self.words = f"on {self.size} Dask workers"
        if client.dashboard_link:
            self.words += f"; watch them at {client.dashboard_link}"

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
            future = self._client.submit(work, batch, pure=False, priority=-batch)
            number[future.key] = batch
            return future

        ahead = min(len(batches), _AHEAD * self.size)
        running = as_completed([send(next(waiting)) for _ in range(ahead)])
        for future in running:
            batch = number.pop(future.key)
            with contextlib.suppress(StopIteration):
                running.add(send(next(waiting)))
            try:
                done = _result(future)
            except WorkerKilled:
                done = lost(batch, self._elsewhere)
            yield done

    def _elsewhere(self, function: Callable[..., Any], *given: object) -> Any:
        return _result(self._client.submit(function, *given, pure=False))


def _result(future: Future) -> Any:
    from distributed import KilledWorker

    try:
        return future.result()
    except KilledWorker:
        raise WorkerKilled from None
    except Exception as error:
        if future.status in ("cancelled", "lost"):
            raise WorkersLost(str(error)) from error
        raise
    finally:
        future.release()


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
    from sim.compiling import code_hash

    try:
        client.wait_for_workers(1, timeout=_PATIENCE_S)
    except Exception:
        client.close()
        message = f"has no worker, and none came within {_PATIENCE_S} seconds"
        raise refusal("scheduler", address, message, "start workers with `dask worker`") from None
    found = client.run(_code, on_error="return")
    for worker, code in found.items():
        if code != code_hash():
            client.close()
            what = f"has a worker ({worker}) with other code of the model ({code})"
            raise refusal("scheduler", address, what, "install this Waytrust on every worker")


def _code() -> str:
    from sim.compiling import code_hash

    return code_hash()
