"""Findings for people: the text with a bracket under each place, what is wrong there, and the repaired text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textwright.brackets import shown
from textwright.draw import draw_text
from textwright.schema import Schema
from textwright.types import Annotation, Span
from textwright.wrangle.checks import Finding

if TYPE_CHECKING:
    from rich.console import Group

COLOURS = {"error": "#c0392b", "warning": "#b9770e", "info": "#1f5fbf"}


def drawing(text: str, findings: Sequence[Finding], repaired: str, width: int) -> Group:
    """Draw a text with its findings in `width` columns."""
    from rich.console import Group
    from rich.text import Text

    colours = {finding.rule: {"colour": COLOURS[finding.severity]} for finding in findings}
    spans = tuple(Span(finding.start, finding.end, finding.rule) for finding in findings)
    drawn = draw_text(text, Annotation(spans), Schema.from_data({"labels": colours}), width=width)
    drawn.end = "\n"
    lines = [
        Text.assemble("  ", (finding.rule, COLOURS[finding.severity]), f"  {said(finding)}") for finding in findings
    ]
    made = [Text.assemble("  = ", (visible(repaired), "bold"))] if repaired != text else []
    return Group(drawn, *lines, *made, Text(""))


def said(finding: Finding) -> str:
    """Say what is wrong and what the best repair would do.

    >>> from textwright.wrangle.checks import Repair
    >>> said(Finding(5, 7, "double_space", "More than one space.", (Repair(5, 7, " "),)))
    'More than one space. → “ ”'
    """
    best = next(iter(finding.repairs), None)
    if best is None:
        return finding.message
    made = f"“{visible(best.text)}”" if best.text else "take it out"
    return f"{finding.message} → {made}" + ("" if best.safe else " (only if nothing is lost)")


def visible(text: str) -> str:
    """Show what a terminal would act on instead of showing it."""
    return "".join(map(shown, text))
