"""The parts of a test set: every method on each, the hardest first, small ones folded together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.evaluate.figure import Figure
from textwright.evaluate.statistics import wilson
from textwright.experiment.table.columns import measure_figure
from textwright.experiment.table.measured import Measured, measured
from textwright.experiment.table.rows import Entry

FEWEST_TEXTS = 20
SMALL = "others"


@dataclass(frozen=True, slots=True)
class Part:
    """The texts of one value of a key, and each method's share of right ones.

    `folded` is the number of values that were put together because each has too few texts.
    """

    value: str
    texts: int
    figures: Mapping[str, Measured]
    folded: int = 0

    @property
    def too_few(self) -> bool:
        """Say whether these texts are too few to say anything."""
        return self.texts < FEWEST_TEXTS

    @property
    def hardest(self) -> float:
        """Return the mean of all methods."""
        values = [each.value for each in self.figures.values()]
        return sum(values) / len(values) if values else 1.0

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        figures = {method: each.to_data() for method, each in self.figures.items()}
        return {"value": self.value, "texts": self.texts, "folded": self.folded, "methods": figures}


@dataclass(frozen=True, slots=True)
class Slices:
    """A test set by the values of a key, judged by one measure."""

    key: str
    measure: str
    parts: tuple[Part, ...]

    @property
    def is_shown(self) -> bool:
        """Say whether some part is large enough: the small ones together are the whole test once more."""
        return any(not part.folded and not part.too_few for part in self.parts)

    def in_words(self) -> str:
        """Say that no part is large enough."""
        values = sum(part.folded or 1 for part in self.parts)
        return f"No value of {self.key} has {FEWEST_TEXTS} texts, so its {values} parts are not shown."

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"key": self.key, "measure": self.measure, "parts": [each.to_data() for each in self.parts]}


def slices_of(entries: Sequence[Entry], measure: str) -> list[Slices]:
    """Divide by each key that the judgements were sliced by; the hardest part first, what is too small last."""
    keys = dict.fromkeys(key for entry in entries for key in entry.judgements[0].report.get("slices", {}))
    return [_slices(key, entries, measure) for key in keys]


def _slices(key: str, entries: Sequence[Entry], measure: str) -> Slices:
    texts: dict[str, int] = {}
    for entry in entries:
        texts |= {each["value"]: each["examples"] for each in _parts(entry, key)}
    large = [value for value, number in texts.items() if number >= FEWEST_TEXTS]
    small = [value for value in texts if value not in large]
    parts = [_part([value], entries, key, measure) for value in large]
    parts.sort(key=lambda part: (part.hardest, -part.texts))
    if small:
        parts.append(_part(small, entries, key, measure))
    return Slices(key, measure, tuple(parts))


def _parts(entry: Entry, key: str) -> Sequence[Any]:
    found: Sequence[Any] = entry.judgements[0].report.get("slices", {}).get(key, ())
    return found


def _part(values: Sequence[str], entries: Sequence[Entry], key: str, measure: str) -> Part:
    figures: dict[str, Measured] = {}
    for entry in entries:
        found = [_share(judgement.report, values, key, measure) for judgement in entry.judgements]
        if (mean := measured(found)) is not None:
            figures[entry.method] = mean
    texts = sum(each["examples"] for each in _parts(entries[0], key) if each["value"] in values)
    name = values[0] if len(values) == 1 else f"{len(values)} {SMALL}"
    return Part(name, texts, figures, len(values) if len(values) > 1 else 0)


def _share(report: Any, values: Sequence[str], key: str, measure: str) -> Figure | None:
    """Add up the parts that have one of these values."""
    parts = [part for part in report.get("slices", {}).get(key, ()) if part["value"] in values]
    if len(parts) == 1:
        return measure_figure(parts[0], measure)
    found = [share for part in parts if (share := _counts(part, measure))]
    right, texts = sum(each[0] for each in found), sum(each[1] for each in found)
    return Figure(right / texts, *wilson(right, texts)) if texts else None


def _counts(part: Any, measure: str) -> tuple[int, int] | None:
    """Return how many texts of a part are right by a measure, and of how many."""
    kind, _, name = measure.partition(":")
    place = {"exact": part.get("exact", {}), "category": part.get("categories", {})}
    found = place[kind].get(name) if kind in place else part.get(kind)
    return (found["right"], found["texts"]) if found else None
