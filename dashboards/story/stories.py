"""The stories that the library can tell: a world as it is, what happens in it, and what if."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.languages import mark
from sim.problems import InputProblem, Problem
from sim.said import Said

__all__ = ["STORIES", "Story", "story_named"]


@dataclass(frozen=True)
class Story:
    """Worlds that differ by what happens in them, and the words for that.

    Attributes:
        id: Its fixed name.
        title: What it is called.
        question: What it asks.
        scenarios: Scenarios of the library: the world as it is, the same with something that
            happens, and, where the library has one, the same with a remedy.
        worlds: What each of these worlds is called, in a few words.
        what_if: The question of the switch that shows two worlds side by side.
        beside: Which two worlds it shows.
        word: What is said of those who have heard of it, after "have heard of".
    """

    id: str
    title: str
    question: str
    scenarios: tuple[str, ...]
    worlds: tuple[str, ...]
    what_if: str
    beside: tuple[int, int]
    word: str


_AS_IT_IS = mark("As it is")

STORIES: dict[str, Story] = {
    each.id: each
    for each in (
        Story(
            "leak",
            mark("A leak in Agadez"),
            mark("Records of people who were helped reach the authorities. How far does fear go?"),
            ("central_mediterranean", "agadez_breach", "agadez_breach_firewall"),
            (_AS_IT_IS, mark("With the leak"), mark("Leak, then a firewall")),
            mark("What if there had been a firewall?"),
            (1, 2),
            mark("the leak"),
        ),
        Story(
            "rumour",
            mark("A false story in Agadez"),
            mark("A story says that names were passed on. They were not. How far does it travel?"),
            ("central_mediterranean", "agadez_false_rumour", "agadez_rumour_early_answer"),
            (_AS_IT_IS, mark("With the false story"), mark("The story, answered early")),
            mark("What if it had been answered after five days?"),
            (1, 2),
            mark("the false story"),
        ),
        Story(
            "officers",
            mark("Officers at a clinic in Tijuana"),
            mark("For three months officers stand at the door of a clinic. Who stays away?"),
            ("central_america", "clinic_police"),
            (_AS_IT_IS, mark("With officers at the door")),
            mark("What if they had not come?"),
            (1, 0),
            mark("the officers"),
        ),
    )
}
"""Stories by id; the first is shown first."""


def story_named(name: str) -> Story:
    """A story by its id.

    Raises:
        InputProblem: If there is none of this name.
    """
    if name not in STORIES:
        raise InputProblem(Problem(
            field=Said("story"), value=name, message=Said("there is no story '{name}'", name=name),
            suggestion=Said("there are: {names}", names=", ".join(STORIES))))  # fmt: skip
    return STORIES[name]
