"""spaCy itself loads what we write, and trains on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import spacy
from spacy.training import converters, corpus

import textwright
from textwright import formats
from textwright.formats.base import Identify
from textwright.types import Annotation, Example

pytestmark = pytest.mark.verify

SAMPLE = Path(textwright.__file__).parent / "packs" / "job_titles" / "sample.jsonl"


@pytest.fixture(scope="module")
def bin_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("spacy") / "sample.spacy"
    formats.write(path, formats.read(SAMPLE))
    return path


def test_its_corpus_reader_gives_every_span_with_its_words(bin_path: Path) -> None:
    read = [example.reference for example in corpus.Corpus(bin_path)(spacy.blank("en"))]
    expected = list(formats.read(SAMPLE))
    assert [doc.text for doc in read] == [each.text for each in expected]
    for doc, example in zip(read, expected, strict=True):
        found = [(span.start_char, span.end_char, span.label_) for span in doc.spans["sc"]]
        assert found == [(span.start, span.end, span.label) for span in example.gold.spans or ()]


def test_its_span_categoriser_learns_from_it(bin_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("spancat", config={"spans_key": "sc"})
    data = list(corpus.Corpus(bin_path)(nlp))[:100]
    optimiser = nlp.initialize(lambda: data)
    first = nlp.update(data, sgd=optimiser)["spancat"]
    for _ in range(10):
        last = nlp.update(data, sgd=optimiser)["spancat"]
    assert last < first


def test_its_converter_reads_our_conll(tmp_path: Path) -> None:
    named = [each for each in with_derived_ids(formats.read(SAMPLE)) if is_plain(each.text)]
    path = tmp_path / "sample.conll"
    formats.write(path, named)
    docs = list(converters.conll_ner_to_docs(path.read_text().replace("\t", " "), n_sents=0, no_print=True))
    assert [token.text for doc in docs for token in doc] == [word for each in named for word in each.text.split()]
    places = [each.text[span.start : span.end] for each in named for span in each.gold.spans or ()]
    assert places
    assert [entity.text for doc in docs for entity in doc.ents] == places


def with_derived_ids(examples: Iterable[Example]) -> Iterator[Example]:
    """Keep the flat label alone, and nothing that would need a comment."""
    identify = Identify()
    for each in examples:
        spans = tuple(span for span in each.gold.spans or () if span.label == "LOCATION")
        yield Example(identify(each.text), each.text, Annotation(spans))


def is_plain(text: str) -> bool:
    return " ".join(text.split()) == text and text.replace(" ", "").isalpha()
