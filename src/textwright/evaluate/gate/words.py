"""How a gate writes figures."""

from __future__ import annotations

MOST_DIGITS = 9


def apart(found: float, asked: float) -> tuple[str, str]:
    """Write two figures with three digits, or as many as show that they differ.

    >>> apart(0.9231, 0.9), apart(0.89996, 0.9)
    (('0.923', '0.9'), ('0.89996', '0.9'))
    """
    digits = next((n for n in range(3, MOST_DIGITS) if round(found, n) != round(asked, n)), 3)
    return f"{found:.{digits}f}", f"{asked:g}"


def points(share: float) -> str:
    """Write a difference of shares in percentage points.

    >>> points(0.021), points(0.00004), points(0.01)
    ('2.1 points', '0.004 points', '1.0 point')
    """
    written = f"{100 * share:.1f}" if abs(share) >= 0.0005 or share == 0 else f"{100 * share:.1g}"
    return f"{written} point{'' if written == '1.0' else 's'}"


def more_or_less(share: float) -> str:
    """Say how far a is before b.

    >>> more_or_less(0.012), more_or_less(-0.02), more_or_less(0.0)
    ('1.2 points ahead', '2.0 points behind', 'level')
    """
    if share == 0:
        return "level"
    return f"{points(abs(share))} {'ahead' if share > 0 else 'behind'}"


def ends(interval: tuple[float, float]) -> str:
    """Write an interval of differences in percentage points.

    >>> ends((-0.021, -0.0001))
    '-2.1 to 0.0'
    """
    low, high = (round(100 * end, 1) + 0.0 for end in interval)
    return f"{low:.1f} to {high:.1f}"
