"""The model's own words for people, needs, places and what is counted, as they are read aloud.

They are names in files and in columns, too. Here they stand as texts, so that they can be told in
other languages.
"""

from __future__ import annotations

from sim.said import Said

__all__ = ["model_word"]

_STATUSES = (
    Said("regular"), Said("asylum seeker"), Said("refugee"), Said("refused"), Said("irregular"),
    Said("returnee"), Said("deportee"), Said("other"),
)  # fmt: skip
_NEEDS = (
    Said("regulatory"), Said("financial"), Said("physical"), Said("human"), Said("social"),
    Said("natural"), Said("routine"), Said("pressing"), Said("acute"),
)  # fmt: skip
_MONEY = (Said("poorest third"), Said("middle third"), Said("richest third"))
_STEPS = (
    Said("origin"), Said("border"), Said("transit"), Said("camp"), Said("arrival"),
    Said("long stay"), Said("return"),
)  # fmt: skip
_MEASURES = (
    Said("in need"), Said("asked"), Said("served"), Said("turned away"), Said("deterred"),
    Said("unaware"), Said("no service"), Said("excluded"), Said("not worth"), Said("in transit"),
    Said("detained"), Said("unmet"), Said("present"), Said("people travelling"),
    Said("people staying"), Said("people detained"), Said("people stranded"),
    Said("people settled"), Said("people returned"), Said("people dead or missing"),
    Said("detentions"), Said("interceptions"), Said("deaths"), Said("deportations"),
    Said("voluntary returns"), Said("set out again"), Said("registrations"), Said("departures"),
    Said("episodes begun"), Said("episodes relieved"), Said("episodes lapsed"),
    Said("episodes lapsed deterred"), Said("separations"), Said("extortions"),
    Said("status changes"), Said("episodes delayed"), Said("first deterred"),
    Said("new destinations"), Said("help seeking rate"), Said("willingness"),
)  # fmt: skip
_ANSWERS = (
    Said("independent"), Said("controlled"), Said("dont know"), Said("agree"), Said("disagree"),
    Said("yes"), Said("no"), Said("high"), Said("none"), Said("mixed"), Said("other migrants"),
    Said("family abroad"), Said("local communities"), Said("travel agents"), Said("smugglers"),
)  # fmt: skip
_KNOWN = {
    str(each): each
    for each in (*_STATUSES, *_NEEDS, *_MONEY, *_STEPS, *_MEASURES, *_ANSWERS)
}  # fmt: skip


def model_word(name: str) -> str:
    """A word of the model, such as `asylum_seeker`, as people read it.

    Args:
        name: The word as it stands in files; one that is not the model's stays as it is, with
            spaces.
    """
    text = name.replace("_", " ")
    return _KNOWN.get(text, text)
