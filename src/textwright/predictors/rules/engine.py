"""Run a compiled rule set over one text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textwright.errors import PredictionError
from textwright.predictors.rules.codes import END, FIRST_TAG, START
from textwright.predictors.rules.compiler import CompiledPhase, CompiledRule, Program
from textwright.predictors.rules.lookup import Lookup
from textwright.predictors.rules.machine import Allowance, Hit, TooManySteps
from textwright.predictors.rules.shapes import words_of_shapes
from textwright.types import Span, in_order
from textwright.wrangle.clean import Mapped, clean
from textwright.wrangle.words import GAP, Words, cut

FIRST_TAG_CODE = chr(FIRST_TAG)
TAKEN = "\x00"
TOO_MANY = (
    "more than these rules can read in a bounded time, as several of their repetitions find the same words. "
    "Give shorter texts, or put fewer * and + behind each other"
)
Match = re.Match[str] | Hit


@dataclass(frozen=True, slots=True)
class Explanation:
    """Which rule of which phase made a span, and the words that the whole rule took, in code points."""

    span: Span
    phase: str
    rule: str
    start: int
    end: int


class Found(NamedTuple):
    """A mark: words `[first, last)` with a label, and the rule that made it with all its words."""

    first: int
    last: int
    label: str
    phase: str
    rule: str
    whole: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Units:
    """What a phase reads: one code a unit; unit `i` is the words `[edges[i], edges[i + 1])`."""

    codes: str
    edges: Sequence[int]


def find(program: Program, text: str) -> tuple[list[Found], Words, Mapped]:
    """Run every phase over a text and return the marks in words, with the way back to the text.

    Raise `PredictionError` for a text over which the rules could take too long.
    """
    mapped = clean(text)
    words = cut(mapped.text)
    try:
        return _found(program, mapped, words), words, mapped
    except TooManySteps:
        raise PredictionError(0, f"{len(words.surfaces):,} words and signs are {TOO_MANY}") from None


def _found(program: Program, mapped: Mapped, words: Words) -> list[Found]:
    plain = _with_shapes(program, program.coder.encode(words.surfaces, words.glued), mapped.text, words)
    units = Units(plain, range(len(plain) + 1))
    allowance = program.allowance(len(plain))
    found: list[Found] = []
    for phase in program.phases:
        if phase.lookup is not None:
            units = _look_up(program, phase, phase.lookup, units, words)
        elif phase.phase.inside is not None:
            found += _inside(phase, plain, found, words, allowance)
        else:
            units = _everywhere(program, phase, units, found, words, allowance)
    return found


def _with_shapes(program: Program, codes: str, text: str, words: Words) -> str:
    """Let the codes of words say where a shape begins and goes on."""
    for name, first, last in words_of_shapes(program.shapes, text, words) if program.shapes else ():
        codes = f"{codes[:first]}{program.coder.within_shape(codes[first:last], name)}{codes[last:]}"
    return codes


def spans_of(program: Program, text: str) -> tuple[Span, ...]:
    """Return the spans that the rules mark, sorted, in code points of the text as it is."""
    found, words, mapped = find(program, text)
    if not found:
        return ()
    starts, ends = words.starts, words.ends
    if mapped.starts is None:
        places = {(starts[mark[0]], -ends[mark[1] - 1], mark[2]) for mark in found}
    else:
        raw = [(*mapped.raw(starts[mark[0]], ends[mark[1] - 1]), mark[2]) for mark in found]
        places = {(start, -end, label) for start, end, label in raw}
    return tuple([Span(start, -end, label) for start, end, label in sorted(places)])


def explanations_of(program: Program, text: str) -> tuple[Explanation, ...]:
    """Return each span with the rule that made it; the first rule to make a span is named."""
    found, words, mapped = find(program, text)
    first: dict[Span, Explanation] = {}
    for mark in found:
        span = Span(*mapped.raw(words.starts[mark.first], words.ends[mark.last - 1]), mark.label)
        start, end = mapped.raw(words.starts[mark.whole[0]], words.ends[mark.whole[1] - 1])
        first.setdefault(span, Explanation(span, mark.phase, mark.rule, start, end))
    return tuple(first[span] for span in in_order(first))


def _everywhere(
    program: Program, phase: CompiledPhase, units: Units, found: list[Found], words: Words, allowance: Allowance | None
) -> Units:
    """Find a phase's rules from left to right; words that a rule names with `as` become one unit."""
    last = len(units.codes)
    bounds: Sequence[int] | None = None
    merges: list[tuple[int, int, str]] = []
    for match in _matches(phase, f"{START}{units.codes}{END}", allowance):
        bounds = bounds or (0, *units.edges, units.edges[-1])
        compiled = phase.rules[match.lastindex or 0]
        found += _marks(phase, compiled, match, bounds, words)
        if compiled.rule.tag is not None:
            merges.append((max(match.start() - 1, 0), min(match.end() - 1, last), compiled.rule.tag))
    return _merge(program, units, merges, words) if merges else units


