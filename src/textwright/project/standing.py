"""Where each step of a project stands: done or not, in a few words, and the commands that would do the same."""

from __future__ import annotations

import shlex
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textwright.errors import TextwrightError
from textwright.project.state import Step

if TYPE_CHECKING:
    from textwright.project.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Standing:
    """A step as it stands. `words` say what there is, or are empty; `commands` are lines for a shell.

    `fault` says why it cannot be known: a file that somebody edited, and that cannot be read any more.
    """

    done: bool = False
    words: str = ""
    commands: tuple[str, ...] = ()
    fault: str = ""


def standings(bench: Workbench) -> list[dict[str, Any]]:
    """Return where each step stands, in the order of the steps, as plain data."""
    from textwright.project import bring, correct, judge, look_for, ship, suggest

    parts: dict[Step, Any] = {
        "bring": bring,
        "look_for": look_for,
        "suggest": suggest,
        "correct": correct,
        "judge": judge,
        "ship": ship,
    }
    return [{"name": name, **asdict(_standing(part, bench))} for name, part in parts.items()]


def _standing(part: Any, bench: Workbench) -> Standing:
    """Ask a step how it stands; what cannot be read of one hinders no other."""
    try:
        found: Standing = part.standing(bench)
    except TextwrightError as error:
        return Standing(fault=str(error))
    return found


def command(*words: str | Path) -> str:
    """Write a textwright command as a shell takes it.

    >>> command("profile", "my titles.txt")
    "textwright profile 'my titles.txt'"
    """
    return shlex.join(["textwright", *map(str, words)])
