"""Kinds of rules about what comes in pairs: brackets and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from textwright.wrangle.checks.findings import Finding, Repair, Subject
from textwright.wrangle.checks.rules import Finder, Rule

CLOSES = {")": "(", "]": "[", "}": "{"}
OPENS = {opening: closing for closing, opening in CLOSES.items()}
ANY = re.compile(r"[()\[\]{}]")
# `1)` and `a)` begin an item of a list.
ITEM = re.compile(r"\A[0-9a-z]{1,2}\)")
INCHES = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Alone:
    """The places of brackets without their other half; `open` are those that nothing behind them contradicts."""

    wrong: tuple[int, ...]
    open: tuple[int, ...]


def alone(text: str) -> Alone:
    """Find the brackets without their other half. One that closes an outer bracket leaves the inner ones alone.

    >>> alone("a (b) [c (d] e)")
    Alone(wrong=(9, 14), open=())
    """
    stack: list[int] = []
    waiting = dict.fromkeys(OPENS, 0)
    wrong: list[int] = []
    for match in ANY.finditer(text):
        sign, place = match.group(), match.start()
        if sign in OPENS:
            stack.append(place)
            waiting[sign] += 1
        elif waiting[CLOSES[sign]]:
            wrong += _until(CLOSES[sign], text, stack, waiting)
        else:
            wrong.append(place)
    return Alone(tuple(sorted(wrong)), tuple(stack))


def _until(opening: str, text: str, stack: list[int], waiting: dict[str, int]) -> Iterator[int]:
    """Take brackets from the stack up to the one that is closed; yield those that were passed over."""
    while True:
        place = stack.pop()
        waiting[text[place]] -= 1
        if text[place] == opening:
            return
        yield place


def bracket(rule: Rule) -> Finder:
    """Find brackets without their other half; one that was only forgotten at the end can be closed there."""

    def find(subject: Subject) -> Iterator[Finding]:
        text = subject.text
        item = ITEM.match(subject.folded)
        found = alone(text)
        wrong = [place for place in found.wrong if item is None or place != item.end() - 1]
        for place in [*wrong, *found.open]:
            gone = Repair(place, place + 1, "")
            forgotten = found.open == (place,) and not wrong
            closed = [Repair(len(text), len(text), OPENS[text[place]])] if forgotten else []
            yield rule.finding(place, place + 1, *closed, gone)

    return find


def quote(rule: Rule) -> Finder:
    """Find a quotation mark without its other half; behind a number it stands for inches."""

    def find(subject: Subject) -> Iterator[Finding]:
        text = subject.text
        places = (
            [i for i, char in enumerate(text) if char == '"' and text[i - 1 : i] not in INCHES] if '"' in text else []
        )
        if len(places) % 2:
            yield rule.finding(places[-1], places[-1] + 1, Repair(places[-1], places[-1] + 1, ""))

    return find
