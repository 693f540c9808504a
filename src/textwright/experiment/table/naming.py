"""Names of methods in sentences."""

from __future__ import annotations

from collections.abc import Iterable


def listed_names(names: Iterable[str]) -> str:
    """Write names with commas between; one that has a comma itself stands in quotation marks.

    >>> listed_names(["rules", "rules, then network"])
    'rules, “rules, then network”'
    """
    return ", ".join(f"“{name}”" if "," in name else name for name in names)
