"""Finding nodes by selectors, in one walk through the tree.

A selector's compounds are numbered; for each node a set of bits says up to which of them the selector has come there.
What a compound needs of parents and siblings is then a bit of theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from textwright.wrangle.tree.asking import ABSENT, field_of, has_children
from textwright.wrangle.tree.nodes import Node
from textwright.wrangle.tree.selectors import Attribute, Compound, Formula, Pseudo, Selector, selectors_of


def select(selector: str, tree: Node) -> Node | None:
    """Return the first node, in the order of the text, that a selector matches.

    >>> from textwright.wrangle.tree.parsing import parse
    >>> select("SentenceNode:has([value='!']) > WordNode:first-child TextNode", parse("Head Chef!")).value
    'Head'
    """
    return next(_matching(tree, selectors_of(selector)), None)


def select_all(selector: str, tree: Node) -> list[Node]:
    """Return the nodes that a selector matches, in the order of the text.

    Types (`WordNode`, `*`), fields (`[value]`, `=`, `^=`, `$=`, `*=`, `~=`, `|=`, with `i` for any case), combinators
    (space, `>`, `+`, `~`), lists, and the pseudo-classes of `docs/tree.md`. Raise `DataError` for what is no selector.
    """
    return [*_matching(tree, selectors_of(selector))]


@dataclass(slots=True)
class _Family:
    """What siblings share: how far the selectors have come above and before them; changed as siblings go by."""

    parent: int = 0
    above: int = 0
    before: int = 0
    last: int = 0
    types: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    size: int = 0


@dataclass(frozen=True, slots=True)
class _Placed:
    """A node with its place among its siblings and among those of its type; the top has no place."""

    node: Node
    index: int | None
    size: int = 0
    index_of_type: int = 0
    size_of_type: int = 0


def _matching(tree: Node, selectors: Sequence[Selector], scope: Node | None = None) -> Iterator[Node]:
    """Yield the nodes that one of the selectors matches. `scope` is what `:scope` means, else the top."""
    scopes = _scopes(tree) if scope is None else (scope,)
    steps = [*_steps(selectors)]
    waiting: list[tuple[Node, int | None, _Family]] = [(tree, None, _Family())]
    while waiting:
        node, index, family = waiting.pop()
        come = _come(_placed(node, index, family), family, steps, scopes)
        if any(come >> number & 1 for number, step in enumerate(steps) if step.is_last):
            yield node
        family.seen[node.type] += 1
        family.last, family.before = come, family.before | come
        if node.children:
            below = _Family(come, family.above | come, types=Counter(each.type for each in node.children))
            below.size = len(node.children)
            waiting.extend((child, place, below) for place, child in reversed([*enumerate(node.children)]))


def _scopes(tree: Node) -> tuple[Node, ...]:
    return tree.children if tree.type in ("RootNode", "root") else (tree,)


def _placed(node: Node, index: int | None, family: _Family) -> _Placed:
    return _Placed(node, index, family.size, family.seen[node.type], family.types[node.type])


@dataclass(frozen=True, slots=True)
class _Step:
    """A compound, the combinator before it (None: it is the first), and whether the selector ends with it."""

    compound: Compound
    combinator: str | None
    is_last: bool


def _steps(selectors: Sequence[Selector]) -> Iterator[_Step]:
    for selector in selectors:
        for place, compound in enumerate(selector.compounds):
            combinator = selector.combinators[place - 1] if place else None
            yield _Step(compound, combinator, place == len(selector.compounds) - 1)


def _come(placed: _Placed, family: _Family, steps: Sequence[_Step], scopes: Sequence[Node]) -> int:
    """Return the steps that a node fulfils, as bits."""
    reached = {" ": family.above, ">": family.parent, "+": family.last, "~": family.before}
    come = 0
    for number, step in enumerate(steps):
        is_open = step.combinator is None or reached[step.combinator] >> (number - 1) & 1
        if is_open and _fits(step.compound, placed, scopes):
            come |= 1 << number
    return come


def _fits(compound: Compound, placed: _Placed, scopes: Sequence[Node]) -> bool:
    if compound.type is not None and compound.type != placed.node.type:
        return False
    return all(
        _has(each, placed.node) if isinstance(each, Attribute) else _is(each, placed, scopes)
        for each in compound.conditions
    )


# --- fields ------------------------------------------------------------------------------------------

TEXTUAL: dict[str, Callable[[str, str], bool]] = {
    "^=": str.startswith,
    "$=": str.endswith,
    "*=": str.__contains__,
    "|=": lambda found, wanted: found == wanted or found.startswith(f"{wanted}-"),
}


def _has(attribute: Attribute, node: Node) -> bool:
    found = field_of(node, attribute.name)
    if found is ABSENT or found is None:
        return False
    if attribute.operator is None:
        return True
    wanted = attribute.value.lower() if attribute.any_case else attribute.value
    if attribute.operator in ("=", "~="):
        in_list = attribute.operator == "~=" and isinstance(found, list | tuple) and attribute.value in found
        written = _written(found)
        return in_list or (written.lower() if attribute.any_case else written) == wanted
    if not isinstance(found, str):
        return False
    return TEXTUAL[attribute.operator](found.lower() if attribute.any_case else found, wanted)


def _written(value: Any) -> str:
    """Write a field as JavaScript's `String` does, as far as JSON goes.

    >>> _written([1, True, "a"])
    '1,true,a'
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return ",".join("" if each is None else _written(each) for each in value)
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else "[object Object]"


# --- pseudo-classes ----------------------------------------------------------------------------------


def _is(pseudo: Pseudo, placed: _Placed, scopes: Sequence[Node]) -> bool:
    if pseudo.name in ("is", "not"):
        fits = any(_fits(each.compounds[0], placed, scopes) for each in pseudo.selectors)
        return fits is (pseudo.name == "is")
    if pseudo.name == "has":
        return any(True for _ in _matching(placed.node, pseudo.selectors, placed.node))
    if pseudo.name == "scope":
        return any(placed.node is each for each in scopes)
    if pseudo.name == "root":
        return placed.index is None
    if pseudo.name in ("empty", "blank"):
        return not placed.node.children if has_children(placed.node) else placed.node.value is None
    return placed.index is not None and _is_placed(pseudo, placed)


def _is_placed(pseudo: Pseudo, placed: _Placed) -> bool:
    """Ask for a place among siblings, such as `:first-child`, `:nth-last-of-type(2n)`."""
    of_type = pseudo.name.endswith("of-type")
    index = placed.index_of_type if of_type else placed.index or 0
    size = placed.size_of_type if of_type else placed.size
    if pseudo.formula is not None:
        return _is_in(pseudo.formula, size - index if "last" in pseudo.name else index + 1)
    wanted = {"first": index == 0, "last": index == size - 1, "only": size == 1}
    return wanted[pseudo.name.split("-")[0]]


def _is_in(formula: Formula, number: int) -> bool:
    """Say whether a formula has a number.

    >>> [number for number in range(1, 8) if _is_in(Formula(2, 1), number)]
    [1, 3, 5, 7]
    """
    if formula.step == 0:
        return number == formula.first
    times, rest = divmod(number - formula.first, formula.step)
    return rest == 0 and times >= 0
