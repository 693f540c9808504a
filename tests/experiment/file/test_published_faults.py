"""Files that are broken at any place are refused by the published JSON Schema and the reader alike."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.experiment.file.faults import FAULTS
from tests.experiment.file.publishing import VALID, refused_by_reader
from tests.experiment.file.texts import MORE, WHOLE

GOOD = tomllib.loads(WHOLE)


# What no schema of one file can see: names that stand elsewhere, and what only a machine knows.
UNSEEN = {
    "same name", "same slug", "no letter", "unknown test", "no test", "unknown train", "unknown teacher", "model",
    "model of a pack", "model is a method", "quantised", "itself", "circle", "prompt's template", "date in options",
    "rest of none", "rest of all", "rest of itself", "home of nobody", "nul", "measure's label", "measure's kind",
    "label", "schema", "curve", "shares", "change", "change's data", "taught test",
    "chosen on texts that were learned",
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
@settings(max_examples=60, deadline=None, derandomize=True)
def test_what_the_reader_takes_the_schema_takes(place: tuple[Any, tuple[Any, ...]], value: Any) -> None:
    data, path = deepcopy(place[0]), place[1]
    at(data, path[:-1])[path[-1]] = value
    assert VALID.is_valid(data) or refused_by_reader(data)


@given(SOME)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_what_is_left_out_is_missed_by_both_or_by_neither(place: tuple[Any, tuple[Any, ...]]) -> None:
    data, path = deepcopy(place[0]), place[1]
    del at(data, path[:-1])[path[-1]]
    assert VALID.is_valid(data) or refused_by_reader(data)


@given(SOME, st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_value_of_another_type_is_refused_by_both(place: tuple[Any, tuple[Any, ...]], drawn: st.DataObject) -> None:
    data, path = deepcopy(place[0]), place[1]
    at(data, path[:-1])[path[-1]] = drawn.draw(st.sampled_from(OTHER_TYPES[type(at(data, path))]))
    assert not VALID.is_valid(data)
    assert refused_by_reader(data)


@given(st.sampled_from([each for each in ALL if isinstance(at(*each), dict)]), st.text(min_size=1, max_size=8))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_unknown_key_is_refused_by_both(place: tuple[Any, tuple[Any, ...]], key: str) -> None:
    data, path = deepcopy(place[0]), place[1]
    if path[-1] in ("options", "set", "map", "where", "without", "data"):
        return
    at(data, path)[f"{key}?"] = "x"
    assert not VALID.is_valid(data)
    assert refused_by_reader(data)
