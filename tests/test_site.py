"""The reference on the site shows a default as what one gets, not as how the source says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def shown() -> Any:
    """Read the whole package once, as the site does."""
    griffe: Any = pytest.importorskip("griffe")
    extensions = griffe.load_extensions(str(ROOT / "tools" / "site_docstrings.py"))
    return griffe.load("textwright", search_paths=[ROOT / "src"], extensions=extensions)


@pytest.mark.parametrize(
    ("module", "name", "expected"),
    [
        ("types", "Example", {"gold": "Annotation()", "meta": "{}", "annotator": "None", "extra": "{}"}),
        ("types", "Answer", {"problem": "None", "usage": "None", "notes": "{}"}),
        ("types", "Span", {"score": "None"}),
        ("schema", "Schema", {"name": "''", "guideline": "''", "open": "False"}),
        ("train.distil", "TextDistilTrainer", {"student": "TextNetworkTrainer()"}),
        ("train.text_network", "TextNetworkTrainer", {"settings": "Settings(epochs=30, rate=0.003)"}),
    ],
)
def test_default_is_shown_as_it_would_be_written(shown: Any, module: str, name: str, expected: dict[str, str]) -> None:
    found = shown[f"{module}.{name}"]
    assert {each.name: str(each.default) for each in found.parameters if each.name in expected} == expected
    assert {key: str(found.attributes[key].value) for key in expected} == expected
