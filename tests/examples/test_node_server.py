"""The small Node server of examples/ gives the answers of Python."""

from __future__ import annotations

import json
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests import spec
from textwright.formats.jsonl import annotation_data
from textwright.predictors.onnx import OnnxPredictor

pytestmark = pytest.mark.node
TEXTS = ["Senior UX Researcher, Leeds", "", "👩‍💻 Head of Design & Research (m/f/d)", "Chef"]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the server beside an installed runtime; it must stop in order."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copy(spec.ROOT / "examples/node_server/server.mjs", folder)
    package = folder / "node_modules/textwright"
    shutil.copytree(spec.ROOT / "src/textwright/server/web/runtime", package)
    (package / "package.json").write_text('{"name": "textwright", "type": "module", "exports": "./textwright.js"}')
    command = [spec.node(), "server.mjs", spec.NETWORK, "0"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        yield process.stderr.readline().split()[0]
        process.terminate()
        assert process.wait(timeout=60) == 0


def asked(url: str, body: bytes) -> tuple[int, dict[str, Any]]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body), timeout=60) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_it_answers_as_python(url: str) -> None:
    status, answer = asked(url, json.dumps({"texts": TEXTS}).encode())
    expected = [annotation_data(each) for each in OnnxPredictor.open(spec.NETWORK).predict(TEXTS)]
    assert status == 200
    assert [each["spans"] for each in answer["annotations"]] == [each["spans"] for each in expected]


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 422), (b"null", 422), (b'{"texts": [1]}', 422), (b'{"texts": "a"}', 422), (b" " * 1_000_001, 413)],
)
def test_what_it_cannot_read_is_refused(url: str, body: bytes, status: int) -> None:
    found, answer = asked(url, body)
    assert found == status
    assert "detail" in answer
