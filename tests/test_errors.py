"""Errors that go from one process to another arrive as they were."""

from __future__ import annotations

import copy
import pickle

import pytest

from textwright.errors import CallError, MissingExtraError, PredictionError, TextwrightError


@pytest.mark.parametrize(
    "error",
    [
        CallError("timeout", "no answer came", final=True, calls=4),
        MissingExtraError("openai", "llm"),
        PredictionError(7, "the text is empty"),
    ],
)
def test_an_error_arrives_with_all_it_says(error: TextwrightError) -> None:
    for arrived in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(arrived) is type(error)
        assert str(arrived) == str(error)
        assert vars(arrived) == vars(error)
