"""Compile a rule set into one regular expression a phase, over the codes of the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textwright.errors import ModelError
from textwright.predictors.rules.codes import END, KINDS, START, Coder, make_coder
from textwright.predictors.rules.language import (
    Choice,
    Glued,
    Kind,
    List,
    Literal,
    Mark,
    Repeat,
    Sequence,
    Tree,
    literal,
    parse_pattern,
)
from textwright.predictors.rules.lookup import Lookup, make_lookup
from textwright.predictors.rules.ruleset import Phase, Rule, RuleSet
from textwright.wrangle.words import DASH

QUANTIFIERS = {"?": "?", "*": "{0,30}", "+": "{1,30}"}


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule in a phase's expression: its own group, and the group and label of each mark."""

    rule: Rule
    group: int
    marks: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class CompiledPhase:
    """A phase ready to run: either `lookup` or `pattern` with its rules by group number."""

    phase: Phase
    lookup: Lookup | None = None
    pattern: re.Pattern[str] | None = None
    rules: Mapping[int, CompiledRule] | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled rule set."""

    coder: Coder
    phases: tuple[CompiledPhase, ...]
    labels: tuple[str, ...]


def compile_rules(rules: RuleSet) -> Program:
    """Compile a rule set. Raise `ModelError` that names the phase and rule."""
    return _Compiler(rules).program()


class _Compiler:
    """Holds what all patterns of a rule set share while they are compiled."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.trees = {pattern: parse_pattern(pattern) for pattern in _patterns(rules)}
        self.trees |= {entry: literal(entry) for entry in _class_literals(rules)}
        self.entries = {name: _parse_entries(name, rules.lists) for name in self._pattern_lists()}
        self.coder = make_coder(self._members(), _tags(rules))
        self.classes: dict[str, tuple[frozenset[int], frozenset[str]]] = {}
        for name, kinds in rules.classes.items():
            self.classes[name] = self._class(name, kinds)

    def _pattern_lists(self) -> set[str]:
        used = {node.name for tree in self.trees.values() for node in _walk(tree) if isinstance(node, List)}
        return used | {part[1:-1] for kinds in self.rules.classes.values() for part in kinds.split() if part[0] == "{"}

    def _members(self) -> dict[str, set[str]]:
        members = {name: _single_words(trees) for name, trees in self.entries.items()}
        every = [*self.trees.values(), *(tree for trees in self.entries.values() for tree in trees)]
        single = {id(tree) for trees in self.entries.values() for tree in trees if isinstance(tree, Literal)}
        for tree in (tree for tree in every if id(tree) not in single):
            for node in _walk(tree):
                if isinstance(node, Literal):
                    members["=" + node.form] = {node.form}
        return members | {"=" + DASH: {DASH}}

    def program(self) -> Program:
        phases = tuple(self._phase(phase) for phase in self.rules.phases)
        labels = {label for p in phases for r in (p.rules or {}).values() for _, label in r.marks}
        return Program(self.coder, phases, tuple(sorted(labels)))

    # --- classes ---

    def _class(self, name: str, kinds: str) -> tuple[frozenset[int], frozenset[str]]:
        if name in KINDS or name in ("dash", "start", "end"):
            raise ModelError(f"class {name!r} has the name of a built-in kind")
        pairs, tags = frozenset[int](), frozenset[str]()
        sign = "+"
        for part in kinds.split():
            if part in ("+", "-"):
                sign = part
                continue
            more, more_tags = self._part(name, part)
            pairs, tags = (pairs | more, tags | more_tags) if sign == "+" else (pairs - more, tags - more_tags)
            sign = "+"
        return pairs, tags

    def _part(self, name: str, part: str) -> tuple[frozenset[int], frozenset[str]]:
        tree = self.trees.get(part) or parse_pattern(part)
        try:
            return self._single(tree)
        except ModelError as error:
            raise ModelError(f"class {name!r}: {error}") from error

    def _single(self, tree: Tree) -> tuple[frozenset[int], frozenset[str]]:
        """Return what a tree for one single word accepts."""
        if isinstance(tree, Literal):
            return self.coder.literal(tree.form), frozenset()
        if isinstance(tree, List):
            self._known_list(tree.name)
            return self.coder.list(tree.name), frozenset()
        if isinstance(tree, Kind):
            return self._kind(tree.name)
        raise ModelError("expected a single word, a {list} or a <kind>")

    def _kind(self, name: str) -> tuple[frozenset[int], frozenset[str]]:
        if name in self.classes:
            return self.classes[name]
        if name in self.coder.tags:
            return frozenset(), frozenset({name})
        if name in KINDS or name == "dash":
            return self.coder.kind(name), frozenset(self.coder.tags) if name == "any" else frozenset()
        known = sorted({*KINDS, "dash", "start", "end", *self.rules.classes, *self.coder.tags})
        raise ModelError(f"unknown kind <{name}>. Known kinds: {', '.join(known)}")

    def _known_list(self, name: str) -> None:
        if name not in self.rules.lists:
            raise ModelError(f"unknown list {{{name}}}. Known lists: {', '.join(sorted(self.rules.lists))}")

    # --- phases ---

    def _phase(self, phase: Phase) -> CompiledPhase:
        if phase.lookup is not None:
            self._known_list(phase.lookup)
            return CompiledPhase(phase, lookup=make_lookup(self.rules.lists[phase.lookup]))
        groups = 0
        sources, rules = [], {}
        for rule in phase.rules:
            try:
                source, compiled = self._rule(rule, groups + 1)
            except ModelError as error:
                raise ModelError(f"phase {phase.name!r}, rule {rule.name!r}: {error}") from error
            sources.append(source)
            rules[compiled.group] = compiled
            groups += 1 + len(compiled.marks)
        joined = "|".join(sources)
        pattern = f"{START}(?:{joined}){END}" if phase.inside else joined
        return CompiledPhase(phase, pattern=re.compile(pattern), rules=rules)

    def _rule(self, rule: Rule, group: int) -> tuple[str, CompiledRule]:
        tree = self.trees[rule.match]
        if _least(tree) == 0:
            raise ModelError("match may find nothing at all; at least one word must be needed")
        marks: list[tuple[int, str]] = []
        body = self._source(tree, group, marks)
        before = self._context(rule.after, "(?<={})") + self._context(rule.not_after, "(?<!{})")
        after = self._ahead(rule.before, "(?={})") + self._ahead(rule.not_before, "(?!{})")
        return f"({before}{body}{after})", CompiledRule(rule, group, tuple(marks))

    def _context(self, pattern: str | None, form: str) -> str:
        """Compile what must stand before: alternatives of one word each, so one character wide."""
        if pattern is None:
            return ""
        tree = self.trees[pattern]
        items = tree.items if isinstance(tree, Choice) else (tree,)
        return form.format(f"[{''.join(self._one(item) for item in items)}]")

    def _one(self, tree: Tree) -> str:
        if isinstance(tree, Kind) and tree.name in ("start", "end"):
            return START if tree.name == "start" else END
        if isinstance(tree, List) and any(not isinstance(t, Literal) for t in self.entries[tree.name]):
            raise ModelError(
                f"list {{{tree.name}}} has entries of several words and cannot stand in after or not_after"
            )
        glued = isinstance(tree, Glued)
        return self.coder.characters(*self._single(tree.item if isinstance(tree, Glued) else tree), glued_only=glued)

    def _ahead(self, pattern: str | None, form: str) -> str:
        if pattern is None:
            return ""
        marks: list[tuple[int, str]] = []
        source = self._source(self.trees[pattern], 0, marks)
        if marks:
            raise ModelError("before and not_before may not mark anything")
        return form.format(source)

    # --- trees to sources ---

    def _source(self, tree: Tree, group: int, marks: list[tuple[int, str]]) -> str:
        match tree:
            case Sequence(items):
                return "".join(self._source(item, group, marks) for item in items)
            case Choice(items):
                return f"(?:{'|'.join([self._source(item, group, marks) for item in items])})"
            case Repeat(item, sign):
                return self._repeat(item, sign, group, marks)
            case Mark(label, item):
                marks.append((group + len(marks) + 1, label))
                return f"({self._source(item, group, marks)})"
            case List(name):
                return self._list(name, group)
            case _:
                return self._character(tree)

    def _character(self, tree: Tree) -> str:
        inside = self._one(tree)
        if not inside:
            return "(?!)"
        return f"[{inside}]"

    def _repeat(self, item: Tree, sign: str, group: int, marks: list[tuple[int, str]]) -> str:
        if sign != "?":
            inner = list(_walk(item))
            if any(isinstance(node, Repeat) and node.sign != "?" for node in inner):
                raise ModelError("a repetition stands inside a repetition")
            if any(isinstance(node, Mark) for node in inner):
                raise ModelError("a mark stands inside a repetition, where only its last turn would be marked")
            if _least(item) == 0:
                raise ModelError("what is repeated may find nothing at all")
        return f"(?:{self._source(item, group, marks)}){QUANTIFIERS[sign]}"

    def _list(self, name: str, group: int) -> str:
        self._known_list(name)
        several = [tree for tree in self.entries[name] if not isinstance(tree, Literal)]
        sequences = sorted({_forms(way) for tree in several for way in _ways(tree)}, key=lambda w: (-len(w), w))
        longer = [self._source(Sequence(tuple(map(Literal, w))), group, []) for w in sequences if len(w) > 1]
        inside = self.coder.characters(self.coder.list(name), ())
        single = [f"[{inside}]"] if inside else []
        return f"(?:{'|'.join([*longer, *single]) or '(?!)'})"


