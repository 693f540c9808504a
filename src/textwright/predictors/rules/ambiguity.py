"""How many steps an expression that tries everything may take: the ways in which patterns can read the worst text.

`<word>* <word>* x` can part ten words between its repetitions in eleven ways, and tries them all before it gives up.
The ways are counted over the places of a pattern (V. M. Glushkov, 1961), one word further each time, by the words
that may stand at several places. The count is never too low, and what cannot be said at once is not counted twice.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from textwright.predictors.rules.codes import KINDS, SHAPE, SHAPES, STRIDE, runs_of, shape_of
from textwright.predictors.rules.ruleset import Rule
from textwright.predictors.rules.shapes import MOST_CHARACTERS
from textwright.predictors.rules.trees import Choice, Glued, Kind, List, Literal, Mark, Repeat, Sequence, Tree, ways
from textwright.predictors.rules.vocabulary import Vocabulary

MOST_TURNS = 30
# How many alternatives a step looks at: that the first word fits none of them is quickly seen.
ALTERNATIVES = 4
# Nothing that takes as long as this is tried, however long it would take.
ENOUGH = 1e9
# What takes longer to count is not counted to its end, and counts as too much.
MOST_FOLLOWING, MOST_COUNTED, MOST_CLASSES = 50_000, 1_000_000, 300


class Ambiguity:
    """Counts the steps that the rules of a phase take at one place. The count goes on when a longer text comes."""

    def __init__(self, rules: Iterable[Rule], masks: Masks) -> None:
        """Take rules whose patterns could be read."""
        self._growths = [_growth_of(rule, masks) for rule in rules]
        self._steps: list[float] = [0.0]

    def steps(self, units: int) -> float:
        """Return how many steps all rules take at most at a place with that many units behind it."""
        while len(self._steps) <= units and self._growths:
            more = [next(growth, None) for growth in self._growths]
            self._growths = [growth for growth, each in zip(self._growths, more, strict=True) if each is not None]
            self._steps.append(self._steps[-1] + sum(each or 0.0 for each in more))
            if self._steps[-1] > ENOUGH:
                self._steps[-1] = math.inf
                self._growths = []
        return self._steps[min(units, len(self._steps) - 1)]


def _growth_of(rule: Rule, masks: Masks) -> Iterator[float]:
    """Yield the steps of each further word; what must follow is looked at behind each way to the rule's end."""
    trees = masks.words.trees
    ahead = sum(_whole(trees[part], masks) for part in (rule.before, rule.not_before) if part is not None)
    yield from (steps + ends * ahead for steps, ends in _growth(trees[rule.match], masks))


def _whole(tree: Tree, masks: Masks) -> float:
    total = 0.0
    for steps, _ in _growth(tree, masks):
        total += steps
        if total > ENOUGH:
            break
    return total


def _growth(tree: Tree, masks: Masks) -> Iterator[tuple[float, float]]:
    """Yield, for each further word of the worst text, the steps at it and the ways that end behind it."""
    graph = _Graph(masks)
    whole = graph.part(tree)
    ways_to: Mapping[int, float] = dict.fromkeys(whole.first, 1.0)
    lasts = frozenset(whole.last)
    is_too_large = graph.is_too_large
    counted, at_each_word = 0, sum(map(len, graph.places_of_words))
    for _ in range(whole.longest):
        if not ways_to:
            return
        counted += at_each_word + sum(len(graph.follow[place]) for place in ways_to)
        if counted > MOST_COUNTED or is_too_large:
            yield 2 * ENOUGH, 2 * ENOUGH
            return
        by_word = [{place: ways_to[place] for place in each if place in ways_to} for each in graph.places_of_words]
        yield (
            max(sum(many * graph.weight(place) for place, many in each.items()) for each in by_word),
            max(sum(many for place, many in each.items() if place in lasts) for each in by_word),
        )
        ways_to = _one_further(graph, by_word)


