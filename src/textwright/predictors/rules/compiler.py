"""Compile a rule set into one regular expression a phase, over the codes of the words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from textwright.errors import ModelError
from textwright.predictors.rules.ambiguity import MOST_TURNS, Ambiguity, Masks
from textwright.predictors.rules.codes import END, START, Coder
from textwright.predictors.rules.faults import Report, at, raise_fault
from textwright.predictors.rules.lookup import Lookup
from textwright.predictors.rules.machine import MOST_TRIED, Allowance, Machine
from textwright.predictors.rules.ruleset import Phase, Rule, RuleSet
from textwright.predictors.rules.shapes import MOST_CHARACTERS, NamedShapes
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
    written_out,
)
from textwright.predictors.rules.vocabulary import Vocabulary, patterns_of
from textwright.schema import Schema

QUANTIFIERS = {"?": "?", "*": "{0,30}", "+": "{1,30}"}
NEVER = "(?!)"
# So long are nearly all titles and lines; for each length it is known whether the rules could take long.
MOST_QUICK = 64
# The rules of job titles, as many as anybody has written, have 5,000 words and 860,000 codes.
MOST_WORDS, MOST_CODES = 50_000, 4_000_000
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
    masks: Masks | None = field(default=None, compare=False, repr=False)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compile `source` when it is first used: that is most of the work of opening a model."""
        return re.compile(self.source)

    @cached_property
    def machine(self) -> Machine:
        """Write the program that stands in for an expression which may take too long."""
        return Machine([(rule.rule, rule.group) for rule in self.rules.values()], self._masks.words)

    @cached_property
    def ambiguity(self) -> Ambiguity:
        """Count the steps that the expression may take."""
        return Ambiguity([rule.rule for rule in self.rules.values()], self._masks)

    def most_tried(self, units: int) -> float:
        """Return the most steps that the expression takes over a text, or inside spans over each part of it."""
        if self.lookup is not None:
            return 0
        codes = units + 2
        return codes * self.ambiguity.steps(codes) * (codes if self.phase.inside else 1)

    @property
    def _masks(self) -> Masks:
        if self.masks is None:
            raise ValueError("a lookup has no rules")
        return self.masks


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled rule set."""

    coder: Coder
    phases: tuple[CompiledPhase, ...]
    labels: tuple[str, ...]
    shapes: tuple[NamedShapes, ...] = ()
    quick: dict[int, bool] = field(default_factory=dict, compare=False, repr=False)

    def allowance(self, units: int) -> Allowance | None:
        """Return what a text of that many words and signs may take, None where no phase can take much."""
        if units > MOST_QUICK:
            return Allowance(units)
        if units not in self.quick:
            self.quick[units] = sum(phase.most_tried(units) for phase in self.phases) <= MOST_TRIED
        return None if self.quick[units] else Allowance(units)


def compile_rules(rules: RuleSet, *, report: Report = raise_fault) -> Program:
    """Compile a rule set. Each fault, which names phase and rule, goes to `report`, which raises `ModelError`."""
    return _Compiler(rules, report).program()


def check_labels(program: Program, schema: Schema, *, report: Report) -> None:
    """Report each rule that marks a label which the schema does not know."""
    known = ", ".join(schema.spans) or "none"
    for phase in program.phases:
        for compiled in phase.rules.values():
            for label in [label for _, label in compiled.marks if label not in schema.spans and not schema.open]:
                place = f"phase {phase.phase.name!r}, rule {compiled.rule.name!r}"
                report(f"{place}: marks {label!r}, which the schema does not know. Known labels: {known}")


class _Compiler:
    """Writes the expressions of all phases over one vocabulary."""

    def __init__(self, rules: RuleSet, report: Report) -> None:
        self.rules = rules
        self.report = report
        self.words = Vocabulary(rules, report)
        self.masks = Masks(self.words)
        self.codes = 0

    def program(self) -> Program:
        self._refuse_too_many_words()
        phases = tuple(self._phase(phase) for phase in self.rules.phases)
        labels = {label for phase in phases for rule in phase.rules.values() for _, label in rule.marks}
        return Program(self.words.coder, phases, tuple(sorted(labels)), tuple(self.words.shapes))

    def _refuse_too_many_words(self) -> None:
        patterns = [part for phase in self.rules.phases for rule in phase.rules for part in patterns_of(rule).values()]
        trees = [self.words.trees[pattern] for pattern in patterns if pattern in self.words.trees]
        words = sum(written_out(tree, MOST_TURNS) for tree in trees)
        if words > MOST_WORDS:
            raise ModelError(
                f"the patterns have {words:,} words with * and + written out; at most {MOST_WORDS:,} "
                "can be made ready in good time. Put words that stand for each other into a list"
            )

    def _refuse_too_many_codes(self) -> None:
        if self.codes > MOST_CODES:
            raise ModelError(
                f"the patterns up to here stand for {self.codes:,} codes, with their lists and classes; at most "
                f"{MOST_CODES:,} can be made ready in good time. Let fewer patterns name large lists or classes"
            )

    def _phase(self, phase: Phase) -> CompiledPhase:
        if phase.lookup is not None:
            with at(f"phase {phase.name!r}", self.report):
                self.words.known_list(phase.lookup)
            return CompiledPhase(phase, lookup=Lookup(self.rules.lists.get(phase.lookup, ())))
        groups = 0
        sources, rules = list[str](), dict[int, CompiledRule]()
        for rule in filter(self._is_parsed, phase.rules):
            with at(f"phase {phase.name!r}, rule {rule.name!r}", self.report):
                source, compiled = self._rule(rule, groups + 1)
                sources.append(source)
                rules[compiled.group] = compiled
                groups += 1 + len(compiled.marks)
                self.codes += len(source)
            self._refuse_too_many_codes()
        joined = "|".join(sources) or NEVER
        source = f"{START}?(?:{joined}){END}?" if phase.inside else joined
        return CompiledPhase(phase, source=source, rules=rules, masks=self.masks)

    def _is_parsed(self, rule: Rule) -> bool:
        return all(pattern in self.words.trees for pattern in patterns_of(rule).values())

    def _rule(self, rule: Rule, group: int) -> tuple[str, CompiledRule]:
        tree = self.words.trees[rule.match]
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
        tree = self.words.trees[pattern]
        for item in tree.items if isinstance(tree, Choice) else (tree,):
            if isinstance(item, List) and not self.words.is_one_word(item):
                raise ModelError(
                    f"list {{{item.name}}} has entries of several words and cannot stand in after or not_after"
                )
        return form.format(_one_of(self.words.inside_of_any(tree)))

    def _ahead(self, pattern: str | None, form: str) -> str:
        if pattern is None:
            return ""
        marks: list[tuple[int, str]] = []
        source = self._source(self.words.trees[pattern], 0, marks)
        if marks:
            raise ModelError("before and not_before may not mark anything")
        return form.format(source)

    # --- trees to sources ---

    def _source(self, tree: Tree, group: int, marks: list[tuple[int, str]]) -> str:
        match tree:
            case Sequence(items):
                return "".join([self._source(item, group, marks) for item in items])
            case Choice(items) if all(map(self.words.is_one_word, items)):
                return _one_of("".join(map(self.words.inside, items)))
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
                return f"(?={_one_of(self.words.glued_firsts(name))}){self._list(name)}"
            case Kind(name) if name in self.words.coder.states:
                return self._shape(name)
            case Glued(Kind(name)) if name in self.words.coder.states:
                return self._shape(name, glued_only=True)
        return _one_of(self.words.inside(tree))

    def _shape(self, name: str, *, glued_only: bool = False) -> str:
        first, rest = self.words.ends_of_shape(name, glued_only=glued_only)
        return f"[{first}][{rest}]{{0,{MOST_CHARACTERS - 1}}}"

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
        self.words.known_list(name)
        several = {way for tree in self.words.entries[name] for way in ways(tree) if len(way) > 1}
        single = _one_of(self.words.inside(List(name)))
        if not several:
            return single
        first = "".join([self.words.inside(Literal(form)) for form in sorted({way[0] for way in several})])
        return f"(?:(?=[{first}])(?:{self._branches(several)})|{single})"

    def _branches(self, entries: set[tuple[str, ...]]) -> str:
        """Write a tree of entries by their first words, so that each word is looked at once."""
        rests: dict[str, set[tuple[str, ...]]] = {}
        for entry in entries:
            rests.setdefault(entry[0], set()).add(entry[1:])
        firsts: dict[str, list[str]] = {}
        for form, rest in sorted(rests.items()):
            firsts.setdefault(self._rest(rest), []).append(form)
        words = {rest: "".join([self.words.inside(Literal(form)) for form in forms]) for rest, forms in firsts.items()}
        return "|".join([f"[{inside}]{rest}" for rest, inside in words.items()])

    def _rest(self, entries: set[tuple[str, ...]]) -> str:
        longer = {entry for entry in entries if entry}
        if not longer:
            return ""
        return f"(?:{self._branches(longer)}){'?' if () in entries else ''}"


def _one_of(inside: str) -> str:
    return f"[{inside}]" if inside else NEVER