def _patterns(rules: RuleSet) -> Iterator[str]:
    for phase in rules.phases:
        for rule in phase.rules:
            for pattern in (rule.match, rule.after, rule.not_after, rule.before, rule.not_before):
                if pattern is not None:
                    yield pattern


def _class_literals(rules: RuleSet) -> Iterator[str]:
    for kinds in rules.classes.values():
        yield from (part for part in kinds.split() if part not in ("+", "-") and part[0] not in '{<"')


def _tags(rules: RuleSet) -> Iterator[str]:
    for phase in rules.phases:
        if phase.lookup is not None:
            yield phase.tag or phase.lookup
        yield from (rule.tag for rule in phase.rules if rule.tag is not None)


def _parse_entries(name: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[Tree, ...]:
    if name not in lists:
        raise ModelError(f"unknown list {{{name}}}. Known lists: {', '.join(sorted(lists)) or 'none'}")
    return tuple(literal(entry) for entry in lists[name])


def _single_words(trees: tuple[Tree, ...]) -> set[str]:
    return {way[0].form for tree in trees for way in _ways(tree) if len(way) == 1}


def _ways(tree: Tree) -> list[tuple[Literal, ...]]:
    """List the ways of writing a parsed entry."""
    if isinstance(tree, Literal):
        return [(tree,)]
    if isinstance(tree, Sequence):
        return [tuple(item for item in tree.items if isinstance(item, Literal))]
    return [way for item in tree.items for way in _ways(item)] if isinstance(tree, Choice) else []


def _forms(way: tuple[Literal, ...]) -> tuple[str, ...]:
    return tuple(item.form for item in way)


def _walk(tree: Tree) -> Iterator[Tree]:
    yield tree
    match tree:
        case Sequence(items) | Choice(items):
            for item in items:
                yield from _walk(item)
        case Repeat(item, _) | Mark(_, item) | Glued(item):
            yield from _walk(item)


def _least(tree: Tree) -> int:
    """Return the least number of words that a tree finds."""
    match tree:
        case Sequence(items):
            return sum(map(_least, items))
        case Choice(items):
            return min(map(_least, items))
        case Repeat(item, sign):
            return _least(item) if sign == "+" else 0
        case Mark(_, item):
            return _least(item)
        case _:
            return 1