def _one_further(graph: _Graph, by_word: Iterable[Mapping[int, float]]) -> Mapping[int, float]:
    """Count the ways to each place behind one more word, which is one word for all of them."""
    most: dict[int, float] = {}
    for ways_to in by_word:
        here: defaultdict[int, float] = defaultdict(float)
        for place, many in ways_to.items():
            for following in graph.follow[place]:
                here[following] += many
        for place, many in here.items():
            most[place] = max(many, most.get(place, 0.0))
    return most


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a pattern: where it begins and ends, whether it may read nothing, and how much it reads at most."""

    first: tuple[int, ...]
    last: tuple[int, ...]
    longest: int
    is_optional: bool = False


class _Graph:
    """The places of a pattern, one for each word that it names, with what each accepts and what may follow it."""

    def __init__(self, masks: Masks) -> None:
        self.masks = masks
        self.accepted = list[int]()
        self.follow = list[list[int]]()
        self.following = 0
        self.more_weight = dict[int, float]()

    @property
    def is_too_large(self) -> bool:
        return self.following > MOST_FOLLOWING or len(set(self.accepted)) > MOST_CLASSES

    @cached_property
    def places_of_words(self) -> list[list[int]]:
        """Group the words that no place tells apart, and list the places that accept each group."""
        groups = [(1 << self.masks.size) - 1]
        for mask in () if self.is_too_large else set(self.accepted):
            groups = [part for group in groups for part in (group & mask, group & ~mask) if part]
        return [[place for place, mask in enumerate(self.accepted) if mask & group] for group in groups]

    def weight(self, place: int) -> float:
        return 1 + len(self.follow[place]) / ALTERNATIVES + self.more_weight.get(place, 0.0)

    def part(self, tree: Tree) -> _Part:
        match tree:
            case Sequence(items):
                return self._sequence([self.part(item) for item in items])
            case Choice(items) if all(map(self.masks.words.is_one_word, items)):
                return self._one(self.masks.of_any(items))
            case Choice(items):
                return _either([self.part(item) for item in items])
            case Repeat(item, sign):
                part = self.part(item)
                return _Part(part.first, part.last, part.longest, True) if sign == "?" else self._loop(part, sign)
            case Mark(_, item):
                return self.part(item)
            case List(name) | Glued(List(name)):
                return self._list(name)
            case Kind(name) | Glued(Kind(name)) if name in self.masks.words.coder.states:
                return self._shape(name)
        return self._one(self.masks.of(tree))

    def _one(self, mask: int) -> _Part:
        self.accepted.append(mask)
        self.follow.append([])
        place = len(self.accepted) - 1
        return _Part((place,), (place,), 1)

    def _link(self, last: tuple[int, ...], first: tuple[int, ...]) -> None:
        self.following += len(last) * len(first)
        for place in last if self.following <= MOST_FOLLOWING else ():
            self.follow[place] += first

    def _sequence(self, parts: list[_Part]) -> _Part:
        first, last, is_optional = tuple[int, ...](), tuple[int, ...](), True
        for part in parts:
            self._link(last, part.first)
            first += part.first if is_optional else ()
            last = last + part.last if part.is_optional else part.last
            is_optional &= part.is_optional
        return _Part(first, last, sum(part.longest for part in parts), is_optional)

    def _loop(self, part: _Part, sign: str, turns: int = MOST_TURNS) -> _Part:
        self._link(part.last, part.first)
        return _Part(part.first, part.last, turns * part.longest, sign == "*")

    def _list(self, name: str) -> _Part:
        """Take entries of several words as if their second words could follow any of their first, and so on."""
        single = self._one(self.masks.of(List(name)))
        several = [way for tree in self.masks.words.entries[name] for way in ways(tree) if len(way) > 1]
        if not several:
            return single
        longest = max(map(len, several))
        columns = [{way[i] for way in several if len(way) > i} for i in range(longest)]
        rest = [self._one(self.masks.of_any(map(Literal, column))) for column in columns]
        for place, column in zip(rest, columns, strict=True):
            self.more_weight[place.first[0]] = len(column) / ALTERNATIVES
        ends = [_Part(part.first, part.last, part.longest, i > 1) for i, part in enumerate(rest)]
        return _either([single, self._sequence(ends)])

    def _shape(self, name: str) -> _Part:
        first, rest = (self._one(self.masks.of_pairs(pairs)) for pairs in self.masks.words.pairs_of_shape(name))
        return self._sequence([first, self._loop(rest, "*", MOST_CHARACTERS)])


def _either(parts: list[_Part]) -> _Part:
    first = tuple(place for part in parts for place in part.first)
    last = tuple(place for part in parts for place in part.last)
    return _Part(first, last, max(part.longest for part in parts), any(part.is_optional for part in parts))


class Masks:
    """Sets of words as numbers with a bit for each pair, each tag and both ends of a text."""

    def __init__(self, words: Vocabulary) -> None:
        """Work over the codes of a vocabulary."""
        coder = words.coder
        self.words = words
        self._tags = coder.count * STRIDE
        self._start = self._tags + len(coder.tags)
        self.size = self._start + 2
        self._known = dict[Tree, int]()

    @cached_property
    def _possible(self) -> int:
        """Hold the pairs that some word has: a comma is never a capital."""
        coder = self.words.coder
        shapes: defaultdict[int, set[int]] = defaultdict(set, {0: set(range(len(SHAPES)))})
        for form, signature in coder.signatures.items():
            shapes[signature] |= _shapes_of(form)
        pairs = {s * STRIDE + shape for s, some in shapes.items() for shape in some}
        return _bits({pair + n * STRIDE for pair in pairs for n in range(0, coder.count, coder.base)})

    def of(self, tree: Tree) -> int:
        """Return the words that a tree of one single word accepts."""
        if tree not in self._known:
            self._known[tree] = self._of(tree)
        return self._known[tree]

    def _of(self, tree: Tree) -> int:
        match tree:
            case Kind("start"):
                return 1 << self._start
            case Kind("end"):
                return 1 << self._start + 1
            case Glued(item):
                return self.of(item)
        pairs, tags = self.words.accepted(tree)
        return self.of_pairs(pairs) | _bits({self._tags + self.words.coder.tags[tag] for tag in tags})

    def of_pairs(self, pairs: Iterable[int]) -> int:
        """Return the words of some pairs."""
        return _bits(pairs) & self._possible

    def of_any(self, trees: Iterable[Tree]) -> int:
        """Return the words that some tree of one single word accepts."""
        return reduce(or_, map(self.of, trees), 0)


def _shapes_of(form: str) -> set[int]:
    """Return the shapes in which a word may stand, whatever its case."""
    shape = shape_of(form, form)
    return {SHAPE[kind] for kind in (KINDS["word"] if shape in KINDS["word"] else (shape,))}


def _bits(numbers: Iterable[int]) -> int:
    bits = 0
    for first, last in runs_of(set(numbers)):
        bits |= ((1 << last - first + 1) - 1) << first
    return bits
