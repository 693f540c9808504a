"""How commands tell what became of a gate, to people and to continuous integration."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from textwright.cli.reports import show, write_text
from textwright.cli.status import Status
from textwright.cli.telling import say

if TYPE_CHECKING:
    from textwright.evaluate.gate import Verdicts

GATE_HELP = "Hold the figures against this gate (TOML or JSON)."
JUNIT_HELP = "Write the gate's verdicts as JUnit XML."
STATUSES = {"missed": Status.GATE_MISSED, "undecidable": Status.USAGE}


def tell_gate(verdicts: Verdicts, *, junit: Path | None = None) -> Status | None:
    """Print the verdicts and hand them to what runs us; say the exit status, None if all was passed.

    In GitHub Actions each rule that was not passed becomes an annotation, and the step's summary gains a table.
    """
    from textwright.evaluate.gate.continuous import github_annotations, junit_xml, summary_markdown

    show(["", *verdicts.lines()], [])
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for line in github_annotations(verdicts, root=Path(os.environ.get("GITHUB_WORKSPACE") or ".")):
            print(line)
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        _append(Path(summary), summary_markdown(verdicts))
    write_text(junit, lambda: junit_xml(verdicts))
    return STATUSES.get(verdicts.outcome)


def _append(path: Path, text: str) -> None:
    """Add to a file; that it cannot be written is no reason to forget the verdicts."""
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        say(f"{path}: the step's summary cannot be written: {error.strerror or error}")
