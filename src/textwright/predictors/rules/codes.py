"""Give each word one character, its code, so that a pattern over words is a pattern over a string.

A code says in which lists a word stands (its signature), whether a shape of the rule set begins or goes
on there (its state), what it looks like, and whether white space stands before it. All codes are single
UTF-16 units, so that Python and JavaScript count alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from textwright.errors import ModelError
from textwright.wrangle.words import DASH, GAP, alphabet, composed, fold, match_form

START, END = "\x80", "\x81"
FIRST_CODE, LAST_CODE = 0x100, 0xD7FF
FIRST_TAG, LAST_TAG = 0xE000, 0xF8FF
SHAPES = ("lower", "Capital", "UPPER", "mixed", "small", "LARGE", "1", "2", "3", "4", "number", "symbol", "gap")
SHAPE = {name: number for number, name in enumerate(SHAPES)}
STRIDE = 16
# The only capital whose lower case is two characters, so that `fold` leaves it: not so its shape.
LOWER_OF_TWO = "İ", "i"
# The states of a word: outside of all shapes, within one behind its first word, and the first word of each.
PLAIN, WITHIN, FIRST_STATE = 0, 1, 2
MOST_SEEN = 100_000

KINDS: Mapping[str, tuple[str, ...]] = {
    "word": ("lower", "Capital", "UPPER", "mixed", "small", "LARGE"),
    "lower": ("lower", "small"),
    "Capital": ("Capital", "LARGE"),
    "UPPER": ("UPPER",),
    "mixed": ("mixed",),
    "letter": ("small", "LARGE"),
    "number": ("1", "2", "3", "4", "number"),
    "number:1": ("1",),
    "number:2": ("2",),
    "number:3": ("3",),
    "number:4": ("4",),
    "symbol": ("symbol",),
    "gap": ("gap",),
    "any": SHAPES,
}


def shape_of(surface: str, form: str) -> str:
    """Name the shape of a word, number, symbol or gap.

    >>> [shape_of(w, fold(w)) for w in ("ux", "Lead", "UX", "iOS", "A", "İş", "2024", "35,000", "-")]
    ['lower', 'Capital', 'UPPER', 'mixed', 'LARGE', 'Capital', '4', 'number', 'symbol']
    """
    if surface == GAP:
        return "gap"
    if surface[0] in "0123456789":
        return str(len(surface)) if len(surface) <= 4 and surface.isdigit() else "number"
    if alphabet().word.fullmatch(surface) is None:
        return "symbol"
    surface, form = surface.replace("’", "'"), form.replace(*LOWER_OF_TWO)
    if len(surface) == 1:
        return "small" if surface == form else "LARGE"
    if surface == form:
        return "lower"
    if surface[0] != form[0] and surface[1:] == form[1:]:
        return "Capital"
    return "mixed" if any(char in alphabet().lower for char in surface) else "UPPER"


@dataclass(frozen=True, slots=True)
class Coder:
    """Turns words into codes.

    `signatures` maps a word (its `match_form`) to the number of its signature, 0 for a word in no list;
    `members` maps a list or a literal (`=word`) to the signatures that hold it. `base` counts the signatures, `count`
    those in each state, and `states` maps a shape to that of its first word.
    """

    signatures: Mapping[str, int]
    members: Mapping[str, frozenset[int]]
    tags: Mapping[str, int]
    count: int
    base: int
    states: Mapping[str, int]
    seen: tuple[dict[str, str], dict[str, str]] = field(default_factory=lambda: ({}, {}), compare=False, repr=False)

    def encode(self, surfaces: Sequence[str], glued: Sequence[int]) -> str:
        """Return one character for each word."""
        seen = self.seen
        try:
            return "".join([seen[glue][word] for word, glue in zip(surfaces, glued, strict=True)])
        except KeyError:
            self._learn(surfaces)
            return self.encode(surfaces, glued)

    def _learn(self, surfaces: Iterable[str]) -> None:
        loose, glued = self.seen
        if len(loose) > MOST_SEEN:
            loose.clear()
            glued.clear()
        for surface in set(surfaces).difference(loose):
            word = composed(surface)
            shape = SHAPE[shape_of(word, fold(word))]
            code = FIRST_CODE + self.signatures.get(match_form(word), 0) * STRIDE + shape
            loose[surface], glued[surface] = chr(code), chr(code + self.count * STRIDE)

    def tag(self, name: str, glue: int) -> str:
        """Return the code of a word that a lookup or `as` made."""
        return chr(FIRST_TAG + 2 * self.tags[name] + glue)

    def signature(self, code: str) -> int:
        """Return the number of a code's signature, -1 of what is no word as it stands in a text."""
        number = ord(code) - FIRST_CODE
        return number // STRIDE % self.base if 0 <= number < 2 * self.count * STRIDE else -1

    def within_shape(self, codes: str, name: str) -> str:
        """Return the codes of the words of a shape, which say so."""
        first, rest = (state * self.base * STRIDE for state in (self.states[name], WITHIN))
        return "".join(chr(ord(code) + (rest if i else first)) for i, code in enumerate(codes))

    def begins(self, name: str) -> frozenset[int]:
        """Return the pairs of the first word of a shape."""
        return self._in_state(self.states[name])

    def goes_on(self) -> frozenset[int]:
        """Return the pairs of a word within a shape behind its first."""
        return self._in_state(WITHIN)

    def _in_state(self, state: int) -> frozenset[int]:
        signatures = range(state * self.base, (state + 1) * self.base)
        return frozenset(s * STRIDE + shape for s in signatures for shape in range(len(SHAPES)))

    def kind(self, name: str) -> frozenset[int]:
        """Return the pairs of signature and shape of a built-in kind."""
        if name == "dash":
            return self.literal(DASH)
        shapes = [SHAPE[shape] for shape in KINDS[name]]
        return frozenset(s * STRIDE + shape for s in range(self.count) for shape in shapes)

    def literal(self, form: str) -> frozenset[int]:
        """Return the pairs of a word in any shape."""
        return self.list("=" + form)

    def list(self, name: str) -> frozenset[int]:
        """Return the pairs of the single-word entries of a list."""
        return frozenset(s * STRIDE + shape for s in self.members.get(name, ()) for shape in range(len(SHAPES)))

    def characters(self, pairs: Collection[int], tags: Collection[str], *, glued_only: bool = False) -> str:
        """Write the inside of a character class for pairs and tags."""
        runs = "".join(_run(first, last, self.count * STRIDE, glued_only) for first, last in runs_of(pairs))
        marks = (self.tag(tag, 1) if glued_only else f"{self.tag(tag, 0)}-{self.tag(tag, 1)}" for tag in sorted(tags))
        return runs + "".join(marks)


