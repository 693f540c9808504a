"""The same figures for parts of the data: one domain, one source, one year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textwright.errors import DataError
from textwright.evaluate.outcome import Outcome
from textwright.evaluate.scope import Scope
from textwright.evaluate.score import Score, score
from textwright.schema import Schema
from textwright.types import Example

MISSING = "(none)"


@dataclass(frozen=True, slots=True)
class Slice:
    """The texts whose `meta[key]` is `value`, and their figures."""

    key: str
    value: str
    examples: int
    failed: int
    score: Score

    def to_data(self) -> dict[str, Any]:
        """Return the value, the counts and the figures."""
        return {"value": self.value, "examples": self.examples, "failed": self.failed, **self.score.to_data()}


def check_keys(examples: Sequence[Example], keys: Sequence[str]) -> None:
    """Raise `DataError` for a key that no example has."""
    known = {key for example in examples for key in example.meta}
    for key in keys:
        if key not in known:
            choice = ", ".join(sorted(known)) or "none"
            raise DataError(f"no example has meta.{key}, so there is nothing to slice by. Known keys: {choice}")


def slices_of(outcomes: Sequence[Outcome], key: str, scope: Scope, *, schema: Schema) -> tuple[Slice, ...]:
    """Divide by the values of a `meta` key, the worst share of right texts first."""
    parts: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        parts.setdefault(str(outcome.example.meta.get(key, MISSING)), []).append(outcome)
    made = [
        Slice(key, value, len(part), sum(each.failed for each in part), score(part, scope, schema=schema))
        for value, part in parts.items()
    ]
    return tuple(sorted(made, key=_worst_first))


def _worst_first(part: Slice) -> tuple[float, int]:
    accuracy = part.score.whole_text.accuracy
    return (2.0 if accuracy is None else accuracy, -part.examples)
