"""Places: directories that hold a sweep or a calibration, found and opened to read, never written.

Only a directory with a manifest of Waytrust's is opened. Anything else is refused in a sentence.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.limits import refusal
from experiments.posterior import SHIPPED
from experiments.writing import MANIFEST, read_manifest
from sim.said import Said

__all__ = ["CALIBRATION", "RESULTS", "SWEEP", "Place", "confine", "opened", "places",
           "shipped"]  # fmt: skip

SWEEP, CALIBRATION = "sweep", "calibration"
RESULTS = "results"
"""Directory in which stores are looked for, beneath the one in which the server was started."""

_within: list[Path] = []
"""Where stores may lie, if not anywhere: see `confine`."""

_DEEPEST, _MOST, _MOST_SEEN = 3, 200, 5_000
_HINT = Said("name the directory that `waytrust sweep` or `waytrust calibrate` wrote with --out")


@dataclass(frozen=True)
class Place:
    """A directory with a manifest of a sweep or a calibration.

    Attributes:
        folder: The directory, as a reader would write it: relative to where the server was
            started if it lies there.
        kind: `sweep` or `calibration`.
        design: Name of its design.
        made: When it was begun, as in the manifest.
        manifest: All that the manifest says.
    """

    folder: Path
    kind: str
    design: str
    made: str
    manifest: Mapping[str, Any]


def places(under: Path | str = RESULTS) -> list[Place]:
    """The sweeps and calibrations beneath a directory, the newest first.

    Args:
        under: Where to look, three levels deep; nothing is found where it does not exist.
    """
    found = []
    for folder in _folders(Path(under)):
        manifest = read_manifest(folder)
        if manifest is not None and manifest.get("kind") in (SWEEP, CALIBRATION):
            found.append(_place(folder, manifest))
            if len(found) >= _MOST:
                break
    return sorted(found, key=lambda each: (each.made, str(each.folder)), reverse=True)


def shipped() -> Place:
    """The calibration whose posterior Waytrust ships; it lies there without a manifest."""
    return Place(_as_written(SHIPPED), CALIBRATION, "fit_to_evidence", "", {})


def confine() -> None:
    """From now on open only what lies under `results/`, and what ships: others can ask here."""
    _within[:] = [Path(RESULTS).resolve(), SHIPPED]


def opened(text: Path | str) -> Place:
    """The place that somebody names.

    Args:
        text: A directory, or a file in it.

    Raises:
        InputProblem: If it is none that holds a sweep or a calibration.
    """
    named = str(text).strip()
    if not named:
        raise refusal(Said("directory"), "", Said("no directory is named"), _HINT)
    folder = Path(os.path.normpath(Path(named).expanduser()))
    if _within and not _lies_within(folder):
        message = Said("does not lie where others may look")
        hint = Said("put it under {place}/", place=RESULTS)
        raise refusal(Said("directory"), named, message, hint)
    _check_directory(folder, named)
    if folder.resolve() == SHIPPED:
        return shipped()
    manifest = read_manifest(folder)
    if manifest is None:
        message = Said("holds no manifest of Waytrust's")
        if (folder / MANIFEST).exists():
            message = Said("holds a manifest.json that is damaged or not Waytrust's")
        raise refusal(Said("directory"), named, message, _HINT)
    kind = manifest.get("kind")
    if kind not in (SWEEP, CALIBRATION):
        message = Said(
            "holds a result of `waytrust {kind}`, not a sweep or a calibration", kind=str(kind)
        )
        raise refusal(Said("directory"), named, message, _HINT)
    return _place(folder, manifest)


def _lies_within(folder: Path) -> bool:
    try:
        whole = folder.resolve()
    except (OSError, ValueError):  # going round in a circle; a name that no directory can have
        return False
    return any(whole.is_relative_to(each) for each in _within)


def _check_directory(folder: Path, named: str) -> None:
    try:
        if folder.is_dir():
            os.scandir(folder).close()
            return
        message = Said("is a file") if folder.exists() else Said("does not exist")
    except (OSError, ValueError) as error:  # not to be read; a name that no directory can have
        message = Said("cannot be read (no directory can be called so)")
        if reason := getattr(error, "strerror", None):
            message = Said("cannot be read ({reason})", reason=reason.lower())
    raise refusal(Said("directory"), named, message, _HINT)


def _place(folder: Path, manifest: Mapping[str, Any]) -> Place:
    return Place(
        _as_written(folder), str(manifest["kind"]), str(manifest.get("design", folder.name)),
        str(manifest.get("made", "")), manifest,
    )  # fmt: skip


def _as_written(folder: Path) -> Path:
    here = Path.cwd()
    whole = folder if folder.is_absolute() else here / folder
    return whole.relative_to(here) if whole.is_relative_to(here) and whole != here else whole


def _folders(root: Path) -> Iterator[Path]:
    """Directories beneath one, nearest first; what is in a result of ours is not looked at."""
    waiting, seen = [(root, 0)], 0
    while waiting and seen < _MOST_SEEN:
        folder, depth = waiting.pop(0)
        try:
            entries = sorted(
                entry.path for entry in os.scandir(folder)
                if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
            )  # fmt: skip
        except OSError:  # gone by now, or not to be read
            continue
        seen += 1
        yield folder
        if depth < _DEEPEST and not (folder / MANIFEST).exists():
            waiting += [(Path(entry), depth + 1) for entry in entries]
