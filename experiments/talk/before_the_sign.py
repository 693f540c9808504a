"""The plainest method: the title is what stands before the first sign, and rank is a list of words at its beginning."""

from __future__ import annotations

import re

SIGN = re.compile(r"\s*(?:[|(\[,:/–—@]|\s-\s|\s(?:at|in|for)\s)")
RANK = re.compile(r"(?:senior|junior|lead|principal|head|chief|staff|mid|sr|jr)\b\.?", re.IGNORECASE)


def titles(text: str) -> list[tuple[int, int, str]]:
    """Return the title of a headline and its rank as (start, end, label)."""
    sign = SIGN.search(text)
    end = sign.start() if sign else len(text)
    rank = RANK.match(text, 0, end)
    return [(0, end, "JOBTITLE")] * (end > 0) + ([(0, rank.end(), "SENIORITY")] if rank else [])
