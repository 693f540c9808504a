"""Prompts from a TOML file: the template, the labels, the examples, the model; docs/prompts.md describes it.

The command line's options make the same plain data, so that a prompt is built in one place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from textwright.dataset import Dataset
from textwright.errors import ModelError
from textwright.llm.asking import Settings
from textwright.llm.calls import Completer
from textwright.llm.money.budget import Budget
from textwright.llm.opening import Connection, Opened, Say, open_model_at
from textwright.llm.prompts.few_shot import FewShot
from textwright.llm.prompts.mapping import parse_map
from textwright.llm.prompts.prompt import Prompt
from textwright.llm.prompts.template import Template, open_template
from textwright.predictors.prompt import PromptPredictor
from textwright.predictors.prompt_shapes import BUDGET, EXAMPLES, KEYS, PARAMETERS, Data, check, part_of
from textwright.schema import Label, Schema, Task, schema_of
from textwright.trust import inside, parsed_toml
from textwright.types import NOTHING, Annotation, Example

READ, WRITTEN = ("gguf", "replay"), ("cache", "record")
PATHS = (*READ, *WRITTEN)
AT_ONCE = 4

FindSchema = Callable[[str], Schema]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a prompt finds around it: schemas by the name of a pack or file, and folders of templates."""

    schema: FindSchema
    templates: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """A prompt, the model that it asks, and how."""

    name: str
    prompt: Prompt
    opened: Opened
    settings: Settings
    concurrency: int
    renamed: Mapping[str, str]

    @property
    def completer(self) -> Completer:
        """Return what answers."""
        return self.opened.completer

    @property
    def predictor(self) -> PromptPredictor:
        """Return what asks about texts; of answers that are no annotation, they stand in its notes."""
        return PromptPredictor(
            self.name,
            self.prompt,
            self.completer,
            self.settings,
            concurrency=self.concurrency,
            renamed=self.renamed,
            on_interrupt=self.opened.close,
        )


def open_prompt(path: Path, around: Surroundings, *, say: Say | None = None) -> PromptPredictor:
    """Open a prompt file as a predictor. Raise `ModelError` that names the file and what is wrong in it.

    Files that it names are looked for beside it.
    """
    return predictor_of(asking_of(read_prompt_file(path), around, where=str(path), say=say))


def read_prompt_file(path: Path) -> dict[str, Any]:
    """Read a prompt file; files that it names are looked for beside it."""
    return checked(read_toml(path), path.parent, where=str(path))


def read_toml(path: Path) -> dict[str, Any]:
    """Read a prompt file as it stands. Raise `ModelError` that says what is wrong with it."""
    try:
        return parsed_toml(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{path}: no such file, expected a TOML file that names a template and a model") from error
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"{path}: {error}") from error


def checked(data: Data, folder: Path, *, where: str) -> dict[str, Any]:
    """Check every key of a prompt, and look for the files that it names in a folder."""
    check(data, KEYS, where)
    for key, known in (("examples", EXAMPLES), ("parameters", PARAMETERS), ("budget", BUDGET)):
        part_of(data, key, known, where)
    return _beside(data, folder, where)


def _beside(data: Data, folder: Path, where: str) -> dict[str, Any]:
    found = dict(data)
    for key in READ:
        if key in found:
            found[key] = str(folder / Path(found[key]).expanduser())
    for key in WRITTEN:
        if key in found:
            found[key] = str(inside(folder, found[key], where=f"{where}: {key}"))
    for key in ("schema", "template"):
        beside = folder / Path(str(found.get(key, ""))).expanduser()
        if key in found and beside.is_file():
            found[key] = str(beside)
    examples = found.get("examples")
    if isinstance(examples, dict) and isinstance(examples.get("file"), str):
        found["examples"] = {**examples, "file": str(folder / Path(examples["file"]).expanduser())}
    return found


def predictor_of(asking: Asking) -> PromptPredictor:
    """Make a predictor of a prompt. Raise `ModelError` when its answers are neither spans nor categories."""
    task = asking.prompt.task
    if task == "answer":
        raise ModelError(
            f"{asking.name}: the template {asking.prompt.template.name} gives no spans or categories, "
            "so that it is no model. Run it with: textwright prompt"
        )
    return asking.predictor


def asking_of(data: Data, around: Surroundings, *, where: str, say: Say | None = None) -> Asking:
    """Build what plain data in the shape of a prompt file describes. Raise `ModelError` that says `where`."""
    check(data, KEYS, where)
    prompt = prompt_of(data, around, where=where)
    parameters = {**prompt.parameters, **part_of(data, "parameters", PARAMETERS, where)}
    check(parameters, PARAMETERS, f"{where}, parameters")
    connection = connection_of(data, where)
    opened = open_model_at(connection) if say is None else open_model_at(connection, say=say)
    return Asking(
        name=str(data.get("name", Path(where).stem)),
        prompt=prompt,
        opened=opened,
        settings=_settings(opened, parameters, prompt.stop),
        concurrency=data.get("concurrency", 1 if connection.is_local else AT_ONCE),
        renamed=parse_map([f"{said}={ours}" for said, ours in data.get("map", NOTHING).items()], prompt.schema),
    )


