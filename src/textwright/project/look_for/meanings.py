"""What words and texts of like meaning propose, worked out in a process of its own, which can be ended at any time.

`python -m textwright.project.look_for.meanings FOLDER` reads the texts of a project and prints what they propose.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from textwright.errors import TextwrightError
from textwright.project.files import Project, read_project
from textwright.project.look_for.groups import ProposedAnswer, ProposedTask
from textwright.project.look_for.shapes import Proposal
from textwright.project.look_for.shown import Place, open_texts
from textwright.trust import parsed_json

COMMAND = [sys.executable, "-P", "-m", "textwright.project.look_for.meanings"]
# Fewer texts have no words or groups worth a proposal; of more than the most, the first ones are looked at.
LEAST_TEXTS, MOST_TEXTS = 10, 5_000


@dataclass(frozen=True, slots=True)
class Meanings:
    """Labels and a question that meanings propose; `lacking` says why something was not looked for."""

    labels: tuple[Proposal, ...] = ()
    task: ProposedTask | None = None
    lacking: str = ""


def begin(project: Project) -> subprocess.Popen[str]:
    """Start the process."""
    return subprocess.Popen(
        [*COMMAND, str(project.folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def results(process: subprocess.Popen[str]) -> Iterator[Meanings]:
    """Yield what the process has found so far, each time that it finds more; one that was ended finds no more."""
    found = Meanings()
    assert process.stdout is not None
    with process.stdout, suppress(ValueError):  # a line that breaks off
        for line in process.stdout:
            found = _read(parsed_json(line))
            yield found
    if process.wait() > 0:
        yield replace(found, lacking="the process that looks came to a fault")


def _read(data: Mapping[str, Any]) -> Meanings:
    labels = tuple(Proposal(**{**each, "places": _places(each["places"])}) for each in data["labels"])
    return Meanings(labels, _task(data["task"]), data["lacking"])


def _places(data: Sequence[Mapping[str, Any]]) -> tuple[Place, ...]:
    return tuple(Place(**each) for each in data)


def _task(data: Mapping[str, Any] | None) -> ProposedTask | None:
    if data is None:
        return None
    answers = (ProposedAnswer(**{**each, "shown": tuple(each["shown"])}) for each in data["answers"])
    return ProposedTask(data["name"], data["meaning"], tuple(answers))


# --- in the process -------------------------------------------------------------------------------------------------


def look(texts: Sequence[str], *, seed: int) -> Iterator[Meanings]:
    """Yield what meanings propose, the labels first; without the packages for it, which one is missing."""
    from textwright.project.look_for.alike import alike_proposals
    from textwright.project.look_for.groups import group_proposal

    try:
        labels = tuple(alike_proposals(texts))
        yield Meanings(labels)
        yield Meanings(labels, group_proposal(texts, seed=seed))
    except TextwrightError as error:
        yield Meanings(lacking=str(error))


def main() -> int:
    """Look at the texts of the project's folder that is named, and print what they propose, as it is found."""
    project = read_project(Path(sys.argv[1]))
    texts = open_texts(project)[:MOST_TEXTS]
    for found in look(texts, seed=project.state.seed):
        print(json.dumps(asdict(found)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
