"""What of a schema can change what is learned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textwright.schema import Schema


def schema_facts(schema: Schema | None, *, words: bool) -> dict[str, Any]:
    """Say what of a schema can change what is learned; with `words`, what a language model is told too."""
    if schema is None:
        return {}
    left_out = ("name", "colour", "key") if words else ("name", "colour", "key", "meaning", "guideline")
    data = schema.to_data()
    return {
        **{key: value for key, value in data.items() if key not in left_out},
        "labels": _labels(data.get("labels", {}), left_out),
        "tasks": {
            name: {**_without(task, left_out), "labels": _labels(task["labels"], left_out)}
            for name, task in data.get("tasks", {}).items()
        },
    }


def _labels(labels: Mapping[str, Any], left_out: tuple[str, ...]) -> list[Any]:
    """Keep the labels' order: it is that of a network's outputs."""
    return [[name, _without(body, left_out)] for name, body in labels.items()]


def _without(body: Mapping[str, Any], left_out: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key not in left_out}
