"""spec/network.json binds Python; the tests of the runtime read it too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from textwright.decode import Candidate, best_spans
from textwright.predictors.features import Features, encode

SPEC = json.loads((Path(__file__).parents[1] / "spec" / "network.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SPEC["encode"], ids=lambda case: case["text"][:20])
def test_texts_are_encoded_as_specified(case: dict[str, Any]) -> None:
    found = encode(case["text"], Features.from_data(SPEC["features"]))
    assert [list(found.starts), list(found.ends), [list(rows) for rows in found.rows]] == [
        case["starts"],
        case["ends"],
        case["rows"],
    ]


@pytest.mark.parametrize("case", SPEC["decode"])
def test_the_best_sets_are_those_specified(case: dict[str, Any]) -> None:
    found = best_spans([Candidate(*each) for each in case["candidates"]], SPEC["nesting"])
    assert [list(each) for each in found] == case["best"]
