"""A schema is written as TOML that reads as the same schema."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textwright.packs import installed, open_pack
from textwright.project import open_project
from textwright.project.look_for.file import schema_toml, write_schema
from textwright.schema import Label, Schema, Task
from textwright.schema_file import from_data

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = words.map(str.strip).filter(bool)
labels = st.lists(st.builds(Label, names, words), max_size=3, unique_by=lambda label: label.name).map(tuple)
tasks = st.lists(st.builds(Task, names, labels, st.booleans(), words), max_size=2, unique_by=lambda task: task.name)
schemas = st.builds(Schema, words, labels, tasks.map(tuple), guideline=words)


def read(toml: str) -> Schema:
    return from_data(tomllib.loads(toml))


@settings(max_examples=60)
@given(schemas)
def test_any_schema_is_written_and_read(schema: Schema) -> None:
    assert read(schema_toml(schema)) == schema


@pytest.mark.parametrize("name", installed())
def test_schema_of_a_pack_is_written_and_read(name: str) -> None:
    schema = open_pack(name).schema
    assert read(schema_toml(schema)) == schema


def test_guideline_stands_in_lines_of_its_own() -> None:
    assert '"""\n# Towns\nA \\"town\\" has walls.\n"""' in schema_toml(
        Schema(guideline='# Towns\nA "town" has walls.\n')
    )


def test_file_is_there_whole_or_as_it_was(tmp_path: Path) -> None:
    project = open_project(tmp_path / "a.textwright")
    write_schema(project, Schema(labels=(Label("A"),)))
    project.schema_file.chmod(0o600)
    write_schema(project, Schema(labels=(Label("B"),)))
    assert project.schema.spans == ("B",)
    assert [path.name for path in project.folder.iterdir() if path.suffix == ".toml"] == ["schema.toml"]
