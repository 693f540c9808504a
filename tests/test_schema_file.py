"""The published JSON Schema and the reader of schema files agree on what is good and what is bad."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import textwright
from textwright.errors import SchemaError
from textwright.schema import Schema

PUBLISHED = json.loads(Path(textwright.__file__).with_name("schema.schema.json").read_text(encoding="utf-8"))
GOOD: dict[str, Any] = {
    "name": "towns",
    "labels": {
        "ADDRESS": {"meaning": "Where to send it.", "colour": "#1f5fbf", "key": "a"},
        "TOWN": {"meaning": "A town.", "parent": "ADDRESS"},
        "COUNTRY": "A country.",
    },
    "tasks": {"tone": {"meaning": "How it sounds.", "multiple": True, "labels": ["kind", "rude"]}},
    "rules": [{"kind": "inside", "outer": "ADDRESS", "inner": "TOWN"}, {"kind": "no_crossing"}],
    "guideline": "# Towns",
}


def without(data: dict[str, Any], *path: str | int) -> dict[str, Any]:
    changed: Any = deepcopy(data)
    place = changed
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return changed


def with_value(value: Any, *path: str | int) -> dict[str, Any]:
    changed: Any = deepcopy(GOOD)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return changed


BAD = {
    "unknown key": with_value(1, "lables"),
    "labels is a number": with_value(3, "labels"),
    "label is a number": with_value(3, "labels", "TOWN"),
    "label has an unknown key": with_value("red", "labels", "TOWN", "color"),
    "colour has a name": with_value("red", "labels", "TOWN", "colour"),
    "key of two letters": with_value("to", "labels", "TOWN", "key"),
    "meaning is a list": with_value([], "labels", "TOWN", "meaning"),
    "label name has an edge": with_value({}, "labels", " TOWN"),
    "label stands twice": with_value(["A", "A"], "labels"),
    "task is a text": with_value("tone", "tasks", "tone"),
    "task has an unknown key": with_value(1, "tasks", "tone", "many"),
    "rules is a table": with_value({}, "rules"),
    "rule is a text": with_value("no_overlap", "rules", 0),
    "rule without kind": without(GOOD, "rules", 0, "kind"),
    "rule of unknown kind": with_value("near", "rules", 0, "kind"),
    "rule without its label": without(GOOD, "rules", 0, "inner"),
    "rule has an unknown key": with_value("TOWN", "rules", 0, "middle"),
}


def test_published_schema_is_a_json_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(PUBLISHED)


def test_good_data_is_accepted_by_both() -> None:
    jsonschema.validate(GOOD, PUBLISHED)
    assert Schema.from_data(GOOD).spans == ("ADDRESS", "TOWN", "COUNTRY")


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_bad_data_is_refused_by_both(bad: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(bad, PUBLISHED)
    with pytest.raises(SchemaError):
        Schema.from_data(bad)


def test_data_of_a_schema_has_the_published_shape_and_comes_back() -> None:
    schema = Schema.from_data(GOOD)
    jsonschema.validate(schema.to_data(), PUBLISHED)
    assert Schema.from_data(schema.to_data()) == schema


def test_toml_with_a_guideline_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text("# Towns", encoding="utf-8")
    (tmp_path / "towns.toml").write_text('guideline_file = "guide.md"\nlabels = ["TOWN"]\n', encoding="utf-8")
    schema = Schema.read(tmp_path / "towns.toml")
    assert (schema.spans, schema.guideline) == (("TOWN",), "# Towns")


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff\xfe{}", b"[labels"])
@pytest.mark.parametrize("name", ["bad.json", "bad.toml"])
def test_unreadable_file_is_named(tmp_path: Path, name: str, raw: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(raw + (b"\nlabels = 3" if not raw and name.endswith("toml") else b""))
    with pytest.raises(SchemaError, match=name):
        Schema.read(path)


def test_name_of_a_pack_says_where_its_schema_is() -> None:
    with pytest.raises(SchemaError, match=r"^job_titles: no such file\. .*, or open_model\('job_titles'\)\.schema$"):
        Schema.read("job_titles")


@pytest.mark.parametrize("name", ["gone.toml", "nowhere/job_titles", "nowhere/gone.json"])
def test_missing_file_is_named_with_what_is_expected(tmp_path: Path, name: str) -> None:
    with pytest.raises(SchemaError) as caught:
        Schema.read(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name}: no such file. Expected a schema, a file .toml or .json")
    assert "open_model" not in str(caught.value)


def test_a_text_that_is_no_schema_is_told_what_is_expected(tmp_path: Path) -> None:
    path = tmp_path / "titles.txt"
    path.write_text("Senior Nurse\nCook\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"titles\.txt: is no JSON .*Expected a schema, a file \.toml or \.json"):
        Schema.read(path)


def test_a_guideline_is_not_part_of_how_a_schema_is_shown() -> None:
    schema = Schema.from_data({"labels": ["TOWN"], "guideline": "# Towns"})
    assert "# Towns" not in repr(schema)
    assert "TOWN" in repr(schema)
    assert schema != Schema.from_data({"labels": ["TOWN"], "guideline": "# Cities"})
