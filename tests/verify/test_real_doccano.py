"""A real doccano imports what we write, and we read what it exports: texts, ids and spans stay equal."""

from __future__ import annotations

import os
import subprocess
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

import textwright
from textwright import formats
from textwright.testing import HOSTILE_TEXTS
from textwright.types import Annotation, Category, Example, Span, in_order

pytestmark = pytest.mark.verify

# doccano 1.8.4 is of 2023 and asks for no upper bounds: what came later than it can bear is held back here.
PINS = ("doccano==1.8.4", "numpy<2", "marshmallow<4", "setuptools<70", "wheel")
CACHE = Path(os.environ.get("TEXTWRIGHT_CACHE", Path.home() / ".cache" / "textwright"))
SAMPLE = Path(textwright.__file__).parent / "packs" / "job_titles" / "sample.jsonl"

Trip = Callable[[list[Example], str], list[Example]]


@pytest.fixture(scope="session")
def doccano_python() -> Path:
    """Make doccano's own environment once, and keep it."""
    folder = CACHE / "doccano-1.8.4"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        # setuptools first: some of what doccano needs is built with it.
        subprocess.run([python, "-m", "pip", "install", "-q", *PINS[3:]], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PINS], check=True)
        (folder / "ready").touch()
    return python


@pytest.fixture
def trip(doccano_python: Path, tmp_path: Path) -> Trip:
    """Send examples through doccano."""

    def through(examples: list[Example], kind: str) -> list[Example]:
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        formats.write(source, examples, format="doccano")
        script = Path(__file__).parent / "doccano_trip.py"
        environment = {"PATH": os.environ["PATH"], "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
        done = subprocess.run(
            [doccano_python, script, source, target, kind], env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-2000:]
        assert formats.find_format(target).name == "doccano"
        return list(formats.read(target))

    return through


def essence(examples: list[Example]) -> list[tuple[object, ...]]:
    return [(each.id, each.text, each.gold, dict(each.meta)) for each in examples]


def test_the_sample_with_its_nested_spans_comes_back_equal(trip: Trip) -> None:
    examples = list(formats.read(SAMPLE))
    assert essence(trip(examples, "SequenceLabeling")) == essence(examples)


def test_hostile_texts_come_back_equal(trip: Trip) -> None:
    texts = [text for text in HOSTILE_TEXTS if text.strip()]
    whole = [in_order([Span(0, len(text), "A"), Span(len(text) // 2, len(text), "B")]) for text in texts]
    examples = [
        Example(f"h-{i}", text, Annotation(tuple(dict.fromkeys(spans))), {"n": i})
        for i, (text, spans) in enumerate(zip(texts, whole, strict=True))
    ]
    assert essence(trip(examples, "SequenceLabeling")) == essence(examples)


def test_categories_come_back_equal(trip: Trip) -> None:
    gold = Annotation(None, (Category("category", "agency"), Category("emotion", "joy")))
    examples = [Example("c-1", "Our client needs a nurse", gold, {"n": 1})]
    assert essence(trip(examples, "DocumentClassification")) == essence(examples)


def test_spans_with_categories_come_back_equal(trip: Trip) -> None:
    gold = Annotation((Span(0, 6, "SENIORITY"),), (Category("category", "direct"),))
    examples = [Example("i-1", "Senior Nurse", gold, {"n": 1})]
    assert essence(trip(examples, "IntentDetectionAndSlotFilling")) == essence(examples)


def test_relations_come_back_between_the_same_spans(trip: Trip) -> None:
    spans = (Span(0, 5, "ORG"), Span(10, 15, "ORG"))
    ids = [{"id": i, "start": s.start, "end": s.end, "label": s.label} for i, s in enumerate(spans, start=5)]
    link = {"id": 1, "from_id": 5, "to_id": 6, "type": "rival"}
    example = Example("r-1", "Apple and Tesla", Annotation(spans), extra={"relations": [link], "span_ids": ids})
    [found] = trip([example], "RelationExtraction")
    assert found.gold == example.gold
    [back] = found.extra["relations"]
    placed = {each["id"]: (each["start"], each["end"]) for each in found.extra["span_ids"]}
    assert (placed[back["from_id"]], placed[back["to_id"]], back["type"]) == ((0, 5), (10, 15), "rival")
