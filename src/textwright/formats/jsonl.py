"""The native format: one JSON object a line, offsets in code points.

Shape: `{"id", "text", "spans": [{"start", "end", "label", "score"?}], "categories": [{"task", "label",
"score"?}], "meta", "annotator"}`. Keys that we do not know are kept and written back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.formats.base import Format, Identify, Options, Rejected, read_lines
from textwright.formats.records import check_text, decode, encode, head_records, score_of, write_lines
from textwright.types import NOTHING, Annotation, Category, Example, Span, in_order

KNOWN = frozenset({"id", "text", "spans", "categories", "meta", "annotator"})


def read(path: Path, options: Options) -> Iterator[Example]:
    """Stream the examples of a file; hand each bad line to `options.on_reject`."""
    identify = Identify()
    for number, line in read_lines(path, options):
        try:
            yield parse_example(line, identify)
        except DataError as error:
            options.on_reject(Rejected(str(path), number, str(error), line.rstrip("\r\n")))


def parse_example(line: str, identify: Identify) -> Example:
    """Read one line. Raise `DataError` that says what was found and what would have worked."""
    return example_of(decode(line), identify)


def example_of(data: Any, identify: Identify) -> Example:
    """Build an example from a decoded line."""
    if type(data) is not dict:
        raise DataError(f"found {type(data).__name__}, expected an object with a text")
    text = data.get("text")
    if type(text) is not str:
        raise DataError(f"the key 'text' is {'missing' if text is None else type(text).__name__}, expected a string")
    if not text.isascii():
        check_text(text)
    spans, categories = data.get("spans"), data.get("categories")
    gold = Annotation(
        None if spans is None else spans_of(spans, text),
        None if categories is None else categories_of(categories),
    )
    annotator = data.get("annotator")
    return Example(
        identify(text, data.get("id")),
        text,
        gold,
        meta_of(data.get("meta")),
        None if annotator is None else str(annotator),
        NOTHING if KNOWN.issuperset(data) else {key: data[key] for key in data if key not in KNOWN},
    )


def meta_of(value: Any) -> Mapping[str, Any]:
    """Check that `meta` is an object."""
    if value is None:
        return NOTHING
    if type(value) is not dict:
        raise DataError(f"the key 'meta' is {type(value).__name__}, expected an object")
    return value


def spans_of(items: Any, text: str) -> tuple[Span, ...]:
    """Build checked spans; the errors say which span and what its offsets may be."""
    if type(items) is not list:
        raise DataError(f"the key 'spans' is {type(items).__name__}, expected a list")
    try:
        spans = [Span(each["start"], each["end"], each["label"], each.get("score")) for each in items]
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"a span is not an object with start, end and label: {error}") from error
    size = len(text)
    for span in spans:
        if type(span.start) is not int or type(span.end) is not int or not 0 <= span.start < span.end <= size:
            raise DataError(offset_message(span.start, span.end, text))
        if type(span.label) is not str:
            raise DataError(f"a span's label is {type(span.label).__name__}, expected a string")
        if span.score is not None:
            score_of(span.score)
    return in_order(spans)


def offset_message(start: Any, end: Any, text: str) -> str:
    """Say why offsets do not fit, and whether they look like UTF-16 units or bytes."""
    found = f"span [{start}, {end}) does not fit in the text of {len(text)} code points"
    if type(start) is not int or type(end) is not int:
        return f"{found}; the offsets must be whole numbers"
    if not 0 <= start < end:
        return f"{found}; start must be at least 0 and less than end"
    if end <= len(text.encode("utf-16-le", "surrogatepass")) // 2:
        return f"{found}; it would fit if counted in UTF-16 units, as JavaScript does"
    if end <= len(text.encode("utf-8", "surrogatepass")):
        return f"{found}; it would fit if counted in UTF-8 bytes"
    return found


def categories_of(items: Any) -> tuple[Category, ...]:
    """Build categories from a decoded list."""
    if type(items) is not list:
        raise DataError(f"the key 'categories' is {type(items).__name__}, expected a list")
    try:
        return tuple(Category(str(each["task"]), str(each["label"]), score_of(each.get("score"))) for each in items)
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"a category is not an object with task and label: {error}") from error


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write one line an example."""
    del options
    write_lines(path, (format_example(example) for example in examples))


def format_example(example: Example) -> str:
    """Return the line of an example, without its end."""
    return encode(example_data(example))


def example_data(example: Example) -> dict[str, Any]:
    """Return an example as plain data in the native shape."""
    data: dict[str, Any] = {"id": example.id, "text": example.text, **annotation_data(example.gold)}
    if example.meta:
        data["meta"] = dict(example.meta)
    if example.annotator is not None:
        data["annotator"] = example.annotator
    data.update((key, value) for key, value in example.extra.items() if key not in KNOWN)
    return data


def annotation_data(annotation: Annotation) -> dict[str, Any]:
    """Return the annotated layers as plain data; a layer that was not annotated is left out."""
    data: dict[str, Any] = {}
    if annotation.spans is not None:
        data["spans"] = [span_data(span) for span in annotation.spans]
    if annotation.categories is not None:
        data["categories"] = [category_data(category) for category in annotation.categories]
    return data


def span_data(span: Span) -> dict[str, Any]:
    """Return a span as plain data; the score only when there is one."""
    data: dict[str, Any] = {"start": span.start, "end": span.end, "label": span.label}
    if span.score is not None:
        data["score"] = span.score
    return data


def category_data(category: Category) -> dict[str, Any]:
    """Return a category as plain data; the score only when there is one."""
    data: dict[str, Any] = {"task": category.task, "label": category.label}
    if category.score is not None:
        data["score"] = category.score
    return data


def _recognise(path: Path, head: bytes) -> bool:
    """Recognise a JSON object a line that has a text."""
    del path
    if b"\n" not in head:
        return head.lstrip(b"\xef\xbb\xbf \t\r").startswith(b"{") and b'"text"' in head
    return any(type(data.get("text")) is str for data in head_records(head))


FORMAT = Format("jsonl", (".jsonl", ".ndjson"), _recognise, read, write)
