"""Match the rules of a phase in a time that is bounded, whatever the patterns say.

It finds what the expression of a phase finds, as a backtracking matcher does, and remembers where each part of a
pattern has failed, so that no part is tried twice at a place: R. Cox, Regular Expression Matching: the Virtual Machine
Approach (2009). An expression is faster where it has little to try; this is asked where it may have much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.predictors.rules.ambiguity import MOST_TURNS
from textwright.predictors.rules.codes import END, START
from textwright.predictors.rules.ruleset import Rule
from textwright.predictors.rules.shapes import MOST_CHARACTERS
from textwright.predictors.rules.trees import Choice, Glued, Kind, List, Mark, Repeat, Tree, ways
from textwright.predictors.rules.trees import Sequence as InOrder
from textwright.predictors.rules.vocabulary import Vocabulary

CHARACTER, RUN, FORK, JUMP, SAVE, ENTRY, AHEAD, BEHIND, NEXT, DONE = range(10)
Instruction = tuple[int, Any, Any]
# The places of the marks on the way to here, the last first: twice a mark's number, and one more for its end.
Saved = tuple[int, int, Any] | None
WHOLE = -2
AFTER_ALL = "\x00"


# What a text may take in all phases together, and more of it for each of its words and signs: a second or two.
MOST_TRIED, MOST_TRIED_A_UNIT = 10_000_000, 10_000
MOST_STEPS, MOST_STEPS_A_UNIT = 1_000_000, 150


class TooManySteps(Exception):  # noqa: N818  # the engine says it in words
    """A text would take too long with these rules."""


class Allowance:
    """What a text may still take, in all phases together: `tried` by expressions, in their steps, and `steps` here."""

    __slots__ = ("steps", "tried")

    def __init__(self, units: int) -> None:
        """Allow what a text of that many words and signs may take."""
        self.tried: float = MOST_TRIED + MOST_TRIED_A_UNIT * units
        self.steps = MOST_STEPS + MOST_STEPS_A_UNIT * units

    def lets_try(self, steps: float) -> bool:
        """Say whether an expression may take so many steps at most, and take them off when it may."""
        if steps > self.tried:
            return False
        self.tried -= steps
        return True


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fits, with what is asked of a match of an expression. `places` are those of the marks that it set."""

    lastindex: int
    first: int
    last: int
    places: Mapping[int, tuple[int, int]]

    def start(self) -> int:
        """Return where it begins."""
        return self.first

    def end(self) -> int:
        """Return where it ends."""
        return self.last

    def span(self, group: int, /) -> tuple[int, int]:
        """Return the place of a mark, `(-1, -1)` of one that is not there."""
        return self.places.get(group, (-1, -1))


class Machine:
    """The program of a phase's rules; each comes with the number of its group, and those of its marks follow."""

    def __init__(self, rules: Sequence[tuple[Rule, int]], words: Vocabulary) -> None:
        """Write the program of rules that an expression was made of without a fault."""
        writer = _Writer(words)
        self._entries = [writer.rule(rule, group) for rule, group in rules]
        self._program = writer.program
        self._signature = words.coder.signature

    def finditer(self, codes: str, allowance: Allowance) -> Iterator[Hit]:
        """Yield each rule that fits from left to right. Raise `TooManySteps`."""
        trial = self._trial(codes, allowance)
        place = 0
        while place < len(codes):
            hit = trial.run(self._entries, place)
            following = place + 1 if hit is None else hit.last
            trial.forget(place, following)
            place = following
            if hit is not None:
                yield hit

    def fullmatch(self, codes: str, allowance: Allowance) -> Hit | None:
        """Return the first rule that fits all of the codes, with or without `START` and `END`. Raise `TooManySteps`."""
        trial = self._trial(codes, allowance)
        trial.ends = {len(codes)} | ({len(codes) - 1} if codes.endswith(END) else set())
        hit = trial.run(self._entries, 1) if codes.startswith(START) else None
        return hit or trial.run(self._entries, 0)

    def _trial(self, codes: str, allowance: Allowance) -> _Trial:
        return _Trial(self._program, codes, allowance, self._signature)


