"""What is wrong with a short text, where, and how to put it right.

>>> [finding.rule for finding in check("STAFF  NURSE", generic_checks())]
['shouting', 'double_space']
>>> repaired("STAFF  NURSE", generic_checks()).text
'Staff Nurse'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from textwright.wrangle.checks import casing, labels, lengths, pairs, source
from textwright.wrangle.checks.findings import (
    Check,
    Finding,
    Repair,
    applied,
    carried,
    check,
    check_named,
    repaired,
    safe_repairs,
)
from textwright.wrangle.checks.rules import Finder, Rule, checks_of, pattern, read_rules

__all__ = [
    "GENERIC",
    "LONGEST",
    "Check",
    "Finding",
    "Repair",
    "Rule",
    "applied",
    "carried",
    "check",
    "check_named",
    "checks_in",
    "generic_checks",
    "read_rules",
    "repaired",
    "safe_repairs",
]

LONGEST = lengths.LONGEST
GENERIC: Traversable = files(__name__) / "rules.json"
KINDS: Mapping[str, Callable[[Rule], Finder]] = {
    "bracket": pairs.bracket,
    "empty": lengths.empty,
    "entity": source.entity,
    "invisible": source.invisible,
    "lower_case": casing.lower_case,
    "mojibake": source.mojibake,
    "pattern": pattern,
    "quote": pairs.quote,
    "shouting": casing.shouting,
    "span_late": labels.span_late,
    "span_missing": labels.span_missing,
    "span_several": labels.span_several,
    "too_long": lengths.too_long,
    "too_short": lengths.too_short,
}


@cache
def generic_checks(*, longest: int = LONGEST) -> tuple[Check, ...]:
    """Return the checks of any short text. `longest` is the length, in code points, beyond which one is too long."""
    return checks_of((_with_length(rule, longest) for rule in read_rules(GENERIC)), KINDS)


def _with_length(rule: Rule, longest: int) -> Rule:
    if rule.kind != "too_long":
        return rule
    message = rule.message.replace("{longest}", str(longest))
    return replace(rule, message=message, settings={"longest": longest})


def checks_in(source: Traversable) -> tuple[Check, ...]:
    """Return the checks of a file of rules. Raise `DataError` when it is none."""
    return checks_of(read_rules(source), KINDS)
