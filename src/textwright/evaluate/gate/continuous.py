"""A gate's verdicts for continuous integration: GitHub's annotations and step summary, and JUnit's XML."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from textwright.evaluate.gate.verdict import Verdict, Verdicts
from textwright.evaluate.tables import Table, markdown, markdown_cell

MARKS = {"passed": "✅", "missed": "❌", "undecidable": "⚠️"}
# What XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def github_annotations(verdicts: Verdicts, *, root: Path) -> Iterator[str]:
    """Give a workflow command for each rule that was not passed, those that were missed first; GitHub shows ten.

    `root` is the checkout: GitHub draws an annotation at the rule's line when the file lies in it.
    """
    for each in (*verdicts.of("missed"), *verdicts.of("undecidable")):
        title = f"{verdicts.path.name}: {each.outcome}: {each.asked}"
        place = "".join(f",{key}={_property(value)}" for key, value in _place(verdicts.path, each, root))
        yield f"::error title={_property(title)}{place}::{_message(each.words)}"


def _place(path: Path, verdict: Verdict, root: Path) -> Iterator[tuple[str, str]]:
    whole = path.resolve()
    if whole.is_relative_to(root.resolve()):
        yield "file", whole.relative_to(root.resolve()).as_posix()
        if verdict.rule.line:
            yield "line", str(verdict.rule.line)


def _message(text: str) -> str:
    r"""Escape the message of a workflow command.

    >>> _message("12 %\n")
    '12 %25%0A'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property of a workflow command.

    >>> _property("exact:JOB, all")
    'exact%3AJOB%2C all'
    """
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def summary_markdown(verdicts: Verdicts) -> str:
    """Write the verdicts as Markdown, for a step's summary or a comment."""
    rows = tuple(
        (f"{MARKS[each.outcome]} {each.outcome}", each.model, each.asked, each.words) for each in verdicts.verdicts
    )
    table = markdown(Table(verdicts.summary(), ("", "model", "asked", "found"), rows))
    return "\n\n".join([*map(markdown_cell, verdicts.before()), table.replace("---:", "---")]) + "\n"


def junit_xml(verdicts: Verdicts, *, now: datetime | None = None) -> str:
    """Write the verdicts as JUnit's XML: a suite for the gate, a case for each rule.

    What was missed is a failure, what cannot be decided an error. The order and the attributes are those that Ant's
    schema wants, which others read, too.
    """
    suites = ET.Element("testsuites")
    suite = ET.SubElement(suites, "testsuite", _counts(verdicts, now or datetime.now(UTC)))
    ET.SubElement(suite, "properties")
    for each in verdicts.verdicts:
        _case(suite, each)
    ET.SubElement(suite, "system-out").text = _clean("\n".join(verdicts.lines()))
    ET.SubElement(suite, "system-err")
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _counts(verdicts: Verdicts, now: datetime) -> dict[str, str]:
    return {
        "id": "0",
        "name": _clean(verdicts.path.name),
        "package": "textwright.gate",
        "timestamp": now.strftime("%Y-%m-%dT%H:%M:%S"),
        "hostname": "localhost",
        "tests": str(len(verdicts.verdicts)),
        "failures": str(len(verdicts.of("missed"))),
        "errors": str(len(verdicts.of("undecidable"))),
        "skipped": "0",
        "time": "0",
    }


def _case(suite: ET.Element, verdict: Verdict) -> None:
    case = ET.SubElement(
        suite, "testcase", {"classname": _clean(verdict.model), "name": _clean(verdict.asked), "time": "0"}
    )
    if verdict.outcome != "passed":
        kind = "failure" if verdict.outcome == "missed" else "error"
        said = {"type": verdict.outcome, "message": _clean(verdict.words)}
        ET.SubElement(case, kind, said).text = _clean(verdict.needs or verdict.words)


def _clean(text: str) -> str:
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
