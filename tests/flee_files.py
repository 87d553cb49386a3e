"""A tiny instance of Flee, and what tests do to its files."""

from __future__ import annotations

from pathlib import Path

from scenarios.importing.flee import FleeInstance, read_instance

FLEE = Path(__file__).parent / "data" / "flee"
NAMES = ("burundi2015", "car2013", "mali2012")

FILES = {
    "input_csv/locations.csv": """\
#name,region,country,latitude,longitude,location_type,conflict_date,population
Alpha,A,Home,10.0,10.0,conflict_zone,0,1000
Beta,A,Home,10.5,10.5,conflict_zone,2,3000
Gamma,A,Home,11.0,11.0,town,,
Delta,D,Away,11.5,11.5,camp,,2000
Omega,D,Away,11.5,12.0,camp,,
""",
    "input_csv/routes.csv": """\
#name1,name2,distance,forced_redirection
Alpha,Gamma,180,0
Beta,Gamma,90,
Gamma,Delta,90,
Gamma,Omega,140,
""",
    "input_csv/closures.csv": "#closure_type,name1,name2,closure_start,closure_end\n",
    "input_csv/conflicts.csv": """\
#Day,Alpha,Beta,Gamma,Delta,Omega
0,1,0,0,0,0
1,1,0,0,0,0
2,1,1,0,0,0
3,1,1,0,0,0
4,1,1,0,0,0
""",
    "input_csv/registration_corrections.csv": "",
    "input_csv/sim_period.csv": "StartDate,2020-01-01\nLength,5\n",
    "source_data/data_layout.csv": "total,refugees.csv\nDelta,delta.csv\nOmega,omega.csv\n",
    "source_data/refugees.csv": "2020-01-01,100\n2020-01-05,500\n",
    "source_data/delta.csv": "2020-01-01,100\n2020-01-05,300\n",
    "source_data/omega.csv": "2020-01-01,0\n2020-01-05,200\n",
}


def tiny(folder: Path, **changes: str | None) -> Path:
    """Write the tiny instance; a change replaces a file (`routes=...`), None leaves it out."""
    for name, text in FILES.items():
        stem = Path(name).stem
        content = changes.pop(stem, text)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is not None:
            path.write_bytes(content.encode())
    for stem, content in changes.items():
        if content is not None:
            (folder / "source_data" / f"{stem}.csv").write_bytes(content.encode())
    return folder


def told(instance: FleeInstance, file: str, line: int | None, *parts: str) -> bool:
    """Whether a warning about that line says all these words."""
    return any(
        Path(w.file).name == file and w.line == line and w.severity == "warning"
        and all(part in w.sentence() for part in parts)
        for w in instance.warnings)


def read_tiny(folder: Path, **changes: str | None) -> FleeInstance:
    """The tiny instance, changed and read."""
    return read_instance(tiny(folder, **changes))
