"""The published JSON Schema and the reader of experiment files take the same keys."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.experiment.file.publishing import DEFS, PUBLISHED, VALID, refused_by_reader
from tests.experiment.file.texts import MORE, SMALL, WHOLE
from textwright.cli import main
from textwright.experiment.file import shapes
from textwright.experiment.file.checks import Shape
from textwright.formats import FORMATS
from textwright.predictors import prompt_shapes
from textwright.runs.record import RUNTIMES


def test_published_schema_is_a_json_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(PUBLISHED)


def test_command_prints_and_writes_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["experiment", "schema"]) == 0
    assert json.loads(capsys.readouterr().out) == PUBLISHED
    assert main(["experiment", "schema", "-o", str(tmp_path / "x.json")]) == 0
    assert json.loads((tmp_path / "x.json").read_bytes()) == PUBLISHED


@pytest.mark.parametrize("text", [WHOLE, SMALL, MORE], ids=["whole", "small", "more"])
def test_good_files_are_taken_by_both(text: str) -> None:
    data = tomllib.loads(text)
    VALID.validate(data)
    assert not refused_by_reader(data)


TABLES: dict[str, tuple[Mapping[str, Any], Shape]] = {
    "experiment": (PUBLISHED, shapes.EXPERIMENT),
    "data set": (DEFS["data_set"]["oneOf"][1], shapes.DATA),
    "curve": (DEFS["curve"], shapes.CURVE),
    "change": (DEFS["change"], shapes.CHANGE),
    "settings of tune": (DEFS["tune"]["properties"]["tune"], shapes.TUNE),
    **{kind: (DEFS[kind], shape) for kind, shape in shapes.METHODS.items()},
}


@pytest.mark.parametrize(("published", "shape"), TABLES.values(), ids=TABLES)
def test_keys_are_those_that_the_reader_takes(published: Mapping[str, Any], shape: Shape) -> None:
    assert set(published["properties"]) == set(shape.keys)
    assert published["additionalProperties"] is False
    assert {*published.get("required", [])} | {"name"} == {*shape.required} | {"name"} | _kind(published, shape)


def _kind(published: Mapping[str, Any], shape: Shape) -> set[str]:
    """Return the key that makes a method one of its kind: the reader has seen that it is there."""
    return set(published.get("required", [])) & set(shapes.METHODS) & set(shape.keys)


@pytest.mark.parametrize(
    ("part", "keys"),
    [
        ((), prompt_shapes.KEYS),
        (("examples",), prompt_shapes.EXAMPLES),
        (("parameters",), prompt_shapes.PARAMETERS),
        (("budget",), prompt_shapes.BUDGET),
    ],
)
def test_keys_of_a_prompt_are_those_of_a_prompt_file(part: tuple[str, ...], keys: Mapping[str, Any]) -> None:
    published = DEFS["asking"]
    for key in part:
        published = published["properties"][key]
    assert set(published["properties"]) == set(keys)
    for key, body in published["properties"].items():
        if "enum" in body:
            assert tuple(body["enum"]) == prompt_shapes.CHOICES[key]
        if "maximum" in body:
            assert (body["minimum"], body["maximum"]) == prompt_shapes.RANGES[key]


def test_words_to_choose_from_are_the_readers() -> None:
    assert DEFS["data_set"]["oneOf"][1]["properties"]["format"]["enum"] == list(FORMATS)
    assert DEFS["recipe"]["properties"]["recipe"]["enum"] == list(shapes.RECIPES)
    assert DEFS["precision"]["enum"] == list(shapes.PRECISIONS)
    assert PUBLISHED["properties"]["runtimes"]["items"]["enum"] == list(RUNTIMES)


def test_every_key_says_what_it_is_for() -> None:
    silent = [path for path, body in described(PUBLISHED) if "description" not in resolved(body)]
    assert silent == []
    assert len(list(described(PUBLISHED))) > 90


def described(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Yield each property of the schema with the way to it."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "properties" and "if" not in path:
                yield from (((*path, name), body) for name, body in value.items() if isinstance(body, dict))
            if key not in ("if", "allOf"):
                yield from described(value, (*path, key))
    elif isinstance(schema, list):
        for each in schema:
            yield from described(each, path)


def resolved(body: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = body.get("$ref", "").removeprefix("#/$defs/")
    return {**DEFS[reference], **body} if reference else body
