"""doccano's JSONL, in the shapes that it has had.

Spans: `label` or `labels` with `[start, end, label]`; `entities` with such triples or with
`start_offset`, `end_offset`; `annotations` of the first versions, a line for each `user`. Labels of the
whole text: `label` with strings, or `cats`. The text is under `text` or `data`. `relations` and every
other key are kept and written back. An empty `label` is read as spans annotated, none there, unless
the schema has tasks but no span labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.formats import losses
from textwright.formats.base import Format, Identify, LossReport, Options
from textwright.formats.jsonl import meta_of
from textwright.formats.records import Record, decode, head_records, read_records, text_of, write_records
from textwright.formats.spans import KnownIds, checked, ids_of
from textwright.formats.tasks import category_name, category_of
from textwright.types import Annotation, Category, Example, Span, in_order

READ_KEYS = {"id", "text", "data", "label", "labels", "entities", "cats", "annotations", "meta", "annotator"}


def read(path: Path, options: Options) -> Iterator[Example]:
    """Stream the examples of a file; hand each bad line to `options.on_reject`."""
    return read_records(path, options, _examples)


def _examples(data: Record, identify: Identify, options: Options) -> list[Example]:
    """Build the examples of a line: one, or one for each user of the old `annotations`."""
    data = {key: value for key, value in data.items() if value == value}  # doccano fills gaps with NaN
    text = text_of(data, "text", "data")
    if type(data.get("annotations")) is list and data["annotations"]:
        return _by_user(data, text, identify, options)
    return [_example(data, text, identify(text, data.get("id")), options)]


def _by_user(data: Record, text: str, identify: Identify, options: Options) -> list[Example]:
    name = identify(text, data.get("id"))
    marks = sorted(map(_object, data["annotations"]), key=lambda mark: str(mark.get("user", "")))
    found = []
    for user, own in groupby(marks, key=lambda mark: mark.get("user")):
        items = [mark if "start_offset" in mark else str(mark.get("label")) for mark in own]
        one = {**data, "label": items, "annotator": data.get("annotator", user)}
        found.append(_example(one, text, name, options))
    return found


def _example(data: Record, text: str, name: str, options: Options) -> Example:
    marks = [mark for key in ("label", "labels", "entities") for mark in _items(data, key)]
    pairs = [_span(mark, text) for mark in marks if isinstance(mark, (list, dict))]
    names = [mark for mark in marks if not isinstance(mark, (list, dict))] + _items(data, "cats")
    extra = {key: value for key, value in data.items() if key not in READ_KEYS}
    if data.get("relations"):
        extra["span_ids"] = ids_of(pairs)
    gold = Annotation(
        in_order(span for span, _ in pairs) if pairs or _spans_are_annotated(data, names, options) else None,
        tuple(_category(each, options) for each in names) if names or _categories_are(data, options) else None,
    )
    annotator = data.get("annotator")
    return Example(name, text, gold, _meta(data.get("meta")), None if annotator is None else str(annotator), extra)


def _items(data: Record, key: str) -> list[Any]:
    value = data.get(key)
    if value is None:
        return []
    if isinstance(value, (str, int)) and key != "entities":
        return [value]
    if type(value) is not list:
        raise DataError(f"the key {key!r} is {type(value).__name__}, expected a list")
    return value


def _object(value: Any) -> Record:
    if type(value) is not dict:
        raise DataError(f"an annotation is {type(value).__name__}, expected an object")
    return value


def _span(mark: Any, text: str) -> tuple[Span, Any]:
    """Build the span of a triple or an object, with its id."""
    if isinstance(mark, list) and len(mark) == 3:
        return checked(mark[0], mark[1], mark[2], text), None
    if isinstance(mark, dict) and {"start_offset", "end_offset", "label"} <= set(mark):
        label = mark["label"] if isinstance(mark["label"], str) else str(mark["label"])
        return checked(mark["start_offset"], mark["end_offset"], label, text), mark.get("id")
    raise DataError(f"a span is {mark!r}, expected [start, end, label] or start_offset, end_offset and label")


def _category(name: Any, options: Options) -> Category:
    if not isinstance(name, (str, int)) or name == "":
        raise DataError(f"a label of the whole text is {name!r}, expected a string")
    return category_of(str(name), options)


def _spans_are_annotated(data: Record, names: list[Any], options: Options) -> bool:
    if "entities" in data:
        return True
    return not names and ("label" in data or "labels" in data) and not _only_tasks(options)


def _categories_are(data: Record, options: Options) -> bool:
    return "cats" in data or (("label" in data or "labels" in data) and _only_tasks(options))


def _only_tasks(options: Options) -> bool:
    schema = options.schema
    return schema is not None and bool(schema.tasks) and not schema.labels


def _meta(value: Any) -> Any:
    """Read `meta`, which old versions wrote as JSON in a string."""
    return meta_of(decode(value) if isinstance(value, str) and value else value or None)


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write a line an example, in the shape that doccano imports for what the example has."""
    write_records(path, (_record(example, options) for example in examples))


def _record(example: Example, options: Options) -> Record:
    record: Record = {"id": example.id, "text": example.text, **_marks(example, options)}
    if example.meta:
        record["meta"] = dict(example.meta)
    if example.annotator is not None:
        record["annotator"] = example.annotator
    taken = READ_KEYS | {"span_ids"}
    return record | {key: value for key, value in example.extra.items() if key not in taken}


def _marks(example: Example, options: Options) -> Record:
    spans, categories = example.gold.spans, example.gold.categories
    names = [category_name(each, options) for each in categories or ()]
    if example.extra.get("relations"):
        entities = {"entities": _entities(spans or (), example.extra.get("span_ids"))}
        return entities if categories is None else entities | {"cats": names}
    triples = [[span.start, span.end, span.label] for span in spans or ()]
    if categories is None:
        return {} if spans is None else {"label": triples}
    if spans is None:
        return {"label": names} if names else {"cats": []}
    return {"entities": triples, "cats": names}


def _entities(spans: Sequence[Span], kept: Any) -> list[Record]:
    known = KnownIds(kept)
    return [{"id": known(s), "label": s.label, "start_offset": s.start, "end_offset": s.end} for s in spans]


def _losses(example: Example, options: Options) -> LossReport:
    return losses.count(example, options, "span scores", "category scores", "unwritable categories")


def _recognise(path: Path, head: bytes) -> bool:
    del path
    return any(_is_doccano(data) for data in head_records(head))


def _is_doccano(data: Record) -> bool:
    if not isinstance(data.get("text", data.get("data")), str) or "spans" in data or "answer" in data:
        return False
    lists = [data[key] for key in ("label", "labels", "entities", "annotations") if isinstance(data.get(key), list)]
    return bool(lists) or isinstance(data.get("cats"), list)


FORMAT = Format("doccano", (".jsonl",), _recognise, read, write, _losses)
