"""A language model that suggests: which one is at hand, and the project's own prompt for it (docs/prompts.md)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from textwright.errors import DataError, ModelError
from textwright.llm.local.embedded import default_gguf
from textwright.llm.tuning.prompt_toml import toml_of
from textwright.predictors.prompt_file import PATHS, read_prompt_file, read_toml
from textwright.project.files import Project, write_text
from textwright.schema import Schema
from textwright.trust import SERVED, inside, is_confirmed

HEAD = """\
# A prompt for a language model, written by the page of `textwright start`. What may stand here is described in
# docs/prompts.md of textwright.
"""
# What a person waits for in the page: one text after another, each asked twice at most.
ATTEMPTS, MOST_TOKENS = 2, 512


@dataclass(frozen=True, slots=True)
class AtHand:
    """What could be asked without anybody saying where: the small model of this machine, an address of the shell."""

    local: bool
    address: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which model the prompt asks; without both, the small one of this machine."""

    address: str = ""
    model: str = ""


def at_hand() -> AtHand:
    """Look for a language model."""
    return AtHand(_has_local(), os.environ.get("OPENAI_BASE_URL") or None)


def _has_local() -> bool:
    try:
        default_gguf()
    except ModelError:
        return False
    return find_spec("xllamacpp") is not None


def address_of(asked: Asked) -> str:
    """Return the address that is asked; empty: this machine. Raise `DataError` at one that is none."""
    address = asked.address.strip()
    if address and not address.lower().startswith(SERVED):
        raise DataError(f"{address} is no address of a server. One looks like http://localhost:11434/v1")
    return address


def write_prompt(project: Project, asked: Asked) -> None:
    """Write the project's prompt.

    Raise `DataError` at an address that is none or that nobody confirmed, or when there is nothing to ask for.
    """
    address = address_of(asked)
    if address and not is_confirmed(address):
        raise DataError(f"say first that your texts may be sent to {address}: tick the box below it")
    data = {"name": "prompt", "template": template_for(project.schema), "schema": project.schema_file.name}
    data |= {key: said for key, said in (("base_url", address), ("model", asked.model.strip())) if said}
    parameters = {"attempts": ATTEMPTS, "max_tokens": MOST_TOKENS}
    content = HEAD + toml_of({**data, "parameters": parameters})
    write_text(project.prompt_file, content)


def template_for(schema: Schema) -> str:
    """Choose the question: the parts of a text, or, without labels for those, the text as a whole."""
    if schema.labels:
        return "ner"
    if not schema.tasks:
        raise DataError("there is no label yet, so there is nothing to ask for. Say first what you look for")
    return "multilabel" if any(task.multiple for task in schema.tasks) else "multiclass"


def prompt_reference(project: Project) -> str:
    """Return the reference of the project's prompt. Raise `DataError` where it names files outside the project."""
    where = str(project.prompt_file)
    data = read_toml(project.prompt_file) if project.prompt_file.exists() else {}
    examples = data.get("examples")
    named = [data.get(key) for key in (*PATHS, "schema", "template")]
    for name in [*named, examples.get("file") if isinstance(examples, dict) else None]:
        if isinstance(name, str):
            inside(project.folder, name, where=where)
    return f"prompt:{project.prompt_file}"


def asked_of(project: Project) -> Asked | None:
    """Return which model the project's prompt asks; None where there is no prompt, or one that cannot be read."""
    if not project.prompt_file.exists():
        return None
    try:
        data: dict[str, Any] = read_prompt_file(project.prompt_file)
    except ModelError:
        return None
    return Asked(str(data.get("base_url", "")), str(data.get("model", "")))
