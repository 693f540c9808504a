"""The native format: one JSON object a line, offsets in code points.

Shape: `{"id", "text", "spans": [{"start", "end", "label", "score"?}], "categories": [{"task", "label",
"score"?}], "meta", "annotator"}`. Keys that we do not know are kept and written back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.formats.base import Format, Identify, Options, Rejected
from textwright.types import NOTHING, Annotation, Category, Example, Span, in_order

KNOWN = frozenset({"id", "text", "spans", "categories", "meta", "annotator"})


def read_lines(path: Path, options: Options) -> Iterator[tuple[int, str]]:
    """Yield each line that is not blank with its number, decoded as UTF-8; reject the others."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                reason = f"not UTF-8 at byte {error.start} of the line ({raw[error.start : error.start + 1]!r})"
                options.on_reject(Rejected(str(path), number, reason, raw.decode("utf-8", "replace").strip()))
                continue
            if not line.isspace():
                yield number, line


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
    try:
        data = json.loads(line)
    except ValueError as error:
        raise DataError(f"not JSON: {error}") from error
    except RecursionError as error:
        raise DataError("not usable JSON: nested too deeply") from error
    return example_of(data, identify)


def example_of(data: Any, identify: Identify) -> Example:
    """Build an example from a decoded line."""
    if type(data) is not dict:
        raise DataError(f"found {type(data).__name__}, expected an object with a text")
    text = data.get("text")
    if type(text) is not str:
        raise DataError(f"the key 'text' is {'missing' if text is None else type(text).__name__}, expected a string")
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
    return in_order(spans)


def offset_message(start: Any, end: Any, text: str) -> str:
    """Say why offsets do not fit, and whether they look like UTF-16 units or bytes."""
    found = f"span [{start}, {end}) does not fit in the text of {len(text)} code points"
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return found
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
        return tuple(Category(str(each["task"]), str(each["label"]), each.get("score")) for each in items)
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"a category is not an object with task and label: {error}") from error


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write one line an example."""
    del options
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(format_example(example) + "\n" for example in examples)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def format_example(example: Example) -> str:
    """Return the line of an example, without its end."""
    return _encode(example_data(example))


def example_data(example: Example) -> dict[str, Any]:
    """Return an example as plain data in the native shape."""
    data: dict[str, Any] = {"id": example.id, "text": example.text, **annotation_data(example.gold)}
    if example.meta:
        data["meta"] = dict(example.meta)
    if example.annotator is not None:
        data["annotator"] = example.annotator
    data.update(example.extra)
    return data


def annotation_data(annotation: Annotation) -> dict[str, Any]:
    """Return the annotated layers as plain data; a layer that was not annotated is left out."""
    data: dict[str, Any] = {}
    if annotation.spans is not None:
        data["spans"] = [_span_data(span) for span in annotation.spans]
    if annotation.categories is not None:
        data["categories"] = [_category_data(category) for category in annotation.categories]
    return data


def _span_data(span: Span) -> dict[str, Any]:
    data: dict[str, Any] = {"start": span.start, "end": span.end, "label": span.label}
    if span.score is not None:
        data["score"] = span.score
    return data


def _category_data(category: Category) -> dict[str, Any]:
    data: dict[str, Any] = {"task": category.task, "label": category.label}
    if category.score is not None:
        data["score"] = category.score
    return data


def _recognise(head: bytes) -> bool:
    """Recognise a JSON object a line that has a text, with spans as objects or none."""
    line = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if not line.startswith(b"{"):
        return False
    try:
        data = json.loads(line)
    except ValueError:
        return b'"text"' in line
    return isinstance(data, dict) and isinstance(data.get("text"), str)


FORMAT = Format("jsonl", (".jsonl", ".ndjson"), _recognise, read, write)
