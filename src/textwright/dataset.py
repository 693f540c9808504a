"""A data set: examples in order, with the schema they follow and a fingerprint of their content."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import overload

from textwright import formats
from textwright.display import Shown
from textwright.errors import DataError
from textwright.formats import Options, raise_rejected
from textwright.formats.base import LossReport, OnReject
from textwright.formats.jsonl import format_example
from textwright.schema import Schema, schema_of
from textwright.types import Example, only_examples


class Dataset(Shown, Sequence[Example]):
    """Examples with their schema. It does not change; `fingerprint` tells two contents apart."""

    def __init__(self, examples: Iterable[Example], *, schema: Schema | None = None, name: str = "") -> None:
        """Keep the examples. Without a schema, the labels that occur make a closed one.

        Raise `DataError` at what is no example.
        """
        self._examples = tuple(only_examples(examples))
        self.declared = schema is not None
        self.schema = schema or occurring_schema(self._examples)
        self.name = name
        self._fingerprint: str | None = None

    @overload
    def __getitem__(self, index: int) -> Example: ...
    @overload
    def __getitem__(self, index: slice) -> Dataset: ...
    def __getitem__(self, index: int | slice) -> Example | Dataset:
        """Return an example, or a data set of a slice of them."""
        if isinstance(index, slice):
            return self.with_examples(self._examples[index])
        return self._examples[index]

    def __len__(self) -> int:
        """Return the number of examples."""
        return len(self._examples)

    def __iter__(self) -> Iterator[Example]:
        """Go through the examples in order."""
        return iter(self._examples)

    def __repr__(self) -> str:
        """Show the name, the size and the labels."""
        size = f"{len(self)} example{'' if len(self) == 1 else 's'}"
        return f"Dataset({self.name!r}, {size}, labels: {', '.join(self.schema.spans) or 'none'})"

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the content, independent of the file's format and path."""
        if self._fingerprint is None:
            digest = hashlib.sha256()
            for example in self._examples:
                digest.update(format_example(example).encode("utf-8", "surrogatepass") + b"\n")
            self._fingerprint = digest.hexdigest()
        return self._fingerprint

    @property
    def texts(self) -> list[str]:
        """Return the texts in order."""
        return [example.text for example in self._examples]

    def with_examples(self, examples: Iterable[Example]) -> Dataset:
        """Return a data set of other examples with this one's schema and name."""
        return Dataset(examples, schema=self.schema if self.declared else None, name=self.name)

    @staticmethod
    def read(
        path: str | Path,
        *,
        format: str | None = None,  # noqa: A002
        schema: Schema | None = None,
        column: str = "text",
        on_reject: OnReject = raise_rejected,
    ) -> Dataset:
        """Read a file of any known format.

        Raise `DataError` at the first bad record, unless `on_reject` takes it and goes on.
        """
        options = Options(column=column, on_reject=on_reject, schema=schema)
        return Dataset(formats.read(Path(path), format=format, options=options), schema=schema, name=Path(path).name)

    def write(self, path: str | Path, *, format: str | None = None, lossy: bool = False) -> LossReport:  # noqa: A002
        """Write a file of any known format; return what was lost. Raise `LossError` unless `lossy`."""
        return formats.write(Path(path), self, format=format, lossy=lossy, options=Options(schema=self.schema))

    def split(
        self, share: float, *, seed: int = 0, by: str | None = "source", near: float | None = None
    ) -> tuple[Dataset, Dataset]:
        """Split off about `share` of the examples; return (the rest, the share).

        `by` names a `meta` key whose values are never divided between the two parts, so that the
        held-out part shows how the model does on sources it never saw; None splits single texts.
        Equal texts always stay together; with `near`, texts that are at least so similar too, as
        `wrangle.duplicates` finds them. Raise `DataError` when there is only one group to split.
        """
        if not 0 < share < 1:
            raise DataError(f"the share {share} must lie between 0 and 1")
        held_out = _choose_groups(groups_of(self._examples, by, near), share * len(self), seed)
        rest = [example for i, example in enumerate(self._examples) if i not in held_out]
        taken = [example for i, example in enumerate(self._examples) if i in held_out]
        if not rest or not taken:
            raise DataError(f"cannot split off {share:.0%}: {_too_few(by, near)}")
        return self.with_examples(rest), self.with_examples(taken)


def _too_few(by: str | None, near: float | None) -> str:
    """Say what there is too little of, and what would do."""
    if by is not None:
        return f"too few different values of meta.{by}. Try by=None"
    return "too few different texts" + ("" if near is None else f" at near={near}. Try a higher one")


def occurring_schema(examples: Iterable[Example]) -> Schema:
    """Make a schema of the labels and tasks that occur, sorted."""
    labels: set[str] = set()
    tasks: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        labels.update(span.label for span in example.gold.spans or ())
        for category in example.gold.categories or ():
            tasks[category.task].add(category.label)
    return schema_of(sorted(labels), tasks={task: sorted(names) for task, names in sorted(tasks.items())})


def groups_of(examples: Sequence[Example], by: str | None, near: float | None) -> list[list[int]]:
    """Put together the places that must not be divided: equal `meta[by]`, equal texts, near ones."""
    return joined(examples, by, _near_groups(examples, near))


def joined(examples: Sequence[Example], by: str | None, like: Iterable[Sequence[int]]) -> list[list[int]]:
    """Put together the places of equal `meta[by]`, of equal texts, and those of each group in `like`."""
    parent = list(range(len(examples)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[tuple[str, str], int] = {}
    for i, example in enumerate(examples):
        for key in _keys(example, by):
            parent[root(i)] = root(first.setdefault(key, i))
    for places in like:
        for i in places[1:]:
            parent[root(i)] = root(places[0])
    groups: Mapping[int, list[int]] = defaultdict(list)
    for i in range(len(examples)):
        groups[root(i)].append(i)
    return list(groups.values())


def _keys(example: Example, by: str | None) -> list[tuple[str, str]]:
    """Return what an example shares with those that it must not be divided from."""
    source = [] if by is None or by not in example.meta else [("meta", str(example.meta[by]))]
    return [("text", example.text), *source]


def _near_groups(examples: Sequence[Example], near: float | None) -> list[tuple[int, ...]]:
    """Return the places of near texts, where they are to stay together."""
    if near is None:
        return []
    from textwright.wrangle.numbers.duplicates import duplicates

    return [group.places for group in duplicates((example.text for example in examples), near=near)]


def _choose_groups(groups: list[list[int]], wanted: float, seed: int) -> set[int]:
    """Take shuffled groups, skipping those that would overshoot, until about `wanted` places are chosen."""
    shuffled = list(groups)
    random.Random(seed).shuffle(shuffled)
    chosen: set[int] = set()
    for group in shuffled:
        if len(chosen) + len(group) / 2 <= wanted:
            chosen.update(group)
    if not chosen and len(shuffled) > 1:
        smallest = min(shuffled, key=len)
        chosen.update(smallest)
    return chosen
