"""Texts to which a model must answer alike in Python, Node and browsers, and how answers are compared."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests import spec
from tests.test_spec import random_texts
from textwright.testing import HOSTILE_TEXTS
from textwright.types import Scores

# Probabilities may differ by so much from one runtime to another.
CLOSE = 1e-3
PACKS = spec.ROOT / "src/textwright/packs"
LONG = "Deputy Head of UX & Research (m/f/d) 👩‍💻 ChefLondon – £30k-£40k p.a., Leeds | "


def hostile_texts() -> list[str]:
    """Return the texts of spec/hostile.txt, those of `testing`, and some that are read in several windows."""
    lines = (spec.ROOT / "spec/hostile.txt").read_text(encoding="utf-8").splitlines()
    return [*HOSTILE_TEXTS, *map(json.loads, lines), LONG * 9, LONG * 30, " \n ".join(random_texts(300, seed=9))]


def shipped() -> list[Path]:
    """List the model folders of the packs that hold promises."""
    return sorted(path.parent for path in PACKS.glob("*/*/parity.json"))


def far_apart(found: Sequence[Mapping[str, Any]], expected: Sequence[Scores]) -> list[int]:
    """List the texts for which some span or category is not as likely as expected; one not listed has 0."""
    return [place for place, pair in enumerate(zip(found, expected, strict=True)) if distance(*pair) > CLOSE]


def distance(found: Mapping[str, Any], expected: Scores) -> float:
    """Give the largest difference between the probabilities of a text, as far as they lie above `CLOSE`."""
    here = {(s["start"], s["end"], s["label"]): s.get("score") for s in found.get("spans", ())}
    here |= {(c["task"], c["label"]): c.get("score") for c in found.get("categories", ())}
    there: dict[tuple[Any, ...], float | None] = {(s.start, s.end, s.label): s.score for s in expected.spans}
    there |= {(c.task, c.label): c.score for c in expected.categories}
    return max((_apart(here.get(key), there.get(key)) for key in {*here, *there}), default=0.0)


def _apart(a: float | None, b: float | None) -> float:
    """Give the difference of two probabilities; one that is not listed is at most `CLOSE`."""
    if a is not None and b is not None:
        return abs(a - b)
    return max(0.0, (a or 0.0) - CLOSE, (b or 0.0) - CLOSE)
