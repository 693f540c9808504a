"""The examples of docs/in-your-page.md work as they stand there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import spec

PAGE = (spec.ROOT / "docs/in-your-page.md").read_text(encoding="utf-8")
RUNTIME = spec.ROOT / "src/textwright/server/web/runtime/textwright.js"


def block(language: str) -> str:
    """Return the page's last example in a language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[-1]


@pytest.mark.browser
def test_the_page(browser: Browser, url: str) -> None:
    page = browser.new_page()
    page.route("**/mine.html", lambda route: route.fulfill(body=block("html"), content_type="text/html"))
    page.goto(f"{url}mine.html")
    page.wait_for_function("() => document.querySelector('#found').textContent.includes('SENIORITY: Senior')")
    page.fill("#title", "Junior Chef")
    page.wait_for_function("() => document.querySelector('#found').textContent.includes('SENIORITY: Junior')")
    page.close()


@pytest.mark.node
def test_the_node_script(tmp_path: Path) -> None:
    shutil.copy(RUNTIME, tmp_path)
    shutil.copytree(spec.RULES, tmp_path / "my-rules")
    shutil.copy(spec.RULES.parent / "schema.toml", tmp_path)
    (tmp_path / "script.mjs").write_text(block("js"))
    done = subprocess.run([spec.node(), "script.mjs"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "label: 'SENIORITY'" in done.stdout


def test_every_public_name_is_documented() -> None:
    exported = re.search(r"export ?\{([^}]*)\}", RUNTIME.read_text(encoding="utf-8"), re.DOTALL)
    assert exported is not None
    names = {name.split(" as ")[-1].strip() for name in exported[1].split(",")}
    assert {name for name in names if f"`{name}" not in PAGE and f"await {name}(" not in PAGE} == set()
