"""A part of the texts is set aside for judging. What is annotated stays on its side, whatever comes and goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from textwright.dataset import joined
from textwright.errors import MissingExtraError
from textwright.project.bring.nearness import near_groups
from textwright.store.held_out import HELD_OUT
from textwright.types import NOTHING, Example

SHARE = 0.25
# Of fewer texts none is set aside: one text says nothing.
FEWEST = 8
# A part by whole sources will do, if it is about so large.
LEAST, MOST = 0.15, 0.35
Group = Sequence[int]


def set_aside(examples: Sequence[Example], fixed: Mapping[str, bool], *, seed: int) -> list[Example]:
    """Mark about a quarter of the examples as set aside.

    Texts that are near-same stay together, and so do those of one `meta.source` where there are enough sources. The
    choice hangs on `seed` and on each group alone, so that texts that come or go change little. `fixed` says by id
    on which side texts stay that a model may have learned from or was judged by: what is near to them joins them.
    """
    chosen = _chosen(examples, fixed, seed, by="source") if _has_sources(examples) else set()
    if not LEAST * len(examples) <= len(chosen) <= MOST * len(examples):
        chosen = _chosen(examples, fixed, seed, by=None)
    return [_marked(example, held_out=place in chosen) for place, example in enumerate(examples)]


def _has_sources(examples: Sequence[Example]) -> bool:
    return any("source" in example.meta for example in examples)


def _chosen(examples: Sequence[Example], fixed: Mapping[str, bool], seed: int, *, by: str | None) -> set[int]:
    """Return the places of those that are set aside."""
    groups = _groups(examples, by)
    chosen = {place for group in groups for place in _bound(examples, group, fixed)}
    if len(examples) < FEWEST:
        return chosen
    free = [group for group in groups if not any(examples[place].id in fixed for place in group)]
    for group in sorted(free, key=lambda group: _lot(examples[group[0]], seed)):
        if len(chosen) + len(group) / 2 <= SHARE * len(examples):
            chosen.update(group)
    return chosen


def _bound(examples: Sequence[Example], group: Group, fixed: Mapping[str, bool]) -> list[int]:
    """Return those of a group that are set aside because of texts in it that stay on their side."""
    sides = [fixed[examples[place].id] for place in group if examples[place].id in fixed]
    if not all(sides):  # some of it was learned from: only what stays set aside itself
        return [place for place in group if fixed.get(examples[place].id)]
    return list(group) if sides else []


def _lot(example: Example, seed: int) -> bytes:
    return sha256(f"{seed}\x1f{example.id}".encode("utf-8", "surrogatepass")).digest()


def _groups(examples: Sequence[Example], by: str | None) -> list[list[int]]:
    try:
        return joined(examples, by, near_groups(tuple(each.text for each in examples)))
    except MissingExtraError:  # without the package only equal texts stay together
        return joined(examples, by, ())


def _marked(example: Example, *, held_out: bool) -> Example:
    meta: dict[str, Any] = {key: value for key, value in example.meta.items() if key != HELD_OUT}
    if held_out:
        meta[HELD_OUT] = True
    return replace(example, meta=meta or NOTHING)
