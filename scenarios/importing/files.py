"""Text of a file that somebody hands in, within limits."""

from __future__ import annotations

from pathlib import Path

from sim.problems import InputProblem, Problem

__all__ = ["text_of"]

MOST_BYTES = 50_000_000


def text_of(path: Path) -> str:
    """Text of a file in UTF-8.

    Raises:
        InputProblem: If it is not there, is too large, or is no such text.
    """
    shown = str(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputProblem(Problem(
                file=shown, message=f"is larger than {MOST_BYTES // 1_000_000} MB",
                suggestion="keep the places and ways of the route"))
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputProblem(Problem(file=shown, message="there is no such file",
                                   suggestion="check its name")) from None
    except UnicodeDecodeError:
        raise InputProblem(Problem(file=shown, message="is not UTF-8 text",
                                   suggestion="export it in UTF-8")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name"
        raise InputProblem(Problem(file=shown, message=f"cannot be read ({reason})",
                                   suggestion="name a file")) from None
