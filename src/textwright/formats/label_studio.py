"""Label Studio's JSON: a list of tasks with `annotations` (once `completions`) and `predictions`.

Each annotation becomes an example of the same id with its annotator; a task that has predictions
alone gives an example for each, annotated by `model:VERSION`. Beside annotations, predictions are
kept and written back, as are the results that are neither spans nor choices. A cancelled annotation
is read as not annotated.

Label Studio counted UTF-16 units until 2021 and counts code points since. Which of the two a file
has is seen from the words that each span quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.formats.array import read_array, write_array
from textwright.formats.base import Format, Identify, LossReport, Options, Rejected
from textwright.formats.records import Record, encode, score_of, text_of
from textwright.formats.spans import KnownIds, checked, from_utf16, ids_of, quoted, same_words
from textwright.types import Annotation, Category, Example, Span, in_order

SPAN_TYPES = {"labels", "hypertextlabels"}
MODEL = "model:"
TASK_KEYS = {"id", "data", "meta", "annotations", "completions", "predictions"}
# What we keep under these keys belongs to an annotation.
ANNOTATION_KEYS = {"results", "span_ids", "was_cancelled", "predictions"}
NO_TASK = (
    "a JSON list is read as Label Studio's tasks, and this is none: no object 'data' (its export JSON is read, "
    'JSON-MIN is not). Write other texts as JSON lines: an object with a "text" a line, in a file .jsonl'
)
# What Label Studio itself writes beside a task and counts anew: not worth keeping.
COUNTS = {"total_annotations", "cancelled_annotations", "total_predictions", "comment_count", "drafts"}


def read(path: Path, options: Options) -> Iterator[Example]:
    """Stream the examples of a file; hand each bad task to `options.on_reject`."""
    identify = Identify()
    for place, (line, task) in enumerate(read_array(path, options), start=1):
        try:
            made = _examples(task, identify, options)
        except DataError as error:
            options.on_reject(Rejected(str(path), line, f"item {place} of the list: {error}", encode(task)))
        else:
            yield from made


def _examples(task: Any, identify: Identify, options: Options) -> list[Example]:
    if type(task) is not dict or type(task.get("data")) is not dict:
        raise DataError(NO_TASK)
    data = task["data"]
    text = text_of(data, options.column, "text")
    name = identify(text, data.get("id", task.get("id")))
    extra = {key: value for key, value in data.items() if key not in {"id", "text", options.column}}
    extra |= {key: value for key, value in task.items() if key not in TASK_KEYS | COUNTS}
    done = _list(task, "annotations") + _list(task, "completions")
    guessed = _list(task, "predictions")
    kept = {"predictions": guessed} if done and guessed else {}
    meta = task.get("meta") if type(task.get("meta")) is dict else {}
    base = Example(name, text, Annotation(), meta or {}, None, extra | kept)
    if not done and not guessed:
        return [base]
    return [_annotated(base, each, _annotator(each, is_model=not done)) for each in done or guessed]


def _list(task: Record, key: str) -> list[Record]:
    value = task.get(key) or []
    if type(value) is not list or not all(type(each) is dict for each in value):
        raise DataError(f"the key {key!r} is not a list of objects")
    return value


def _annotator(annotation: Record, *, is_model: bool) -> str | None:
    if is_model:
        return MODEL + str(annotation.get("model_version") or "unknown")
    who = annotation.get("annotator", annotation.get("completed_by"))
    if type(who) is dict:
        who = who.get("email", who.get("id"))
    return None if who is None else str(who)


def _annotated(base: Example, annotation: Record, annotator: str | None) -> Example:
    base = _with_own(base, annotation)
    if annotation.get("was_cancelled"):
        return Example(base.id, base.text, Annotation(), base.meta, annotator, {**base.extra, "was_cancelled": True})
    results = _list(annotation, "result")
    pairs = [pair for each in results for pair in _spans(each, base.text)]
    categories = tuple(category for each in results for category in _categories(each))
    other = [each for each in results if each.get("type") not in SPAN_TYPES | {"choices"}]
    extra = dict(base.extra)
    if other:
        extra |= {"results": other, "span_ids": ids_of(pairs)}
    gold = Annotation(
        in_order(span for span, _ in pairs) if pairs or not categories else None,
        categories or None,
    )
    return Example(base.id, base.text, gold, base.meta, annotator, extra)


def _with_own(base: Example, annotation: Record) -> Example:
    """Give an annotation the meta and keys that we wrote beside it, where it has its own, instead of the task's."""
    meta, extra = (annotation.get(key) for key in ("meta", "extra"))
    kept = {key: value for key, value in base.extra.items() if key in ANNOTATION_KEYS}
    return replace(
        base,
        meta=meta if type(meta) is dict else base.meta,
        extra={**kept, **extra} if type(extra) is dict else base.extra,
    )


