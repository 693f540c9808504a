"""An answer as what the contract sends."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

from textwright.formats.jsonl import annotation_data, spans_of
from textwright.server.offsets import in_utf16
from textwright.types import Annotation, Answer

Unit = Literal["code_points", "utf16"]


def encoded(texts: Sequence[str], found: Sequence[Answer], offsets: Unit) -> str:
    """Write answers as the inside of a JSON list."""
    data = [answer_data(text, answer, offsets) for text, answer in zip(texts, found, strict=True)]
    return json.dumps(data)[1:-1]


def answer_data(text: str, answer: Answer, offsets: Unit) -> dict[str, Any]:
    """Return an annotation in the shape of files, with the evidence that a model notes beside it.

    A text without answer has only an error.
    """
    if answer.annotation is None:
        kind, reason = (answer.problem.kind, answer.problem.reason) if answer.problem else ("unknown", "no answer")
        return {"error": {"kind": kind, "reason": reason}}
    data = _data(text, answer.annotation, offsets)
    evidence = answer.notes.get("evidence")
    if evidence:
        data["evidence"] = _data(text, Annotation(spans=spans_of(evidence, text)), offsets)["spans"]
    return data


def _data(text: str, annotation: Annotation, offsets: Unit) -> dict[str, Any]:
    return annotation_data(in_utf16(text, annotation) if offsets == "utf16" else annotation)
