"""Rows as the `datasets` library loads them, in JSONL or Parquet: every row has every column.

`id`, `text`, `spans` (a list of start, end, label, score), `categories` (task, label, score),
`annotator`, and `meta` and `extra` as JSON in a string, since their keys differ from row to row; null
is a layer that was not annotated. Flat rows with `tokens` and `ner_tags` are read too; tags that are
numbers need their names, which Parquet files of `datasets` carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.formats import arrow
from textwright.formats.base import Format, Identify, Options, Rejected
from textwright.formats.iob import joined, spans_of_tags
from textwright.formats.jsonl import categories_of, meta_of, spans_of
from textwright.formats.records import (
    Record,
    check_text,
    decode,
    encode,
    head_records,
    read_records,
    text_of,
    write_records,
)
from textwright.trust import parsed_json
from textwright.types import NOTHING, Annotation, Example, in_order

READ_KEYS = {"id", "text", "spans", "categories", "annotator", "meta", "extra"}
TAGS = ("ner_tags", "tags", "labels")


def read(path: Path, options: Options) -> Iterator[Example]:
    """Stream the examples of a file; hand each bad row to `options.on_reject`."""
    with path.open("rb") as file:
        is_parquet = file.read(4) == arrow.MAGIC
    return _read_parquet(path, options) if is_parquet else read_records(path, options, _examples)


def _read_parquet(path: Path, options: Options) -> Iterator[Example]:
    identify = Identify()
    with arrow.open_file(path) as file:
        names = _tag_names(file.schema_arrow.metadata)
    for number, row in arrow.read_rows(path, options):
        try:
            example = _example(row, identify, names)
        except DataError as error:
            options.on_reject(Rejected(str(path), number, str(error), encode(row)))
        else:
            yield example


def _tag_names(metadata: Any) -> Mapping[str, Sequence[str]]:
    """Return the names behind the numbers of each column, which `datasets` keeps in the file."""
    try:
        features = parsed_json((metadata or {})[b"huggingface"])["info"]["features"]
    except (KeyError, ValueError, TypeError):
        return {}
    inner = {key: each.get("feature", each) for key, each in features.items() if isinstance(each, dict)}
    return {key: each["names"] for key, each in inner.items() if isinstance(each, dict) and "names" in each}


def _examples(data: Record, identify: Identify, options: Options) -> list[Example]:
    del options
    return [_example(data, identify, {})]


def _example(data: Record, identify: Identify, names: Mapping[str, Sequence[str]]) -> Example:
    key = next((key for key in TAGS if "tokens" in data and key in data), None)
    if key is not None:
        return _tagged(data, key, identify, names.get(key, ()))
    text = text_of(data, "text")
    spans, categories, annotator = data.get("spans"), data.get("categories"), data.get("annotator")
    gold = Annotation(
        None if spans is None else spans_of(spans, text),
        None if categories is None else categories_of(categories),
    )
    extra = _unpacked(data.get("extra")) | {key: value for key, value in data.items() if key not in READ_KEYS}
    return Example(
        identify(text, data.get("id")),
        text,
        gold,
        _unpacked(data.get("meta")) or NOTHING,
        None if annotator is None else str(annotator),
        extra or NOTHING,
    )


def _unpacked(value: Any) -> Record:
    return dict(meta_of(decode(value) if isinstance(value, str) and value else value or None))


def _tagged(data: Record, key: str, identify: Identify, names: Sequence[str]) -> Example:
    words, tags = data["tokens"], data[key]
    if type(words) is not list or type(tags) is not list or len(words) != len(tags):
        raise DataError(f"'tokens' and {key!r} are not two lists of the same length")
    text, tokens = joined([str(word) for word in words])
    named = [_tag(tag, names) for tag in tags]
    extra = {key: value for key, value in data.items() if key not in {"id", "tokens", key, "text"}}
    extra.pop(key, None)
    return Example(
        identify(check_text(text), data.get("id")),
        text,
        Annotation(in_order(spans_of_tags(tokens, named))),
        extra=extra or NOTHING,
    )


def _tag(tag: Any, names: Sequence[str]) -> str:
    if isinstance(tag, str):
        return tag
    if isinstance(tag, int) and 0 <= tag < len(names):
        return names[tag]
    raise DataError(f"the tag {tag!r} is a number without a name. Write names (O, B-LABEL) instead of numbers")


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write Parquet for a path that ends in `.parquet`, else JSONL."""
    del options
    rows = (_row(example) for example in examples)
    if path.suffix.lower() == ".parquet":
        arrow.write_rows(path, rows, _schema())
    else:
        write_records(path, rows)


def _row(example: Example) -> Record:
    gold = example.gold
    spans = gold.spans
    return {
        "id": example.id,
        "text": example.text,
        "spans": None
        if spans is None
        else [{"start": s.start, "end": s.end, "label": s.label, "score": s.score} for s in spans],
        "categories": None
        if gold.categories is None
        else [{"task": c.task, "label": c.label, "score": c.score} for c in gold.categories],
        "annotator": example.annotator,
        "meta": encode(dict(example.meta)) if example.meta else None,
        "extra": encode(dict(example.extra)) if example.extra else None,
    }


def _schema() -> Any:
    pa = arrow.pyarrow()
    span = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("label", pa.string()), ("score", pa.float64())])
    category = pa.struct([("task", pa.string()), ("label", pa.string()), ("score", pa.float64())])
    text = pa.string()
    return pa.schema(
        [
            ("id", text),
            ("text", text),
            ("spans", pa.list_(span)),
            ("categories", pa.list_(category)),
            ("annotator", text),
            ("meta", text),
            ("extra", text),
        ]
    )


def _recognise(path: Path, head: bytes) -> bool:
    if head.startswith(arrow.MAGIC):
        return _has_our_columns(path)
    return any(_is_row(data) for data in head_records(head))


def _has_our_columns(path: Path) -> bool:
    with arrow.open_file(path) as file:
        schema = file.schema_arrow
        names = set(schema.names)
    if "tokens" in names and names & set(TAGS):
        return True
    return "spans" in names and arrow.pyarrow().types.is_list(schema.field("spans").type)


def _is_row(data: Record) -> bool:
    if isinstance(data.get("tokens"), list) and any(isinstance(data.get(key), list) for key in TAGS):
        return "answer" not in data
    return isinstance(data.get("text"), str) and {"spans", "categories", "meta", "extra"} <= set(data)


FORMAT = Format("hugging_face", (".jsonl", ".parquet"), _recognise, read, write)
