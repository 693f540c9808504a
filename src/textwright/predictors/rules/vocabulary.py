"""What the words of a rule set are: its parsed patterns, the entries of its lists, its classes and their codes."""

from __future__ import annotations

from collections.abc import Iterator

from textwright.errors import ModelError
from textwright.predictors.rules.codes import END, KINDS, START, make_coder
from textwright.predictors.rules.faults import Report, at
from textwright.predictors.rules.language import literal, parse_class, parse_pattern
from textwright.predictors.rules.ruleset import CONTEXTS, Rule, RuleSet
from textwright.predictors.rules.shapes import NamedShapes, parse_shape
from textwright.predictors.rules.trees import Choice, Glued, Kind, List, Literal, Tree, walk, ways
from textwright.wrangle.words import DASH

MOST_SHAPES = 100
Accepted = tuple[frozenset[int], frozenset[str]]


class Vocabulary:
    """Holds what all patterns of a rule set share.

    `trees` maps each pattern that could be read to its tree, `entries` a list that a pattern or class
    uses to the trees of its entries, `classes` a class to the words that it accepts; `shapes` are those that could
    be read. Each fault goes to the report.
    """

    def __init__(self, rules: RuleSet, report: Report) -> None:
        self.rules = rules
        self.report = report
        self.trees: dict[str, Tree] = {}
        self.parts: dict[str, list[tuple[str, Tree]]] = {}
        self.entries: dict[str, tuple[Tree, ...]] = {}
        self.singles: dict[Tree, str] = {}
        self.classes: dict[str, Accepted] = {}
        self.shapes: list[NamedShapes] = []
        self._parse()
        self.coder = make_coder(self._members(), _tags(rules), rules.shapes)
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
        shapes = sum(map(len, self.rules.shapes.values()))
        if shapes > MOST_SHAPES:
            raise ModelError(f"there are {shapes:,} shapes, at most {MOST_SHAPES} can be made ready in good time")
        for name, written in self.rules.shapes.items():
            with at(f"shape {name!r}", self.report):
                self.shapes.append(NamedShapes(name, tuple(map(parse_shape, written))))
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
        for name in self.rules.shapes:
            if name in built_in or name in self.rules.classes:
                self.report(f"shape {name!r} has the name of {self._what(name)}")
        for name in sorted(self.coder.tags):
            if name in built_in or name in self.rules.classes or name in self.rules.shapes:
                what = self._what(name)
                self.report(f"a lookup or rule makes <{name}>, which is {what}; give it another name with as")

    def _what(self, name: str) -> str:
        if name in self.rules.classes:
            return "a class"
        return "a shape" if name in self.rules.shapes and name not in KINDS else "a built-in kind"

    # --- single words ---

    def _class(self, parts: list[tuple[str, Tree]]) -> Accepted:
        pairs, tags = frozenset[int](), frozenset[str]()
        for sign, part in parts:
            more, more_tags = self.accepted(part)
            pairs, tags = (pairs | more, tags | more_tags) if sign == "+" else (pairs - more, tags - more_tags)
        return pairs, tags

    def accepted(self, tree: Tree) -> Accepted:
        """Return what a tree for one single word accepts."""
        match tree:
            case Literal(form):
                return self.coder.literal(form), frozenset()
            case List(name):
                self.known_list(name)
                return self.coder.list(name), frozenset()
            case Kind(name):
                return self._kind(name)
        raise ModelError("expected a single word, a {list} or a <kind>")

    def _kind(self, name: str) -> Accepted:
        if name in self.classes:
            return self.classes[name]
        if name in self.coder.tags:
            return frozenset(), frozenset({name})
        if name in self.coder.states:
            return self.coder.begins(name) | self.coder.goes_on(), frozenset()
        if name in KINDS or name == "dash":
            return self.coder.kind(name), frozenset(self.coder.tags) if name == "any" else frozenset()
        if name in ("start", "end"):
            raise ModelError(f"<{name}> is no word")
        if name in self.rules.classes:
            raise ModelError(f"class <{name}> cannot be used here: it is wrong, or stands further down")
        known = sorted({*KINDS, "dash", "start", "end", *self.rules.classes, *self.rules.shapes, *self.coder.tags})
        raise ModelError(f"unknown kind <{name}>. Known kinds: {', '.join(known)}")

    def known_list(self, name: str) -> None:
        """Raise `ModelError` when there is no such list."""
        if name not in self.rules.lists:
            raise ModelError(f"unknown list {{{name}}}. Known lists: {', '.join(sorted(self.rules.lists)) or 'none'}")

    def ends_of_shape(self, name: str, *, glued_only: bool = False) -> tuple[str, str]:
        """Return the insides of the character classes for a shape's first word, and for each that follows."""
        first = self.coder.characters(self.coder.begins(name), (), glued_only=glued_only)
        return first, self.coder.characters(self.coder.goes_on(), ())

    def is_one_word(self, tree: Tree) -> bool:
        """Say whether one character class says all that a tree accepts."""
        match tree:
            case Glued(item):
                return self.is_one_word(item)
            case List(name):
                return all(isinstance(entry, Literal) for entry in self.entries[name])
            case Kind(name):
                return name not in self.coder.states
        return isinstance(tree, Literal)

    def inside_of_any(self, tree: Tree) -> str:
        """Return the inside of the character class for alternatives of one word each."""
        return "".join(map(self.inside, tree.items if isinstance(tree, Choice) else (tree,)))

    def glued_firsts(self, name: str) -> str:
        """Return the inside of the class for the first words of a list's entries with no white space before them."""
        self.known_list(name)
        firsts = sorted({way[0] for tree in self.entries[name] for way in ways(tree) if len(way) > 1})
        return "".join([self.inside(Glued(List(name))), *(self.inside(Glued(Literal(first))) for first in firsts)])

    def pairs_of_shape(self, name: str) -> tuple[frozenset[int], frozenset[int]]:
        """Return the pairs of a shape's first word, and those of each that follows."""
        return self.coder.begins(name), self.coder.goes_on()

    def inside(self, tree: Tree) -> str:
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
                return self.coder.characters(*self.accepted(item), glued_only=True)
        return self.coder.characters(*self.accepted(tree))


def patterns_of(rule: Rule) -> dict[str, str]:
    """Return the patterns of a rule by the part that each is: `match`, `after` and so on."""
    parts = {part: getattr(rule, part) for part in ("match", *CONTEXTS)}
    return {part: pattern for part, pattern in parts.items() if pattern is not None}


def _patterns(rules: RuleSet) -> Iterator[tuple[str, str]]:
    """Yield each pattern with its place."""
    for phase in rules.phases:
        for rule in phase.rules:
            for part, pattern in patterns_of(rule).items():
                yield f"phase {phase.name!r}, rule {rule.name!r}, {part}", pattern


def _tags(rules: RuleSet) -> Iterator[str]:
    for phase in rules.phases:
        if phase.lookup is not None:
            yield phase.tag or phase.lookup
        yield from (rule.tag for rule in phase.rules if rule.tag is not None)
