"""A plain function as a method: the title is what stands before the first sign."""

from __future__ import annotations

import re

SIGNS = re.compile(r"[|(:,/]| - | in ")
LEVEL = re.compile(r"Senior|Junior|Lead|Trainee|Principal|Graduate")


def titles(text: str) -> list[tuple[int, int, str]]:
    """Return the spans of a text as (start, end, label)."""
    title = SIGNS.split(text)[0].rstrip()
    found = [(0, len(title), "JOBTITLE")] if title else []
    level = LEVEL.match(title)
    return [*found, (0, level.end(), "SENIORITY")] if level else found
