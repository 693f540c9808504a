"""Read the folder of a rule set: its `config.json`, its schema and its rules."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textwright.errors import DataError, ModelError
from textwright.predictors.rules.faults import Report, raise_fault
from textwright.predictors.rules.ruleset import RuleSet, read_rule_set, read_text
from textwright.schema import Schema
from textwright.trust import inside, parsed_json

CONFIG = "config.json"
EXPECTED = '{"kind": "rules", "rules": "rules.toml"}'


def read_folder(folder: Path, *, report: Report = raise_fault) -> tuple[Path, RuleSet, Schema | None]:
    """Read a folder: the path of its rules, the rules, and its schema, None without one.

    Raise `ModelError` or `SchemaError` for a file that cannot be read at all; faults of the rules go to `report`.
    """
    config = read_config(folder)
    path = _inside(folder, str(config["rules"]))
    return path, read_rule_set(path, report=report), _schema(folder, config)


def read_config(folder: Path) -> Mapping[str, Any]:
    """Read `config.json`. Raise `ModelError` when it is not that of a rule set."""
    path = folder / CONFIG
    if not path.is_file():
        raise ModelError(f"{folder}: no rule set: there is no {CONFIG} in it. Write one: textwright rules new FOLDER")
    try:
        config = parsed_json(read_text(_inside(folder, CONFIG)))
    except ValueError as error:
        raise ModelError(f"{path}: {error}") from error
    if not isinstance(config, dict) or not isinstance(config.get("rules"), str):
        raise ModelError(f"{path}: expected an object like {EXPECTED}")
    if config.get("kind", "rules") != "rules":
        raise ModelError(f'{path}: "kind" is {config["kind"]!r}, expected "rules"')
    return config


def _inside(folder: Path, name: str) -> Path:
    try:
        return inside(folder, name, where=str(folder / CONFIG))
    except (DataError, ValueError) as error:
        raise ModelError(str(error)) from error


def _schema(folder: Path, config: Mapping[str, Any]) -> Schema | None:
    schema = config.get("schema")
    if schema is None:
        return None
    if isinstance(schema, str):
        return Schema.read(_inside(folder, schema))
    if isinstance(schema, dict):
        return Schema.from_data(schema)
    raise ModelError(f'{folder / CONFIG}: "schema" is {type(schema).__name__}, expected a schema or its file\'s name')
