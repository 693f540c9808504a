"""What a format says it can hold comes back; what it cannot is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textwright import formats
from textwright.formats.losses import flat
from textwright.types import Annotation, Category, Example, Span, in_order

PIECES = [
    "Senior",
    "UX",
    "Nurse",
    " ",
    "  ",
    ", ",
    "-",
    "/",
    "👩‍💻",
    "🇬🇧",
    "𝕊",
    "e\u0301",
    "İ",
    "ß",
    "\r\n",
    "\n",
    "\r",
    "\t",
    "\u2028",
    "\xa0",
    "\ufeff",
    "\x00",
    "\x85",
    "מנהל",
    "مدير",
    "\u202e",
    '"',
    "'",
    "|",
    "#",
    "# text = x",
    "-DOCSTART-",
    "\n\n###\n\n",
    "{",
    "\\",
    "=1+1",
]
CATEGORIES = [("emotion", "joy"), ("emotion", "a=b"), ("category", "x"), ("category", "c=d"), ("ekman", "anger")]
LABELS = ["JOBTITLE", "SENIORITY", "LOCATION"]


@pytest.fixture(autouse=True, scope="module")
def known_pipelines() -> Iterator[None]:
    """Make spaCy's blank pipelines once: each takes longer than all else that is done with a made-up example."""
    import spacy

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spacy, "blank", cache(spacy.blank))
        yield


texts = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@st.composite
def spans_in(draw: st.DrawFn, text: str) -> tuple[Span, ...]:
    if not text:
        return ()
    places = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(places, places, st.sampled_from(LABELS)), max_size=4))
    return in_order({Span(min(a, b), max(a, b), label) for a, b, label in pairs if a != b})


@st.composite
def examples(draw: st.DrawFn) -> Example:
    text = draw(texts)
    spans = draw(st.none() | spans_in(text))
    categories = draw(st.none() | st.lists(st.sampled_from(CATEGORIES), max_size=2, unique=True))
    chosen = None if categories is None else tuple(Category(task, label) for task, label in categories)
    meta = draw(st.just({}) | st.just({"source": "board", "n": 1}))
    annotator = draw(st.none() | st.sampled_from(["a1", "7"]))
    return Example(draw(st.uuids()).hex, text, Annotation(spans, chosen), meta, annotator)


def without_overlap(example: Example) -> tuple[Span, ...]:
    spans = [s for s in example.gold.spans or () if example.text[s.start : s.end].strip()]
    return in_order(flat(spans))


ENDINGS = {
    "jsonl": ".jsonl",
    "doccano": ".jsonl",
    "prodigy": ".jsonl",
    "label_studio": ".json",
    "spacy": ".spacy",
    "conll": ".conll",
    "hugging_face": ".jsonl",
    "csv": ".csv",
    "parquet": ".parquet",
    "lines": ".txt",
    "chat": ".jsonl",
    "completion": ".jsonl",
}


def round_trip(name: str, given: list[Example], *, ending: str = "") -> list[Example]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"data{ending or ENDINGS[name]}"
        formats.write(path, given, format=name)
        return list(formats.read(path, format=name))


def holds(name: str, example: Example) -> bool:
    return not formats.count_losses([example], formats.FORMATS[name])


@pytest.mark.parametrize("name", formats.FORMATS)
@settings(deadline=None, max_examples=25)
@given(data=st.lists(examples(), max_size=3))
def test_what_a_format_holds_comes_back(name: str, data: list[Example]) -> None:
    held = [each for each in data if holds(name, each)]
    found = round_trip(name, held)
    assert [(each.text, each.gold) for each in found] == [(each.text, each.gold) for each in held]


KEEPS_ALL = ["jsonl", "doccano", "prodigy", "spacy", "hugging_face", "csv", "parquet", "label_studio"]


@pytest.mark.parametrize("name", KEEPS_ALL)
@settings(deadline=None, max_examples=25)
@given(data=st.lists(examples(), max_size=3))
def test_id_meta_and_annotator_come_back_too(name: str, data: list[Example]) -> None:
    held = [each for each in data if holds(name, each) and each.gold != Annotation()]
    assert round_trip(name, held) == held


@settings(deadline=None, max_examples=25)
@given(data=st.lists(examples(), max_size=3))
def test_hugging_face_parquet_holds_everything(data: list[Example]) -> None:
    assert round_trip("hugging_face", data, ending=".parquet") == data


@pytest.mark.parametrize("name", ["jsonl", "doccano", "prodigy", "spacy", "hugging_face", "csv", "parquet", "conll"])
def test_a_second_trip_changes_nothing(name: str) -> None:
    first = [Example("t-1", "Senior Nurse", Annotation(spans=()))]
    assert round_trip(name, round_trip(name, first)) == round_trip(name, first)


@pytest.mark.parametrize("name", formats.FORMATS)
def test_no_examples_give_a_file_without_any(name: str) -> None:
    assert round_trip(name, []) == []


@settings(deadline=None, max_examples=25)
@given(example=examples())
def test_a_lossy_conll_file_keeps_the_outermost_spans(example: Example) -> None:
    bare = replace(example, gold=Annotation(without_overlap(example)), meta={}, annotator=None)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "data.conll"
        formats.write(path, [bare], lossy=True)
        [found] = formats.read(path, format="conll")
    assert found.text == bare.text
    assert len(found.gold.spans or ()) == len(bare.gold.spans or ())
