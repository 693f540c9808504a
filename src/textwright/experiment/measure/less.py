"""When one method takes less than another, and when both take the same."""

from __future__ import annotations

# Two amounts that differ by less are the same: a time varies so much from one measurement to the next.
SAME = 1.1


def takes_less(amount: float, other: float) -> bool:
    """Say whether an amount (of time, bytes or money, in any unit) is less than another, by more than a tenth.

    >>> takes_less(1.0, 1.2), takes_less(1.0, 1.05), takes_less(0.0, 0.01), takes_less(0.0, 0.0)
    (True, False, True, False)
    """
    return amount * SAME < other
