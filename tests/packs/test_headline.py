"""Headlines of job adverts: the rules about jobs, their examples, and the shared vectors."""

from __future__ import annotations

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import spec

from textwright.packs.job_titles import open_network
from textwright.packs.job_titles.headline import RULES, check_headline, headline_checks
from textwright.predictor import Predictor
from textwright.types import Annotation, Span
from textwright.wrangle.checks import (
    GENERIC,
    Finding,
    Repair,
    Rule,
    applied,
    check,
    read_rules,
    repaired,
    safe_repairs,
)

CHECKS = headline_checks()
PIECES = (
    "URGENT",
    "£££",
    "DOE",
    "****k",
    "up to £XXk",
    "£13",
    "45k",
    "Ref: 123",
    "(JO-1811-12)",
    "Nurse",
    " ",
    " - ",
    "!",
    "ASAP",
    ",",
)


@pytest.fixture(scope="module")
def model() -> Predictor:
    return open_network()


def found(text: str, rule: str, model: Predictor) -> list[Finding]:
    [annotation] = model.predict([text])
    return [finding for finding in check_headline(text, annotation) if finding.rule == rule]


def with_first_repairs(text: str, findings: list[Finding]) -> str:
    """Make the first repair of each finding, safe or not, and then all that are safe."""
    first = [Finding(0, 0, f.rule, "", (Repair(r.start, r.end, r.text),)) for f in findings for r in f.repairs[:1]]
    return repaired(applied(text, safe_repairs(first)).text, CHECKS).text


@pytest.mark.parametrize("rule", read_rules(RULES), ids=lambda rule: rule.name)
def test_every_rule_has_examples_that_hold(rule: Rule, model: Predictor) -> None:
    assert rule.wrong
    assert rule.right
    assert [text for text, _ in rule.wrong if not found(text, rule.name, model)] == []
    made = [with_first_repairs(text, found(text, rule.name, model)) for text, _ in rule.wrong]
    assert made == [expected for _, expected in rule.wrong]
    assert [text for text in rule.right if found(text, rule.name, model)] == []


def test_generic_rules_leave_the_right_headlines_of_this_pack_alone(model: Predictor) -> None:
    for rule in read_rules(GENERIC):
        assert [text for text in rule.right if found(text, rule.name, model)] == []


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("UX Designer / UI Developer", ["two_jobs"]),
        ("Research & Development Manager", []),
        ("Junior/Mid Data Engineer", []),
        ("Senior UX Researcher - 6 month contract, Edinburgh", []),
        ("Leeds - Staff Nurse", ["job_late"]),
        ("Great opportunity in Leeds", ["no_job"]),
        ("", ["empty"]),
    ],
)
def test_jobs_are_looked_at_through_a_model(text: str, rules: list[str], model: Predictor) -> None:
    [annotation] = model.predict([text])
    assert [finding.rule for finding in check_headline(text, annotation)] == rules


def test_without_a_model_nothing_is_said_of_jobs() -> None:
    assert check_headline("Exciting times ahead") == []
    assert check_headline("Exciting times ahead", Annotation()) == []


def test_the_same_job_twice_is_one() -> None:
    spans = (Span(0, 5, "JOBTITLE"), Span(8, 13, "JOBTITLE"))
    assert [finding.rule for finding in check_headline("Nurse / nurse", Annotation(spans))] == []


def test_the_second_job_can_be_dropped(model: Predictor) -> None:
    (finding,) = found("Chef and Kitchen Manager, Bath", "two_jobs", model)
    assert [(repair.start, repair.end, repair.text, repair.safe) for repair in finding.repairs] == [(4, 24, "", False)]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_repairs_end_and_leave_nothing_to_repair(text: str) -> None:
    once = repaired(text, CHECKS).text
    assert safe_repairs(check(once, CHECKS)) == []


def test_the_shared_vectors_hold() -> None:
    vectors = spec.vectors("headlines.json")
    assert len(vectors) > 500
    for vector in vectors:
        spans = tuple(Span(each["start"], each["end"], each["label"]) for each in vector["spans"])
        assert described(check(vector["text"], CHECKS, Annotation(spans))) == vector["findings"], vector["text"]
        assert repaired(vector["text"], CHECKS).text == vector["repaired"]


def described(findings: list[Finding]) -> list[object]:
    """Describe findings as the vectors do."""
    return [[f.start, f.end, f.rule, [[r.start, r.end, r.text, r.safe] for r in f.repairs]] for f in findings]


def test_the_vectors_cover_every_rule() -> None:
    seen = {finding[2] for vector in spec.vectors("headlines.json") for finding in vector["findings"]}
    names = {rule.name for source in (RULES, GENERIC) for rule in read_rules(source)}
    assert seen == names


def test_the_page_of_the_docs_lists_every_rule_with_what_it_says() -> None:
    page = (spec.ROOT / "docs/headlines.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \| (.+?) \|", page, re.MULTILINE)
    told = [(r.name, r.message.replace("{longest}", "80")) for source in (GENERIC, RULES) for r in read_rules(source)]
    assert listed == told


def test_names_of_rules_are_unique() -> None:
    names = [rule["name"] for source in (RULES, GENERIC) for rule in json.loads(source.read_text("utf-8"))["rules"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("sign", ["£", " ", "x", "*", "#", "- ", "£ ", "(1", "urgent ", "£x", "1k "])
@pytest.mark.parametrize(("length", "seconds"), [(8_000, 2), pytest.param(40_000, 8, marks=pytest.mark.verify)])
def test_long_texts_take_no_time(sign: str, length: int, seconds: float) -> None:
    text = sign * (length // len(sign)) + "ü"
    began = time.process_time()
    check(text, CHECKS)
    assert time.process_time() - began < seconds
