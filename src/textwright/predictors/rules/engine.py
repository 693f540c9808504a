"""Run a compiled rule set over one text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from textwright.predictors.rules.codes import END, START
from textwright.predictors.rules.compiler import CompiledPhase, CompiledRule, Program
from textwright.predictors.rules.lookup import Lookup
from textwright.types import Span, in_order
from textwright.wrangle.clean import Mapped, clean
from textwright.wrangle.words import Words, cut, fold


@dataclass(frozen=True, slots=True)
class Explanation:
    """Which rule of which phase made a span, and the words that the whole rule took, in code points."""

    span: Span
    phase: str
    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A mark: words `[first, last)` with a label, and the rule that made it with all its words."""

    first: int
    last: int
    label: str
    phase: str
    rule: str
    rule_first: int
    rule_last: int


@dataclass(frozen=True, slots=True)
class Units:
    """What a phase reads: one code a unit; unit `i` is the words `[edges[i], edges[i + 1])`."""

    codes: str
    edges: list[int]


def find(program: Program, text: str) -> tuple[list[Found], Words, Mapped]:
    """Run every phase over a text and return the marks in words, with the way back to the text."""
    mapped = clean(text)
    words = cut(mapped.text)
    plain = program.coder.encode(words.surfaces, words.glued)
    units = Units(plain, list(range(len(plain) + 1)))
    found: list[Found] = []
    for phase in program.phases:
        if phase.lookup is not None:
            units = _look_up(program, phase, phase.lookup, units, words)
        elif phase.phase.inside is not None:
            found += _inside(phase, plain, found)
        else:
            units = _everywhere(program, phase, units, found, words)
    return found, words, mapped


def spans_of(program: Program, text: str) -> tuple[Span, ...]:
    """Return the spans that the rules mark, sorted, in code points of the text as it is."""
    found, words, mapped = find(program, text)
    starts, ends = words.starts, words.ends
    if mapped.starts is None:
        places = {(starts[f.first], ends[f.last - 1], f.label) for f in found}
    else:
        places = {(*mapped.raw(starts[f.first], ends[f.last - 1]), f.label) for f in found}
    return in_order([Span(start, end, label) for start, end, label in places])


def explanations_of(program: Program, text: str) -> tuple[Explanation, ...]:
    """Return each span with the rule that made it; the first rule to make a span is named."""
    found, words, mapped = find(program, text)
    first: dict[Span, Explanation] = {}
    for mark in found:
        span = Span(*mapped.raw(words.starts[mark.first], words.ends[mark.last - 1]), mark.label)
        start, end = mapped.raw(words.starts[mark.rule_first], words.ends[mark.rule_last - 1])
        first.setdefault(span, Explanation(span, mark.phase, mark.rule, start, end))
    return tuple(first[span] for span in in_order(first))


def _everywhere(program: Program, phase: CompiledPhase, units: Units, found: list[Found], words: Words) -> Units:
    """Find a phase's rules from left to right; words that a rule names with `as` become one unit."""
    assert phase.pattern is not None
    assert phase.rules is not None
    merges: list[tuple[int, int, str]] = []
    for match in phase.pattern.finditer(f"{START}{units.codes}{END}"):
        compiled = phase.rules[match.lastindex or 0]
        first, last = match.start() - 1, match.end() - 1
        edges = units.edges
        whole = (edges[max(first, 0)], edges[min(last, len(units.codes))])
        for group, label in compiled.marks:
            start, end = match.span(group)
            if start < end:
                found.append(
                    Found(edges[start - 1], edges[end - 1], label, phase.phase.name, compiled.rule.name, *whole)
                )
        if compiled.rule.tag is not None:
            merges.append((first, last, compiled.rule.tag))
    return _merge(program, units, merges, words) if merges else units


def _look_up(program: Program, phase: CompiledPhase, lookup: Lookup, units: Units, words: Words) -> Units:
    """Find a list's entries among the words that no earlier phase has taken."""
    forms = [
        fold(words.surfaces[first]) if last - first == 1 and units.codes[i] < "\ue000" else "\x00"
        for i, (first, last) in enumerate(pairwise(units.edges))
    ]
    ranges = lookup.find(forms)
    tag = phase.phase.tag or phase.phase.lookup or ""
    return _merge(program, units, [(first, last, tag) for first, last in ranges], words) if ranges else units


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


def _inside(phase: CompiledPhase, plain: str, found: list[Found]) -> list[Found]:
    """Match a phase's rules against the whole of each span of its label."""
    assert phase.pattern is not None
    assert phase.rules is not None
    more: list[Found] = []
    for first, last in dict.fromkeys((f.first, f.last) for f in found if f.label == phase.phase.inside):
        match = phase.pattern.fullmatch(f"{START}{plain[first:last]}{END}")
        if match is not None:
            rule = next(rule for group, rule in phase.rules.items() if match.start(group) >= 0)
            more += _marks(phase, rule, match.regs, first, last)
    return more


def _marks(
    phase: CompiledPhase, compiled: CompiledRule, places: tuple[tuple[int, int], ...], first: int, last: int
) -> list[Found]:
    return [
        Found(first + start - 1, first + end - 1, label, phase.phase.name, compiled.rule.name, first, last)
        for group, label in compiled.marks
        for start, end in (places[group],)
        if start < end
    ]
