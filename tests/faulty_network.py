"""A small network without any fault, and what tests do to it to put one in."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.network import load_network
from sim.problems import InputProblem, Problem

GOOD = {
    "nodes.csv": """\
id,name,country,lat,lon,journey_step,capacity,connectivity,hostility,enforcement,mean_stay_days,\
departures,attraction,regulatory,financial,physical,human,social,natural,source
home,Home,AAA,10,10,origin,,0.8,0.1,0.1,14,1,0,1,1,1,1,1,1,*=assumed
town,Town,AAA,11,10,transit,500,0.5,0.2,0.3,10,0,0,1,1,1,1,1,1,*=assumed
city,City,BBB,12,10,long_stay,,0.9,0.2,0.3,200,0,1,1,1,1,1,1,1,*=assumed
back,Back,AAA,10.1,10,return,,0.8,0.1,0.1,30,0,0,1,1,1,1,1,1,*=assumed
""",
    "legs.csv": """\
from,to,two_way,mode,km,detour,days,cost,death,interception,extortion,abuse,separation,closed,source
home,town,yes,road,111,1,1,10,0.001,0.01,0.01,0.01,0.01,10-40;90-120,*=assumed
town,city,no,foot,111,1,2,50,0.001,0.01,0.01,0.01,0.01,,*=assumed
city,back,no,air,215,1.02,1,0,0,0,0,0,0,,*=assumed
back,home,yes,road,11.2,1,1,0,0,0,0,0,0,,*=assumed
""",
    "countries.csv": """\
country,name,asylum_days,recognition,expiry_days,deportation,voluntary_return,detention_days,\
request_rate,source
AAA,Aland,365,0.3,3650,0.1,0.1,3,0.5,*=assumed
BBB,Bland,365,0.3,365,0.5,0.1,30,1.5,*=assumed
""",
    "organisations.csv": """\
id,name,country,kind,family,competence,respect,independence,promises_confidentiality,outreach,\
lived_experience,donor_conditions,source
rcrc_aland,Red Cross,AAA,red_cross_red_crescent,rcrc,0.7,0.8,0.8,yes,0.3,0.2,0.1,*=assumed
state_bland,State,BBB,government,government,0.6,0.6,0.1,no,0.1,0,0,*=assumed
""",
    "service_points.csv": """\
id,organisation,node,service,regulatory,financial,physical,human,social,natural,registers,\
capacity_per_day,visibility,premises,firewall,door,excludes,source
clinic,rcrc_aland,town,assistance,0,0,0.6,0.4,0,0,0.4,20,0.5,own,0,0,,*=assumed
desk,state_bland,city,protection,0.5,0,0,0,0,0,1,20,0.5,government,0,0.1,irregular;refused,*=assumed
""",
}


def write_good(folder: Path) -> Path:
    """Put the network without any fault into a folder."""
    for file, text in GOOD.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace one passage of one file."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def faults(folder: Path) -> list[Problem]:
    """All faults that are found."""
    with pytest.raises(InputProblem) as caught:
        load_network(folder)
    assert str(caught.value) == "\n".join(p.sentence() for p in caught.value.problems)
    return caught.value.problems
