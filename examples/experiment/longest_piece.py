"""A plain function as a method: the title is the longest piece between signs."""

from __future__ import annotations

import re

SIGNS = re.compile(r"[|(:,/)!]| - | in ")
LEVEL = re.compile(r"Senior|Junior|Lead|Trainee|Principal|Mid-weight|Graduate")


def titles(text: str) -> list[tuple[int, int, str]]:
    """Return the spans of a text as (start, end, label)."""
    title = max(SIGNS.split(text), key=len).strip()
    if not title:
        return []
    start = text.index(title)
    level = LEVEL.match(title)
    found = [(start, start + len(title), "JOBTITLE")]
    return [*found, (start, start + level.end(), "SENIORITY")] if level else found
