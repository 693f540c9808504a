"""The published JSON Schema and the reader of gates agree on what is good and what is bad."""

from __future__ import annotations

import json
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import textwright
from textwright.errors import DataError
from textwright.evaluate.gate import Budget, Measure, NotWorse, Threshold, gate_of, read_gate

PUBLISHED = json.loads(
    (Path(textwright.__file__).parent / "evaluate/gate/gate.schema.json").read_text(encoding="utf-8")
)
TOML = """# What we ship must reach this.
[[threshold]]
model = "network"
measure = "exact:JOB@domain=ux"
at_least = 0.9
by = "low"

[[not_worse]]
than = "shipped"
measure = "whole_text"
margin = 0.02

  [[ not_worse ]]
baseline = "main.json"
measure = "category:tone"
margin = 0.02

[[budget]]
runtime = "node"
latency_ms_p95 = 20
failed = 0
"""
GOOD = tomllib.loads(TOML)
HERE = Path("folder/gate.toml")


def changed(kind: str, key: str, value: Any) -> dict[str, Any]:
    data = deepcopy(GOOD)
    data[kind][0][key] = value
    return data


def without(kind: str, key: str) -> dict[str, Any]:
    data = deepcopy(GOOD)
    del data[kind][0][key]
    return data


BAD = {
    "nothing asked": {},
    "empty lists": {"threshold": [], "budget": []},
    "unknown table": {**GOOD, "treshold": []},
    "a table instead of a list": {"threshold": GOOD["threshold"][0]},
    "a rule is a text": {"threshold": ["whole_text"]},
    "unknown key": changed("threshold", "atleast", 0.5),
    "measure missing": without("threshold", "measure"),
    "measure unknown": changed("threshold", "measure", "accuracy"),
    "measure without its label": changed("threshold", "measure", "exact:"),
    "spans without a figure": changed("threshold", "measure", "spans.micro"),
    "slice without a value": changed("threshold", "measure", "whole_text@domain"),
    "at_least missing": without("threshold", "at_least"),
    "at_least is a percentage": changed("threshold", "at_least", 90),
    "at_least is nothing": changed("threshold", "at_least", 0),
    "at_least is a text": changed("threshold", "at_least", "0.9"),
    "at_least is a truth": changed("threshold", "at_least", True),
    "by unknown": changed("threshold", "by", "high"),
    "model is a number": changed("threshold", "model", 3),
    "model is empty": changed("threshold", "model", ""),
    "margin missing": without("not_worse", "margin"),
    "margin is a percentage": changed("not_worse", "margin", 2),
    "margin is nothing": changed("not_worse", "margin", 0),
    "margin of F1": changed("not_worse", "measure", "spans.micro.f1"),
    "compared with nothing": without("not_worse", "than"),
    "budget of nothing": {"budget": [{"model": "network"}]},
    "budget below zero": changed("budget", "failed", -1),
    "budget is a text": changed("budget", "failed", "0"),
    "runtime unknown": changed("budget", "runtime", "browser"),
    "budget unknown": changed("budget", "latency", 3),
}


def test_published_schema_is_a_json_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(PUBLISHED)


def test_good_data_is_accepted_by_both(tmp_path: Path) -> None:
    jsonschema.validate(GOOD, PUBLISHED)
    path = tmp_path / "gate.toml"
    path.write_text(TOML, encoding="utf-8")
    assert read_gate(path).rules == (
        Threshold(Measure("exact:JOB", "domain", "ux"), 0.9, "low", "network", line=2),
        NotWorse(Measure("whole_text"), 0.02, "shipped", line=8),
        NotWorse(Measure("category:tone"), 0.02, baseline=tmp_path / "main.json", line=13),
        Budget({"latency_ms_p95": 20, "failed": 0}, "node", line=18),
    )


def test_rules_keep_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    rules = ["[[budget]]\nfailed = 0\n", "[[threshold]]\nmeasure = 'whole_text'\nat_least = 0.5\n"]
    path.write_text(rules[0] + rules[1] + rules[0], encoding="utf-8")
    assert [type(rule) for rule in read_gate(path).rules] == [Budget, Threshold, Budget]


def test_json_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "gate.json"
    path.write_text(json.dumps({"$schema": "gate.schema.json", **GOOD}), encoding="utf-8")
    assert [rule.line for rule in read_gate(path).rules] == [None] * 4
    assert read_gate(path).slice_keys == ("domain",)


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_bad_data_is_refused_by_both(bad: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(bad, PUBLISHED)
    with pytest.raises(DataError, match=r"folder/gate\.toml"):
        gate_of(bad, HERE)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[[threshold]", "is no TOML"),
        (b"\xff\xfe[", "is no TOML"),
        (b"", "found no rule"),
        (b"[[budgte]]\nfailed = 0", "Did you mean budget"),
        (
            b"[[budget]]\nlatency_ms_95 = 3",
            "gate.toml:1: budget: the key 'latency_ms_95' is unknown. Did you mean latency_ms_",
        ),
        (b"[[threshold]]\nmeasure = 'spans.micro.f2'\nat_least = 0.5", "Did you mean spans.micro.f1"),
        (b"[[not_worse]]\nmodel='a'\nthan='a'\nmargin=0.1\nmeasure='whole_text'", "compares a with itself"),
        (b"threshold = [{measure = 'whole_text', at_least = 90}]", "threshold 1: at_least is 90, expected a share"),
        (b"[[budget]]\nfailed = nan", "failed is nan, expected a number"),
        (b"[[budget]]\nfailed = 1" + 400 * b"0", "expected a number"),
    ],
)
def test_errors_teach(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_gate(path)
    assert message in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no\.toml: cannot be read: No such file"):
        read_gate(tmp_path / "no.toml")


def test_every_limit_stands_in_the_schema_and_can_be_read() -> None:
    from textwright.evaluate.gate.budgets import READINGS
    from textwright.evaluate.gate.rules import LIMITS

    published = set(PUBLISHED["$defs"]["budget"]["properties"]) - {"model", "runtime"}
    assert published == set(LIMITS) == set(READINGS)
    assert {key for each in PUBLISHED["$defs"]["budget"]["anyOf"] for key in each["required"]} == set(LIMITS)
