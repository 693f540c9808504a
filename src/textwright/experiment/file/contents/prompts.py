"""What can change the answers to a prompt, and how a language model is tuned."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textwright.errors import DataError, MissingExtraError, TextwrightError
from textwright.experiment.file.contents.files import file_digest
from textwright.experiment.file.contents.schemas import schema_facts

# What changes how long the answers take and where they are kept, not the answers.
NO_MATTER = ("cache", "cached", "record", "concurrency")


def prompt_file_facts(path: Path, where: str) -> dict[str, Any]:
    """Say what can change the answers to a prompt file."""
    from textwright.predictors.prompt_file import read_prompt_file

    try:
        return prompt_facts(read_prompt_file(path), where)
    except TextwrightError as error:
        raise DataError(f"{where}: {error}") from error


def prompt_facts(data: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Say what can change the answers to a prompt whose paths are whole."""
    facts = {key: value for key, value in data.items() if key not in (*NO_MATTER, "name")}
    for key in ("gguf", "replay"):
        if key in facts:
            facts[key] = file_digest(Path(facts[key]), where)
    if "template" in facts:
        facts["template"] = template_facts(facts["template"], where)
    if "schema" in facts:
        facts["schema"] = _schema_named(facts["schema"], where)
    if "file" in facts.get("examples", {}):
        facts["examples"] = {**facts["examples"], "file": file_digest(Path(facts["examples"]["file"]), where)}
    return facts


def tune_facts(data: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Say what can change how a language model is tuned."""
    facts = dict(data)
    if "gguf" in facts:
        facts["gguf"] = file_digest(Path(facts["gguf"]), where)
    if "template" in facts:
        facts["template"] = template_facts(facts["template"], where)
    return facts


def template_facts(name: str, where: str) -> list[str]:
    """Return the sources of a template and of those that it extends; without the extra its name, it cannot be used."""
    from textwright.llm.prompts.template import open_template
    from textwright.packs.templates import template_folders

    try:
        return [each.source for each in open_template(name, folders=list(template_folders())).lineage]
    except MissingExtraError:
        return [name]
    except TextwrightError as error:
        raise DataError(f"{where}: {error}") from error


def _schema_named(name: str, where: str) -> dict[str, Any]:
    from textwright.references import find_schema

    try:
        return schema_facts(find_schema(name), words=True)
    except TextwrightError as error:
        raise DataError(f"{where}: {error}") from error
