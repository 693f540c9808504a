"""The published JSON Schema and the reader of experiment files agree on what is good and what is bad."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.experiment.file.test_reading import FAULTS
from tests.experiment.file.texts import SMALL, WHOLE
from textwright.cli import main
from textwright.errors import DataError
from textwright.experiment.file import shapes
from textwright.experiment.file.checks import Shape
from textwright.experiment.file.published import schema_text
from textwright.experiment.file.reader import from_data
from textwright.formats import FORMATS
from textwright.predictors import prompt_file
from textwright.runs.record import RUNTIMES

PUBLISHED = json.loads(schema_text())
DEFS = PUBLISHED["$defs"]
VALID = jsonschema.Draft202012Validator(PUBLISHED)
GOOD = tomllib.loads(WHOLE)
# Every setting of every kind, in values that both must take.
MORE = """
[data]
test = {file = "a", format = "csv", column = "text", where = {a = [1, 2.5, true]}, share = 0.5, near = 1}
b = {rest_of = "test", sample = 3, seed = 4294967295}
train = "t"
dev = "d"

[[method]]
name = "fine"
recipe = "transformer"
encoder = "~/encoder/"
precision = "float32"
train = "b"
dev = "b"

[[method]]
name = "asked"
train = "b"
[method.prompt]
name = "asked"
template = "ner"
model = "small"
base_url = "http://localhost:8000/v1"
gguf = "small.gguf"
labels = ["A"]
domain = "titles"
cached = false
cache = "c.sqlite"
offline = true
record = "r.jsonl"
replay = "r.jsonl"
concurrency = 1
timeout = 0.1
set = {description = "x"}
map = {B = "A"}
examples = {file = "e.jsonl", count = 1, choose = "first", seed = 2}
budget = {cost = 0, tokens = 10}
[method.prompt.parameters]
temperature = 0.5
max_tokens = 5
seed = 1
stop = ["x"]
form = "chat"
enforce = "object"
logprobs = true
attempts = 1

[[method]]
name = "tuned"
tune = {epochs = 1, rank = 1, rate = 1e-6, limit = 1, precision = "f16", template = "ner", gguf = "x.gguf", threads = 1}

[[method]]
name = "steps"
cascade = ["fine", "asked"]
pass_on = "empty"
seeds = [1]
"""


def refused_by_reader(data: Any, folder: Path = Path("/nowhere")) -> bool:
    try:
        from_data(deepcopy(data), folder / "experiment.toml")
    except DataError:
        return True
    return False


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
        ((), prompt_file.KEYS),
        (("examples",), prompt_file.EXAMPLES),
        (("parameters",), prompt_file.PARAMETERS),
        (("budget",), prompt_file.BUDGET),
    ],
)
def test_keys_of_a_prompt_are_those_of_a_prompt_file(part: tuple[str, ...], keys: Mapping[str, Any]) -> None:
    published = DEFS["asking"]
    for key in part:
        published = published["properties"][key]
    assert set(published["properties"]) == set(keys)
    for key, body in published["properties"].items():
        if "enum" in body:
            assert tuple(body["enum"]) == prompt_file.CHOICES[key]
        if "maximum" in body:
            assert (body["minimum"], body["maximum"]) == prompt_file.RANGES[key]


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


# --- broken files ---------------------------------------------------------------------------

# What no schema of one file can see: names that stand elsewhere, and what only a machine knows.
UNSEEN = {
    "same name", "same slug", "no letter", "unknown test", "no test", "unknown train", "unknown teacher", "model",
    "model of a pack", "model is a method", "quantised", "itself", "circle", "prompt's template", "date in options",
    "rest of none", "rest of all", "rest of itself", "home of nobody", "nul", "measure's label", "measure's kind",
    "label", "schema", "curve", "shares", "change", "change's data", "taught test",
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_broken_file_is_refused_by_both_where_a_schema_can_see_it(name: str) -> None:
    data = tomllib.loads(FAULTS[name][0])
    assert refused_by_reader(data)
    assert VALID.is_valid(data) == (name in UNSEEN)


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value, tables and lists too; what is free in form is passed over."""
    if path:
        yield path
    if path and path[-1] in ("options", "set", "map", "where", "without", "parameters"):
        return
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield from places(value, (*path, key))


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


ALL = [(data, path) for data in (GOOD, tomllib.loads(MORE)) for path in places(data)]
SOME = st.sampled_from(ALL)
JSON = st.recursive(
    st.booleans() | st.integers(-3, 2**33) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
OTHER_TYPES: dict[type, list[Any]] = {
    str: [3, True, {}, []], int: ["3", True, {}, []], float: ["3", True, {}, []], bool: ["yes", 1, {}, []],
    list: ["a", 3, True], dict: [3, True, []],
}  # fmt: skip


@given(SOME, JSON)
@settings(max_examples=120, deadline=None, derandomize=True)
def test_what_the_reader_takes_the_schema_takes(place: tuple[Any, tuple[Any, ...]], value: Any) -> None:
    data, path = deepcopy(place[0]), place[1]
    at(data, path[:-1])[path[-1]] = value
    assert VALID.is_valid(data) or refused_by_reader(data)


@given(SOME)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_what_is_left_out_is_missed_by_both_or_by_neither(place: tuple[Any, tuple[Any, ...]]) -> None:
    data, path = deepcopy(place[0]), place[1]
    del at(data, path[:-1])[path[-1]]
    assert VALID.is_valid(data) or refused_by_reader(data)


@given(SOME, st.data())
@settings(max_examples=120, deadline=None, derandomize=True)
def test_value_of_another_type_is_refused_by_both(place: tuple[Any, tuple[Any, ...]], drawn: st.DataObject) -> None:
    data, path = deepcopy(place[0]), place[1]
    at(data, path[:-1])[path[-1]] = drawn.draw(st.sampled_from(OTHER_TYPES[type(at(data, path))]))
    assert not VALID.is_valid(data)
    assert refused_by_reader(data)


@given(st.sampled_from([each for each in ALL if isinstance(at(*each), dict)]), st.text(min_size=1, max_size=8))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_unknown_key_is_refused_by_both(place: tuple[Any, tuple[Any, ...]], key: str) -> None:
    data, path = deepcopy(place[0]), place[1]
    if path[-1] in ("options", "set", "map", "where", "without", "data"):
        return
    at(data, path)[f"{key}?"] = "x"
    assert not VALID.is_valid(data)
    assert refused_by_reader(data)