def _value(result: Record) -> Record:
    value = result.get("value")
    if type(value) is not dict:
        raise DataError(f"a result of type {result.get('type')!r} has no 'value'")
    return value


def _spans(result: Record, text: str) -> list[tuple[Span, Any]]:
    """Build the spans of a result, one for each of its labels, with its id."""
    kind = result.get("type")
    if kind not in SPAN_TYPES:
        return []
    value = _value(result)
    labels = value.get(str(kind))
    if type(labels) is not list:
        raise DataError(f"a result of type {kind!r} has no list of labels under that name")
    return [(_span(value, label, text, result.get("score")), result.get("id")) for label in labels]


def _span(value: Record, label: Any, text: str, score: Any) -> Span:
    start, end, quote = value.get("start"), value.get("end"), value.get("text")
    if type(quote) is str and type(start) is int and type(end) is int and not same_words(text[start:end], quote):
        units = from_utf16(start, end, text)
        if units and same_words(text[slice(*units)], quote):
            return checked(*units, label, text, score)
    return quoted(checked(start, end, label, text, score), text, quote)


def _categories(result: Record) -> list[Category]:
    if result.get("type") != "choices":
        return []
    chosen = _value(result).get("choices")
    if type(chosen) is not list:
        raise DataError("a result of type 'choices' has no list of choices")
    task = str(result.get("from_name") or "category")
    return [Category(task, str(each), score_of(result.get("score"))) for each in chosen]


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write one task for each run of examples with the same id."""
    del options
    write_array(path, (_task(list(own)) for _, own in groupby(examples, key=lambda each: (each.id, each.text))))


def _task(examples: list[Example]) -> Record:
    first = examples[0]
    task: Record = {"data": _beside(first) | {"id": first.id, "text": first.text}}
    if first.meta:
        task["meta"] = dict(first.meta)
    task["annotations"] = [_annotation(each) | _own(each, first) for each in examples if _is_annotation(each)]
    guessed = [_prediction(each) | _own(each, first) for each in examples if _is_prediction(each)]
    task["predictions"] = list(first.extra.get("predictions", ())) + guessed
    return task


def _beside(example: Example) -> Record:
    """Return the keys that belong to the task, not to one annotation of it."""
    return {key: value for key, value in example.extra.items() if key not in ANNOTATION_KEYS}


def _own(example: Example, first: Example) -> Record:
    """Return meta and keys where they differ from those of the task's first example."""
    own: Record = {"meta": dict(example.meta)} if example.meta != first.meta else {}
    extra = _beside(example)
    return own | ({"extra": extra} if extra != _beside(first) else {})


def _is_prediction(example: Example) -> bool:
    return (example.annotator or "").startswith(MODEL) and example.gold != Annotation()


def _is_annotation(example: Example) -> bool:
    said = example.gold != Annotation() or example.annotator is not None or example.extra.get("was_cancelled")
    return bool(said) and not _is_prediction(example)


def _annotation(example: Example) -> Record:
    cancelled = example.gold == Annotation()
    found: Record = {"result": _results(example), "was_cancelled": cancelled}
    who = example.annotator
    if who is None:
        return found
    return found | ({"completed_by": int(who)} if re.fullmatch("0|[1-9][0-9]*", who) else {"annotator": who})


def _prediction(example: Example) -> Record:
    version = (example.annotator or "").removeprefix(MODEL)
    return {"model_version": version, "result": _results(example)}


def _results(example: Example) -> list[Record]:
    known = KnownIds(example.extra.get("span_ids"))
    spans = [_span_result(span, example.text, known(span)) for span in example.gold.spans or ()]
    choices = [_choice_result(each) for each in example.gold.categories or ()]
    return spans + choices + list(example.extra.get("results", ()))


def _span_result(span: Span, text: str, id: Any) -> Record:  # noqa: A002
    value = {"start": span.start, "end": span.end, "text": text[span.start : span.end], "labels": [span.label]}
    found: Record = {"id": str(id), "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    return found if span.score is None else found | {"score": span.score}


def _choice_result(category: Category) -> Record:
    value = {"choices": [category.label]}
    found: Record = {"from_name": category.task, "to_name": "text", "type": "choices", "value": value}
    return found if category.score is None else found | {"score": category.score}


def _losses(example: Example, options: Options) -> LossReport:
    """Count the layers that are annotated and empty beside another, which reads as not annotated."""
    del options
    gold = example.gold
    lost = int(gold.categories == ()) + int(gold.spans == () and bool(gold.categories))
    return {"empty layers": lost} if lost else {}


def _recognise(path: Path, head: bytes) -> bool:
    del path
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return (start.startswith(b"[") and b'"data"' in head) or start.translate(None, b" \t\r\n") == b"[]"


FORMAT = Format("label_studio", (".json",), _recognise, read, write, _losses)