def _run(first: int, last: int, half: int, glued_only: bool) -> str:
    first, last = FIRST_CODE + first, FIRST_CODE + last
    loose = "" if glued_only else f"{chr(first)}-{chr(last)}"
    return f"{loose}{chr(first + half)}-{chr(last + half)}"


def runs_of(numbers: Collection[int]) -> list[tuple[int, int]]:
    """Join numbers that follow each other.

    >>> runs_of({1, 2, 3, 7})
    [(1, 3), (7, 7)]
    """
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def make_coder(
    members: Mapping[str, Collection[str]], tags: Iterable[str], shapes: Collection[str] = frozenset()
) -> Coder:
    """Give each signature a number; a signature is a set of lists that some word belongs to."""
    lists_of: dict[str, list[str]] = {}
    for name in sorted(members):
        for form in members[name]:
            lists_of.setdefault(form, []).append(name)
    numbers: dict[tuple[str, ...], int] = {(): 0}
    signatures = {form: numbers.setdefault(tuple(lists_of[form]), len(numbers)) for form in sorted(lists_of)}
    by_list: dict[str, set[int]] = {name: set() for name in members}
    for lists, number in numbers.items():
        for name in lists:
            by_list[name].add(number)
    tag_numbers = {name: number for number, name in enumerate(sorted(set(tags)))}
    base, states = len(numbers), {name: state for state, name in enumerate(sorted(shapes), start=FIRST_STATE)}
    count = base * (FIRST_STATE + len(states) if states else 1)
    _check_room(count, len(tag_numbers))
    in_states = {name: frozenset(s + n for s in some for n in range(0, count, base)) for name, some in by_list.items()}
    return Coder(signatures, in_states, tag_numbers, count, base, states)


def _check_room(signatures: int, tags: int) -> None:
    most = (LAST_CODE - FIRST_CODE) // (2 * STRIDE)
    if signatures > most:
        raise ModelError(
            f"the patterns and lists tell {signatures} kinds of word apart, at most {most} can be. "
            "Use a `lookup` phase for the lists with many entries of several words"
        )
    if tags > (LAST_TAG - FIRST_TAG) // 2:
        raise ModelError(f"{tags} different tags are too many")
