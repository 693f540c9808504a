"""Annotating in a notebook: marimo, Jupyter and whatever else shows an anywidget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from textwright.dataset import Dataset
from textwright.errors import DataError, MissingExtraError, SchemaError
from textwright.formats.base import Identify
from textwright.predictor import Predictor
from textwright.schema import Schema
from textwright.types import Example

if TYPE_CHECKING:
    from textwright.notebook.widget import Annotator

__all__ = ["annotate"]
PARTS = {"anywidget", "ipywidgets", "traitlets"}


def annotate(
    texts: Dataset | Iterable[str | Example],
    *,
    schema: Schema | None = None,
    suggest: Predictor | None = None,
    annotator: str | None = None,
    keys: Mapping[str, Any] | None = None,
    on_change: Callable[[Example], None] | None = None,
) -> Annotator:
    """Show texts one after another in a notebook, to be annotated; the values come back.

    `schema` defaults to that of the data set, else of `suggest`, whose answers are shown as proposals.
    What an example is annotated with is proposed, too; one with a `status` is gone on with. `keys` remaps
    keys. `on_change` is called with each example that changes. Raise `SchemaError` where no label is known.

    >>> widget = annotate(["Senior Nurse", "Pilot"], schema=Schema.from_data({"labels": {"JOB": {"key": "j"}}}))
    >>> len(widget.dataset)
    0
    """
    examples = _examples(texts)
    known = _schema(texts, schema, suggest)
    try:
        from textwright.notebook.widget import Annotator
    except ImportError as error:
        if error.name not in PARTS:
            raise
        raise MissingExtraError(error.name or "anywidget", "notebook") from error
    name = texts.name if isinstance(texts, Dataset) else ""
    return Annotator(
        examples, schema=known, suggest=suggest, name=name, annotator=annotator, keys=keys, on_change=on_change
    )


def _examples(texts: Dataset | Iterable[str | Example]) -> list[Example]:
    if isinstance(texts, str):
        raise DataError("found one text, expected several: a data set, or a list of texts")
    identify = Identify()
    examples = [each if isinstance(each, Example) else _example(each, identify) for each in texts]
    if not examples:
        raise DataError("there is no text to annotate")
    return examples


def _example(text: str, identify: Identify) -> Example:
    if not isinstance(text, str):
        raise DataError(f"found {type(text).__name__} among the texts, expected str or Example")
    return Example(identify(text), text)


def _schema(texts: object, schema: Schema | None, suggest: Predictor | None) -> Schema:
    """Choose the schema: the one given, the data set's own, the predictor's, else the labels that occur."""
    own = texts.schema if isinstance(texts, Dataset) else Schema()
    declared = own if isinstance(texts, Dataset) and texts.declared else None
    of_model = None if suggest is None else suggest.schema
    chosen = schema or declared or of_model or own
    if not (chosen.labels or chosen.tasks):
        raise SchemaError("no label is known. Give a schema: Schema.read('labels.toml'), or that of a pack")
    return chosen
