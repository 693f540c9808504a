r"""Examples of a rule set: texts with marks, `Nurse, [DURATION: 6 months]`, and whether the rules give them.

A bracket without a label and a colon after it is part of the text, and so is the one that closes it. Any other
bracket is written `\[` or `\]`, and a backslash before a bracket or backslash `\\`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textwright.errors import ModelError
from textwright.predictors.rules.compiler import Program
from textwright.predictors.rules.engine import spans_of
from textwright.predictors.rules.ruleset import RuleSet
from textwright.types import Span, in_order

PIECE = re.compile(r"(?P<escaped>\\[\[\]\\])|\[(?P<label>[^\s\[\]:]+):[ \t]*|(?P<open>\[)|(?P<close>\])|[^\[\]\\]+|\\")


@dataclass(frozen=True, slots=True)
class Trial:
    """An example with what the rules found. `rule` is the rule it stands at, None for the whole rule set's."""

    rule: str | None
    number: int
    text: str
    expected: tuple[Span, ...]
    found: tuple[Span, ...]

    @property
    def passed(self) -> bool:
        """Say whether the rules give just the marks of the example."""
        return self.expected == self.found

    @property
    def place(self) -> str:
        """Say where the example stands."""
        return f"example {self.number}" if self.rule is None else f"rule {self.rule!r}, example {self.number}"


def read_marked(marked: str) -> tuple[str, tuple[Span, ...]]:
    r"""Read a text with marks; return the text and its spans in order.

    Raise `ModelError` for a mark that is not closed or holds nothing.

    >>> text, spans = read_marked("[FOOD: [KIND: brown] rice] [organic]")
    >>> text, [(span.start, span.end, span.label) for span in spans]
    ('brown rice [organic]', [(0, 10, 'FOOD'), (0, 5, 'KIND')])
    >>> read_marked(r"[FOOD: rice\] ]")[0]
    'rice] '
    """
    text, spans = "", list[Span]()
    opened: list[tuple[int, str | None]] = []
    for piece in PIECE.finditer(marked):
        if piece["label"] is not None:
            opened.append((len(text), piece["label"]))
            continue
        if piece["close"] is not None and opened:
            start, label = opened.pop()
            if label is not None:
                spans.append(_span(marked, start, len(text), label))
                continue
        if piece["open"] is not None:
            opened.append((len(text), None))
        text += piece.group()[-1:] if piece["escaped"] else piece.group()
    unclosed = [label for _, label in opened if label is not None]
    if unclosed:
        raise ModelError(f"{marked!r}: the mark [{unclosed[-1]}: is not closed. A bracket of the text is written \\[")
    return text, in_order(set(spans))


def _span(marked: str, start: int, end: int, label: str) -> Span:
    if start == end:
        raise ModelError(f"{marked!r}: the mark [{label}:] holds nothing")
    return Span(start, end, label)


def write_marked(text: str, spans: Sequence[Span]) -> str:
    """Write a text with its spans as marks, as `read_marked` reads it; where two cross, the first closes first.

    >>> write_marked("brown rice", [Span(0, 10, "FOOD"), Span(0, 5, "KIND")])
    '[FOOD: [KIND: brown] rice]'
    """
    opening, closing = dict[int, str](), dict[int, int]()
    for span in in_order(spans):
        opening[span.start] = opening.get(span.start, "") + f"[{span.label}: "
        closing[span.end] = closing.get(span.end, 0) + 1
    escaped = [f"\\{char}" if char in "[]\\" else char for char in text]
    pieces = (
        "]" * closing.get(place, 0) + opening.get(place, "") + "".join(escaped[place : place + 1])
        for place in range(len(text) + 1)
    )
    return "".join(pieces)


def examples_of(rules: RuleSet) -> Iterator[tuple[str | None, int, str]]:
    """Yield the examples with the rule and the number that each has there."""
    for number, example in enumerate(rules.examples, start=1):
        yield None, number, example
    for rule in (rule for phase in rules.phases for rule in phase.rules):
        for number, example in enumerate(rule.examples, start=1):
            yield rule.name, number, example


def try_examples(rules: RuleSet, program: Program) -> list[Trial]:
    """Run all examples of a rule set. Raise `ModelError` for one that cannot be read."""
    trials = []
    for rule, number, example in examples_of(rules):
        text, expected = read_marked(example)
        trials.append(Trial(rule, number, text, expected, spans_of(program, text)))
    return trials


def differences(trial: Trial) -> list[str]:
    """Say what is missing and what is too much.

    >>> differences(Trial(None, 1, "brown rice", (Span(0, 10, "FOOD"),), (Span(6, 10, "FOOD"),)))
    ["missing   FOOD 'brown rice' [0, 10)", "too much  FOOD 'rice' [6, 10)"]
    """
    missing = [span for span in trial.expected if span not in trial.found]
    extra = [span for span in trial.found if span not in trial.expected]
    return [_line("missing ", trial.text, span) for span in missing] + [
        _line("too much", trial.text, span) for span in extra
    ]


def _line(what: str, text: str, span: Span) -> str:
    return f"{what}  {span.label} {text[span.start : span.end]!r} [{span.start}, {span.end})"
