"""What tables share: rows of named columns to examples and back.

A row is its text with the other columns beside it: `id`, `annotator` and the native layers as JSON
(`spans`, `categories`, `meta`) are understood, all else is kept as it is. Written, a table keeps its
columns and gains the texts of each label and the labels of each task, several joined by ` | `. So
that nothing is lost, the layers are written as JSON columns too, unless loss is allowed.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.errors import DataError
from textwright.formats import losses
from textwright.formats.base import Identify, LossReport, Options
from textwright.formats.jsonl import annotation_data, categories_of, meta_of, spans_of
from textwright.formats.records import check_text, decode, encode
from textwright.types import NOTHING, Annotation, Example

JOIN = " | "
# What is added to the name of a label's or task's column when the table has such a column already.
OF_LABEL, OF_TASK = " (label)", " (task)"
LAYERS = ("spans", "categories")
OWN = ("id", *LAYERS, "meta", "annotator")


def require_column(columns: Sequence[str], options: Options, path: object) -> None:
    """Raise `DataError` when the column of the texts is missing or a name stands twice."""
    twice = next((name for name in columns if columns.count(name) > 1), None)
    if twice is not None:
        raise DataError(f"{path}:1: the column {twice!r} stands twice. Rename one")
    if options.column not in columns:
        raise DataError(f"{path}:1: no column {options.column!r}. {_choice(columns, path)}")


def _choice(columns: Sequence[str], path: object) -> str:
    """Say which columns there are and how to name one, also to a command that has no option for it."""
    if not columns:
        return "Columns: none, for the table is empty"
    name = next((each for each in columns if each and each not in OWN), columns[0])
    first = f"textwright convert {path} texts.jsonl --column {shlex.quote(name)}"
    return (
        f"Columns: {', '.join(columns)}. Name the one of the texts, such as --column {shlex.quote(name)} "
        f"(in Python column={name!r}); for a command without --column, first: {first}"
    )


def example_of_row(row: Mapping[str, Any], identify: Identify, options: Options) -> Example:
    """Build an example from a row."""
    text = row[options.column]
    if type(text) is not str:
        raise DataError(f"the column {options.column!r} holds {text!r}, expected a text")
    check_text(text)
    spans, categories = (_decoded(row, key) for key in LAYERS)
    gold = Annotation(
        None if spans is None else spans_of(spans, text),
        None if categories is None else categories_of(categories),
    )
    said = _said(gold, text)
    understood = {options.column, *OWN}
    other = {key: value for key, value in row.items() if key not in understood and value is not None}
    extra = {key: value for key, value in other.items() if value != said(key)}
    annotator = row.get("annotator")
    return Example(
        identify(text, row.get("id")),
        text,
        gold,
        meta_of(_decoded(row, "meta")),
        None if annotator in {None, ""} else str(annotator),
        extra or NOTHING,
    )


def _said(gold: Annotation, text: str) -> Callable[[str], str | None]:
    """Return what the column of a label or task says: such a column is not kept beside its layer."""
    words = defaultdict(list)
    for span in gold.spans or ():
        words[span.label].append(text[span.start : span.end])
    chosen = defaultdict(list)
    for category in gold.categories or ():
        chosen[category.task].append(category.label)
    said = {**chosen, **words}
    said |= {name + OF_LABEL: own for name, own in words.items()} | {
        name + OF_TASK: own for name, own in chosen.items()
    }
    annotated = gold != Annotation()
    return lambda column: JOIN.join(said.get(column, ())) if annotated else None


def _decoded(row: Mapping[str, Any], key: str) -> Any:
    """Decode the JSON of a column; an empty cell holds nothing."""
    value = row.get(key)
    if value is None or value == "":
        return None
    if type(value) is not str:
        return value
    try:
        return decode(value)
    except DataError as error:
        found = f"the column {key!r} is {value[:40]!r}, expected it in JSON"
        raise DataError(f"{found}, as we write it. Give a column of your own another name") from error


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that a table gets, in order, and what they hold."""

    columns: tuple[str, ...]
    labels: Mapping[str, str]
    tasks: Mapping[str, str]
    text: str

    def row(self, example: Example) -> dict[str, Any]:
        """Return the row of an example; a cell that holds nothing is left out."""
        gold = example.gold
        row = dict(example.extra) | {"id": example.id, self.text: example.text, "annotator": example.annotator}
        row["meta"] = encode(dict(example.meta)) if example.meta else None
        if "spans" in self.columns or "categories" in self.columns:
            row |= {key: encode(value) for key, value in annotation_data(gold).items()}
        if gold.spans is not None:
            row |= {column: self._texts(example, label) for label, column in self.labels.items()}
        if gold.categories is not None:
            row |= {column: self._chosen(example, task) for task, column in self.tasks.items()}
        return {name: row[name] for name in self.columns if row.get(name) is not None}

    def _texts(self, example: Example, label: str) -> str:
        return JOIN.join(example.text[s.start : s.end] for s in example.gold.spans or () if s.label == label)

    def _chosen(self, example: Example, task: str) -> str:
        return JOIN.join(each.label for each in example.gold.categories or () if each.task == task)


def layout_of(examples: Iterable[Example], options: Options) -> Layout:
    """Look through the examples for the columns that hold all of them.

    The source's columns come first; those for labels last, in the order of the schema.
    """
    labels = dict.fromkeys(options.schema.spans if options.schema else ())
    tasks = dict.fromkeys([task.name for task in options.schema.tasks] if options.schema else ())
    kept: dict[str, bool] = {}
    used: dict[str, None] = {}
    identify = Identify()
    for example in examples:
        labels |= dict.fromkeys(span.label for span in example.gold.spans or ())
        tasks |= dict.fromkeys(category.task for category in example.gold.categories or ())
        kept |= {key: kept.get(key, False) or value not in (None, "") for key, value in example.extra.items()}
        used |= dict.fromkeys(_own_columns(example, identify, options))
    taken = {options.column, *OWN} | {key for key, filled in kept.items() if filled}
    label_columns, task_columns = _beside(labels, taken, OF_LABEL), _beside(tasks, taken | set(labels), OF_TASK)
    own = [name for name in OWN if name in used]
    gained = [*label_columns.values(), *task_columns.values()]
    first = options.columns or (*(n for n in own if n == "id"), options.column, *kept)
    columns = dict.fromkeys([*first, *kept, *(n for n in own if n not in LAYERS), *gained, *own])
    return Layout(tuple(columns), label_columns, task_columns, options.column)


def _beside(names: Iterable[str], taken: Collection[str], kind: str) -> dict[str, str]:
    """Return the column of each label or task: its name, if no other column has it."""
    return {name: name + kind if name in taken else name for name in names}


def _own_columns(example: Example, identify: Identify, options: Options) -> list[str]:
    """Return those of our own columns without which something would be lost."""
    gold = example.gold
    there = {
        "id": identify(example.text) != example.id,
        "spans": gold.spans is not None and not options.lossy,
        "categories": gold.categories is not None and not options.lossy,
        "meta": bool(example.meta),
        "annotator": example.annotator is not None,
    }
    return [name for name, needed in there.items() if needed]


def lost_in_table(example: Example, options: Options) -> LossReport:
    """Count what the label columns alone cannot hold; nothing when the layers are written too."""
    if not options.lossy:
        return {}
    lost = dict(losses.count(example, options, "span scores", "category scores", "empty layers"))
    places = len(example.gold.spans or ())
    return lost | ({"span offsets": places} if places else {})
