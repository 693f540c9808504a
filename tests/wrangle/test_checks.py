"""What is wrong with a text and how it is put right: examples of every rule, and what must hold for any text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.parity import hostile_texts

from textwright.errors import DataError
from textwright.types import Span
from textwright.wrangle.checks import (
    GENERIC,
    Finding,
    Repair,
    Rule,
    applied,
    carried,
    check,
    checks_in,
    generic_checks,
    read_rules,
    repaired,
    safe_repairs,
)
from textwright.wrangle.checks.findings import NESTED, ROUNDS
from textwright.wrangle.words import fold

CHECKS = generic_checks()
RULES = read_rules(GENERIC)
WORDS = (
    "NURSE",
    "nurse",
    "UX",
    "of",
    "of",
    " ",
    "  ",
    "-",
    "- ",
    ",",
    "!",
    "(",
    ")",
    "[",
    "]",
    '"',
    "*",
    "/",
    "&amp;",
    "<b>",
)
MORE = (
    "Â£",
    "\u200b",
    "\ud800",
    "\x00",
    "👩‍💻",
    "1st",
    "&#38;",
    "…",
    "’S",
    "--",
    "\n",
    "\u00a0",
    "HEAD",
    ".NET",
    "|",
    "a@b.co",
    "x",
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from([*WORDS, *MORE]), max_size=14).map("".join))


def found(text: str, rule: str) -> list[Finding]:
    return [finding for finding in check(text, CHECKS) if finding.rule == rule]


def with_first_repairs(text: str, findings: list[Finding]) -> str:
    """Make the first repair of each finding, safe or not, and then all that are safe."""
    first = [
        Finding(f.start, f.end, f.rule, "", (Repair(r.start, r.end, r.text),)) for f in findings for r in f.repairs[:1]
    ]
    return repaired(applied(text, safe_repairs(first)).text, CHECKS).text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_examples_that_hold(rule: Rule) -> None:
    assert rule.wrong
    assert rule.right
    assert [text for text, _ in rule.wrong if not found(text, rule.name)] == []
    assert [with_first_repairs(text, found(text, rule.name)) for text, _ in rule.wrong] == [
        made for _, made in rule.wrong
    ]
    assert [text for text in rule.right if found(text, rule.name)] == []


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("HEAD CHEF - GASTRO PUB", "Head Chef - Gastro Pub"),
        ("SENIOR UX/UI DESIGNER (HTML)", "Senior UX/UI Designer (HTML)"),
        ("CHEF’S ASSISTANT", "Chef’s Assistant"),
        ("СТАРШИЙ ИНЖЕНЕР", "Старший Инженер"),
        ("1ST LINE SUPPORT, PART-TIME", "1st Line Support, Part-time"),
        ("chef’s assistant", "Chef’s Assistant"),
        ("javascript developer in it", "JavaScript Developer in It"),
        ("  ***  Staff  Nurse !!!  ", "Staff Nurse!"),
        ("Nurse (Leeds", "Nurse (Leeds)"),
        ("Nurse [(Leeds", "Nurse Leeds"),
        ("&amp;amp;amp;lt;b&amp;gt; Nurse", "Nurse"),
        ("日本語 エンジニア", "日本語 エンジニア"),
    ],
)
def test_texts_are_repaired(text: str, made: str) -> None:
    assert repaired(text, CHECKS).text == made


def test_an_address_is_left_to_one_rule() -> None:
    rules = [finding.rule for finding in check("Chef, see HTTPS://EXAMPLE.COM/A--B,C", CHECKS)]
    assert rules == ["url"]


def test_what_may_lose_something_is_never_done_unasked() -> None:
    text = "Chef, 07700 900123, jobs@example.com"
    assert [finding.rule for finding in check(text, CHECKS)] == ["phone", "email"]
    assert repaired(text, CHECKS).text == text


def test_offsets_count_code_points() -> None:
    (finding,) = found("👩‍💻 Nurse!!", "repeated_signs")
    assert (finding.start, finding.end) == (9, 11)


def test_the_longest_length_can_be_set() -> None:
    (finding,) = [f for f in check("Staff Nurse", generic_checks(longest=5)) if f.rule == "too_long"]
    assert (finding.start, finding.end) == (5, 11)
    assert "5 characters" in finding.message


def test_overlapping_repairs_are_never_made_together() -> None:
    findings = [
        Finding(0, 4, "a", "", (Repair(0, 4, "x"),)),
        Finding(2, 6, "b", "", (Repair(2, 6, "y"),)),
        Finding(6, 6, "c", "", (Repair(6, 6, "z"),)),
        Finding(6, 8, "d", "", (Repair(6, 8, ""),)),
        Finding(8, 9, "e", "", (Repair(8, 9, "", safe=False),)),
    ]
    assert [(repair.start, repair.end) for repair in safe_repairs(findings)] == [(0, 4), (6, 6)]


@given(TEXTS)
@example("[(])")
@example("(((")
@example(")(")
@example("&#38;amp;")
@example("www.a.b")
@example("ß ßßß ŉ")
def test_repairs_end_and_leave_nothing_to_repair(text: str) -> None:
    once = repaired(text, CHECKS)
    assert safe_repairs(check(once.text, CHECKS)) == []
    assert repaired(once.text, CHECKS).text == once.text


@given(TEXTS)
def test_findings_and_repairs_lie_in_the_text(text: str) -> None:
    for finding in check(text, CHECKS):
        assert 0 <= finding.start <= finding.end <= len(text)
        assert all(0 <= repair.start <= repair.end <= len(text) for repair in finding.repairs)
        assert all(text[repair.start : repair.end] != repair.text for repair in finding.repairs)


@given(TEXTS)
def test_each_character_knows_where_it_came_from(text: str) -> None:
    mapped = repaired(text, CHECKS)
    for place, character in enumerate(mapped.text):
        start, end = mapped.raw(place, place + 1)
        assert 0 <= start <= end <= len(text)
        if character.isalpha() and end - start == 1 and text[start].isalpha():
            assert fold(character) == fold(text[start])


@given(TEXTS)
def test_spans_are_carried_over(text: str) -> None:
    mapped = repaired(text, CHECKS)
    for span in carried([Span(place, place + 1, "X") for place in range(len(text))], mapped):
        assert 0 <= span.start < span.end <= len(mapped.text)


def test_a_span_keeps_its_words() -> None:
    text = "URGENT&amp;  STAFF NURSE!!, leeds"
    mapped = repaired(text, CHECKS)
    (span,) = carried([Span(text.index("STAFF"), text.index("!!"), "JOB")], mapped)
    assert mapped.text[span.start : span.end] == "Staff Nurse"


def test_a_span_of_which_nothing_is_left_goes() -> None:
    assert carried([Span(0, 3, "X")], repaired("*** Nurse", CHECKS)) == ()


@pytest.mark.parametrize("text", hostile_texts(), ids=lambda text: ascii(text[:20]))
def test_hostile_texts_are_repaired(text: str) -> None:
    once = repaired(text, CHECKS).text
    assert repaired(once, CHECKS).text == once


@pytest.mark.parametrize(
    "text",
    [
        *("a" * 20_000, "A " * 10_000, "(" * 20_000, "([" * 10_000, "a@" * 10_000, "&amp;" * 4_000, "<a " * 7_000),
        *("0 " * 10_000, "! " * 10_000, "-" * 20_000, " " * 20_000, "www." * 5_000, "of " * 7_000, "£" * 20_000),
        *("👩‍💻" * 7_000, '"' * 19_999, "- " * 10_000 + "a", "( " * 10_000, "£" * 19_999 + "5", "#x" * 10_000),
        *("(" * 10_000 + "]" * 10_000, "([" * 5_000 + ")}" * 5_000),
    ],
    ids=lambda text: text[:5],
)
@pytest.mark.parametrize(("share", "seconds"), [(0.4, 2), pytest.param(1, 2, marks=pytest.mark.verify)])
def test_long_texts_take_no_time(text: str, share: float, seconds: float) -> None:
    half = round(share * len(text) / 2)
    text = text if share == 1 else text[:half] + text[-half:]
    began = time.process_time()
    check(text, CHECKS)
    assert time.process_time() - began < seconds


@pytest.mark.parametrize(("depth", "left"), [(ROUNDS + 50, 0), (NESTED // 2, NESTED // 2 - ROUNDS)])
def test_a_text_nested_on_purpose_ends_too(depth: int, left: int) -> None:
    assert repaired("Nurse " + "(" * depth + ")" * depth, CHECKS).text == f"Nurse {'(' * left}{')' * left}".strip()


@pytest.mark.parametrize("text", ["***", "( )", "&nbsp;", " *** ", "★ ★", "*** () <b></b>"])
def test_a_repair_that_leaves_nothing_is_not_safe(text: str) -> None:
    once = repaired(text, CHECKS).text
    assert once.strip()
    assert safe_repairs(check(once, CHECKS)) == []
    assert repaired(once, CHECKS).text == once


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no JSON", "no file of rules"),
        ('{"rules": [{"name": "x", "message": "", "kind": "magic"}]}', "rule x: unknown kind 'magic'. Known: bracket"),
        ('{"rules": [{"name": "x", "message": "", "severity": "bad"}]}', "severity 'bad'. Known: error, warning, info"),
        ('{"rules": [{"name": "x", "message": ""}]}', "rule x: a rule of the kind pattern needs 'patterns'"),
        ('{"rules": [{"name": "x", "message": "", "patterns": [{"match": "("}]}]}', "is no pattern"),
        ('{"rules": [{"name": "x"}]}', "message"),
        ('{"rules": 1}', "no file of rules"),
    ],
)
def test_rules_that_cannot_be_used_are_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as error:
        checks_in(path)
    assert message in str(error.value)
    assert message.startswith(("rule x", "is no")) or str(path) in str(error.value)


def test_own_rules_can_be_added(tmp_path: Path) -> None:
    path = tmp_path / "rules.json"
    pattern = {"match": "%<ninja%>", "replace": ["expert"]}
    path.write_text(json.dumps({"rules": [{"name": "ninja", "message": "Say what is meant.", "patterns": [pattern]}]}))
    assert repaired("Sales NINJA", [*checks_in(path), *CHECKS]).text == "Sales expert"
