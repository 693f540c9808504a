"""Prodigy's JSONL: tasks with `spans`, choices (`options`, `accept`), a binary `label`, and an `answer`.

A task that was rejected or ignored is read as not annotated; its spans, its label and its choice are
kept under `refused`, so that writing it gives the same task again. `tokens`, hashes and every other
key are kept. A span that quotes its words (`text`) must match them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.formats import losses
from textwright.formats.base import Format, Identify, LossReport, Options
from textwright.formats.jsonl import meta_of
from textwright.formats.records import Record, head_records, read_records, text_of, write_records
from textwright.formats.spans import checked, quoted
from textwright.formats.tasks import category_name, category_of
from textwright.types import Annotation, Example, Span, in_order

GOLD_KEYS = ("spans", "label", "accept")
READ_KEYS = {"id", "text", "meta", "_annotator_id", *GOLD_KEYS}
ANSWERS = ("accept", "reject", "ignore")
SIGNS = {"_input_hash", "_task_hash", "_view_id", "_session_id", "_annotator_id"}


def read(path: Path, options: Options) -> Iterator[Example]:
    """Stream the examples of a file; hand each bad line to `options.on_reject`."""
    return read_records(path, options, _examples)


def _examples(data: Record, identify: Identify, options: Options) -> list[Example]:
    text = text_of(data, "text")
    answer = data.get("answer", "accept")
    if answer not in ANSWERS:
        raise DataError(f"the answer is {answer!r}, expected {', '.join(ANSWERS)}")
    extra = {key: value for key, value in data.items() if key not in READ_KEYS}
    if answer == "accept":
        gold = _gold(data, text, options)
        extra.pop("answer", None)
        if "options" in extra and extra["options"] == _options(data.get("accept")):
            del extra["options"]
    else:
        gold = Annotation()
        extra["refused"] = {key: data[key] for key in GOLD_KEYS if key in data}
    annotator = data.get("_annotator_id")
    return [
        Example(
            identify(text, data.get("id")),
            text,
            gold,
            meta_of(data.get("meta")),
            None if annotator is None else str(annotator),
            extra,
        )
    ]


def _gold(data: Record, text: str, options: Options) -> Annotation:
    names = _names(data)
    spans = data.get("spans")
    if spans is not None and type(spans) is not list:
        raise DataError(f"the key 'spans' is {type(spans).__name__}, expected a list")
    return Annotation(
        None if spans is None else in_order(_span(each, text) for each in spans),
        None if names is None else tuple(category_of(name, options) for name in names),
    )


def _span(data: Any, text: str) -> Span:
    if not isinstance(data, dict) or not {"start", "end", "label"} <= set(data):
        raise DataError(f"a span is {data!r}, expected an object with start, end and label")
    span = checked(data["start"], data["end"], data["label"], text, data.get("score"))
    return quoted(span, text, data.get("text"))


def _names(data: Record) -> list[str] | None:
    """Return the labels of the whole text: those chosen, or the one that was asked about."""
    found = data.get("accept", [data["label"]] if "label" in data else None)
    if found is not None and (type(found) is not list or not all(isinstance(n, (str, int)) for n in found)):
        raise DataError(f"the choice is {found!r}, expected a list of option ids")
    return None if found is None else [str(name) for name in found]


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write one task a line; an annotated one is accepted."""
    write_records(path, (_record(example, options) for example in examples))


def _record(example: Example, options: Options) -> Record:
    record: Record = {"id": example.id, "text": example.text}
    if example.meta:
        record["meta"] = dict(example.meta)
    record |= {key: value for key, value in example.extra.items() if key not in READ_KEYS | {"refused"}}
    refused = example.extra.get("refused")
    if example.gold == Annotation():
        record |= refused if isinstance(refused, Mapping) else {}
    else:
        record |= {**_gold_data(example, options), "answer": "accept"}
    if example.annotator is not None:
        record["_annotator_id"] = example.annotator
    return record


def _gold_data(example: Example, options: Options) -> Record:
    found: Record = {}
    if example.gold.spans is not None:
        tokens = _borders(example.extra.get("tokens"))
        found["spans"] = [_span_data(span, *tokens) for span in example.gold.spans]
    if example.gold.categories is not None:
        found["accept"] = [category_name(each, options) for each in example.gold.categories]
        found["options"] = example.extra.get("options") or _options(found["accept"])
    return found


def _options(chosen: Any) -> list[Record] | None:
    """Return the options of which all are chosen."""
    return [{"id": name, "text": name} for name in chosen] if isinstance(chosen, list) else None


def _borders(tokens: Any) -> tuple[dict[int, int], dict[int, int]]:
    """Return which token begins, and which ends, at an offset."""
    if not isinstance(tokens, list) or not all(isinstance(t, dict) and {"start", "end"} <= set(t) for t in tokens):
        return {}, {}
    return {t["start"]: i for i, t in enumerate(tokens)}, {t["end"]: i for i, t in enumerate(tokens)}


def _span_data(span: Span, begins: Mapping[int, int], ends: Mapping[int, int]) -> Record:
    data: Record = {"start": span.start, "end": span.end, "label": span.label}
    if span.start in begins and span.end in ends:
        data |= {"token_start": begins[span.start], "token_end": ends[span.end]}
    return data if span.score is None else data | {"score": span.score}


def _losses(example: Example, options: Options) -> LossReport:
    return losses.count(example, options, "category scores", "unwritable categories")


def _recognise(path: Path, head: bytes) -> bool:
    del path
    return any(_is_prodigy(data) for data in head_records(head))


def _is_prodigy(data: Record) -> bool:
    asked = data.get("answer") in ANSWERS or isinstance(data.get("accept"), list) or bool(SIGNS & set(data))
    return isinstance(data.get("text"), str) and asked


FORMAT = Format("prodigy", (".jsonl",), _recognise, read, write, _losses)
