"""The small trees that patterns become, and questions about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """A word, in its folded form."""

    form: str


@dataclass(frozen=True, slots=True)
class List:
    """An entry of the list called `name`."""

    name: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A word of a built-in kind, a class or a tag called `name`."""

    name: str


@dataclass(frozen=True, slots=True)
class Glued:
    """A single word with no white space before it."""

    item: Literal | List | Kind


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    items: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first that fits."""

    items: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`?`, `*` or `+` behind an item."""

    item: Tree
    sign: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Mark what the item finds with a label."""

    label: str
    item: Tree


Tree = Literal | List | Kind | Glued | Sequence | Choice | Repeat | Mark


def walk(tree: Tree) -> Iterator[Tree]:
    """Yield a tree and everything in it."""
    yield tree
    match tree:
        case Sequence(items) | Choice(items):
            for item in items:
                yield from walk(item)
        case Repeat(item, _) | Mark(_, item) | Glued(item):
            yield from walk(item)


def least(tree: Tree) -> int:
    """Return the least number of words that a tree finds; the text's start and end are no words."""
    match tree:
        case Sequence(items):
            return sum(map(least, items))
        case Choice(items):
            return min(map(least, items))
        case Repeat(item, sign):
            return least(item) if sign == "+" else 0
        case Mark(_, item):
            return least(item)
        case Kind("start" | "end"):
            return 0
        case _:
            return 1


def written_out(tree: Tree, turns: int) -> int:
    """Return how many words a pattern has when each repetition is written so many times.

    >>> written_out(Repeat(Sequence((Literal("a"), Literal("b"))), "*"), 30)
    60
    """
    match tree:
        case Sequence(items) | Choice(items):
            return sum(written_out(item, turns) for item in items)
        case Repeat(item, sign):
            return written_out(item, turns) * (1 if sign == "?" else turns)
        case Mark(_, item):
            return written_out(item, turns)
    return 1


def ways(tree: Tree) -> list[tuple[str, ...]]:
    """List the ways of writing a parsed entry, each as its words.

    >>> ways(Choice((Sequence((Literal("part"), Literal("time"))), Literal("parttime"))))
    [('part', 'time'), ('parttime',)]
    """
    if isinstance(tree, Literal):
        return [(tree.form,)]
    if isinstance(tree, Sequence):
        return [tuple(item.form for item in tree.items if isinstance(item, Literal))]
    return [way for item in tree.items for way in ways(item)] if isinstance(tree, Choice) else []


def labels_of(tree: Tree) -> set[str]:
    """Return the labels that a tree marks."""
    return {node.label for node in walk(tree) if isinstance(node, Mark)}


def without_marks(tree: Tree) -> Tree:
    """Return a tree that finds the same words and marks nothing.

    >>> without_marks(Mark("A", Literal("x")))
    Literal(form='x')
    """
    match tree:
        case Mark(_, item):
            return without_marks(item)
        case Sequence(items):
            return Sequence(tuple(map(without_marks, items)))
        case Choice(items):
            return Choice(tuple(map(without_marks, items)))
        case Repeat(item, sign):
            return Repeat(without_marks(item), sign)
    return tree
