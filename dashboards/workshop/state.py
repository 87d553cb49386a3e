"""What a session holds: its scenarios, what was asked, and what is running for it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import Any, cast

import solara
from solara.server import kernel_context

from dashboards.app.session import connected, on_close
from dashboards.workshop import editing, forms
from dashboards.workshop.bounds import Size
from dashboards.workshop.comparing import Request, work_of
from dashboards.workshop.jobs import JOBS, Job
from dashboards.workshop.keeping import Opened, packed, unpacked
from dashboards.workshop.question import Answer, Question
from dashboards.workshop.quick import QUICK
from dashboards.workshop.reading import check_size, decoded
from dashboards.workshop.results import Found, found_in
from dashboards.workshop.shelf import Draft, Shelf
from experiments.limits import refusal
from experiments.posterior import EVIDENCE
from sim.problems import InputProblem, Problem
from sim.said import Said

__all__ = ["Desk", "desk_of_this_session"]

FIRST_ROUTE = "central_mediterranean"


class Desk:
    """The workshop of one session; its values are Solara reactives.

    Args:
        session: Id of the session.
    """

    def __init__(self, session: str) -> None:
        self.session = session
        shelf, chosen = Opened.on(FIRST_ROUTE)
        self.shelf = solara.Reactive(shelf)
        self.chosen = solara.Reactive(chosen)
        self._elsewhere: dict[str, Opened] = {}  # what is open on the other routes
        self._came_back = False
        self.left_out = solara.Reactive(cast("frozenset[str]", frozenset()))
        self.size = solara.Reactive(Size())
        self.decompose = solara.Reactive(False)
        self.posterior = solara.Reactive(EVIDENCE)
        self.answer = solara.Reactive(cast("Answer | None", None))
        self.job = solara.Reactive(cast("Job[Found] | None", None))
        self.found = solara.Reactive(cast("Found | None", None))
        self.problems = solara.Reactive(cast("tuple[Problem, ...]", ()))
        self.returned = solara.Reactive(False)
        self._context = kernel_context.get_current_context()

    @property
    def base(self) -> Draft:
        """The baseline."""
        first: Draft = self.shelf.value.drafts[0]
        return first

    @property
    def draft(self) -> Draft:
        """The scenario that is worked on."""
        shelf: Shelf = self.shelf.value
        return shelf.of(self.chosen.value) or shelf.drafts[0]

    @property
    def compared(self) -> tuple[Draft, ...]:
        """The scenarios that are to be compared, the baseline first."""
        first, *others = self.shelf.value.drafts
        return (first, *(each for each in others if each.key not in self.left_out.value))

    def take_route(self, route: str) -> None:
        """Go on, or begin, on another route; what was open on this one stays."""
        if route == self.shelf.value.route:
            return
        self._elsewhere = self._opened
        self.left_out.set(frozenset())
        self._open(self._elsewhere.get(route) or Opened.on(route))

    def choose(self, key: str) -> None:
        """Work on another scenario."""
        self.chosen.set(key)
        self.ask()

    def change(self, path: str, value: Any) -> None:
        """Put a change of the form into the text, and answer it."""
        reading = self.draft.reading
        if not reading.readable:
            return
        try:
            text = forms.applied(reading, path, value)
        except (StopIteration, ValueError, KeyError, TypeError):
            return  # a field of what has gone meanwhile
        self.write(text)

    def write(self, text: str) -> None:
        """Give the chosen scenario another text, and answer it."""
        shelf = self.shelf.value.edited(self.draft.key, text)
        self.ask(shelf)
        self.shelf.set(shelf)

    def add(self, kind: str) -> None:
        """Let something more happen in the chosen scenario."""
        reading = self.draft.reading
        network = forms.network_of(self.shelf.value.route)
        self.write(editing.add(reading.text, forms.first_entry(kind, reading, network)))

    def remove_entry(self, entry: str) -> None:
        """Take an intervention out of the chosen scenario."""
        self.write(editing.remove(self.draft.text, entry))

    def put(self, make: Callable[[Shelf], Shelf]) -> None:
        """Add a scenario, or tell why not."""
        try:
            self._put(make(self.shelf.value), last=True)
        except InputProblem as problem:
            self.problems.set(tuple(problem.problems))

    def upload(self, sent: dict[str, Any]) -> None:
        """Take a file that somebody sends; it is never written to a disk."""
        name = str(sent.get("name", "file"))[:100]
        try:
            if sent.get("data") is None:
                check_size(int(sent.get("size", 0)), name)  # the browser sends no more of it
            data = base64.b64decode(str(sent["data"] or ""), validate=True)
            text = decoded(data, name)
            if not text.strip():
                raise refusal(Said("file"), name, Said("is empty"), Said("send a scenario"))
            self._put(self.shelf.value.with_text(text, name.rpartition(".")[0] or name), last=True)
        except (binascii.Error, ValueError):
            self.problems.set((Problem(file=name, message=Said("it cannot be read")),))
        except InputProblem as problem:
            self.problems.set(tuple(problem.problems))

    @property
    def kept(self) -> str:
        """The scenarios as the browser keeps them."""
        return packed(self._opened, self.shelf.value.route)

    def take_back(self, text: str) -> None:
        """Take over, once, what the browser has kept since the last time."""
        if self._came_back or self.kept:
            return
        self._came_back = True
        try:
            self._elsewhere, route = unpacked(text)
        except InputProblem:
            return  # of another version, perhaps: whoever opens the page has not asked for it
        self._open(self._elsewhere.get(route) or Opened.on(route))
        self.returned.set(True)

    def begin_anew(self) -> None:
        """Let go of all that was changed, on every route."""
        self.returned.set(False)
        self._elsewhere = {}
        self.left_out.set(frozenset())
        self._open(Opened.on(self.shelf.value.route))

    @property
    def _opened(self) -> dict[str, Opened]:
        shelf: Shelf = self.shelf.value
        return {**self._elsewhere, shelf.route: Opened(shelf, self.chosen.value)}

    def _open(self, opened: Opened) -> None:
        self.problems.set(())
        self.shelf.set(opened.shelf)
        self.choose(opened.chosen)

    def remove(self, key: str) -> None:
        """Remove a scenario; the baseline stays."""
        self._put(self.shelf.value.without(key), last=False)
        self.left_out.set(self.left_out.value - {key})

    def compare_with(self, key: str, *, wanted: bool) -> None:
        """Take a scenario into the comparison, or leave it out."""
        rest = self.left_out.value - {key}
        self.left_out.set(rest if wanted else rest | {key})

    def ask(self, shelf: Shelf | None = None) -> None:
        """Compare the chosen scenario with the baseline, quickly."""
        shelf = shelf or self.shelf.value
        draft, base = shelf.of(self.chosen.value), shelf.drafts[0].reading.scenario
        other = draft.reading.scenario if draft else None
        if base is None or other is None or draft is shelf.drafts[0]:
            QUICK.close(self.session)
            return
        context = self._context

        def tell(answer: Answer) -> None:
            if not context.closed_event.is_set():
                with context:
                    self.answer.set(answer)

        question = Question(base, other, posterior=self.posterior.value)
        QUICK.ask(self.session, question, tell)

    def request(self) -> Request:
        """What would be compared.

        Raises:
            InputProblem: If a scenario is wrong, or nothing stands beside the baseline.
        """
        drafts = self.compared
        wrong = [problem for each in drafts for problem in each.reading.errors]
        if wrong:
            raise InputProblem(wrong)
        if len(drafts) < 2:
            message = Said("nothing is to be compared with the baseline")
            raise refusal(Said("scenarios"), "", message, Said("tick or add a scenario"))
        scenarios = tuple(each.reading.scenario for each in drafts)
        found = tuple(each for each in scenarios if each is not None)
        return Request(found, self.size.value, decompose=self.decompose.value,
                       posterior=self.posterior.value)  # fmt: skip

    def run(self, language: str) -> None:
        """Begin the comparison in the background, or tell why not."""
        self.problems.set(())
        try:
            compare = work_of(self.request())
        except InputProblem as problem:
            self.problems.set(tuple(problem.problems))
            return

        def work(job: Job[Found]) -> Found:
            found = found_in(compare(cast("Job[Any]", job)))
            job.breathe()
            found.page(language)  # so that it is there at once
            return found

        QUICK.close(self.session)  # what was refined there goes on afterwards
        try:
            self.job.set(JOBS.start(self.session, work, partial(connected, self._context)))
        except InputProblem as problem:
            self.problems.set(tuple(problem.problems))

    def cancel(self) -> None:
        """End what is running; it ends within a day of the simulation, and the page at once."""
        if self.job.value is not None:
            self.job.value.cancel()
            self.job.set(None)
            self.ask()

    def settle(self, job: Job[Found]) -> None:
        """Take over what came of a job."""
        if job.state == "done":
            self.found.set(job.result)
        elif job.state == "failed":
            self.problems.set(job.problems)
        if self.job.value is job:
            self.job.set(None)
        self.ask()

    def resize(self, path: str, value: Any) -> None:
        """Change the size of the comparison."""
        if path == "decompose":
            self.decompose.set(bool(value))
        elif path == "posterior":
            self.posterior.set(str(value))
            self.ask()
        elif isinstance(value, int | float):
            self.size.set(replace(self.size.value, **{path: int(value)}))

    def close(self) -> None:
        """The session has ended: so does all that runs for it."""
        JOBS.close(self.session)
        QUICK.close(self.session)

    def _put(self, shelf: Shelf, *, last: bool) -> None:
        self.problems.set(())
        self.shelf.set(shelf)
        if last or shelf.of(self.chosen.value) is None:
            self.chosen.set(shelf.drafts[-1].key)
        self.ask()


_DESKS: dict[str, Desk] = {}
_LOCK = Lock()


def desk_of_this_session() -> Desk:
    """The workshop of the session that asks; it ends when the session is closed."""
    session = solara.get_kernel_id()
    with _LOCK:
        found = _DESKS.get(session)
        if found is None:
            found = _DESKS[session] = Desk(session)

            def end() -> None:
                _DESKS.pop(session, None)
                found.close()

            on_close(end)
            found.ask()
    return found
