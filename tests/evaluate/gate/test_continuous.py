"""What a gate hands to GitHub and to readers of JUnit's XML."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from textwright.evaluate.gate import Budget, Measure, NotWorse, Threshold, Verdict, Verdicts
from textwright.evaluate.gate.continuous import github_annotations, junit_xml, summary_markdown

PASSED = Verdict(Budget({"failed": 0}, line=9), "a", "failed at most 0", "passed", "a: all is well.")
MISSED = Verdict(
    Threshold(Measure("exact:JOB"), 0.9, line=3),
    "a, b",
    "exact:A, B at least 0.9",
    "missed",
    "12 % too few:\r\n<b>, 100%25",
)
UNDECIDABLE = Verdict(
    NotWorse(Measure("whole_text"), 0.02, "b"),
    "a",
    "whole_text | 2",
    "undecidable",
    "who can\x00 tell \ud800 \U0001f642?",
    needs="It takes 1,250 texts.",
    how="tossing coins",
)
ALL = Verdicts(Path("ci/gate.toml"), (PASSED, UNDECIDABLE, MISSED))


@pytest.mark.parametrize(
    ("verdicts", "outcome", "summary"),
    [
        ((PASSED,), "passed", "gate.toml: passed (1 of 1 rules)."),
        ((PASSED, UNDECIDABLE), "undecidable", "gate.toml: undecidable (1 undecidable, 1 passed)."),
        ((UNDECIDABLE, MISSED, MISSED), "missed", "gate.toml: missed (2 missed, 1 undecidable)."),
    ],
)
def test_what_is_certain_goes_first(verdicts: tuple[Verdict, ...], outcome: str, summary: str) -> None:
    found = Verdicts(Path("ci/gate.toml"), verdicts)
    assert (found.outcome, found.summary()) == (outcome, summary)
    assert found.to_data()["summary"] == summary


# --- GitHub ---------------------------------------------------------------------------------

COMMAND = re.compile(r"::error ((?:[a-z]+=[^:,]*,?)+)::(.*)")


def read_command(line: str) -> tuple[dict[str, str], str]:
    """Read a workflow command as the runner does: split, then put back what was escaped."""
    found = COMMAND.fullmatch(line)
    assert found, line
    properties = dict(each.split("=", 1) for each in found[1].split(","))
    return {key: unquote(value) for key, value in properties.items()}, unquote(found[2])


def test_what_was_not_passed_is_annotated_the_certain_first() -> None:
    root = Path.cwd()
    lines = list(github_annotations(replace(ALL, path=root / "ci/gate.toml"), root=root))
    assert all("\n" not in line and "\r" not in line for line in lines)
    assert [read_command(line) for line in lines] == [
        ({"title": "gate.toml: missed: exact:A, B at least 0.9", "file": "ci/gate.toml", "line": "3"}, MISSED.words),
        ({"title": "gate.toml: undecidable: whole_text | 2", "file": "ci/gate.toml"}, UNDECIDABLE.words),
    ]


def test_a_gate_outside_the_checkout_has_no_place(tmp_path: Path) -> None:
    properties, _ = read_command(next(github_annotations(ALL, root=tmp_path)))
    assert set(properties) == {"title"}


def test_the_summary_is_a_table_that_names_cannot_break() -> None:
    written = summary_markdown(ALL)
    rows = [line for line in written.splitlines() if line.startswith("|")]
    assert len(rows) == 5
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}
    assert "<b>" not in written
    assert written.startswith("It takes 1,250 texts.\n\nMargins are tested tossing coins.\n\n**gate.toml: missed")


# --- JUnit ----------------------------------------------------------------------------------

ORDER = re.compile("properties (testcase )*system-out system-err ")
SUITE = {"id", "name", "package", "timestamp", "hostname", "tests", "failures", "errors", "skipped", "time"}


def suite_of(xml: str) -> ET.Element:
    """Check what Ant's schema of JUnit's XML wants, and return the one suite."""
    root = ET.fromstring(xml)
    [suite] = root
    assert (root.tag, suite.tag, set(suite.attrib)) == ("testsuites", "testsuite", SUITE)
    assert ORDER.fullmatch("".join(f"{child.tag} " for child in suite))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.attrib["timestamp"])
    for case in suite.iter("testcase"):
        assert set(case.attrib) == {"name", "classname", "time"}
        assert [child.tag for child in case] in ([], ["failure"], ["error"])
        assert all(set(child.attrib) == {"type", "message"} for child in case)
    counted = {tag: str(len(list(suite.iter(tag)))) for tag in ("testcase", "failure", "error")}
    assert counted == {
        key: suite.attrib[name] for key, name in zip(counted, ("tests", "failures", "errors"), strict=True)
    }
    return suite


def test_junit_has_a_suite_for_the_gate_and_a_case_for_each_rule() -> None:
    suite = suite_of(junit_xml(ALL, now=datetime(2026, 1, 2, 3, 4, 5)))
    assert (suite.attrib["name"], suite.attrib["timestamp"]) == ("gate.toml", "2026-01-02T03:04:05")
    cases = [(case.attrib["classname"], case.attrib["name"], [child.tag for child in case]) for case in suite[1:-2]]
    assert cases == [
        ("a", "failed at most 0", []),
        ("a", "whole_text | 2", ["error"]),
        ("a, b", "exact:A, B at least 0.9", ["failure"]),
    ]
    error, failure = next(suite.iter("error")), next(suite.iter("failure"))
    assert (error.attrib["type"], error.text) == ("undecidable", "It takes 1,250 texts.")
    assert error.attrib["message"] == "who can� tell � \U0001f642?"
    assert failure.attrib == {"type": "missed", "message": "12 % too few:\r\n<b>, 100%25"}


def test_an_empty_gate_is_a_suite_of_no_cases() -> None:
    assert suite_of(junit_xml(Verdicts(Path("gate.toml"), ()))).attrib["tests"] == "0"
