"""The texts that stand in a story's page, apart from captions."""

from __future__ import annotations

from dashboards.languages import Language, mark

__all__ = ["NOTE", "words_of"]

NOTE = mark("This is a simulation. No dot is a person.")

_WORDS = {
    "note": NOTE,
    "play": mark("Play"),
    "pause": mark("Pause"),
    "previous": mark("Previous moment"),
    "next": mark("Next moment"),
    "speed": mark("Speed"),
    "slow": mark("Slow"),
    "usual": mark("Normal"),
    "fast": mark("Fast"),
    "day": mark("Day {day}"),
    "day_of": mark("Day {day} of {days}"),
    "slider": mark("Day of the run"),
    "full": mark("Full screen"),
    "leave_full": mark("Leave full screen"),
    "world": mark("World"),
    "beside": mark("Both side by side"),
    "danger": mark("How likely people hold it that asking for help leads to detention"),
    "few": mark("too few simulated people to say"),
    "size": mark("Size: how many people are there"),
    "people": mark("{n} people"),
    "dot": mark("A moving dot stands for about {n} imagined people on their way"),
    "ring": mark("Ring: share of people there who have heard of {it}"),
    "mark": mark("Flag: what happens, and where"),
    "shield": mark("Shield: services under the remedy"),
    "heard": mark("have heard of {it}"),
    "been": mark("have been where it happened since"),
    "asked": mark("Of 1,000 days in need, days on which people ask"),
    "deterred": mark("Of 1,000 days in need, days on which fear keeps people away"),
    "strip": mark("The line: days on which fear keeps people away, of 1,000 days in need (mean of "
                  "a week; the scale does not begin at zero)"),
    "under_way": mark("imagined people on this route today"),
    "believed": mark("mean belief that asking is dangerous"),
    "heard_all": mark("have heard of {it}, over the whole route"),
    "keys": mark("Keys: space plays, arrows move by a day or a week, Home and End, N and P go from "
                 "moment to moment, F is full screen."),
    "aside": mark("What the map shows, in words and numbers"),
    "map": mark("Map of the route, world “{world}”. What it shows is told in words below."),
    "save_png": mark("Picture (PNG)"),
    "save_svg": mark("Picture (SVG)"),
    "save_video": mark("Film ({kind})"),
    "recording": mark("Recording …"),
    "save": mark("Save this day"),
    "facts": mark("What people say, in surveys and in this simulation"),
    "in_survey": mark("Asked in the survey"),
    "in_simulation": mark("In this simulation, day {day}"),
    "source": mark("Source: {source}"),
    "fitted": mark("The simulation was set up with surveys like these in mind, so that agreement "
                   "is no proof that it is right."),
    "tables": mark("The main numbers as tables"),
    "said": mark("{world}, day {day}: {danger} mean belief that asking is dangerous; {heard} have "
                 "heard. {caption}"),
    "said_plain": mark("{world}, day {day}: {danger} mean belief that asking is dangerous. "
                       "{caption}"),
    "imagined": mark("An imagined world of {people} people, of whom {migrants} are simulated. It "
                     "compares worlds with each other; it cannot say what will happen to anyone."),
    "chance": mark("Intervals hold what chance between runs makes of it, with one set of "
                   "assumptions; Compare lets the assumptions vary too."),
    "borders": mark("Borders follow Natural Earth and take no position. Places close to each other "
                    "are drawn a little apart."),
    "theme": mark("Light or dark"),
}  # fmt: skip


def words_of(language: Language) -> dict[str, str]:
    """Every text by its name; `{holes}` are filled where they are shown."""
    return {name: language.text(text) for name, text in _WORDS.items()}
