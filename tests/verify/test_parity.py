"""Models give the same answers in Python, Node and three engines on texts that nobody wrote for the test."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import spec
from tests.browser.conftest import engines, served, tab
from tests.browser.engines import Tab
from tests.browser.test_parity import answers

from textwright.bundle import export, exportable
from textwright.parity import broken_in_node, differences, promised
from textwright.references import open_model

__all__ = ["engines", "tab"]  # fixtures

pytestmark = pytest.mark.verify

SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", spec.ROOT.parent / "shared")) / "data"
TITLES, ADVERTS, COMMENTS = "titles/unlabelled.jsonl", "adverts/adverts.jsonl.gz", "emotion/dev.jsonl.gz"
MODELS = {
    "job_titles": (TITLES, 5_000),
    "job_titles.rules": (TITLES, 5_000),
    "job_adverts": (ADVERTS, 500),
    "job_adverts.linear": (ADVERTS, 500),
    "emotion": (COMMENTS, 2_000),
    "emotion.linear": (COMMENTS, 2_000),
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(*MODELS) as found:
        yield found


@pytest.fixture(scope="module", params=MODELS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def folder(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the model with promises on many texts."""
    source, count = MODELS[name]
    path = SHARED / source
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    texts = list(dict.fromkeys(json.loads(line)["text"] for line in content.splitlines()[:count]))
    made = tmp_path_factory.mktemp("models") / name
    export(exportable(open_model(name), name), made, samples=texts)
    assert len(promised(made)) > 0.9 * count
    return made


def test_node_agrees(folder: Path) -> None:
    assert broken_in_node([folder], spec.node()) == [[]]


def test_each_engine_agrees(tab: Tab, name: str, folder: Path) -> None:
    taken = promised(folder)
    assert differences(taken, answers(tab, name, [each["text"] for each in taken])) == []
