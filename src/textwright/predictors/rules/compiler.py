"""Compile a rule set into one regular expression a phase, over the codes of the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from textwright.errors import ModelError
from textwright.predictors.rules.codes import END, KINDS, START, Coder, make_coder
from textwright.predictors.rules.faults import Report, at, raise_fault
from textwright.predictors.rules.language import literal, parse_class, parse_pattern
from textwright.predictors.rules.lookup import Lookup
from textwright.predictors.rules.ruleset import CONTEXTS, Phase, Rule, RuleSet
from textwright.predictors.rules.trees import (
    Choice,
    Glued,
    Kind,
    List,
    Literal,
    Mark,
    Repeat,
    Sequence,
    Tree,
    least,
    walk,
    ways,
)
from textwright.wrangle.words import DASH

QUANTIFIERS = {"?": "?", "*": "{0,30}", "+": "{1,30}"}
NEVER = "(?!)"
Accepted = tuple[frozenset[int], frozenset[str]]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule in a phase's expression: its own group, and the group and label of each mark."""

    rule: Rule
    group: int
    marks: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class CompiledPhase:
    """A phase ready to run: either `lookup`, or `source` with its rules by group number."""

    phase: Phase
    lookup: Lookup | None = None
    source: str = NEVER
    rules: Mapping[int, CompiledRule] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compile `source` when it is first used: that is most of the work of opening a model."""
        return re.compile(self.source)


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled rule set."""

    coder: Coder
    phases: tuple[CompiledPhase, ...]
    labels: tuple[str, ...]


def compile_rules(rules: RuleSet, *, report: Report = raise_fault) -> Program:
    """Compile a rule set. Each fault, which names phase and rule, goes to `report`, which raises `ModelError`."""
    return _Compiler(rules, report).program()


class _Compiler:
    """Holds what all patterns of a rule set share while they are compiled."""

    def __init__(self, rules: RuleSet, report: Report) -> None:
        self.rules = rules
        self.report = report
        self.trees: dict[str, Tree] = {}
        self.parts: dict[str, list[tuple[str, Tree]]] = {}
        self.entries: dict[str, tuple[Tree, ...]] = {}
        self.singles: dict[Tree, str] = {}
        self.classes: dict[str, Accepted] = {}
        self._parse()
        self.coder = make_coder(self._members(), _tags(rules))
        self._check_names()
        for name, parts in self.parts.items():
            with at(f"class {name!r}", self.report):
                self.classes[name] = self._class(parts)

    # --- reading ---

    def _parse(self) -> None:
        """Parse all patterns and classes, and the entries of the lists that they use."""
        for place, pattern in _patterns(self.rules):
            with at(place, self.report):
                self.trees[pattern] = parse_pattern(pattern)
        for name, kinds in self.rules.classes.items():
            with at(f"class {name!r}", self.report):
                self.parts[name] = parse_class(kinds)
        for name in sorted({node.name for node in self._nodes() if isinstance(node, List)}):
            self.entries[name] = tuple(self._entries(name))

    def _nodes(self) -> Iterator[Tree]:
        for tree in [*self.trees.values(), *(tree for parts in self.parts.values() for _, tree in parts)]:
            yield from walk(tree)

    def _entries(self, name: str) -> Iterator[Tree]:
        for entry in self.rules.lists.get(name, ()):
            with at(f"list {name!r}", self.report):
                yield literal(entry)

    def _members(self) -> dict[str, set[str]]:
        """Say which words each list and each literal holds."""
        spelled = {name: [way for tree in trees for way in ways(tree)] for name, trees in self.entries.items()}
        members = {name: {way[0] for way in all_ways if len(way) == 1} for name, all_ways in spelled.items()}
        words = {node.form for node in self._nodes() if isinstance(node, Literal)} | {DASH}
        words |= {form for all_ways in spelled.values() for way in all_ways if len(way) > 1 for form in way}
        return members | {"=" + form: {form} for form in words}

    def _check_names(self) -> None:
        built_in = {*KINDS, "dash", "start", "end"}
        for name in self.rules.classes:
            if name in built_in:
                self.report(f"class {name!r} has the name of a built-in kind")
        for name in sorted(self.coder.tags):
            if name in built_in or name in self.rules.classes:
                what = "a built-in kind" if name in built_in else "a class"
                self.report(f"a lookup or rule makes <{name}>, which is {what}; give it another name with as")

    def program(self) -> Program:
        phases = tuple(self._phase(phase) for phase in self.rules.phases)
        labels = {label for phase in phases for rule in phase.rules.values() for _, label in rule.marks}
        return Program(self.coder, phases, tuple(sorted(labels)))

    # --- single words ---

    def _class(self, parts: list[tuple[str, Tree]]) -> Accepted:
        pairs, tags = frozenset[int](), frozenset[str]()
        for sign, part in parts:
            more, more_tags = self._accepted(part)
            pairs, tags = (pairs | more, tags | more_tags) if sign == "+" else (pairs - more, tags - more_tags)
        return pairs, tags

    def _accepted(self, tree: Tree) -> Accepted:
        """Return what a tree for one single word accepts."""
        match tree:
            case Literal(form):
                return self.coder.literal(form), frozenset()
            case List(name):
                self._known_list(name)
                return self.coder.list(name), frozenset()
            case Kind(name):
                return self._kind(name)
        raise ModelError("expected a single word, a {list} or a <kind>")

    def _kind(self, name: str) -> Accepted:
        if name in self.classes:
            return self.classes[name]
        if name in self.coder.tags:
            return frozenset(), frozenset({name})
        if name in KINDS or name == "dash":
            return self.coder.kind(name), frozenset(self.coder.tags) if name == "any" else frozenset()
        if name in ("start", "end"):
            raise ModelError(f"<{name}> is no word")
        if name in self.rules.classes:
            raise ModelError(f"class <{name}> cannot be used here: it is wrong, or stands further down")
        known = sorted({*KINDS, "dash", "start", "end", *self.rules.classes, *self.coder.tags})
        raise ModelError(f"unknown kind <{name}>. Known kinds: {', '.join(known)}")

    def _known_list(self, name: str) -> None:
        if name not in self.rules.lists:
            raise ModelError(f"unknown list {{{name}}}. Known lists: {', '.join(sorted(self.rules.lists)) or 'none'}")

    def _inside(self, tree: Tree) -> str:
        """Return the inside of the character class for a tree of one single word, or of `<start>` or `<end>`."""
        if tree not in self.singles:
            self.singles[tree] = self._make_inside(tree)
        return self.singles[tree]

    def _make_inside(self, tree: Tree) -> str:
        match tree:
            case Kind("start"):
                return START
            case Kind("end"):
                return END
            case Glued(item):
                return self.coder.characters(*self._accepted(item), glued_only=True)
        return self.coder.characters(*self._accepted(tree))

    # --- phases ---

    def _phase(self, phase: Phase) -> CompiledPhase:
        if phase.lookup is not None:
            with at(f"phase {phase.name!r}", self.report):
                self._known_list(phase.lookup)
            return CompiledPhase(phase, lookup=Lookup(self.rules.lists.get(phase.lookup, ())))
        groups = 0
        sources, rules = list[str](), dict[int, CompiledRule]()
        for rule in filter(self._is_parsed, phase.rules):
            with at(f"phase {phase.name!r}, rule {rule.name!r}", self.report):
                source, compiled = self._rule(rule, groups + 1)
                sources.append(source)
                rules[compiled.group] = compiled
                groups += 1 + len(compiled.marks)
        joined = "|".join(sources) or NEVER
        return CompiledPhase(phase, source=f"{START}?(?:{joined}){END}?" if phase.inside else joined, rules=rules)

    def _is_parsed(self, rule: Rule) -> bool:
        return all(pattern in self.trees for pattern in _patterns_of(rule).values())

    def _rule(self, rule: Rule, group: int) -> tuple[str, CompiledRule]:
        tree = self.trees[rule.match]
        if least(tree) == 0:
            raise ModelError("match may find nothing at all; at least one word must be needed")
        marks: list[tuple[int, str]] = []
        body = self._source(tree, group, marks)
        before = self._behind(rule.after, "(?<={})") + self._behind(rule.not_after, "(?<!{})")
        after = self._ahead(rule.before, "(?={})") + self._ahead(rule.not_before, "(?!{})")
        return f"({before}{body}{after})", CompiledRule(rule, group, tuple(marks))

    def _behind(self, pattern: str | None, form: str) -> str:
        """Compile what must stand before: alternatives of one word each, so one character wide."""
        if pattern is None:
            return ""
        tree = self.trees[pattern]
        inside = "".join(map(self._one, tree.items if isinstance(tree, Choice) else (tree,)))
        return form.format(f"[{inside}]" if inside else NEVER)

    def _one(self, tree: Tree) -> str:
        if isinstance(tree, List) and any(not isinstance(entry, Literal) for entry in self.entries[tree.name]):
            raise ModelError(
                f"list {{{tree.name}}} has entries of several words and cannot stand in after or not_after"
            )
        return self._inside(tree)

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
                return "".join([self._source(item, group, marks) for item in items])
            case Choice(items):
                return f"(?:{'|'.join([self._source(item, group, marks) for item in items])})"
            case Repeat(item, sign):
                return self._repeat(item, sign, group, marks)
            case Mark(label, item):
                marks.append((group + len(marks) + 1, label))
                return f"({self._source(item, group, marks)})"
            case List(name):
                return self._list(name)
            case Glued(List(name)):
                return f"(?={_one_of(self._glued_firsts(name))}){self._list(name)}"
        return _one_of(self._inside(tree))

    def _repeat(self, item: Tree, sign: str, group: int, marks: list[tuple[int, str]]) -> str:
        if sign != "?":
            inner = list(walk(item))
            if any(isinstance(node, Repeat) and node.sign != "?" for node in inner):
                raise ModelError("a repetition stands inside a repetition")
            if any(isinstance(node, Mark) for node in inner):
                raise ModelError("a mark stands inside a repetition, where only its last turn would be marked")
            if least(item) == 0:
                raise ModelError("what is repeated may find nothing at all")
        return f"(?:{self._source(item, group, marks)}){QUANTIFIERS[sign]}"

    def _list(self, name: str) -> str:
        """Try the entries of several words, the longest first, then the single words."""
        self._known_list(name)
        several = {way for tree in self.entries[name] for way in ways(tree) if len(way) > 1}
        single = _one_of(self._inside(List(name)))
        if not several:
            return single
        first = "".join([self._inside(Literal(form)) for form in sorted({way[0] for way in several})])
        return f"(?:(?=[{first}])(?:{self._branches(several)})|{single})"

    def _glued_firsts(self, name: str) -> str:
        """Accept the first words of a list's entries when no white space stands before them."""
        self._known_list(name)
        firsts = sorted({way[0] for tree in self.entries[name] for way in ways(tree)})
        return "".join([self._inside(Glued(Literal(form))) for form in firsts])

    def _branches(self, entries: set[tuple[str, ...]]) -> str:
        """Write a tree of entries by their first words, so that each word is looked at once."""
        rests: dict[str, set[tuple[str, ...]]] = {}
        for entry in entries:
            rests.setdefault(entry[0], set()).add(entry[1:])
        firsts: dict[str, list[str]] = {}
        for form, rest in sorted(rests.items()):
            firsts.setdefault(self._rest(rest), []).append(form)
        made = (f"[{''.join([self._inside(Literal(form)) for form in forms])}]{rest}" for rest, forms in firsts.items())
        return "|".join(made)

    def _rest(self, entries: set[tuple[str, ...]]) -> str:
        longer = {entry for entry in entries if entry}
        if not longer:
            return ""
        return f"(?:{self._branches(longer)}){'?' if () in entries else ''}"


def _one_of(inside: str) -> str:
    return f"[{inside}]" if inside else NEVER


def _patterns_of(rule: Rule) -> dict[str, str]:
    parts = {part: getattr(rule, part) for part in ("match", *CONTEXTS)}
    return {part: pattern for part, pattern in parts.items() if pattern is not None}


def _patterns(rules: RuleSet) -> Iterator[tuple[str, str]]:
    """Yield each pattern with its place."""
    for phase in rules.phases:
        for rule in phase.rules:
            for part, pattern in _patterns_of(rule).items():
                yield f"phase {phase.name!r}, rule {rule.name!r}, {part}", pattern


def _tags(rules: RuleSet) -> Iterator[str]:
    for phase in rules.phases:
        if phase.lookup is not None:
            yield phase.tag or phase.lookup
        yield from (rule.tag for rule in phase.rules if rule.tag is not None)
