"""spaCy's DocBin."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy import tokens

from textwright import formats
from textwright.errors import DataError
from textwright.types import Annotation, Category, Example, Span


def docs_of(path: Path) -> list[object]:
    return list(tokens.DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def read(folder: Path, doc: object) -> Example:
    path = folder / "d.spacy"
    tokens.DocBin(docs=[doc], store_user_data=True).to_disk(path)
    [example] = formats.read(path)
    return example


def test_nested_spans_go_to_the_group_sc_and_not_to_the_entities(tmp_path: Path) -> None:
    spans = (Span(0, 12, "JOBTITLE"), Span(0, 6, "SENIORITY"))
    formats.write(tmp_path / "d.spacy", [Example("1", "Senior Nurse", Annotation(spans))])
    [doc] = docs_of(tmp_path / "d.spacy")
    assert [(each.text, each.label_) for each in doc.spans["sc"]] == [
        ("Senior Nurse", "JOBTITLE"),
        ("Senior", "SENIORITY"),
    ]
    assert list(doc.ents) == []


def test_flat_spans_are_entities_too(tmp_path: Path) -> None:
    formats.write(tmp_path / "d.spacy", [Example("1", "Senior Nurse", Annotation((Span(0, 6, "SENIORITY"),)))])
    [doc] = docs_of(tmp_path / "d.spacy")
    assert [(each.text, each.label_) for each in doc.ents] == [("Senior", "SENIORITY")]


def test_a_span_inside_a_token_cuts_it(tmp_path: Path) -> None:
    formats.write(tmp_path / "d.spacy", [Example("1", "Webdesigner", Annotation((Span(3, 11, "CORE"),)))])
    [doc] = docs_of(tmp_path / "d.spacy")
    assert ([each.text for each in doc], doc.text) == (["Web", "designer"], "Webdesigner")


def test_every_label_of_a_task_has_a_value(tmp_path: Path) -> None:
    examples = [
        Example("1", "a", Annotation(None, (Category("emotion", "joy"),))),
        Example("2", "b", Annotation(None, ())),
    ]
    examples.append(Example("3", "c"))
    formats.write(tmp_path / "d.spacy", examples)
    found = [doc.cats for doc in docs_of(tmp_path / "d.spacy")]
    assert found == [{"emotion=joy": 1.0}, {"emotion=joy": 0.0}, {}]


def test_entities_are_read_where_there_are_no_groups(tmp_path: Path) -> None:
    doc = spacy.blank("en")("Senior Nurse")
    doc.set_ents([doc.char_span(0, 6, label="SENIORITY")])
    doc.cats = {"joy": 0.9, "fear": 0.1}
    example = read(tmp_path, doc)
    assert example.gold == Annotation((Span(0, 6, "SENIORITY"),), (Category("category", "joy"),))
    assert example.gold.categories[0].score == 0.9


def test_another_group_is_read_where_there_is_no_sc(tmp_path: Path) -> None:
    doc = spacy.blank("en")("Senior Nurse")
    doc.spans["jobs"] = [doc.char_span(0, 12, label="JOB")]
    assert read(tmp_path, doc).gold.spans == (Span(0, 12, "JOB"),)


def test_a_document_without_entities_is_not_annotated(tmp_path: Path) -> None:
    assert read(tmp_path, spacy.blank("en")("Senior Nurse")).gold == Annotation()


def test_scores_are_kept(tmp_path: Path) -> None:
    spans = (Span(0, 6, "A", 0.25), Span(7, 12, "A"))
    formats.write(tmp_path / "d.spacy", [Example("1", "Senior Nurse", Annotation(spans))])
    [example] = formats.read(tmp_path / "d.spacy")
    assert [each.score for each in example.gold.spans] == [0.25, None]


def test_what_is_no_docbin_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.spacy"
    path.write_bytes(b"no DocBin")
    with pytest.raises(DataError, match="not a DocBin"):
        list(formats.read(path))
