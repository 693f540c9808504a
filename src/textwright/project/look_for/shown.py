"""Where each label is shown on a text: words that somebody named, words of its meaning, or what was marked first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from textwright.errors import DataError
from textwright.project.files import Project, write_json
from textwright.schema import Label
from textwright.store.held_out import is_held_out
from textwright.trust import parsed_json
from textwright.types import Example

FILE, EXAMPLES = "look_for.json", "examples"
# What stands before the examples in a meaning: "The maker, such as Bosch or Sony."
SUCH_AS = re.compile(r":|such as|for example|for instance|\be\.g\.?|\blike\b", re.IGNORECASE)
BETWEEN = re.compile(r",(?!\d)|;|\bor\b|\band\b|[\"“”‘’()]")
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a text, `[start, end)` in code points."""

    text: str
    start: int
    end: int


def read_kept(project: Project) -> dict[str, Any]:
    """Return what the step remembers beside the schema; what cannot be read is as if there were nothing."""
    try:
        data = parsed_json((project.folder / FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def write_kept(project: Project, data: Mapping[str, Any]) -> None:
    """Remember it. Raise `DataError` when the disk does not allow it."""
    write_json(project.folder / FILE, data)


def read_places(project: Project) -> dict[str, Place]:
    """Return the places that were chosen for labels; those that cannot be read are as if nobody had chosen."""
    try:
        return {label: _place(each) for label, each in read_kept(project).get(EXAMPLES, {}).items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def _place(data: Mapping[str, Any]) -> Place:
    place = Place(str(data["text"]), int(data["start"]), int(data["end"]))
    if not 0 <= place.start < place.end <= len(place.text):
        raise ValueError(f"[{place.start}, {place.end}) does not lie in the text")
    return place


def write_places(project: Project, places: Mapping[str, Place]) -> None:
    """Keep the places that were chosen. Raise `DataError` when the disk does not allow it."""
    examples = {label: asdict(place) for label, place in places.items()}
    write_kept(project, {**read_kept(project), EXAMPLES: examples})


def open_texts(project: Project) -> list[str]:
    """Return the texts that were not set aside, in their order: what is looked for is not made up from the test."""
    return [example.text for example in project.texts if not is_held_out(example)]


def find_place(texts: Iterable[str], words: str) -> Place | None:
    """Return where words stand first, as whole words if possible, whatever their case.

    >>> find_place(["A sony TV"], "Sony")
    Place(text='A sony TV', start=2, end=6)
    """
    wanted = re.escape(" ".join(words.split())).replace(r"\ ", r"\s+")
    if not wanted:
        return None
    texts = list(texts)
    for pattern in (rf"(?<!\w){wanted}(?!\w)", wanted):
        found = _first(re.compile(pattern, re.IGNORECASE), texts)
        if found is not None:
            return found
    return None


def _first(pattern: re.Pattern[str], texts: Sequence[str]) -> Place | None:
    return next((Place(text, *match.span()) for text in texts if (match := pattern.search(text)) is not None), None)


def named_place(project: Project, words: str) -> Place:
    """Return where words stand in a project's texts that were not set aside. Raise `DataError` at none."""
    place = find_place(open_texts(project), words)
    if place is None:
        raise DataError(f"no text has the words {words}; name some that stand in one of your texts")
    return place


def places_of(
    labels: Sequence[Label], chosen: Mapping[str, Place], texts: Sequence[str], annotated: Iterable[Example]
) -> dict[str, Place]:
    """Return for each label the place that was chosen, else one that was marked, else one that its meaning names."""
    marked = dict(_marked(annotated))
    found = {
        label.name: chosen.get(label.name) or marked.get(label.name) or meant_place(label.meaning, texts)
        for label in labels
    }
    return {name: place for name, place in found.items() if place is not None}


def _marked(annotated: Iterable[Example]) -> Iterator[tuple[str, Place]]:
    seen: set[str] = set()
    for example in annotated:
        for span in example.gold.spans or ():
            if span.label not in seen:
                seen.add(span.label)
                yield span.label, Place(example.text, span.start, span.end)


def meant_place(meaning: str, texts: Sequence[str]) -> Place | None:
    """Return where the first of the examples stands that a meaning gives.

    >>> meant_place("Who makes it, such as Bosch or Sony.", ["Drill", "A Sony TV"])
    Place(text='A Sony TV', start=2, end=6)
    """
    parts = SUCH_AS.split(meaning, maxsplit=1)
    named = BETWEEN.split(parts[1]) if len(parts) == 2 else []
    words = (each.strip(" .…'") for each in named)
    found = (find_place(texts, each) for each in words if len(each) >= FEWEST)
    return next((place for place in found if place is not None), None)
