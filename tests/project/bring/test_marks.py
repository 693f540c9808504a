"""The labels that marks need which came with the texts."""

from __future__ import annotations

import pytest

from textwright.errors import SchemaError
from textwright.project.bring.marks import with_labels_of
from textwright.schema import Schema
from textwright.types import Annotation, Category, Example, Span

KIND = Schema.from_data({"tasks": {"kind": {"labels": ["tool", "toy"]}}})


def test_label_with_the_name_of_a_question_is_refused() -> None:
    marked = Example("a", "Bosch drill", Annotation((Span(0, 5, "kind"),)))
    with pytest.raises(SchemaError, match="the texts come with marks, but there is a question kind already"):
        with_labels_of(KIND, [marked])


def test_question_takes_as_many_answers_as_the_texts_come_with() -> None:
    both = Example("a", "Bosch drill", Annotation((), (Category("kind", "tool"), Category("kind", "toy"))))
    assert [task.multiple for task in with_labels_of(KIND, [both]).tasks] == [True]