class _Trial:
    """A program at work on one text. `tried` holds for each place the instructions not worth trying there."""

    def __init__(self, program: list[Instruction], codes: str, allowance: Allowance, signature: Any) -> None:
        self.program = program
        self.text = codes + AFTER_ALL
        self.allowance = allowance
        self.signature = signature
        self.tried: list[set[int] | None] = [None] * len(self.text)
        self.seen_ahead: dict[tuple[int, int], bool] = {}
        self.ends: set[int] | None = None

    def forget(self, first: int, last: int) -> None:
        """Give back what was remembered of places that are done."""
        self.tried[first:last] = [None] * (last - first)

    def run(self, entries: Sequence[int], start: int, journal: list[tuple[int, int]] | None = None) -> Hit | None:
        """Return the first of some beginnings that fits here, and its first way to. The journal gets what was tried."""
        program, text, tried, allowance = self.program, self.text, self.tried, self.allowance
        stack: list[tuple[int, int, Saved]] = [(entry, start, None) for entry in reversed(entries)]
        while stack:
            at, place, saved = stack.pop()
            while True:
                here = tried[place]
                if here is None:
                    here = tried[place] = set()
                elif at in here:
                    break
                here.add(at)
                allowance.steps -= 1
                if allowance.steps < 0:
                    raise TooManySteps
                if journal is not None:
                    journal.append((place, at))
                kind, what, more = program[at]
                at += 1
                if kind == CHARACTER:
                    if not what[text[place]]:
                        break
                    place += 1
                elif kind == FORK:
                    stack += [(other, place, saved) for other in more]
                    at = what
                elif kind == RUN:
                    least, most = more
                    last = place
                    while last - place < most and what[text[last]]:
                        last += 1
                    if last - place < least:
                        break
                    allowance.steps -= (last - place) // 8  # so long it takes to look at so many
                    stack += [
                        (at, end, saved)
                        for end in range(place + least, last)
                        if (there := tried[end]) is None or at not in there
                    ]
                    place = last
                elif kind == JUMP:
                    at = what
                elif kind == SAVE:
                    saved = (what, place, saved)
                elif kind == ENTRY:
                    stack += [(at, end, saved) for end in self._ends_of_entries(what, more, place)]
                    break
                elif kind == BEHIND:
                    if (place > 0 and what[text[place - 1]]) != more:
                        break
                elif kind == NEXT:
                    if not what[text[place]]:
                        break
                elif kind == AHEAD:
                    if self._is_ahead(what, place) != more:
                        break
                elif self.ends is None or journal is not None or place in self.ends:
                    return Hit(what, start, place, _places(saved))
                else:
                    break
        return None

    def _ends_of_entries(self, trie: Mapping[int, Any], single: Mapping[str, bool], place: int) -> list[int]:
        """List where the entries of a list end that begin here; the one to try first is the last."""
        ends = [place + 1] if single[self.text[place]] else []
        node, last = trie, place
        while (word := self.signature(self.text[last])) in node:
            node, last = node[word], last + 1
            if WHOLE in node:
                ends.append(last)
        return ends

    def _is_ahead(self, entry: int, place: int) -> bool:
        """Say whether a pattern fits here. What was tried on the way to a fit may fit from elsewhere, too."""
        known = self.seen_ahead.get((entry, place))
        if known is None:
            journal: list[tuple[int, int]] = []
            known = self.seen_ahead[entry, place] = self.run([entry], place, journal) is not None
            for tried, at in journal if known else ():
                here = self.tried[tried]
                if here is not None:
                    here.discard(at)
        return known


