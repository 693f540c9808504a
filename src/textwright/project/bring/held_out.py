"""A part of the texts is set aside for judging; whatever comes and goes, what was set aside stays so."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from textwright.dataset import groups_of
from textwright.errors import MissingExtraError
from textwright.project.files import HELD_OUT
from textwright.types import NOTHING, Example

SHARE = 0.25
NEAR = 0.8
# Of fewer texts none is set aside: one text says nothing.
FEWEST = 8
# A part by whole sources, if it is about so large.
LEAST, MOST = 0.15, 0.35


def is_held_out(example: Example) -> bool:
    """Say whether a text was set aside."""
    return example.meta.get(HELD_OUT) is True


def set_aside(examples: Sequence[Example], before: Mapping[str, bool], *, seed: int) -> list[Example]:
    """Mark about a quarter of the examples as set aside.

    Texts that are near-same stay together, and so do those of one `meta.source` where there are enough sources.
    `before` says by id which texts were set aside and which were not: these stay what they were.
    """
    chosen = _chosen(examples, before, seed, by="source") if _has_sources(examples) else set()
    if not LEAST * len(examples) <= len(chosen) <= MOST * len(examples):
        chosen = _chosen(examples, before, seed, by=None)
    return [_marked(example, place in chosen) for place, example in enumerate(examples)]


def _has_sources(examples: Sequence[Example]) -> bool:
    return any("source" in example.meta for example in examples)


def _chosen(examples: Sequence[Example], before: Mapping[str, bool], seed: int, *, by: str | None) -> set[int]:
    """Return the places of those that are set aside: those that were, what is near to them, and of the rest a part."""
    chosen = {place for place, example in enumerate(examples) if before.get(example.id)}
    if len(examples) < FEWEST:
        return chosen
    groups = _groups(examples, by)
    random.Random(seed).shuffle(groups)
    wanted = SHARE * len(examples)
    for group in sorted(groups, key=lambda group: not _was_set_aside(examples, group, before)):
        new = [place for place in group if examples[place].id not in before]
        follows = _was_set_aside(examples, group, before)
        if follows or (len(new) == len(group) and len(chosen) + len(group) / 2 <= wanted):
            chosen.update(new)
    return chosen


def _was_set_aside(examples: Sequence[Example], group: Sequence[int], before: Mapping[str, bool]) -> bool:
    """Say whether all those of a group that were there before were set aside, and some were."""
    known = [before[examples[place].id] for place in group if examples[place].id in before]
    return bool(known) and all(known)


def _groups(examples: Sequence[Example], by: str | None) -> list[list[int]]:
    try:
        return groups_of(examples, by, NEAR)
    except MissingExtraError:  # without the package only equal texts stay together
        return groups_of(examples, by, None)


def _marked(example: Example, held_out: bool) -> Example:
    meta: dict[str, Any] = {key: value for key, value in example.meta.items() if key != HELD_OUT}
    if held_out:
        meta[HELD_OUT] = True
    return replace(example, meta=meta or NOTHING)
