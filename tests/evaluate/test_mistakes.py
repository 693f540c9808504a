from __future__ import annotations

import pytest

from textwright.evaluate.mistakes import span_faults
from textwright.types import Span

JOB, LEVEL = Span(0, 12, "JOB"), Span(0, 6, "LEVEL")


@pytest.mark.parametrize(
    ("gold", "found", "kinds"),
    [
        ([JOB], [JOB], []),
        ([JOB], [], ["missed"]),
        ([], [JOB], ["spurious"]),
        ([JOB], [Span(0, 10, "JOB")], ["boundary"]),
        ([LEVEL], [Span(0, 6, "JOB")], ["label"]),
        ([LEVEL], [Span(0, 5, "JOB")], ["missed", "spurious"]),
        ([JOB], [Span(20, 25, "JOB")], ["missed", "spurious"]),
        ([JOB, LEVEL], [JOB, Span(0, 4, "LEVEL")], ["boundary"]),
        ([JOB], [Span(0, 4, "JOB"), Span(2, 12, "JOB")], ["boundary", "spurious"]),
        ([Span(0, 6, "A"), Span(0, 6, "B")], [Span(0, 6, "C")], ["label", "missed"]),
    ],
)
def test_each_difference_has_its_kind(gold: list[Span], found: list[Span], kinds: list[str]) -> None:
    assert sorted(fault.kind for fault in span_faults(gold, found)) == kinds


def test_a_boundary_is_paired_with_what_it_shares_most_with() -> None:
    [boundary] = [f for f in span_faults([JOB], [Span(0, 4, "JOB"), Span(2, 12, "JOB")]) if f.kind == "boundary"]
    assert boundary.found == Span(2, 12, "JOB")


def test_faults_are_told_in_words() -> None:
    faults = span_faults([JOB, LEVEL], [Span(7, 12, "JOB"), Span(0, 6, "PAY")])
    assert [fault.in_words("Senior Nurse") for fault in faults] == [
        "JOB is “Senior Nurse”, found was “Nurse”",
        "“Senior” is LEVEL, found was PAY",
    ]
