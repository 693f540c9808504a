"""docs/experiments.md names every key, and its files are files that the reader takes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from tests.experiment.file.publishing import PUBLISHED
from textwright.experiment.file import shapes
from textwright.experiment.file.checks import Shape
from textwright.experiment.file.reader import from_data

PAGE = (Path(__file__).parents[3] / "docs/experiments.md").read_text(encoding="utf-8")
FILES = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SHAPES: dict[str, Shape] = {
    "the top": shapes.EXPERIMENT,
    "a data set": shapes.DATA,
    "a curve": shapes.CURVE,
    "a change": shapes.CHANGE,
    "tune": shapes.TUNE,
    **{str(kind): shape for kind, shape in shapes.METHODS.items()},
}


@pytest.mark.parametrize("text", FILES)
def test_file_of_the_page_is_read(text: str, tmp_path: Path) -> None:
    data = tomllib.loads(text)
    jsonschema.validate(data, PUBLISHED)
    assert from_data(data, tmp_path / "experiment.toml").methods


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_key_is_named(shape: Shape) -> None:
    assert [key for key in shape.keys if not re.search(rf"`\[*{key}\]*[` ]|^{key} = ", PAGE, re.MULTILINE)] == []
