"""All shared gold that was made into answers is found again, and a spoiled answer invents no offset."""

from __future__ import annotations

import importlib.util
import os
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.verify

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))
needs_titles = pytest.mark.skipif(not (SHARED / "data/titles").exists(), reason="the shared titles are not here")


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_grounding", ROOT / "bench/grounding.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@needs_titles
def test_all_gold_comes_back(bench: ModuleType) -> None:
    examples = bench.gold(None)
    answers = [(each, bench.said_of(each, numbers=True)) for each in examples]
    counts = bench.tallied(answers, bench.ours)
    assert counts["text"] == counts["texts"] == len(examples) > 10_000


@needs_titles
def test_no_spoiled_answer_invents_an_offset(bench: ModuleType) -> None:
    examples, dice = bench.gold(1500), random.Random(1)
    wrong = {}
    for name, spoil in bench.KINDS.items():
        answers = [(each, spoil(bench.said_of(each, numbers=False), dice, each.text)) for each in examples]
        wrong[name] = bench.tallied([pair for pair in answers if pair[1]], bench.ours)["wrong"]
    assert wrong == dict.fromkeys(bench.KINDS, 0)


@needs_titles
def test_differences_of_form_hardly_cost_anything(bench: ModuleType) -> None:
    examples, dice = bench.gold(1500), random.Random(2)
    for name in ("other case", "other quotes, dashes", "other white space", "other Unicode, entities"):
        answers = [(each, bench.KINDS[name](bench.said_of(each, numbers=False), dice, each.text)) for each in examples]
        counts = bench.tallied(answers, bench.ours)
        assert counts["found"] >= 0.99 * counts["targets"], name
