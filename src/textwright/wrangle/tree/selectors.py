"""Reading selectors: the part of CSS that unist-util-select knows.

It is described at https://github.com/syntax-tree/unist-util-select (MIT).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from textwright.errors import DataError

NAME = re.compile(r"[-_a-zA-Z\u0080-\U0010ffff][-\w]*")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'', re.DOTALL)
OPERATOR = re.compile(r"[~|^$*]?=")
COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+(?=[^\s,)])")
FORMULA = re.compile(r"(even|odd)|([+-]?\d*)n(?:\s*([+-])\s*(\d+))?|([+-]?\d+)", re.IGNORECASE)
SPACE = re.compile(r"\s*")

PLAIN = (
    *("empty", "blank", "root", "scope", "first-child", "last-child", "only-child"),
    *("first-of-type", "last-of-type", "only-of-type"),
)
COUNTING = ("nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type")
LISTING = ("is", "not", "has")
# Below this many levels a selector in a selector is no selector that somebody wrote.
DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Attribute:
    """`[name]`, or with an operator and a value; `any_case`: `[name=value i]`."""

    name: str
    operator: str | None = None
    value: str = ""
    any_case: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """The places `step * n + first`, counted from 1, for n from 0."""

    step: int
    first: int


@dataclass(frozen=True, slots=True)
class Pseudo:
    """`:name`, with a formula or a list of selectors where the name takes one."""

    name: str
    formula: Formula | None = None
    selectors: tuple[Selector, ...] = ()


@dataclass(frozen=True, slots=True)
class Compound:
    """What one node must be: of a type (None: any) and all the rest."""

    type: str | None
    conditions: tuple[Attribute | Pseudo, ...] = ()


@dataclass(frozen=True, slots=True)
class Selector:
    """Compounds with combinators between them: `combinators[i]` stands before `compounds[i + 1]`."""

    compounds: tuple[Compound, ...]
    combinators: tuple[str, ...] = ()


Found: TypeAlias = "re.Match[str] | None"


@lru_cache(maxsize=256)
def selectors_of(text: str) -> tuple[Selector, ...]:
    """Read a list of selectors. Raise `DataError` that says where it is not one, and what would be.

    >>> selectors_of("SentenceNode > WordNode")[0].combinators
    ('>',)
    """
    reader = _Reader(text)
    found = reader.selectors()
    if reader.place < len(text):
        reader.fail("the end, a comma, or another selector")
    return found


class _Reader:
    """Reads from left to right; `place` is what comes next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.depth = 0

    def fail(self, expected: str) -> None:
        found = repr(self.text[self.place : self.place + 20]) if self.place < len(self.text) else "its end"
        raise DataError(f"selector {self.text!r}, at character {self.place}: found {found}, expected {expected}")

    def take(self, pattern: re.Pattern[str]) -> Found:
        match = pattern.match(self.text, self.place)
        self.place = match.end() if match else self.place
        return match

    def takes(self, character: str) -> bool:
        found = self.text.startswith(character, self.place)
        self.place += len(character) if found else 0
        return found

    def need(self, character: str) -> None:
        self.take(SPACE)
        if not self.takes(character):
            self.fail(repr(character))

    def selectors(self, *, inside: str = "") -> tuple[Selector, ...]:
        """Read selectors with commas between them; `inside` names the pseudo-class whose argument they are."""
        found = [self.selector(inside)]
        while self.takes(","):
            found.append(self.selector(inside))
        return tuple(found)

    def selector(self, inside: str) -> Selector:
        self.take(SPACE)
        compounds, combinators = ([Compound(None, (Pseudo("scope"),))], [" "]) if inside == "has" else ([], [])
        if inside == "has" and self.takes(">"):
            combinators = [">"]
            self.take(SPACE)
        compounds.append(self.compound())
        while match := self.take(COMBINATOR):
            combinators.append(match[1] or " ")
            compounds.append(self.compound())
        if combinators and inside in ("is", "not"):
            self.fail(f"the end of :{inside}( ), which takes selectors of one node only")
        self.take(SPACE)
        return Selector(tuple(compounds), tuple(combinators))

    def compound(self) -> Compound:
        """Read a type or `*`, and attributes and pseudo-classes."""
        start = self.place
        kind = self.take(NAME)
        if kind is None:
            self.takes("*")
        conditions = list[Attribute | Pseudo]()
        while self.text[self.place : self.place + 1] in ("[", ":"):
            conditions.append(self.attribute() if self.takes("[") else self.pseudo())
        if self.place == start:
            self.fail("a node's type, *, [field] or :pseudo-class")
        return Compound(kind[0] if kind else None, tuple(conditions))

    def attribute(self) -> Attribute:
        self.take(SPACE)
        name = self.name("a field's name")
        self.take(SPACE)
        operator = self.take(OPERATOR)
        if operator is None:
            self.need("]")
            return Attribute(name)
        self.take(SPACE)
        value = self.value()
        self.take(SPACE)
        any_case = self.takes("i") or self.takes("I")
        self.need("]")
        return Attribute(name, operator[0], value, any_case)

    def name(self, expected: str) -> str:
        match = self.take(NAME)
        if match is None:
            self.fail(expected)
        return match[0] if match else ""

    def value(self) -> str:
        match = self.take(STRING)
        if match is None:
            return self.name('a value: a name or a text in "quotes"')
        return re.sub(r"\\(.)", r"\1", match[1] if match[1] is not None else match[2], flags=re.DOTALL)

    def pseudo(self) -> Pseudo:
        self.need(":")
        begun = self.place
        name = self.name("the name of a pseudo-class").lower()
        if name in PLAIN:
            return Pseudo(name)
        if name not in (*COUNTING, *LISTING):
            self.place = begun
            self.fail(f"one of {', '.join((*PLAIN, *COUNTING, *LISTING))}")
        self.need("(")
        self.take(SPACE)
        pseudo = Pseudo(name, self.formula()) if name in COUNTING else Pseudo(name, None, self.nested(name))
        self.need(")")
        return pseudo

    def nested(self, name: str) -> tuple[Selector, ...]:
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(f"at most {DEEPEST} selectors inside one another")
        found = self.selectors(inside=name)
        self.depth -= 1
        return found

    def formula(self) -> Formula:
        match = self.take(FORMULA)
        if match is None:
            self.fail("even, odd, a number, or a formula such as 2n+1")
        word, step, sign, first, number = match.groups() if match else (None,) * 5
        if word:
            return Formula(2, 0 if word.lower() == "even" else 1)
        if number:
            return Formula(0, int(number))
        return Formula(int(f"{step}1" if step in ("", "+", "-") else step or 1), int(f"{sign or ''}{first or 0}"))
