"""The published JSON Schema accepts the rule sets that can be read, and refuses those of a wrong shape."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

import textwright
from textwright.errors import ModelError
from textwright.predictors.rules.ruleset import CONTEXTS, read_rule_set

PACKAGE = Path(textwright.__file__).parent
PUBLISHED = json.loads((PACKAGE / "predictors/rules/rules.schema.json").read_text(encoding="utf-8"))
RULES = sorted(PACKAGE.glob("**/rules.toml"))
VALIDATOR = jsonschema.Draft202012Validator(PUBLISHED)
FULL = """language = 1
examples = ["[A: a]"]
[lists]
x = ["a"]
y = {file = "x.txt", entries = ["b"], except = ["x"]}
z = "x.txt"
[classes]
c = "<word> - {x}"
[shapes]
s = "X{2}-d"
t = ["dd", "\\\\[d\\\\]"]
[[phases]]
lookup = "x"
as = "place"
[[phases]]
name = "p"
[[phases.rules]]
name = "r"
match = "[A: a]"
after = "b"
not_after = "b"
before = "b"
not_before = "b"
as = "t"
examples = ["[A: a]"]
[[phases]]
inside = "A"
rules = [{name = "s", match = "a"}]
"""
WRONG = [
    "",
    "language = 2",
    "language = 1\nlist = {}",
    "language = 1\nexamples = 'a'",
    "language = 1\nlists = {x = 3}",
    "language = 1\nlists = {x = [3]}",
    "language = 1\nlists = {x = {entries = 'a'}}",
    "language = 1\nlists = {x = {word = ['a']}}",
    "language = 1\nclasses = {x = ['a']}",
    "language = 1\nshapes = ['X']",
    "language = 1\nshapes = {x = 3}",
    "language = 1\nshapes = {x = []}",
    "language = 1\nshapes = {x = [3]}",
    "language = 1\nphases = {}",
    "language = 1\nphases = [{}]",
    "language = 1\nphases = [{lookup = 'x', rules = []}]",
    "language = 1\nphases = [{lookup = 'x', inside = 'A'}]",
    "language = 1\nphases = [{rules = [], as = 'x'}]",
    "language = 1\nphases = [{rules = [{match = 'a'}]}]",
    "language = 1\nphases = [{rules = [{name = 'a'}]}]",
    "language = 1\nphases = [{rules = [{name = 'a', match = 'a', afer = 'b'}]}]",
    "language = 1\nphases = [{rules = [{name = 'a', match = 'a', examples = 'b'}]}]",
    "language = 1\nphases = [{inside = 'A', rules = [{name = 'a', match = 'a', as = 'b'}]}]",
]


def test_schema_is_one() -> None:
    VALIDATOR.check_schema(PUBLISHED)


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.parent.name)
def test_rule_sets_of_the_package_are_of_the_shape(path: Path) -> None:
    VALIDATOR.validate(tomllib.loads(path.read_text(encoding="utf-8")))


def test_every_setting_is_accepted_by_schema_and_reader(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(FULL, encoding="utf-8")
    (tmp_path / "x.txt").write_text("c\n", encoding="utf-8")
    VALIDATOR.validate(tomllib.loads(FULL))
    assert read_rule_set(tmp_path / "rules.toml").phases[1].rules[0].tag == "t"


def test_schema_knows_every_context() -> None:
    assert set(CONTEXTS) < set(PUBLISHED["$defs"]["rule"]["properties"])


@pytest.mark.parametrize("toml", WRONG)
def test_wrong_shape_is_refused_by_schema_and_reader(tmp_path: Path, toml: str) -> None:
    (tmp_path / "rules.toml").write_text(toml, encoding="utf-8")
    assert not VALIDATOR.is_valid(tomllib.loads(toml))
    with pytest.raises(ModelError):
        read_rule_set(tmp_path / "rules.toml")
