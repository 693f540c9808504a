"""Random headlines are judged and repaired alike in Python and Node, and repairs always come to an end."""

from __future__ import annotations

import random
import runpy
from typing import Any

import pytest
from tests import spec
from tests.test_spec import random_texts

from textwright.formats.jsonl import annotation_data
from textwright.packs.job_titles.headline import RULES, headline_checks
from textwright.types import Annotation
from textwright.wrangle.checks import check, repaired, safe_repairs

pytestmark = [pytest.mark.verify, pytest.mark.node]

TEXTS = 20_000
CHECKS = headline_checks()
TOOL = runpy.run_path(str(spec.ROOT / "tools/make_headline_spec.py"))
mixtures, random_spans, finding_data = TOOL["mixtures"], TOOL["random_spans"], TOOL["finding_data"]


def vector_of(text: str, annotation: Annotation) -> dict[str, Any]:
    """Say in Python what is wrong with a text."""
    return {
        "findings": [finding_data(each) for each in check(text, CHECKS, annotation)],
        "repaired": repaired(text, CHECKS).text,
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_python_and_node_agree_on_random_texts(seed: int) -> None:
    rng = random.Random(seed)
    texts = [*mixtures(TEXTS, seed=seed), *random_texts(2_000, seed=seed)]
    annotations = [random_spans(text, rng) for text in texts]
    asked = [
        {"text": text, "spans": annotation_data(annotation)["spans"]}
        for text, annotation in zip(texts, annotations, strict=True)
    ]
    found = spec.in_node("headlines", asked, str(RULES))
    expected = map(vector_of, texts, annotations)
    differing = [(a, b, c) for a, b, c in zip(texts, found, expected, strict=True) if b != c]
    assert differing[:3] == []


def test_repairs_come_to_an_end() -> None:
    left = [text for text in mixtures(TEXTS, seed=11) if safe_repairs(check(repaired(text, CHECKS).text, CHECKS))]
    assert left == []
