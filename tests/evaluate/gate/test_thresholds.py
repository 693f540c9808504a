from __future__ import annotations

from typing import Any

import pytest

from tests.evaluate.gate.reports import report, rights, rules
from textwright.errors import DataError
from textwright.evaluate.gate import Verdict, gate
from textwright.evaluate.gate.sizes import texts_for_low
from textwright.evaluate.statistics import wilson


def only(right: int, of: int, measure: str = "exact:JOB", **rule: Any) -> Verdict:
    asked = rules(threshold=[{"measure": measure, "at_least": 0.9, **rule}])
    return gate({"a": report(rights(right, of))}, asked).verdicts[0]


@pytest.mark.parametrize(
    ("right", "of", "rule", "outcome"),
    [
        (90, 100, {}, "passed"),
        (89, 100, {}, "missed"),
        (90, 100, {"by": "low"}, "missed"),
        (960, 1000, {"by": "low"}, "passed"),
        (34, 34, {"by": "low"}, "undecidable"),
        (35, 35, {"by": "low"}, "passed"),
        (35, 35, {"by": "low", "at_least": 1.0}, "undecidable"),
        (0, 0, {}, "undecidable"),
        (0, 0, {"by": "low"}, "undecidable"),
    ],
)
def test_a_share_is_held_against_a_threshold(right: int, of: int, rule: dict[str, Any], outcome: str) -> None:
    assert only(right, of, **rule).outcome == outcome


def test_the_sentence_says_what_was_found_and_by_how_much() -> None:
    assert only(889, 1000).words == (
        "a: exact:JOB is 0.889 (95 % interval 0.868 to 0.907, 1,000 texts), 1.1 points below the 0.9 that was asked."
    )
    assert only(92, 100, by="low").words == (
        "a: the lower end of exact:JOB is 0.850 (0.920, 100 texts), 5.0 points below the 0.9 that was asked; "
        "0.920 right of 865 texts would do."
    )
    assert only(20, 20, by="low").words == (
        "a: the lower end of exact:JOB is 0.839 (1.000, 20 texts): the data cannot decide 0.9, which a lower end "
        "reaches with 35 texts at least, all of them right; 20 are there."
    )


def test_a_figure_that_is_nearly_enough_shows_that_it_is_not() -> None:
    assert "is 0.89996 " in only(89_996, 100_000).words
    assert "0.004 points below" in only(89_996, 100_000).words


@pytest.mark.parametrize(
    ("measure", "found"),
    [
        ("whole_text", 0.95),
        ("category:tone", 0.95),
        ("spans.JOB.f1", 0.8),
        ("spans.macro.recall", 0.6),
        ("categories.tone.macro_f1", 0.5),
        ("exact:JOB@domain=ux", 0.5),
    ],
)
def test_each_figure_of_a_report_can_be_asked_for(measure: str, found: float) -> None:
    assert only(95, 100, measure).found == found


@pytest.mark.parametrize(
    ("measure", "message"),
    [
        ("exact:JBO", "a was not scored for exact JBO. Did you mean JOB?"),
        ("category:tones", "Did you mean tone?"),
        ("spans.minor.f1", "Did you mean micro?"),
        ("exact:JOB@domian=ux", "the report was not sliced by domian. Did you mean domain?"),
        ("exact:JOB@domain=ui", "no text has domain = ui. Did you mean ux?"),
    ],
)
def test_what_was_not_scored_is_named_with_what_comes_near(measure: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        only(95, 100, measure)
    assert message in str(caught.value)


def test_a_lower_end_needs_an_interval() -> None:
    assert only(95, 100, "spans.JOB.f1", by="low", at_least=0.7).outcome == "passed"
    with pytest.raises(DataError, match="has no interval"):
        only(95, 100, "spans.macro.recall", by="low")


def test_the_worst_seed_counts() -> None:
    asked = rules(threshold=[{"measure": "exact:JOB", "at_least": 0.9}])
    seeds = [report(rights(right, 100)) for right in (95, 88, 93)]
    [verdict] = gate({"a": seeds}, asked).verdicts
    assert (verdict.outcome, verdict.found) == ("missed", 0.88)
    assert "(the worst of 3 seeds)" in verdict.words


@pytest.mark.parametrize(("at_least", "share"), [(0.9, 1.0), (0.9, 0.95), (0.5, 0.6), (0.99, 0.999)])
def test_texts_for_a_lower_end_are_just_enough(at_least: float, share: float) -> None:
    needed = texts_for_low(at_least, share=share)
    assert needed is not None
    assert wilson(share * needed, needed).low >= at_least - 1e-12
    assert wilson(share * (needed - 1), needed - 1).low < at_least
