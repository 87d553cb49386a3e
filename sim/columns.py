"""The columns of a run: what is kept for every migrant, node, leg, service point and story.

A row of ``BODY`` is who and where a person is; ``mind`` is what the person holds for true. Rows
stand together because a day reads them together.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["BODY", "COUNTRY", "LEG", "NODE", "ORGANISATION", "POINT", "PUBLIC", "SOURCE",
           "STANDING", "STORY", "Tables", "mind_type", "rows", "settings_type",
           "twin"]

# --- a migrant ---------------------------------------------------------------------------------

BODY = np.dtype([
    ("key", "u8"),            # key of all random numbers of this person
    ("heard", "u8"),          # stories heard, a bit per slot
    ("telling", "u8"),        # stories being told, a bit per slot
    ("left_for", "f4"),       # evidence for independence (Red Cross and Red Crescent) at departure
    ("left_against", "f4"),   # and against
    ("entered", "i2"),        # day of entering the system
    ("departed", "i2"),       # day of leaving the origin (NEVER: not yet)
    ("origin", "i2"), ("destination", "i2"), ("node", "i2"), ("leg", "i2"),
    ("days_left", "i2"),      # on a leg, or in detention
    ("since", "i2"),          # day of arrival at the node
    ("told_day", "i2"),       # day of the last first-hand experience
    ("told_point", "i2"),     # its service point, or NOWHERE
    ("told_node", "i2"),      # its node
    ("asked", "i2"),          # service point asked (or most wanted) today, or NOWHERE
    ("status", "u1"), ("first_status", "u1"), ("state", "u1"), ("money", "u1"),
    ("traits", "u1"), ("ever", "u1"), ("sources", "u1"),
    ("outcome", "u1"),        # outcome of need today
    ("need", "i1"),           # most urgent need today, or -1
    ("told_kind", "u1"),      # kind of the last first-hand experience
    ("seen", "u1"),           # kind of incident others could see today
    ("level", "f4", (6,)),    # level of each need, 0 none
    ("onset", "i2", (6,)),    # day it began
    ("episode", "u1", (6,)),  # its urgency and what came of it
    ("known", "u2", (8,)),    # service points known (1 + index), newest first
    ("danger_touched", "i2"),  # day to which evidence on danger is faded
], align=True)

# Where a person stands among the people at the node today; made anew every morning.
STANDING = np.dtype([("rank", "i4")], align=True)  # -1 if not free at a node

# What other people may read: yesterday's record.
PUBLIC = np.dtype([
    ("heard", "u8"), ("telling", "u8"),
    ("known", "u4"),          # service points known at one's node, a bit each
    ("told_day", "i2"), ("told_point", "i2"), ("told_node", "i2"), ("node", "i2"),
    ("told_kind", "u1"), ("present", "u1"), ("served_here", "u1"), ("spare", "u1"),
], align=True)

# --- evidence of one migrant: a row of float32 -------------------------------------------------
# Per family: for competence, integrity, independence; against competence, integrity; against
# independence by channel (encounter witness hearsay rumour association); what never fades:
# integrity, independence by encounter, independence by rumour.
FAMILY_WIDTH = 13
AGAINST, BY_CHANNEL, SCAR_INTEGRITY, SCAR_ENCOUNTER, SCAR_RUMOUR = 3, 5, 10, 11, 12
HARM_CHANNELS = 5
# After the families, danger: for safety, then of danger by channel.
DANGER_WIDTH = 6


KNOWN_POINTS, FILES, REMEMBERED_EVENTS, TIES, STORIES, OWN_STORIES = 8, 4, 16, 3, 64, 48
"""Lengths of the short lists of a person; slots for stories, and those not kept for scenarios."""
REFERRALS, ANSWERS = 4, STORIES - OWN_STORIES + 1
"""Referrals of a point; answers at a node: one for each story of a scenario, and one for none."""
SEARCHED = 64
"""People looked through for somebody to whom a tie is found again."""
NOTHING_SHARED = -32000
SLOTS_OF_A_PLACE = 6
"""Slots that stories of one node and organisation share."""


def mind_type(families: int) -> np.dtype[np.void]:
    """What a person holds for true and remembers, for this number of families."""
    return np.dtype([
        ("evidence", "f4", (families * FAMILY_WIDTH + DANGER_WIDTH,)),  # above background
        ("events", "u4", (REMEMBERED_EVENTS,)),   # ids of events already counted, newest first
        ("ties", "i4", (TIES,)),                  # people one can call, or -1
        ("touched", "i2", (families,)),           # day to which each family is faded
        ("filed_point", "i2", (FILES,)),          # registrations: service point, newest first
        ("filed_day", "i2", (FILES,)),            # and day
    ], align=True)


# --- the world ---------------------------------------------------------------------------------

NODE = np.dtype([
    ("key", "u8"),
    ("country", "i2"), ("step", "i2"), ("first_leg", "i4"), ("legs", "i4"),
    ("first_point", "i4"), ("points", "i4"),
    ("capacity", "f8"), ("connectivity", "f8"), ("hostility", "f8"), ("enforcement", "f8"),
    ("mean_stay", "f8"), ("conditions", "f8", (6,)), ("return_node", "i8"),
    ("target", "i8"),         # row of `remaining`, -1 if nobody heads for it
    ("attraction", "f8"),     # how much it draws people as a destination
    ("raid", "i8"),           # today: 1 a raid of its own accord, 2 one that was planned, 3 both
    ("planned_raid", "f8", (8,)),  # share of those present, by status, whom a planned one detains
    ("leaving", "f8", (8,)),  # how many times as readily people set out from here, by status
    ("onset", "f8"),          # how many times as often as usual needs begin here
    ("listed", "i8"),         # its points that stand in the files, not those opened by a scenario
    ("words", "i8"),          # 1 if organisations say or show something here beside outreach
    ("rebuttal", "f4", (17,)),  # share of the people here a day whom an answer to a story reaches
    ("rebuttal_by", "i2", (17,)),  # the point whose word it is, or -1
    ("rebuttal_event", "u4", (17,)),  # id of the answer, so that it counts once
], align=True)
LEG = np.dtype([
    ("key", "u8"), ("start", "i4"), ("end", "i4"), ("days", "i8"),
    ("km", "f8"), ("cost", "f8"), ("death", "f8"), ("interception", "f8"), ("extortion", "f8"),
    ("abuse", "f8"), ("separation", "f8"), ("wild", "f8"), ("open", "i8"), ("border", "i8"),
    ("hazard", "f8"),         # daily chance of being intercepted on it
    ("burst", "f8"),          # share struck by today's deadly incident, 0 if none
    ("closed_to", "i8"),      # statuses to which it is closed, a bit each
], align=True)
COUNTRY = np.dtype([
    ("asylum_days", "f8"), ("recognition", "f8"), ("expiry_days", "f8"), ("deportation", "f8"),
    ("voluntary_return", "f8"), ("detention_days", "f8"), ("request_rate", "f8"),
    ("deporting", "f8", (8,)),  # how many times as likely a detention ends so, by status
    ("returning", "f8", (8,)),  # how many times as often people return, by status
], align=True)
ORGANISATION = np.dtype([
    ("family", "i8"), ("country", "i8"), ("government", "i8"), ("competence", "f8"),
    ("respect", "f8"), ("independence", "f8"), ("promises", "f8"), ("outreach", "f8"),
    ("lived_experience", "f8"), ("donor_conditions", "f8"),
], align=True)
POINT = np.dtype([
    ("key", "u8"), ("organisation", "i8"), ("family", "i8"), ("node", "i8"),
    ("relief", "f8", (6,)), ("registers", "f8"), ("capacity", "f8"), ("visibility", "f8"),
    ("excludes", "i8"),       # statuses, a bit each
    ("government", "i8"), ("promises", "f8"), ("competence", "f8"), ("respect", "f8"),
    ("lived_experience", "f8"), ("outreach", "f8"), ("promises_too_much", "f8"),
    ("campaign", "f8"),       # share of the people here whom a campaign reaches a day
    ("left", "f8"),           # places that are free: today's, and what stands over
    ("open", "i8"), ("door", "f8"),
    ("warned", "f8"),         # share of those who would come who know when officers do
    ("firewall", "f8"),       # strength in force: effect x compliance x ramp
    ("firewall_story", "i8"),  # slot of its announcement; -1 everyone knows it, -2 nobody
    ("promised_firewall", "i8"),  # 1 while a firewall has been announced for it
    ("kept", "f8"),           # how far the firewall is kept, 0 where there is none
    ("leak_day", "i8"),       # registrations up to this day were shared (-32000: none)
    ("leak_share", "f8"), ("leak_countries", "u8"),
    ("there", "i8"),          # 0 before a scenario opens it, and once that is over
    ("partner", "i8"),        # family of an actor seen to work there, or -1
    ("partner_seen", "f8"),   # share of visits at which that is noticed
    # Shares by status of the people concerned:
    ("agenda", "f4", (8,)),   # of visits at which another's agenda is noticed
    ("agenda_near", "f4", (8,)),  # of the people here who notice it from near, a day
    ("dissuades", "f4", (8,)),  # of the people here whom it tells whether to move on, a day
    ("transparent", "f4", (8,)),  # of the people here to whom it says what it does, a day
    ("amends", "f4", (8,)),   # of those with a bad experience for whom it is made good
    ("restores", "f4", (8,)),  # of those served who find a lost tie again
    ("refers", "f8", (4,)),   # share of those served who are sent on, for each referral
    ("refers_to", "i8", (4,)),  # to which point; -1: the family's points on the way
    ("refers_whom", "i8", (4,)),  # statuses, a bit each
], align=True)
STORY = np.dtype([
    ("countries", "u8"),      # where an announcement is repeated, a bit per country
    ("event", "u4"), ("kind", "i2"), ("point", "i2"), ("node", "i2"), ("leg", "i2"),
    ("also", "u2"),           # further families that news is about, a bit each
    ("renewed", "i2"), ("news_until", "i2"), ("held_until", "i2"),
    ("family", "i1"), ("live", "u1"), ("true", "u1"), ("news", "u1"),
    ("reach", "f8"),
], align=True)
SOURCE = np.dtype([
    ("event", "u4"), ("ready", "i2"), ("told_point", "i2"), ("told_node", "i2"),
    ("told_kind", "u1"), ("next_kind", "u1"), ("next_event", "u4"), ("next_point", "i2"),
    ("next_node", "i2"), ("since", "i2"),
], align=True)


def settings_type(parameters: tuple[str, ...], families: int) -> np.dtype[np.void]:
    """All that is fixed for a run: parameters, and tables made from them."""
    return np.dtype([
        *((name, "f8") for name in parameters),
        ("run", "u8"),                    # run key
        ("represents", "f8"),             # real people per migrant
        ("mean_leg", "f8"),               # mean km of a leg
        ("worst", "f8"),                  # most by which anything can raise the onset of needs
        ("amounts", "f8", (20, 9)),       # evidence left by each kind of event
        ("gates", "f8", (7,)),            # 1 where a channel is on
        ("exposure", "f8", (8, 2)),       # by status; second column in mixed households
        ("exchange", "i8"),               # 1: opinions are exchanged as in Routes and Rumours
        ("family_key", "u8", (families,)),
        ("family_is", "i8", (families,)),  # 0 Red Cross and Red Crescent, 1 other, 2 government
    ], align=True)


class Tables(NamedTuple):
    """All arrays of one run, as the compiled loops take them. N people, P nodes, F families."""

    p: np.ndarray                    # [1] settings_type
    body: np.ndarray                 # [N] who and where a person is
    mind: np.ndarray                 # [N] what a person holds for true
    public: np.ndarray               # [N] yesterday's record, for others to read
    standing: np.ndarray             # [N] where a person stands today
    order: NDArray[np.int32]         # [N] people at nodes, by node and then by the day's key
    at: NDArray[np.int64]            # [P + 1] where each node begins in the order
    nodes: np.ndarray                # [P]
    legs: np.ndarray
    countries: np.ndarray
    points: np.ndarray
    stories: np.ndarray              # [64]
    sources: np.ndarray              # [P, 4]
    remaining: NDArray[np.float64]   # [targets, P] km to each node people head for, all legs open
    together: NDArray[np.float64]    # [P, F, F] share of evidence on f that counts for g at a node
    fade_for: NDArray[np.float64]    # [days] what is left of good news
    fade_against: NDArray[np.float64]  # [days] and of bad news
    told_after: NDArray[np.float64]  # [days] chance that an experience is told, by its age
    slots: NDArray[np.int32]         # [more than N and P] room to work in
    tickets: NDArray[np.float64]     # [more than N and P] room for a lottery
    begin: NDArray[np.int32]         # [more than N and P] the same room, used at another time
    fill: NDArray[np.int32]          # [more than N and P] the other half of it
    queues: NDArray[np.int64]        # [2, more than points] where the queue of each point begins
    aired: NDArray[np.float32]       # [N, 3 F + 1, 2] value and trust that others hear of this
                                     # evening, per family and facet, then danger; or no rows


LINE_OF_MEMORY = 64
"""Bytes that a processor fetches together."""


def rows(shape: int | tuple[int, ...], kind: np.dtype[Any]) -> np.ndarray:
    """Rows of zeros, of which the first begins where a line of memory does.

    NumPy begins a large array 16 bytes after one, so that half of all public records lay in two
    lines, and what a day asks first of a person did, too: a day took 6 % longer at 100,000.
    """
    size = int(np.prod(shape)) * kind.itemsize
    room = np.zeros(size + LINE_OF_MEMORY, np.uint8)
    begin = -room.ctypes.data % LINE_OF_MEMORY
    return room[begin : begin + size].view(kind).reshape(shape)


def twin(array: np.ndarray) -> np.ndarray:
    """A copy whose bytes between two fields are zero.

    NumPy's own copy leaves them as they come, and hashes would differ.
    """
    made = rows(array.shape, array.dtype)
    made[...] = array
    return made
