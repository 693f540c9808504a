"""Another schema while people work: what they marked follows, what would be lost is refused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.annotate.acting import act, numbers
from tests.annotate.conftest import SCHEMA, NewDesk
from textwright.errors import SchemaError
from textwright.schema import Schema
from textwright.store.relabelling import Relabelling
from textwright.types import Annotation, Example, Span

RENAMED = Schema.from_data({**SCHEMA.to_data(), "labels": ["JOB", "GRADE"]})
NAMES = Relabelling({"RANK": "GRADE"})


class Ranks:
    """Marks the first word of each text as what it was taught."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation((Span(0, len(text.split()[0]), "RANK"),)) for text in texts]


def test_schema_is_taken_by_all_and_told(new_desk: NewDesk) -> None:
    told: list[Schema] = []
    desk = new_desk(on_schema=told.append)
    [number, *_] = numbers(desk, "ann")
    act(desk, "ann", number, (0, 6, "RANK"))
    desk.use_schema(RENAMED, NAMES)
    assert (told, desk.project.schema) == ([RENAMED], RENAMED)
    [example] = desk.examples()
    assert example.gold.spans == (Span(0, 6, "GRADE"),)
    act(desk, "ann", number, (0, 6, "GRADE"), (7, 11, "JOB"), kind="edit")


def test_label_that_annotations_keep_is_not_forgotten(new_desk: NewDesk) -> None:
    told: list[Schema] = []
    desk = new_desk(on_schema=told.append)
    act(desk, "ann", numbers(desk, "ann")[0], (0, 6, "RANK"))
    with pytest.raises(SchemaError, match="does not know: RANK"):
        desk.use_schema(RENAMED)
    assert (told, desk.project.schema) == ([], SCHEMA)
    desk.use_schema(RENAMED, Relabelling({"RANK": None}))
    assert [example.gold.spans for example in desk.examples()] == [()]


def test_trained_model_that_does_not_know_a_new_name_falls_silent(new_desk: NewDesk) -> None:
    desk = new_desk(texts=0, blind_share=0.0, held_out_every=2, alone=True)
    desk.add([Example(f"a{i}", f"Senior Chef {i}", meta={"held_out": True}) for i in range(4)])
    for number in numbers(desk, "ann"):
        act(desk, "ann", number, (0, 6, "RANK"))
    desk._use_trained(Ranks(), 1)
    assert desk.suggests == "trained"
    desk.use_schema(RENAMED, NAMES)
    assert desk.suggests is None
