"""spec/network.json binds Python; the tests of the runtime read it too."""

from __future__ import annotations

import importlib.util
import json
from typing import Any

import numpy as np
import pytest

from tests import spec
from textwright.decode import Candidate, best_spans, decode
from textwright.formats.jsonl import annotation_data
from textwright.predictors.features import Encoded, Features, encode
from textwright.predictors.windows import Scored, Window, annotations_of, part_batches, scores_of
from textwright.schema import Schema
from textwright.types import Category, Scores, Span

SPEC = json.loads((spec.ROOT / "spec/network.json").read_text(encoding="utf-8"))
WINDOW = Window(words=6, stride=3, reach=1)


@pytest.mark.parametrize("case", SPEC["encode"], ids=lambda case: ascii(case["text"][:20]))
def test_texts_are_encoded_as_specified(case: dict[str, Any]) -> None:
    is_encoded_as_specified(case, Features.from_data(SPEC["features"]))


@pytest.mark.parametrize("case", SPEC["encode_whole"], ids=lambda case: ascii(case["text"][:20]))
def test_texts_are_encoded_as_models_of_earlier_versions_do(case: dict[str, Any]) -> None:
    is_encoded_as_specified(case, Features.from_data({**SPEC["features"], "characters": False}))


def is_encoded_as_specified(case: dict[str, Any], features: Features) -> None:
    found = encode(case["text"], features)
    assert [list(found.starts), list(found.ends), [list(rows) for rows in found.rows]] == [
        case["starts"],
        case["ends"],
        case["rows"],
    ]


@pytest.mark.parametrize("case", SPEC["best"])
def test_the_best_sets_are_those_specified(case: dict[str, Any]) -> None:
    found = best_spans([Candidate(*each) for each in case["candidates"]], SPEC["nestings"][case["nesting"]])
    assert [list(each) for each in found] == case["best"]


@pytest.mark.parametrize("case", SPEC["decode"])
def test_probabilities_decide_as_specified(case: dict[str, Any]) -> None:
    scores = Scores(tuple(Span(*span) for span in case["spans"]), tuple(Category(*each) for each in case["categories"]))
    schema, thresholds = Schema.from_data(SPEC["schemas"][case["schema"]]), SPEC["thresholds"][case["thresholds"]]
    assert annotation_data(decode(scores, schema, thresholds=thresholds)) == case["annotation"]


@pytest.mark.parametrize("case", SPEC["windows"], ids=lambda case: str(case["words"]))
def test_long_texts_are_cut_as_specified(case: dict[str, Any]) -> None:
    parts = WINDOW.parts(case["words"]) if case["words"] else ()
    assert [list(part) for part in parts] == case["parts"]


@pytest.mark.parametrize("case", SPEC["read"])
def test_a_graph_s_scores_say_what_is_specified(case: dict[str, Any]) -> None:
    nesting = SPEC["nestings"][case["nesting"]]
    [annotation] = annotations_of(scored(case), 1, nesting)
    assert [[s.start, s.end, s.label] for s in annotation.spans or ()] == case["spans"]
    [scores] = scores_of(scored(case), 1, nesting, temperature=case["temperature"])
    assert [[s.start, s.end, s.label] for s in scores.spans] == [likely[:3] for likely in case["likely"]]
    assert [s.score for s in scores.spans] == pytest.approx([likely[3] for likely in case["likely"]], abs=1e-6)


def scored(case: dict[str, Any]) -> Scored:
    """Put the scores of a case beside the parts to which they belong."""
    text = Encoded(tuple(case["starts"]), tuple(case["ends"]), tuple(() for _ in case["starts"]))
    batches = list(part_batches([text], WINDOW))
    firsts = sorted(part.first for parts in batches for part in parts)
    by_first = dict(zip(firsts, case["scores"], strict=True))
    return [(parts, np.array([by_first[part.first] for part in parts], dtype=np.float32)) for parts in batches]


def test_the_file_is_what_python_gives_now() -> None:
    path = spec.ROOT / "tools/make_network_spec.py"
    module = importlib.util.spec_from_file_location("make_network_spec", path)
    assert module is not None
    assert module.loader is not None
    made = importlib.util.module_from_spec(module)
    module.loader.exec_module(made)
    assert made.SPEC.read_text(encoding="utf-8") == made.content(), "stale: run tools/make_network_spec.py"