# --- the prompt -----------------------------------------------------------------------------


def prompt_of(data: Data, around: Surroundings, *, where: str) -> Prompt:
    """Build the prompt alone, without a model."""
    if "template" not in data:
        raise ModelError(f"{where}: names no template. textwright templates lists them")
    template = open_template(data["template"], folders=around.templates)
    schema = _schema(data, template, around.schema, where)
    values = {**data.get("set", NOTHING), **({"domain": data["domain"]} if "domain" in data else {})}
    return Prompt(template, schema, values, _few_shot(data, schema, where))


def _schema(data: Data, template: Template, find: FindSchema, where: str) -> Schema:
    """Take the schema that is named here or by the template, or make one of labels; else any label may come."""
    labels = _names(data.get("labels", []), where)
    named = data.get("schema", template.schema)
    if named is not None:
        return _only(find(named), labels, data.get("task"), template, where)
    if "labels" in data and not labels:
        raise ModelError(f"{where}: labels names none; leave it out to let the model name its own")
    if not labels:
        return Schema(open=True)
    if template.task == "categories":
        task = Task(str(data.get("task", "category")), tuple(map(Label, labels)), multiple=template.choice == "several")
        return Schema(tasks=(task,))
    return schema_of(labels)


def _only(schema: Schema, labels: Sequence[str], task: str | None, template: Template, where: str) -> Schema:
    """Keep what the template asks for, and of that the labels that are named."""
    if template.task == "categories":
        if labels:
            raise ModelError(f"{where}: labels and a schema are two lists of labels: give one")
        return replace(schema, labels=(), rules=(), tasks=_tasks(schema, task))
    if task is not None:
        raise ModelError(
            f"{where}: task chooses a question of whole texts; the template {template.name} asks for spans"
        )
    schema = replace(schema, tasks=())
    if not labels:
        return schema
    known = {label.name: label for label in schema.labels}
    unknown = [label for label in labels if label not in known]
    if unknown:
        raise ModelError(f"{where}: {unknown[0]!r} is no label of the schema. Its labels: {', '.join(known) or 'none'}")
    kept = tuple(replace(known[each], parent=_parent(known[each], labels)) for each in labels)
    rules = tuple(rule for rule in schema.rules if {rule.outer, rule.inner, rule.label} - {None} <= set(labels))
    return replace(schema, labels=kept, rules=rules)


def _tasks(schema: Schema, task: str | None) -> tuple[Task, ...]:
    return schema.tasks if task is None else (schema.task(task),)


def _parent(label: Label, labels: Sequence[str]) -> str | None:
    return label.parent if label.parent in labels else None


def _names(labels: Sequence[Any], where: str) -> list[str]:
    if not all(isinstance(each, str) and each for each in labels):
        raise ModelError(f'{where}: labels is {list(labels)!r}, expected names such as ["PERSON", "TOWN"]')
    return list(dict.fromkeys(labels))


def _few_shot(data: Data, schema: Schema, where: str) -> FewShot | None:
    examples = part_of(data, "examples", EXAMPLES, where)
    if not examples:
        return None
    if "file" not in examples:
        raise ModelError(f'{where}: examples need a file, such as file = "examples.jsonl"')
    read = Dataset.read(examples["file"])
    return FewShot(
        tuple(_narrowed(each, schema) for each in read),
        count=examples.get("count", 4),
        choose=examples.get("choose", "cover"),
        seed=examples.get("seed", 0),
    )


def _narrowed(example: Example, schema: Schema) -> Example:
    """Leave out of an example's gold what is not asked for."""
    if schema.open:
        return example
    gold, tasks = example.gold, {task.name for task in schema.tasks}
    spans = None if gold.spans is None else tuple(span for span in gold.spans if span.label in schema.spans)
    asked = None if gold.categories is None else tuple(each for each in gold.categories if each.task in tasks)
    return replace(example, gold=Annotation(spans, asked))


# --- the model ------------------------------------------------------------------------------


def connection_of(data: Data, where: str) -> Connection:
    """Read which model is asked, and what stands between."""
    budget = part_of(data, "budget", BUDGET, where)
    paths = {key: Path(data[key]) for key in PATHS if key in data}
    return Connection(
        model=data.get("model"),
        base_url=data.get("base_url"),
        gguf=paths.get("gguf"),
        cached=data.get("cached", True),
        cache=paths.get("cache"),
        offline=data.get("offline", False),
        record=paths.get("record"),
        replay=paths.get("replay"),
        budget=Budget(cost=budget.get("cost"), tokens=budget.get("tokens")),
        timeout=float(data.get("timeout", 120)),
    )


def _settings(opened: Opened, parameters: Data, stop: Sequence[str]) -> Settings:
    given = {key: value for key, value in parameters.items() if key != "stop"}
    named = parameters.get("stop", stop)
    stops = (named,) if isinstance(named, str) else tuple(named)
    return Settings(address=opened.address, model=opened.model, stop=stops, **given)
