"""A ready form: a page with a field for each label that fills itself, for any host that can send files.

index.html, form.css    the form, written for a schema
form.js                 what fills it; plain JavaScript, the same file for every model
model/                  the model
runtime/                what runs it
README.txt              how to see it, and how to publish it
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from textwright.errors import DataError
from textwright.project.ship.model_folder import page_files_of, read_model, why_no_page
from textwright.project.ship.zips import Files
from textwright.schema import Label, Schema, Task

PAGE = "index.html"
PLAIN = ("form.js", "form.css", "README.txt")
# What runs rules, and what networks need besides.
RUNTIME = ("textwright.js", "textwright.worker.js")
FOR_NETWORKS = ("onnxruntime.js", "onnxruntime.glue.js", "onnxruntime.wasm.gz")
INDENT = " " * 12


def form_files(folder: Path, schema: Schema, title: str) -> Files:
    """Return all files of the form for the model in a folder, with a field for each label of a schema.

    Raise `DataError` when there is no model, or one that no page can run.
    """
    config = read_model(folder)
    why = why_no_page(config, folder)
    if why is not None:
        raise DataError(f"there is no form: {why}")
    runtime = RUNTIME if config.get("kind") == "rules" else (*RUNTIME, *FOR_NETWORKS)
    return {
        PAGE: form_page(schema, title).encode(),
        **{name: form_file(name) for name in PLAIN},
        **{f"runtime/{name}": _runtime(name) for name in runtime},
        **{f"model/{name}": content for name, content in page_files_of(folder).items()},
    }


def form_file(name: str) -> bytes:
    """Return a file of the form that is the same for every model."""
    return (_here() / name).read_bytes()


def _here() -> Traversable:
    return files(__package__) / "form"


def _runtime(name: str) -> bytes:
    # The built runtime is data that the package brings: nothing of the server is imported.
    return (files("textwright") / "server/web/runtime" / name).read_bytes()


def form_page(schema: Schema, title: str) -> str:
    """Write the page with a field for each label and question of a schema; names and meanings may hold anything."""
    page = Template((_here() / "page.html").read_text(encoding="utf-8"))
    return page.substitute(title=escape(title), fields="\n".join(INDENT + line for line in _fields(schema)))


def _fields(schema: Schema) -> Iterator[str]:
    for number, label in enumerate(schema.labels, start=1):
        yield from _input(f"form-label-{number}", label)
    for number, task in enumerate(schema.tasks, start=1):
        yield from _checks(f"form-task-{number}", task) if task.multiple else _select(f"form-task-{number}", task)


def _input(key: str, label: Label) -> Iterator[str]:
    name = escape(label.name)
    yield '<p class="field">'
    yield f'  <label for="{key}">{name}</label>'
    yield f'  <input id="{key}" name="{name}" data-label="{name}" dir="auto"{_described(key, label.meaning)}>'
    yield from _meaning(key, label.meaning)
    yield "</p>"


def _select(key: str, task: Task) -> Iterator[str]:
    name = escape(task.name)
    yield '<p class="field">'
    yield f'  <label for="{key}">{name}</label>'
    yield f'  <select id="{key}" name="{name}" data-task="{name}"{_described(key, task.meaning)}>'
    yield '    <option value=""></option>'
    yield from (f'    <option value="{escape(each.name)}">{escape(each.name)}</option>' for each in task.labels)
    yield "  </select>"
    yield from _meaning(key, task.meaning)
    yield "</p>"


def _checks(key: str, task: Task) -> Iterator[str]:
    name = escape(task.name)
    yield f'<fieldset class="field choices" data-task="{name}"{_described(key, task.meaning)}>'
    yield f"  <legend>{name}</legend>"
    for each in task.labels:
        value = escape(each.name)
        yield f'  <label><input type="checkbox" name="{name}" value="{value}"> {value}</label>'
    yield from _meaning(key, task.meaning)
    yield "</fieldset>"


def _described(key: str, meaning: str) -> str:
    return f' aria-describedby="{key}-meaning"' if meaning else ""


def _meaning(key: str, meaning: str) -> Iterator[str]:
    if meaning:
        yield f'  <small id="{key}-meaning">{escape(meaning)}</small>'
