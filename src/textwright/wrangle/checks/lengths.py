"""Kinds of rules about length: too long, too short, nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from textwright.wrangle.checks.findings import Finding, Subject
from textwright.wrangle.checks.rules import Finder, Rule, pattern_of
from textwright.wrangle.words import alphabet

LONGEST, SHORTEST = 80, 3


def too_long(rule: Rule) -> Finder:
    """Find what stands beyond the longest length."""
    longest = int(rule.setting("longest"))

    def find(subject: Subject) -> Iterator[Finding]:
        if len(subject.text) > longest:
            yield rule.finding(longest, len(subject.text))

    return find


def too_short(rule: Rule) -> Finder:
    """Find texts with one or two letters or none, which are not empty."""
    letters = pattern_of(rule, {"match": "[%L]"})

    def find(subject: Subject) -> Iterator[Finding]:
        few = len(list(islice(letters.matches(subject.folded), SHORTEST))) < SHORTEST
        if few and not _is_empty(subject.text):
            yield rule.finding(0, len(subject.text))

    return find


def empty(rule: Rule) -> Finder:
    """Find texts without anything but white space."""

    def find(subject: Subject) -> Iterator[Finding]:
        if _is_empty(subject.text):
            yield rule.finding(0, len(subject.text))

    return find


def _is_empty(text: str) -> bool:
    return not text.strip(alphabet().white_space)
