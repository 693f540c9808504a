"""The public names: sorted, few, documented, and light to import."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import textwright

PAGE = (Path(__file__).parents[1] / "docs" / "python.md").read_text(encoding="utf-8")


def test_names_are_sorted_and_few() -> None:
    assert textwright.__all__ == sorted(set(textwright.__all__))
    assert len(textwright.__all__) <= 30


@pytest.mark.parametrize("name", textwright.__all__)
def test_name_can_be_fetched_and_says_what_it_is(name: str) -> None:
    assert (getattr(textwright, name).__doc__ or "").strip()
    assert name in dir(textwright)


def test_page_lists_the_public_names_and_no_other() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == textwright.__all__


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'evalute'"):
        _ = textwright.evalute  # type: ignore[attr-defined]


def test_evaluate_stays_the_function_when_its_folder_is_imported() -> None:
    import_module("textwright.evaluate.score")
    assert callable(textwright.evaluate)
    assert textwright.evaluate.__name__ == "evaluate"
