"""The published questionnaire, asked of simulated migrants and tabulated as the real one is.

Living people at nodes are asked; those on the way or in detention are out of reach. The group
``all`` is never the population of a run, which is mostly irregular, but a stated mix of groups
(:mod:`sim.survey.weighting`). What "ever" happened to a person depends on the time since
departure: those rows count only people who left 100 to 400 days ago unless told otherwise, and
say so in the column ``since``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.codes import STATUSES
from sim.problems import InputProblem, Problem, nearest
from sim.survey.describing import respondents_in_words
from sim.survey.questions import NUMBER, QUESTIONS, Question
from sim.survey.respondents import Cut
from sim.survey.sheets import Window, count, fill_in
from sim.survey.tables import group_tables, mixed_table
from sim.survey.weighting import GROUPS, check_weighting, group_of

if TYPE_CHECKING:
    import pandas as pd

    from sim.survey.sheets import Sheets
    from sim.world import World

__all__ = ["QUESTIONS", "SINCE_DEPARTURE", "Question", "all_surveyed_shares", "standing_survey",
           "survey"]

SINCE_DEPARTURE = (100, 400)
"""Days since departure of those whose answers on what "ever" happened are counted."""


def survey(world: World, *, day: int, sample: int | None = None, country: str | None = None,
           node: str | None = None, status: str | None = None,
           weighting: str | None = "all_surveyed",
           days_since_departure: Window = SINCE_DEPARTURE) -> pd.DataFrame:
    """Ask migrants the questionnaire.

    Args:
        world: The world as it is on that day.
        day: The day.
        sample: Ask so many people, those with the smallest keyed numbers; None: everyone.
        country: Only people in this country (ISO code).
        node: Only people at this node.
        status: Only people of this status.
        weighting: How groups are mixed where neither place nor status is named: ``all_surveyed``,
            or None for people as they are (the group is then called ``unweighted``). People of a
            place or status are always tabulated as they are.
        days_since_departure: Whose answers count on what "ever" happened; None: everyone's.

    Returns:
        One row per question and answer. ``share`` of those asked, its 95 % interval ``low`` to
        ``high``, ``n`` people asked; the ``published`` figure with the id of its ``evidence`` and
        a ``note``; ``since``, days since departure of those counted; the ``weighting`` in words
        and the range ``mix_low`` to ``mix_high`` over plausible weights; the ``respondents`` in
        words, by status and time since departure, before any weighting; and the ``day``. Shares
        of a question add up to 1, except for ``sources``, where people may name several.

    Raises:
        InputProblem: If a name, the day, the sample or the days since departure cannot be.
    """
    if weighting is not None:
        check_weighting(weighting)
    cut = Cut(country, node, status)
    sheets = fill_in(world, day, cut, sample, days_since_departure)
    since = _since(days_since_departure)
    if weighting is not None and not cut.name:
        return _all_surveyed(world, sheets, day, since)
    everyone = np.zeros(sheets.people.size, np.int64)
    who = respondents_in_words(world, sheets.people, everyone, 1, day)
    return group_tables([cut.name or "unweighted"], count(sheets, everyone, 1), day, since, who)


def standing_survey(world: World, *, day: int) -> pd.DataFrame:
    """The tables of every survey day: all surveyed, each status, each country, each node.

    Statuses that nobody has are left out. Columns are those of :func:`survey`.
    """
    import pandas as pd

    sheets = fill_in(world, day, Cut(), None, SINCE_DEPARTURE)
    since = _since(SINCE_DEPARTURE)
    body = world.tables.body[sheets.people]
    network = world.plan.network
    status = body["status"].astype(np.int64)
    held = np.unique(status)
    by_status = [f"status:{STATUSES[n]}" for n in held]
    countries = [f"country:{code}" for code in network.countries["country"]]
    nodes = [f"node:{name}" for name in network.nodes["id"]]
    place = body["node"].astype(np.int64)
    country = world.tables.nodes["country"].astype(np.int64)[place]
    tables = [_all_surveyed(world, sheets, day, since)]
    for names, group in (
        (by_status, np.searchsorted(held, status)), (countries, country), (nodes, place),
    ):
        if names:
            who = respondents_in_words(world, sheets.people, group, len(names), day)
            tables.append(group_tables(names, count(sheets, group, len(names)), day, since, who))
    return pd.concat(tables, ignore_index=True)


def all_surveyed_shares(world: World, *, day: int, question: str = "independent_here"
                        ) -> dict[str, float]:
    """Share of each answer to one question among "all surveyed".

    ``all_surveyed_shares(world, day=day)["dont_know"]`` is the share of people who are unsure
    whether the organisation where they are is independent, which must not collapse over years.

    Raises:
        InputProblem: If there is no such question.
    """
    if question not in NUMBER:
        near = nearest(question, NUMBER)
        raise InputProblem(Problem(
            field="question", value=question, message=f"there is no question '{question}'",
            suggestion=f"did you mean '{near}'?" if near else f"there are: {', '.join(NUMBER)}"))
    table = survey(world, day=day)
    rows = table[table["question"] == question]
    return dict(zip(rows["answer"], rows["share"].astype(float), strict=True))


def _all_surveyed(world: World, sheets: Sheets, day: int, since: str) -> pd.DataFrame:
    groups = group_of(world.tables.body["status"][sheets.people])
    everyone = np.zeros(sheets.people.size, np.int64)
    (who,) = respondents_in_words(world, sheets.people, everyone, 1, day)
    counts = count(sheets, groups, len(GROUPS))
    return mixed_table(counts, world.plan.parameters, day, since, who)


def _since(window: Window) -> str:
    return "any" if window is None else f"{window[0]}-{window[1]} days"
