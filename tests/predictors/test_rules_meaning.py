"""The compiled rules against a slow reading of the same patterns, on random rules and texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from textwright.predictors.rules import RulesPredictor
from textwright.predictors.rules.language import parse_pattern
from textwright.predictors.rules.ruleset import Phase, Rule, RuleSet
from textwright.predictors.rules.trees import Choice, Glued, Kind, List, Literal, Mark, Repeat, Sequence, Tree, least
from textwright.wrangle.words import GAP, cut, fold

LISTS: Mapping[str, tuple[str, ...]] = {"single": ("a", "d"), "several": ("a b", "a b c", "b", "c-d", "a")}
ENTRIES = {
    "single": [("a",), ("d",)],
    "several": [("a", "b", "c"), ("c", "-", "d"), ("a", "b"), ("c", "d"), ("a",), ("b",), ("cd",)],
}
Marks = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Unit:
    form: str
    glued: bool


def units_of(text: str) -> list[Unit]:
    words = cut(text)
    middle = [Unit(fold(word), bool(glue)) for word, glue in zip(words.surfaces, words.glued, strict=True)]
    return [Unit("<start>", False), *middle, Unit("<end>", False)]


def is_kind(name: str, form: str) -> bool:
    if form in ("<start>", "<end>"):
        return form == f"<{name}>"
    kinds = {
        "word": form.isalpha(),
        "number": form.isdigit(),
        "symbol": not form.isalnum() and form != GAP,
        "gap": form == GAP,
        "any": True,
    }
    return kinds.get(name, False)


def ways(tree: Tree, units: list[Unit], at: int) -> Iterator[tuple[int, Marks]]:
    """Yield the ends and marks of each way in which a tree fits at a place, the best first."""
    match tree:
        case Literal(form):
            yield from ((at + 1, ()) for unit in units[at : at + 1] if unit.form == form)
        case Kind(name):
            yield from ((at + 1, ()) for unit in units[at : at + 1] if is_kind(name, unit.form))
        case List(name):
            for entry in sorted(ENTRIES[name], key=lambda entry: -len(entry)):
                if tuple(unit.form for unit in units[at : at + len(entry)]) == entry:
                    yield at + len(entry), ()
        case Glued(item):
            if at < len(units) and units[at].glued:
                yield from ways(item, units, at)
        case Choice(items):
            for item in items:
                yield from ways(item, units, at)
        case Sequence(()):
            yield at, ()
        case Sequence((first, *rest)):
            for end, marks in ways(first, units, at):
                for last, more in ways(Sequence(tuple(rest)), units, end):
                    yield last, marks + more
        case Mark(label, item):
            for end, marks in ways(item, units, at):
                yield end, (*marks, (label, at, end))
        case Repeat(item, sign):
            yield from repeated(item, units, at, least=int(sign == "+"), most=1 if sign == "?" else 30)


def repeated(item: Tree, units: list[Unit], at: int, *, least: int, most: int) -> Iterator[tuple[int, Marks]]:
    if most > 0:
        for end, marks in ways(item, units, at):
            for last, more in repeated(item, units, end, least=least - 1, most=most - 1):
                yield last, marks + more
    if least <= 0:
        yield at, ()


def fits(rule: Rule, units: list[Unit], at: int) -> tuple[int, Marks] | None:
    def behind(pattern: str) -> bool:
        return at > 0 and any(end == at for end, _ in ways(parse_pattern(pattern), units, at - 1))

    if (rule.after and not behind(rule.after)) or (rule.not_after and behind(rule.not_after)):
        return None
    for end, marks in ways(parse_pattern(rule.match), units, at):
        ahead = {part: any(True for _ in ways(parse_pattern(p), units, end)) for part, p in looks_ahead(rule).items()}
        if ahead.get("before", True) and not ahead.get("not_before", False):
            return end, marks
    return None


def looks_ahead(rule: Rule) -> dict[str, str]:
    parts = {"before": rule.before, "not_before": rule.not_before}
    return {part: pattern for part, pattern in parts.items() if pattern is not None}


def slow_spans(rules: list[Rule], text: str) -> set[tuple[str, int, int]]:
    words, units = cut(text), units_of(text)
    spans: set[tuple[str, int, int]] = set()
    at = 0
    while at < len(units):
        found = next((fit for fit in (fits(rule, units, at) for rule in rules) if fit is not None), None)
        for label, start, end in found[1] if found else ():
            inside = [i - 1 for i in range(start, end) if 0 < i <= len(words.surfaces)]
            inside = [i for i in inside if words.surfaces[i] != GAP]
            if inside:
                spans.add((label, words.starts[inside[0]], words.ends[inside[-1]]))
        at = found[0] if found else at + 1
    return spans


singles = st.sampled_from(["a", "b", ",", "-", "{single}", "<word>", "<number>", "<symbol>", "<gap>", "<any>"])
plain = st.one_of(
    singles, st.sampled_from(["{several}", "{several}", "c-d", "(a | b c)", "(b a?)", "~{several}", "~<any>", "~a"])
)
repeats = st.builds(str.__add__, plain, st.sampled_from(["", "", "?", "*", "+"]))
sequences = st.lists(repeats, min_size=1, max_size=4).map(" ".join)
marked = st.builds(lambda label, inner: f"[{label}: {inner}]", st.sampled_from("XYZ"), sequences)
pieces = st.one_of(sequences, marked, marked.map(lambda mark: f"({mark})?"))
bodies = st.lists(pieces, min_size=1, max_size=3).map(" ".join)
matches = st.one_of(bodies, st.builds(lambda one, two: f"{one} | {two}", bodies, bodies))
ends = st.sampled_from(["", "<start> ", "(<start> | ,)? "]), st.sampled_from(["", " <end>", " (<end> | ,)?"])
behind = st.one_of(st.none(), st.sampled_from(["a", "<start> | ,", "{single} | <number>", "<any>", "<gap>", "~a"]))
ahead = st.one_of(st.none(), sequences, st.just("<end>"))
texts = st.lists(
    st.sampled_from(["a b ", "a b c", "a", "b", "c", "A", "cd", "1", ",", "-", " ", " ", "  ", "(", "ab"]), max_size=12
).map("".join)


@st.composite
def rule_lists(draw: st.DrawFn) -> list[Rule]:
    rules = []
    for number in range(draw(st.integers(1, 3))):
        match = f"{draw(ends[0])}a {draw(matches)}{draw(ends[1])}" if draw(st.booleans()) else draw(matches)
        match = f"({match}) b?" if "|" in match else f"b? ({match}) (a | <any>)"
        rules.append(Rule(f"r{number}", match, draw(behind), draw(behind), draw(ahead), draw(ahead)))
    return rules


@given(rule_lists(), st.lists(texts, min_size=1, max_size=5))
@settings(max_examples=120, deadline=None, derandomize=True)
def test_compiled_rules_mean_what_the_patterns_say(rules: list[Rule], given_texts: list[str]) -> None:
    assume(all(least(parse_pattern(rule.match)) > 0 for rule in rules))
    predictor = RulesPredictor(RuleSet(LISTS, {}, (Phase("p", rules=tuple(rules)),)))
    for text in given_texts:
        found = {(span.label, span.start, span.end) for span in predictor.predict([text])[0].spans or ()}
        assert found == slow_spans(rules, text), (rules, text)
