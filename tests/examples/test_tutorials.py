"""What the tutorials show works as it stands there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import spec

RUNTIME = spec.ROOT / "src/textwright/server/web/runtime"


def blocks(page: str, language: str) -> list[str]:
    """Return the examples of a tutorial in a language."""
    text = (spec.ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Put the tutorials' pages beside runtime and model on a host that knows nothing but files."""
    folder = tmp_path_factory.mktemp("public")
    shutil.copytree(RUNTIME, folder / "runtime")
    shutil.copytree(spec.NETWORK, folder / "models/job_titles")
    (folder / "mine.html").write_text(blocks("tutorial-page.md", "html")[0], encoding="utf-8")
    (folder / "form.html").write_text(blocks("tutorial-form.md", "html")[0], encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.set_default_timeout(60_000)
    messages: list[str] = []
    opened.on("pageerror", lambda error: messages.append(str(error)))
    yield opened
    opened.close()
    assert messages == []


@pytest.mark.browser
def test_the_page_marks_what_is_typed(page: Page, host: str) -> None:
    with page.expect_worker():
        page.goto(f"{host}mine.html")
    page.fill("#title", "Junior Chef, Leeds")
    page.wait_for_function("() => document.querySelector('#found').textContent.includes('LOCATION: Leeds')")
    assert (
        page.text_content("#found")
        == "JOBTITLE: Junior Chef · SENIORITY: Junior · COREJOBTITLE: Chef · LOCATION: Leeds"
    )


@pytest.mark.browser
def test_the_form_fills_itself_but_not_over_what_was_typed(page: Page, host: str) -> None:
    with page.expect_worker():
        page.goto(f"{host}form.html")
    page.fill("[name=LOCATION]", "Leith")
    page.fill("[name=headline]", "Lead UX researcher - Part time, Edinburgh")
    page.wait_for_function("() => document.querySelector('[name=JOBTITLE]').value !== ''")
    fields = ("JOBTITLE", "SENIORITY", "LOCATION", "EMPLOYMENT_TYPE", "SALARY")
    found = {name: page.input_value(f"[name={name}]") for name in fields}
    assert found == {
        "JOBTITLE": "Lead UX researcher",
        "SENIORITY": "Lead",
        "LOCATION": "Leith",
        "EMPLOYMENT_TYPE": "Part time",
        "SALARY": "",
    }


@pytest.mark.node
def test_the_node_scripts(tmp_path: Path) -> None:
    package = tmp_path / "node_modules/textwright"
    shutil.copytree(RUNTIME, package)
    (package / "package.json").write_text('{"name": "textwright", "type": "module", "exports": "./textwright.js"}')
    shutil.copytree(spec.NETWORK, tmp_path / "job_titles")
    titles = {"text": "👩‍💻 Chef, Leeds", "pay": 3, "categories": [{"task": "advertiser", "label": "agency"}]}
    (tmp_path / "titles.jsonl").write_text(json.dumps(titles), encoding="utf-8")
    printed = [run_script(tmp_path, script) for script in blocks("tutorial-node.md", "js")]
    assert printed[0].splitlines()[0] == "JOBTITLE 0 20"
    [line] = (tmp_path / "found.jsonl").read_text(encoding="utf-8").splitlines()
    found = json.loads(line)
    assert [found["pay"], found["categories"]] == [3, titles["categories"]]
    assert {"Chef", "Leeds"} <= {found["text"][span["start"] : span["end"]] for span in found["spans"]}


def run_script(folder: Path, script: str) -> str:
    (folder / "script.mjs").write_text(script, encoding="utf-8")
    done = subprocess.run([spec.node(), "script.mjs"], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout
