"""One event that is told many times does not weigh as many events: the engine itself is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.behaviour import drawing
from experiments.behaviour.opinions import read_minds
from experiments.behaviour.part import Made, Part, Report, Size, model_of, plan_of
from experiments.behaviour.shape import Shape, judged
from experiments.facts.fact import Fact
from experiments.words import percent
from sim.codes import E_DETAINED, IRREGULAR, NOWHERE
from sim.compiling import kernel
from sim.engine.compiled.hearing import tell
from sim.engine.compiled.reading import danger

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.model import TrustModel

__all__ = ["PART", "tellings"]

SCENARIO = "central_mediterranean"
MOST = 100
MEMORY = 16
"""Events a person remembers having counted."""
WAYS = ("different", "same", "in_turn")
LISTENERS = 20
_FACTS = (
    Fact("echo_weighs_nothing", "", f"Evidence of danger of {LISTENERS} people after "
         f"{MOST} tellings of one detention, over that after the first", "same"),
)  # fmt: skip
_SHAPE = Shape(
    "The same event heard often",
    "Rumours are passed on less the older they are (M10), and firm beliefs absorb what they hear "
    "(M04). No study says how often one event may count; that it counts once is a rule of the "
    "model, without which fear grew without end and nobody was unsure, against S10 and S11.",
)  # fmt: skip


@kernel
def _hear(t: Any, i: int, events: Any, day: int, trust: float, evidence: Any) -> None:
    for n in range(events.shape[0]):
        tell(t, i, E_DETAINED, NOWHERE, events[n], day, trust)
        evidence[n] = danger(t, i, day)[0]


def tellings(model: TrustModel, person: int, events: NDArray[np.int64]) -> NDArray[np.float64]:
    """Tell one person of detentions, one after another, as people met tell them in a run.

    Args:
        model: A small world; it is changed.
        person: Who listens.
        events: Id of the event told each time.

    Returns:
        Evidence of danger after each telling.
    """
    evidence = np.empty(events.size)
    tables = model.world.tables
    trust = model.plan.parameters["hearsay_trust"]
    _hear(tables, person, events, 0, trust, evidence)
    return evidence


def _make(size: Size, report: Report | None) -> Made:
    if report is not None:
        report(0, 1)
    heard = {
        "different": np.arange(1, MOST + 1),
        "same": np.ones(MOST, np.int64),
        "in_turn": 1 + np.arange(MOST) % MEMORY,
    }
    evidence, believed = {}, {}
    for way, events in heard.items():
        model = model_of(plan_of(SCENARIO), size, 0)
        body = model.world.tables.body
        person = int(np.flatnonzero(body["status"] == IRREGULAR)[0])
        start = read_minds(model, np.array([person]), 0)[0, 1]
        evidence[way] = tellings(model, person, events)
        believed[way] = (float(start), float(read_minds(model, np.array([person]), 0)[0, 1]))
    numbers = _numbers(evidence, believed)
    words = _words(numbers)
    verdicts = judged(_FACTS, {"echo_weighs_nothing": _listeners(size)})
    if report is not None:
        report(1, 1)
    return Made(_figure(evidence, numbers, words), words, numbers, _table(numbers), verdicts)


def _listeners(size: Size) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Evidence that several people hold after one telling of an event, and after the last."""
    model = model_of(plan_of(SCENARIO), size, 0)
    body = model.world.tables.body
    people = np.flatnonzero(body["status"] == IRREGULAR)[:LISTENERS]
    told = [tellings(model, int(person), np.ones(MOST, np.int64)) for person in people]
    return np.array([each[0] for each in told]), np.array([each[-1] for each in told])


def _numbers(
    evidence: dict[str, NDArray[np.float64]], believed: dict[str, tuple[float, float]]
) -> dict[str, Any]:
    one = _added(evidence, "same", 1)
    return {
        "tellings": MOST,
        "events_remembered": MEMORY,
        "evidence_of_one_telling": one,
        "believed_danger_before": believed["same"][0],
        **{
            way: {
                "evidence_added": _added(evidence, way, MOST),
                "weighs_as_many_events": _added(evidence, way, MOST) / one,
                "believed_danger_after": believed[way][1],
            }
            for way in WAYS
        },
    }


def _added(evidence: dict[str, NDArray[np.float64]], way: str, times: int) -> float:
    # The first telling is the same in every way; it adds what the second different event adds.
    first, second = evidence["different"][:2]
    before = first - (second - first)
    return float(evidence[way][times - 1] - before)


def _words(numbers: dict[str, Any]) -> str:
    return (
        f"Told {numbers['tellings']} times, one event weighs as "
        f"{numbers['same']['weighs_as_many_events']:.0f}; {numbers['tellings']} different events "
        f"weigh as {numbers['different']['weighs_as_many_events']:.0f}."
    )


def _table(numbers: dict[str, Any]) -> Any:
    head = ("A person is told 100 times", "Evidence added", "Weighs as", "Believed danger after")
    names = {
        "different": "of 100 different detentions",
        "same": "of the same detention",
        "in_turn": f"of {MEMORY} detentions in turn",
    }
    rows = [
        (
            name,
            f"{numbers[way]['evidence_added']:.2f}",
            f"{numbers[way]['weighs_as_many_events']:.0f}",
            percent(numbers[way]["believed_danger_after"], 0),
        )
        for way, name in names.items()
    ]
    return head, rows


def _figure(
    evidence: dict[str, NDArray[np.float64]], numbers: dict[str, Any], words: str
) -> Figure:
    note = (
        "One person in an irregular situation is told, by people met, that somebody was detained; "
        "the compiled engine's own function for hearsay does the counting. Before, this person "
        f"believed with {percent(numbers['believed_danger_before'], 0)} that asking for help is "
        f"dangerous. The last {MEMORY} events are remembered, so {MEMORY} events told in turn "
        "count once each."
    )
    figure = drawing.page(words, note, (10.5, 5.6))
    axes = drawing.axes_in(figure, words, note, right=0.7)[0, 0]
    names = {
        "different": f"{MOST} different events",
        "same": f"one event, told {MOST} times",
        "in_turn": f"{MEMORY} events told in turn",
    }
    counts = np.arange(1, MOST + 1)
    for n, way in enumerate(WAYS):
        added = [_added(evidence, way, int(times)) for times in counts]
        axes.plot(
            counts, added, color=drawing.COLOURS[n], linestyle=drawing.DASHES[n], linewidth=2,
            drawstyle="steps-post",
        )  # fmt: skip
        after = percent(numbers[way]["believed_danger_after"], 0)
        name = f"{names[way]}: danger believed {after}"
        drawing.name_line(axes, name, added[-1], drawing.COLOURS[n], 28)
    axes.set_xlim(0, MOST)
    axes.set_ylim(0, None)
    drawing.heading(
        axes, "Evidence of danger that one person holds, the more often somebody tells of it",
        "Times told", "Evidence of danger added (units of evidence)",
    )  # fmt: skip
    return figure


PART = Part(
    "echoes",
    usual=Size(migrants=(300,), days=10, replicates=(1,)),
    small=Size(migrants=(300,), days=10, replicates=(1,)),
    make=_make,
    shape=_SHAPE,
)
