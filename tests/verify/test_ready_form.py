"""The ready form of every pack: each field holds what Python finds, text after text, in Chromium."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.quiet import quiet_page
from tests.browser.start.bare import bare_server

from textwright.bundle import export, exportable
from textwright.dataset import Dataset
from textwright.packs import open_pack
from textwright.project.ship.form_files import form_files
from textwright.project.ship.model_folder import schema_of_model
from textwright.references import open_model
from textwright.schema import Schema
from textwright.types import Annotation
from textwright.variants import spread, varied

pytestmark = [pytest.mark.verify, pytest.mark.browser]

TEXTS = 60
# Put a text into the field, and read all fields once they are filled.
ASK = """async (text) => {
    const field = document.querySelector("[data-text]");
    const filled = new Promise((heard) => addEventListener("filled", heard, { once: true }));
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await filled;
    return Object.fromEntries([...document.querySelectorAll("[data-label], [data-task]")].map((field) => [
        field.dataset.label ?? field.dataset.task,
        field.value ?? [...field.querySelectorAll(":checked")].map(({ value }) => value).join(", "),
    ]));
}"""


@pytest.mark.parametrize("model", ["job_titles", "job_titles.rules", "job_adverts", "emotion"])
def test_the_fields_hold_what_python_finds(tmp_path: Path, browser: Browser, model: str) -> None:
    predictor = exportable(open_model(model), model)
    texts = spread(Dataset.read(open_pack(model.partition(".")[0]).sample).texts, TEXTS)
    export(predictor, tmp_path / "model", samples=varied((), least=1))
    for name, content in form_files(tmp_path / "model", schema_of_model(tmp_path / "model"), model).items():
        path = tmp_path / "any/where" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
    with bare_server(tmp_path) as url, quiet_page(browser, f"{url}any/where/", ready="text=Type a text.") as page:
        found = [asked(page, text) for text in texts]
    expected = predictor.predict(texts)
    wrong = [
        (text, shown, should)
        for text, shown, annotation in zip(texts, found, expected, strict=True)
        if shown != (should := fields_of(text, annotation, predictor.schema))
    ]
    assert wrong == []
    assert any(any(each.values()) for each in found)


def asked(page: Page, text: str) -> Mapping[str, str]:
    found: Mapping[str, str] = page.evaluate(ASK, text)
    return found


def fields_of(text: str, annotation: Annotation, schema: Schema) -> dict[str, str]:
    """Return what belongs into each field."""
    parts = {
        label: [" ".join(text[s.start : s.end].split()) for s in annotation.spans or () if s.label == label]
        for label in schema.spans
    }
    answers = {
        task.name: [each.label for each in annotation.categories or () if each.task == task.name]
        for task in schema.tasks
    }
    order = {task.name: [each.name for each in task.labels] for task in schema.tasks}
    chosen = {name: sorted(labels, key=order[name].index) for name, labels in answers.items()}
    return {name: ", ".join(dict.fromkeys(found)) for name, found in {**parts, **chosen}.items()}