def _matches(phase: CompiledPhase, codes: str, allowance: Allowance | None) -> Iterator[Match]:
    """Find a phase's rules by its expression, or in a bounded time where the expression could take too long."""
    if allowance is None or allowance.lets_try(len(codes) * phase.ambiguity.steps(len(codes))):
        return phase.pattern.finditer(codes)
    return phase.machine.finditer(codes, allowance)


def _whole(phase: CompiledPhase, codes: str, allowance: Allowance | None) -> Match | None:
    """Find the rule that fits all of the codes in the same way."""
    if allowance is None or allowance.lets_try(2 * phase.ambiguity.steps(len(codes))):
        return phase.pattern.fullmatch(codes)
    return phase.machine.fullmatch(codes, allowance)


def _inside(
    phase: CompiledPhase, plain: str, found: list[Found], words: Words, allowance: Allowance | None
) -> list[Found]:
    """Match a phase's rules against the whole of each span of its label."""
    more: list[Found] = []
    for first, last in dict.fromkeys((f.first, f.last) for f in found if f.label == phase.phase.inside):
        match = _whole(phase, f"{START}{plain[first:last]}{END}", allowance)
        if match is not None:
            bounds = (first, *range(first, last + 1), last)
            more += _marks(phase, phase.rules[match.lastindex or 0], match, bounds, words)
    return more


def _marks(
    phase: CompiledPhase, compiled: CompiledRule, match: Match, bounds: Sequence[int], words: Words
) -> list[Found]:
    """List the marks of a rule, without gaps at their ends. `bounds` tells the word at a place of the match."""
    name, rule = phase.phase.name, compiled.rule.name
    whole = bounds[match.start()], bounds[match.end()]
    found = []
    for group, label in compiled.marks:
        start, end = match.span(group)
        first, last = _without_gaps(words.surfaces, bounds[start], bounds[end])
        if first < last:
            found.append(Found(first, last, label, name, rule, whole))
    return found


def _without_gaps(surfaces: Sequence[str], first: int, last: int) -> tuple[int, int]:
    while first < last and surfaces[first] == GAP:
        first += 1
    while first < last and surfaces[last - 1] == GAP:
        last -= 1
    return first, last


def _look_up(program: Program, phase: CompiledPhase, lookup: Lookup, units: Units, words: Words) -> Units:
    """Find a list's entries among the words that no earlier phase has taken."""
    ranges = lookup.find(_free(units, words))
    tag = phase.phase.tag or phase.phase.lookup or ""
    return _merge(program, units, [(first, last, tag) for first, last in ranges], words) if ranges else units


def _free(units: Units, words: Words) -> Sequence[str]:
    """Return one surface for each unit, `TAKEN` for those that an earlier phase made."""
    if isinstance(units.edges, range):
        return words.surfaces
    return [
        words.surfaces[first] if code < FIRST_TAG_CODE else TAKEN
        for first, code in zip(units.edges, units.codes, strict=False)
    ]


def _merge(program: Program, units: Units, merges: list[tuple[int, int, str]], words: Words) -> Units:
    """Make one unit of each range of units."""
    codes, edges, done = list[str](), list[int](), 0
    for first, last, tag in merges:
        codes += [units.codes[done:first], program.coder.tag(tag, words.glued[units.edges[first]])]
        edges += units.edges[done : first + 1]
        done = last
    codes.append(units.codes[done:])
    edges += units.edges[done:]
    return Units("".join(codes), edges)
