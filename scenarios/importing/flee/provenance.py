"""Where an imported instance comes from, and what was made of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from scenarios.importing.draft import Draft
from scenarios.importing.flee.instance import FleeInstance
from sim.problems import Problem

__all__ = ["licence_text", "readme_text"]


def readme_text(instance: FleeInstance, draft: Draft, warnings: Sequence[Problem]) -> str:
    """The `README.md` of an imported instance."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    last = instance.start + dt.timedelta(days=instance.length - 1)
    base = str(instance.folder)
    told = [w.sentence().replace(f"{base}/", "") for w in warnings]
    counts = draft.assumed()
    listed = ", ".join(f"{count:,} in `{file}`" for file, count in counts.items() if count)
    lines = [
        f"# {instance.name}", "",
        f"Flight from {instance.home_country.replace('_', ' ')}, {instance.start} to {last} "
        f"({instance.length} days): {len(draft.nodes)} places in {len(draft.countries)} "
        f"countries, {len(instance.links)} roads, {len(instance.camps)} camps with counts. "
        f"{int(instance.arrivals.sum()):,} people set out, and "
        f"{int(instance.start_counts.sum()):,} were in the camps on day 0.", "",
        f"Imported on {today} by `waytrust import flee` from the input of the displacement "
        f"simulator Flee for the instance `{instance.name}`.", "",
        "## Sources", "",
        "- Places, roads, closures and their days: FabFlee (https://github.com/djgroen/FabFlee), "
        "BSD-3-Clause, Copyright 2018 Derek Groen; the text is in `LICENSE.txt`. Reference: "
        "Suleimenova, Bell and Groen 2017, *Scientific Reports* 7:13377.",
        "- People counted in camps, and capacities, which come from the same counts: UNHCR, "
        "https://data.unhcr.org.",
        "- Where and when there is conflict: ACLED, https://acleddata.com.", "",
        "Name all three wherever you use these files.", "",
        "## What was made of it", "",
        "- Camps are destinations (`camp`), all equally attractive (assumed). Places in conflict "
        "on a day on which people set out are origins; all other places are transit.",
        "- `capacity` of a camp is the file's; elsewhere there is no limit.",
        "- `km` is the file's. `detour` is `km` over the great circle, within 1 and 5. `days` is "
        "200 km a day (assumed).",
        "- Closures are windows in `closed`; one that never ends runs to day 7300. A closed camp "
        "takes nobody in: the roads to it are closed. Redirections close the other roads out of a "
        "place, where that cuts off no camp.",
        "- `arrivals.csv`: people who set out, by day and place: the daily rise of the sum over "
        "all camps after corrections of registration, where a fall is a debt that later rises pay "
        "off first; divided among the places in conflict on that day by population.",
        "- `counts.csv`: people counted, by day and camp; linear between counts, flat outside, "
        "cut to whole people. No part of the run; for comparison.",
        "- `start.csv`: people in each camp on day 0. A scenario cannot put them there, so they "
        "are not in the run; add them before comparing.",
        "- Everybody is a refugee who has been recognised, moves on at once from every place that "
        "is no camp, and meets no risk on the way, because the files say nothing about it "
        "(assumed).",
        "- One assumed Red Cross or Red Crescent service point stands in each camp, so that help "
        "can be asked for. It describes no real service.",
        f"- Assumed numbers: {listed}.", "",
        "## What was odd", "",
        *(f"- {sentence}" for sentence in told), "",
        "## Licence", "",
        "As its sources: BSD-3-Clause for the files of FabFlee (`LICENSE.txt`); UNHCR's and "
        "ACLED's terms for their data.", "",
    ]
    return "\n".join(lines)


def licence_text() -> str:
    """The licence of FabFlee, which its copyright notice requires to be kept."""
    return _LICENCE


_LICENCE = """\
Places, roads, closures, counts and conflict days are taken from FabFlee
(https://github.com/djgroen/FabFlee), which has this licence:

BSD 3-Clause License

Copyright (c) 2018, Derek Groen
All rights reserved.

Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:

* Redistributions of source code must retain the above copyright notice, this
  list of conditions and the following disclaimer.

* Redistributions in binary form must reproduce the above copyright notice,
  this list of conditions and the following disclaimer in the documentation
  and/or other materials provided with the distribution.

* Neither the name of the copyright holder nor the names of its
  contributors may be used to endorse or promote products derived from
  this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""
