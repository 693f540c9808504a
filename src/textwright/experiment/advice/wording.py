"""How numbers and lists are said."""

from __future__ import annotations

from collections.abc import Sequence

from textwright.experiment.table.columns import measure_title
from textwright.experiment.table.naming import listed_names


def listed(words: Sequence[str], *, last: str = "and") -> str:
    """Join words as a sentence does.

    >>> listed(["a", "b", "c"]), listed(["a"]), listed([])
    ('a, b and c', 'a', '')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def called(method: str) -> str:
    """Name a method in a sentence.

    >>> called("rules"), called("rules, then network")
    ('rules', '“rules, then network”')
    """
    return listed_names([method])


def names_say(methods: Sequence[str]) -> str:
    """Begin what one or several methods say.

    >>> names_say(["rules"]), names_say(["rules", "network"])
    ('rules says', 'rules and network say')
    """
    return f"{listed(list(map(called, methods)))} {'says' if len(methods) == 1 else 'say'}"


def points(share: float) -> str:
    """Say a difference of shares in points of 100.

    >>> points(0.0123), points(0.01), points(-0.002), points(-0.0)
    ('1.2 points', '1.0 points', '-0.2 points', '0.0 points')
    """
    return f"{_in_points(share):.1f} points"


def range_of(low: float, high: float) -> str:
    """Say between which points a difference lies.

    >>> range_of(-0.004, 0.021)
    'between -0.4 and 2.1 points'
    """
    return f"between {_in_points(low):.1f} and {_in_points(high):.1f} points"


def _in_points(share: float) -> float:
    """Round to tenths of a point; there is no nothing with a minus."""
    return round(100 * share, 1) + 0.0


def right_by(measure: str) -> str:
    """Say of which texts a measure tells the share.

    >>> right_by("whole_text"), right_by("exact:JOB"), right_by("category:tone")
    ('all right', 'right in JOB', 'right in tone')
    """
    return "all right" if measure == "whole_text" else f"right in {measure_title(measure).removesuffix(' exact')}"


def time_in_words(seconds: float) -> str:
    """Say how long work takes.

    >>> time_in_words(40), time_in_words(780), time_in_words(9000)
    ('under a minute', '13 minutes', '2.5 hours')
    """
    if seconds < 60:
        return "under a minute"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    return f"{seconds / 3600:.1f} hours"
