"""What must hold of a journey: figures as everywhere else, a form that runs without us, nothing lost by a kill."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from playwright.sync_api import Browser, Page, expect

from tests.browser.quiet import quiet_page
from tests.browser.start.bare import bare_server
from tests.browser.start.newcomer import PATIENCE
from tests.browser.start.process import Command
from textwright.cli import run
from textwright.references import open_model

FIELDS = """() => Object.fromEntries(
    [...document.querySelectorAll("[data-label]")].map((each) => [each.dataset.label, each.value]),
)"""


LISTEN = """() => {
    const once = { once: true };
    window.answered = new Promise((done) => addEventListener("filled", ({ detail }) => done(detail.text), once));
}"""


def asked(page: Page, path: str) -> Any:
    """Ask the project's server what the page asks it."""
    return page.evaluate("path => fetch(path, { cache: 'no-store' }).then((answer) => answer.json())", path)


# --- figures ------------------------------------------------------------------------------------


def figures_of_page(page: Page, method: str) -> dict[str, Any]:
    """Return what the page shows of a method: of the whole text, and of each label."""
    found = asked(page, "api/steps/judge")["found"]
    shown = next(each for each in found["methods"] if each["name"] == method)
    row = page.get_by_role("row", name=shown["title"]).first
    expect(row).to_contain_text(f"{round(shown['right'] * found['texts'])} of {found['texts']}")
    return {
        "whole_text": [shown["right"], shown["low"], shown["high"]],
        **{each["name"]: [each["right"], each["low"], each["high"]] for each in shown["scores"]},
    }


def figures_of_command(project: Path) -> dict[str, Any]:
    """Return what `textwright evaluate` says of the shipped model on the texts that were set aside."""
    file = project / "evaluated.json"
    asked_for = [f"{project / 'model'}/", str(project / "held_out.jsonl"), "--json", str(file)]
    assert run(["evaluate", *asked_for]) == 0
    report = json.loads(file.read_text(encoding="utf-8"))
    whole = report["whole_text"]
    return {
        "whole_text": [whole["accuracy"], whole["low"], whole["high"]],
        **{name: [each["accuracy"], each["low"], each["high"]] for name, each in report["exact"].items()},
    }


# --- the download -------------------------------------------------------------------------------


def unpacked(file: Path) -> Path:
    """Unzip the form; return its folder."""
    with ZipFile(file) as content:
        content.extractall(file.parent)
    return file.parent / "form"


def filled(browser: Browser, folder: Path, texts: Sequence[str]) -> list[Mapping[str, str]]:
    """Type texts into the form on a bare static server, and read its fields."""
    with bare_server(folder) as url, quiet_page(browser, url, ready="[data-text]") as page:
        expect(page.get_by_role("status")).to_have_text("Type a text.", timeout=PATIENCE)
        return [_typed(page, text) for text in texts]


def _typed(page: Page, text: str) -> Mapping[str, str]:
    page.evaluate(LISTEN)
    page.get_by_label("Text", exact=True).fill(text)
    assert page.evaluate("answered") == text
    found: Mapping[str, str] = page.evaluate(FIELDS)
    return found


def expected(model: Path, texts: Sequence[str], labels: Sequence[str]) -> list[Mapping[str, str]]:
    """Say what the form's fields must hold: what the model finds in Python."""
    answers = open_model(f"{model}/").predict(texts)
    return [
        {label: ", ".join(dict.fromkeys(_parts(text, answer, label))) for label in labels}
        for text, answer in zip(texts, answers, strict=True)
    ]


def _parts(text: str, answer: Any, label: str) -> list[str]:
    return [text[span.start : span.end] for span in answer.spans or () if span.label == label]


# --- kills --------------------------------------------------------------------------------------


def killed_and_opened_again(command: Command, page: Page, *, children: bool = True) -> None:
    """Kill the server, start it again, and open its address: all is where it was."""
    before, step = asked(page, "api/steps"), page.get_by_role("heading", level=1).inner_text()
    command.kill(children=children)
    command.start()
    page.goto("about:blank")
    page.goto(command.url)
    expect(page.get_by_role("heading", level=1)).to_have_text(step, timeout=PATIENCE)
    after = asked(page, "api/steps")
    assert [each for each in after["steps"] if each not in before["steps"]] == []
    assert after == before
