"""What is wrong with the headline of a job advert: the rules that are about jobs, beside the generic ones.

Haste, pay that is not told and reference numbers are found in the text alone; that no job is named, that
two are, or that the job comes late, is found in what a model of the pack marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from textwright.types import Annotation
from textwright.wrangle.checks import LONGEST, Check, Finding, check, checks_in, generic_checks

RULES = files(__package__) / "headline.json"


@cache
def job_checks() -> tuple[Check, ...]:
    """Return the checks that are about jobs."""
    return checks_in(RULES)


def headline_checks(*, longest: int = LONGEST) -> tuple[Check, ...]:
    """Return all checks of a headline, those about jobs first."""
    return (*job_checks(), *generic_checks(longest=longest))


def check_headline(text: str, annotation: Annotation | None = None, *, checks: Sequence[Check] = ()) -> list[Finding]:
    """Find what is wrong with a headline; with what a model marks in it, also what is wrong with its jobs.

    >>> [finding.rule for finding in check_headline("URGENT: Chef £££")]
    ['urgency', 'masked_pay']
    """
    return check(text, checks or headline_checks(), annotation)
