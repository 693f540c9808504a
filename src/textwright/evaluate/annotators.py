"""What several annotators said of the same texts, put side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from textwright.dataset import Dataset, occurring_schema
from textwright.errors import DataError
from textwright.types import Annotation, Category, Example, Span

UNFINISHED = frozenset({"new", "begun", "skipped"})
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Shared:
    """A text with what each annotator said of it."""

    id: str
    text: str
    said: Mapping[str, Annotation]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The texts that two annotators or more annotated, and what was left out.

    `annotated` counts the texts of each annotator, `texts` all of them. `unfinished` counts the lines
    left out because their `status` says that they were not handed in.
    """

    shared: tuple[Shared, ...]
    annotated: Mapping[str, int]
    texts: int
    unfinished: int
    labels: tuple[str, ...]
    tasks: Mapping[str, tuple[str, ...]]


def side_by_side(sources: Sequence[Sequence[Example]]) -> SideBySide:
    """Match the texts of several sources by id, and what each annotator said of them.

    A line without an annotator has its source's name. Raise `DataError` when two texts share an id,
    an annotator contradicts themselves, or nothing was annotated by two.
    """
    lines = [line for line in _lines(sources) if line.example.extra.get("status") not in UNFINISHED]
    _refuse_different_texts(lines)
    texts = {line.example.id: line.example.text for line in lines}
    said: dict[str, dict[str, Annotation]] = {key: {} for key in texts}
    for line in lines:
        if line.example.gold != Annotation():
            _add(said[line.example.id], line)
    annotated = Counter(annotator for each in said.values() for annotator in each)
    shared = tuple(
        Shared(key, texts[key], dict(sorted(each.items()))) for key, each in said.items() if _is_shared(each.values())
    )
    if not shared:
        raise DataError(_nothing_shared(annotated, len(texts)))
    unfinished = sum(map(len, sources)) - len(lines)
    return SideBySide(shared, annotated, len(texts), unfinished, *_names(sources, shared))


@dataclass(frozen=True, slots=True)
class _Line:
    """An example with the names of its annotator and of the source it came from."""

    example: Example
    annotator: str
    source: str


def _lines(sources: Sequence[Sequence[Example]]) -> Iterator[_Line]:
    names = _source_names(sources)
    for source, name in zip(sources, names, strict=True):
        for example in source:
            if not isinstance(example, Example):
                raise DataError(
                    f"found {type(example).__name__} among the examples of {name}, expected Example. "
                    "Give several data sets one after another: agreement(a, b)"
                )
            yield _Line(example, example.annotator or name, name)


def _source_names(sources: Sequence[Sequence[Example]]) -> list[str]:
    """Name each source as it names itself, else by its place; a second one of a name gets a number."""
    names: list[str] = []
    for place, source in enumerate(sources, start=1):
        base = (source.name if isinstance(source, Dataset) else "") or f"annotator {place}"
        again = sum(name == base or name.startswith(f"{base} (") for name in names)
        names.append(f"{base} ({again + 1})" if again else base)
    return names


def _refuse_different_texts(lines: Iterable[_Line]) -> None:
    first: dict[str, _Line] = {}
    for line in lines:
        other = first.setdefault(line.example.id, line)
        if other.example.text != line.example.text:
            raise DataError(
                f"two texts have the id {line.example.id!r}: {_short(other.example.text)} in {other.source} and "
                f"{_short(line.example.text)} in {line.source}. An id must mean the same text for all annotators"
            )


def _add(said: dict[str, Annotation], line: _Line) -> None:
    """Add what a line says; layers in lines of their own are joined."""
    known = said.get(line.annotator, Annotation())
    new = line.example.gold
    if _contradict(known.spans, new.spans) or _contradict(known.categories, new.categories):
        raise DataError(
            f"{line.source}: {line.annotator} annotated the text {line.example.id!r} twice, and not alike. "
            "Keep one line for each id and annotator, or name the annotators in the key 'annotator'"
        )
    said[line.annotator] = Annotation(
        known.spans if new.spans is None else new.spans,
        known.categories if new.categories is None else new.categories,
    )


def _is_shared(said: Collection[Annotation]) -> bool:
    """Say whether two annotated one layer of a text."""
    layers = ([each.spans for each in said], [each.categories for each in said])
    return any(len(layer) - layer.count(None) > 1 for layer in layers)


def _contradict(a: Sequence[Span | Category] | None, b: Sequence[Span | Category] | None) -> bool:
    return a is not None and b is not None and set(a) != set(b)


def _nothing_shared(annotated: Mapping[str, int], texts: int) -> str:
    if not annotated:
        return f"none of the {texts} texts is annotated: expected spans or categories, empty where nothing is"
    if len(annotated) == 1:
        return (
            f"found one annotator ({next(iter(annotated))}), expected two or more. "
            "Name several files, or one whose lines name their annotator"
        )
    names = ", ".join(sorted(annotated))
    return f"no text is annotated by two of {names}. Texts are matched by id: the same text must have the same id"


def _names(
    sources: Sequence[Sequence[Example]], shared: Sequence[Shared]
) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    """List labels, and tasks with theirs: those that the first data set declares, then those that occur."""
    declared = [source.schema for source in sources if isinstance(source, Dataset) and source.declared]
    occurring = occurring_schema(Example("", "", gold) for each in shared for gold in each.said.values())
    labels = dict.fromkeys(label for schema in [*declared, occurring] for label in schema.spans)
    tasks: dict[str, dict[str, None]] = {}
    for schema in [*declared, occurring]:
        for task in schema.tasks:
            tasks.setdefault(task.name, {}).update(dict.fromkeys(label.name for label in task.labels))
    return tuple(labels), {task: tuple(names) for task, names in tasks.items()}


def _short(text: str) -> str:
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")
