"""What the requests of the step `look_for` hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from textwright.server.annotation.shapes import NO_NUL, Count, Number, Prose, Shape, Word

Sentence = Annotated[str, StringConstraints(max_length=1_000, pattern=NO_NUL)]


class PlaceShape(Shape):
    """A part of a text, in code points."""

    text: Prose
    start: Count
    end: Number


class LabelBody(Shape):
    """A new label, and where it is shown."""

    name: Word
    meaning: Sentence = ""
    place: PlaceShape | None = None


class LabelChangeBody(Shape):
    """What becomes of the label `name`. `words` stand in one of the texts, where the label is shown then."""

    name: Word
    to: Word
    meaning: Sentence = ""
    key: Word = ""
    parent: Word = ""
    words: Sentence = ""


class RemovalBody(Shape):
    """What is taken away. `lose` says that its marks may be lost."""

    name: Word
    lose: bool = False


class AnswerShape(Shape):
    """An answer to a question; `was` is what it is called so far."""

    name: Word
    meaning: Sentence = ""
    was: Word | None = None


Answers = Annotated[list[AnswerShape], Field(max_length=100)]


class TaskBody(Shape):
    """A new question about the whole text."""

    name: Word
    meaning: Sentence = ""
    multiple: bool = False
    answers: Answers


class TaskChangeBody(TaskBody):
    """What becomes of the question `name`."""

    to: Word
    lose: bool = False


class StartBody(Shape):
    """The example or pack to start from."""

    name: Word