def _places(saved: Saved) -> dict[int, tuple[int, int]]:
    """Read the places of marks from the way that led to them."""
    found: dict[int, int] = {}
    while saved is not None:
        number, place, saved = saved
        found.setdefault(number, place)
    return {number // 2: (place, found[number + 1]) for number, place in found.items() if number % 2 == 0}


class _Class(dict[str, bool]):
    """Says of a code whether a character class accepts it; what was asked once is known."""

    def __init__(self, inside: str) -> None:
        super().__init__({AFTER_ALL: False})
        self._pattern = re.compile(f"[{inside}]" if inside else "(?!)")

    def __missing__(self, code: str) -> bool:
        self[code] = is_accepted = self._pattern.match(code) is not None
        return is_accepted


class _Writer:
    """Writes the program of patterns."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.program: list[Instruction] = []
        self.classes: dict[str, _Class] = {}
        self.tries: dict[str, dict[int, Any]] = {}
        self.group = 0

    def rule(self, rule: Rule, group: int) -> int:
        """Write a rule; return where it begins."""
        aheads = [
            (self.pattern(part), expected)
            for part, expected in ((rule.before, True), (rule.not_before, False))
            if part is not None
        ]
        entry = len(self.program)
        for part, expected in ((rule.after, True), (rule.not_after, False)):
            if part is not None:
                self.write(BEHIND, self.class_of(self.words.inside_of_any(self.words.trees[part])), expected)
        self.group = group
        self.tree(self.words.trees[rule.match])
        for ahead, expected in aheads:
            self.write(AHEAD, ahead, expected)
        self.write(DONE, group)
        return entry

    def pattern(self, part: str) -> int:
        """Write what must follow a rule; return where it begins."""
        entry = len(self.program)
        self.tree(self.words.trees[part])
        self.write(DONE, 0)
        return entry

    def write(self, kind: int, what: Any = None, more: Any = None) -> int:
        """Write an instruction; return where it stands."""
        self.program.append((kind, what, more))
        return len(self.program) - 1

    def class_of(self, inside: str) -> _Class:
        """Return the class of some codes, the same one for the same codes."""
        return self.classes.setdefault(inside, _Class(inside)) if inside not in self.classes else self.classes[inside]

    def tree(self, tree: Tree) -> None:
        """Write a tree."""
        match tree:
            case InOrder(items):
                for item in items:
                    self.tree(item)
            case Choice(items) if all(map(self.words.is_one_word, items)):
                self.write(CHARACTER, self.class_of("".join(map(self.words.inside, items))))
            case Choice(items):
                self.choice(items)
            case Repeat(item, sign):
                self.repeat(item, sign)
            case Mark(_, item):
                self.group += 1
                group = self.group
                self.write(SAVE, 2 * group)
                self.tree(item)
                self.write(SAVE, 2 * group + 1)
            case List(name) if not self.words.is_one_word(tree):
                self.write(ENTRY, self.trie(name), self.class_of(self.words.inside(tree)))
            case Glued(List(name)) if not self.words.is_one_word(tree):
                self.write(NEXT, self.class_of(self.words.glued_firsts(name)))
                self.tree(List(name))
            case Kind(name) if name in self.words.coder.states:
                self.shape(name)
            case Glued(Kind(name)) if name in self.words.coder.states:
                self.shape(name, glued_only=True)
            case _:
                self.write(CHARACTER, self.class_of(self.words.inside(tree)))

    def choice(self, items: Sequence[Tree]) -> None:
        """Write one item after the other, each with a jump behind the last."""
        fork = self.write(FORK)
        begins, jumps = list[int](), list[int]()
        for item in items:
            begins.append(len(self.program))
            self.tree(item)
            jumps.append(self.write(JUMP))
        for jump in jumps:
            self.program[jump] = (JUMP, len(self.program), None)
        self.program[fork] = (FORK, begins[0], begins[:0:-1])

    def repeat(self, item: Tree, sign: str) -> None:
        """Write an item as often as it may come, with a way out before each turn that need not be."""
        least, most = {"?": (0, 1), "*": (0, MOST_TURNS), "+": (1, MOST_TURNS)}[sign]
        if self.words.is_one_word(item):
            self.write(RUN, self.class_of(self.words.inside(item)), (least, most))
            return
        forks = []
        for turn in range(most):
            if turn >= least:
                forks.append(self.write(FORK))
            self.tree(item)
        for fork in forks:
            self.program[fork] = (FORK, fork + 1, [len(self.program)])

    def shape(self, name: str, *, glued_only: bool = False) -> None:
        """Write the first word of a shape, and those that go on with it."""
        first, rest = self.words.ends_of_shape(name, glued_only=glued_only)
        self.write(CHARACTER, self.class_of(first))
        self.write(RUN, self.class_of(rest), (0, MOST_CHARACTERS - 1))

    def trie(self, name: str) -> dict[int, Any]:
        """Return the entries of several words as a tree of their signatures, which no other word has."""
        if name not in self.tries:
            root: dict[int, Any] = {}
            self.tries[name] = root
            for way in (way for tree in self.words.entries[name] for way in ways(tree) if len(way) > 1):
                node = root
                for form in way:
                    node = node.setdefault(self.words.coder.signatures[form], {})
                node[WHOLE] = {}
        return self.tries[name]
