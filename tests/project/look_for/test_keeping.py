"""The schema's file and the database agree again, whoever edited the file and wherever a process was killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from textwright.errors import DataError, SchemaError
from textwright.project import open_project
from textwright.project.look_for import keeping
from textwright.project.look_for.changes import add_label, change_label, remove_label
from textwright.project.look_for.work import UsedError, change
from textwright.project.workbench import Workbench
from textwright.schema import Label, Schema
from textwright.store.used import Use, Uses
from textwright.types import Annotation, Category, Example, Span

TOOLS = '[labels.BRAND]\nmeaning = "Who makes it."\nkey = "b"\n\n[tasks.kind]\nlabels = ["tool", "toy"]\n'
MARKED = Example("a", "Bosch drill", Annotation((Span(0, 5, "BRAND"),), (Category("kind", "tool"),)), annotator="me")
Open = Callable[[], Workbench]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Open the same project again and again, after the one before is closed."""
    project = open_project(tmp_path / "tools.textwright")
    project.schema_file.write_text(TOOLS, encoding="utf-8")
    benches: list[Workbench] = []

    def make() -> Workbench:
        for bench in benches:
            bench.close()
        benches[:] = [Workbench(open_project(project.folder), say=lambda _: None)]
        return benches[0]

    yield make
    for bench in benches:
        bench.close()


@pytest.fixture
def bench(opened: Open) -> Workbench:
    made = opened()
    made.desk.add([MARKED])
    return made


def labels(bench: Workbench) -> list[str]:
    [example] = bench.desk.examples()
    return [span.label for span in example.gold.spans or ()]


def test_renamed_label_and_its_marks_are_there_when_opened_again(bench: Workbench, opened: Open) -> None:
    change(bench, lambda schema: change_label(schema, "BRAND", Label("MAKER", key="m")))
    again = opened()
    assert again.desk.project.schema.spans == ("MAKER",)
    assert labels(again) == ["MAKER"]


def test_change_whose_file_was_not_written_any_more_is_kept(
    bench: Workbench, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(bench, lambda schema: add_label(schema, Label("SIZE")))

    def killed(*_: object) -> None:
        raise DataError("no space is left")

    monkeypatch.setattr(keeping, "write_schema", killed)
    with pytest.raises(DataError):
        change(bench, lambda schema: change_label(schema, "BRAND", Label("MAKER")))
    monkeypatch.undo()
    assert bench.project.schema.spans == ("BRAND", "SIZE")
    again = opened()
    assert again.desk.project.schema.spans == again.project.schema.spans == ("MAKER", "SIZE")
    assert labels(again) == ["MAKER"]


@pytest.mark.parametrize("reopen", [True, False])
def test_edited_file_counts_but_for_what_annotations_keep(bench: Workbench, opened: Open, *, reopen: bool) -> None:
    change(bench, lambda schema: add_label(schema, Label("SIZE")))
    bench.project.schema_file.write_text('[labels.COLOUR]\nkey = "b"\n', encoding="utf-8")
    if reopen:
        bench = opened()
    bench.take_schema()
    schema = bench.desk.project.schema
    assert [(label.name, label.key) for label in schema.labels] == [("COLOUR", "b"), ("BRAND", None)]
    assert [task.name for task in schema.tasks] == ["kind"]
    assert labels(bench) == ["BRAND"]


def test_question_with_several_answers_stays_one_though_a_file_says_otherwise() -> None:
    schema = Schema.from_data({"tasks": {"kind": {"labels": ["tool", "toy"]}}})
    used = Uses({}, {("kind", "tool"): Use(1, 1), ("kind", "toy"): Use(1, 1)}, {"kind": 1})
    assert keeping.kept_schema(schema, schema, used).tasks[0].multiple


def test_comments_of_a_file_that_was_edited_stay_until_the_next_change(bench: Workbench) -> None:
    path = bench.project.schema_file
    path.write_text(f"# Ours.\n{TOOLS}", encoding="utf-8")
    bench.take_schema()
    assert path.read_text(encoding="utf-8").startswith("# Ours.\n")


def test_file_that_was_deleted_is_written_again(bench: Workbench) -> None:
    change(bench, lambda schema: add_label(schema, Label("SIZE")))
    bench.project.schema_file.unlink()
    bench.take_schema()
    assert bench.project.schema.spans == ("BRAND", "SIZE")


def test_wrong_file_is_told_and_changes_nothing(bench: Workbench, opened: Open) -> None:
    bench.project.schema_file.write_text("[labels\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"schema\.toml: "):
        bench.take_schema()
    assert bench.desk.project.schema.spans == ("BRAND",)
    with pytest.raises(SchemaError, match=r"schema\.toml: "):
        opened()


def test_marks_are_lost_only_where_that_was_allowed(bench: Workbench) -> None:
    with pytest.raises(UsedError, match="BRAND has 1 mark in 1 text"):
        change(bench, lambda schema: remove_label(schema, "BRAND"))
    with pytest.raises(SchemaError, match="annotations keep what the new schema does not know: BRAND"):
        bench.desk.use_schema(Schema(tasks=bench.desk.project.schema.tasks))
    assert labels(bench) == ["BRAND"]
    change(bench, lambda schema: remove_label(schema, "BRAND"), lose=True)
    assert labels(bench) == []
