"""Every text that some method got wrong: its gold, and each different answer once, with who gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.experiment.table.rows import Entry
from textwright.formats.jsonl import annotation_data, categories_of, spans_of
from textwright.types import Annotation


@dataclass(frozen=True, slots=True)
class Given:
    """An answer (None: no answer) and the methods that gave it."""

    answer: Annotation | None
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A text that at least one method got wrong.

    `verdicts` say for each measure which methods are right, in the order of the methods. `parts` are the slices
    that the text is in, by key. The first seed of a method speaks for it.
    """

    id: str
    text: str
    gold: Annotation
    given: tuple[Given, ...]
    verdicts: Mapping[str, tuple[bool | None, ...]]
    parts: Mapping[str, str]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON; annotations have the shape of the file format."""
        given = [
            {
                "methods": list(each.methods),
                **({"error": "no answer"} if each.answer is None else annotation_data(each.answer)),
            }
            for each in self.given
        ]
        return {
            "id": self.id,
            "text": self.text,
            "gold": annotation_data(self.gold),
            "answers": given,
            "parts": dict(self.parts),
        }


def disputed_of(entries: Sequence[Entry], measures: Sequence[str]) -> list[Disputed]:
    """Collect the texts that some method got wrong, those that most methods got wrong first."""
    reports = [entry.judgements[0].report for entry in entries]
    mistakes = [{mistake["id"]: mistake for mistake in report["mistakes"]} for report in reports]
    found = [
        _disputed(place, name, [of.get(name) for of in mistakes], entries, measures)
        for place, name in enumerate(reports[0]["ids"])
        if any(name in of for of in mistakes)
    ]
    wrong = {each.id: sum(name in of for of in mistakes) for each in found for name in [each.id]}
    return sorted(found, key=lambda each: -wrong[each.id])


def _disputed(
    place: int, name: str, mistakes: Sequence[Any | None], entries: Sequence[Entry], measures: Sequence[str]
) -> Disputed:
    first = next(mistake for mistake in mistakes if mistake is not None)
    text, gold = first["text"], annotation_of(first["gold"], first["text"])
    given: dict[Annotation | None, list[str]] = {}
    for entry, mistake in zip(entries, mistakes, strict=True):
        given.setdefault(gold if mistake is None else annotation_of(mistake["predicted"], text), []).append(
            entry.method
        )
    rights = [entry.judgements[0].report["right"] for entry in entries]
    return Disputed(
        id=name,
        text=text,
        gold=gold or Annotation(),
        given=tuple(Given(answer, tuple(methods)) for answer, methods in given.items()),
        verdicts={measure: tuple(right[measure][place] for right in rights) for measure in measures},
        parts={key: values[place] for key, values in entries[0].judgements[0].parts.items()},
    )


def annotation_of(data: Any, text: str) -> Annotation | None:
    """Read an annotation of a report; null is no answer."""
    if data is None:
        return None
    spans, categories = data.get("spans"), data.get("categories")
    return Annotation(
        None if spans is None else spans_of(spans, text), None if categories is None else categories_of(categories)
    )
