from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.train.tiny_texts import DEV, TRAIN, trainer
from textwright.bundle import export
from textwright.decode import decode
from textwright.errors import ModelError
from textwright.parity import broken_promises
from textwright.predictor import answers
from textwright.predictors.features import Features, encode, mix
from textwright.predictors.folder import GRAPH
from textwright.predictors.opinions import sentences
from textwright.predictors.text import TextPredictor
from textwright.predictors.text_features import TextFeatures, encode_text, mixed
from textwright.references import open_model
from textwright.testing import HOSTILE_TEXTS, check_predictor

TEXT = "Look, the wind. How awful!"


@pytest.fixture(scope="module")
def model() -> TextPredictor:
    return trainer().fit(TRAIN, DEV)


@pytest.fixture
def folder(model: TextPredictor, tmp_path: Path) -> Path:
    export(model, tmp_path / "model", samples=[*HOSTILE_TEXTS, TEXT])
    return tmp_path / "model"


def test_an_opened_folder_answers_as_before(model: TextPredictor, folder: Path) -> None:
    texts = [each.text for each in DEV]
    opened = open_model(str(folder))
    assert isinstance(opened, TextPredictor)
    assert opened.score(texts) == model.score(texts)
    assert broken_promises(opened, folder) == []
    check_predictor(opened)


def test_the_sentences_that_decided_are_shown(model: TextPredictor) -> None:
    [spans] = model.evidence([TEXT])
    best = {span.label: TEXT[span.start : span.end] for span in sorted(spans, key=lambda span: span.score or 0)}
    assert best == {"weather": "Look, the wind.", "sad": "How awful!"}


def test_all_sentences_with_the_bias_are_all_of_the_answer(model: TextPredictor) -> None:
    opinion = model.opinion(encode_text(TEXT, model.features))
    every = [span for span in model.evidence([TEXT], every=True)[0] if span.label == "sad"]
    assert [TEXT[span.start : span.end] for span in every] == ["Look, the wind.", "How awful!"]
    told = sum(span.score or 0 for span in every)
    assert told + opinion.bias[1] - opinion.bias[0] == pytest.approx(opinion.total[1] - opinion.total[0], abs=1e-3)


def test_what_the_words_add_and_the_bias_are_all_of_the_answer(model: TextPredictor) -> None:
    opinion = model.opinion(encode_text(TEXT, model.features))
    by_hand = np.exp(opinion.bias + opinion.added.sum(axis=0))[:2]
    chances = {each.label: each.score for each in model.score([TEXT])[0].categories}
    assert [chances["glad"], chances["sad"]] == pytest.approx(list(by_hand / by_hand.sum()), rel=1e-4)


def test_answers_note_the_evidence_as_plain_data(model: TextPredictor) -> None:
    [answer] = answers(model, [TEXT])
    assert answer.annotation == model.predict([TEXT])[0]
    assert {each["label"] for each in answer.notes["evidence"]} == {"weather", "sad"}


def test_a_text_without_words_has_an_answer_and_no_evidence(model: TextPredictor) -> None:
    assert model.evidence(["", " \n"]) == [[], []]
    assert len(model.score([""])[0].categories) == 4


def test_equally_long_texts_longer_than_the_window_do_not_change_each_other(model: TextPredictor) -> None:
    short, texts = replace(model, window=4), [f"{word} soup, so bad! How {word} it is" for word in ("glad", "awful")]
    together, alone = short.score(texts), [short.score([text])[0] for text in texts]
    for one, other in zip(together, alone, strict=True):
        assert [c.score for c in one.categories] == pytest.approx([c.score for c in other.categories], abs=1e-6)


def test_a_text_longer_than_the_window_is_read_to_its_end(model: TextPredictor) -> None:
    text = "Look " * 50 + "the wind. How awful! So bad!"
    short = replace(model, window=16)
    opinion = short.opinion(encode_text(text, model.features))
    assert opinion.added.shape[0] == len(opinion.words.rows) == 59
    assert abs(opinion.added[-6:]).sum() > 0
    assert {each.label for each in short.predict(["How awful! " * 300])[0].categories or ()} >= {"sad"}


def test_texts_are_read_together_and_say_what_they_say_alone(model: TextPredictor) -> None:
    texts = [each.text for each in DEV] * 3 + ["", "Look", TEXT]
    together = model.score(texts)
    alone = [model.score([text])[0] for text in texts]
    for one, other in zip(together, alone, strict=True):
        assert [c.score for c in one.categories] == pytest.approx([c.score for c in other.categories], abs=1e-6)
    chosen = [decode(scores, model.schema).categories for scores in together]
    assert [answer.categories for answer in model.predict(texts)] == chosen


def test_temperature_changes_probabilities_and_no_answer(model: TextPredictor) -> None:
    warm = replace(model, reader=replace(model.reader, temperature={"mood": 3.0}))
    assert warm.predict([TEXT]) == model.predict([TEXT])
    sure, unsure = (max(each.score or 0 for each in m.score([TEXT])[0].categories[:2]) for m in (model, warm))
    assert 0.5 < unsure < sure


def test_a_damaged_graph_is_refused(folder: Path) -> None:
    (folder / GRAPH).write_bytes(b"x")
    with pytest.raises(ModelError, match="damaged or was replaced"):
        TextPredictor.open(folder)


def test_features_of_another_version_are_refused() -> None:
    with pytest.raises(ModelError, match="not those of this version"):
        TextFeatures.from_data({"words": {"rows": 1}, "triples": True})


def test_words_are_numbered_with_the_next_one_and_gaps_are_left_out() -> None:
    features = TextFeatures(Features(rows=1000, width=4))
    encoded = encode_text("our client\n\nour client", features)
    plain = encode("our client our client", features.words)
    assert encoded.starts == (0, 4, 12, 16)
    assert [tuple(row[:4]) for row in encoded.rows.tolist()] == list(plain.rows)
    pairs = encoded.rows[:, 4].tolist()
    assert pairs[0] == pairs[2] != pairs[1] != pairs[3]


def test_many_hashes_are_mixed_as_one_is() -> None:
    codes = [0, 1, 77, 4_000_000_000]
    assert mixed(np.array(codes, dtype=np.uint32)).tolist() == [mix(code) for code in codes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("One. Two", ["One.", "Two"]),
        ("e.g. this, 3.5 times", ["e.g. this, 3.5 times"]),
        ("A line\nanother \r\n\n third", ["A line", "another", "third"]),
        ("Skills: • one • two", ["Skills:", "• one", "• two"]),
        ("Gut. Über uns. Alles. und so", ["Gut.", "Über uns.", "Alles. und so"]),
        ("J’ai dit. « Oui » ! École.", ["J’ai dit.", "« Oui » !", "École."]),
        ("Работаем. Есть вопрос? Да.", ["Работаем.", "Есть вопрос?", "Да."]),
        ("مرحبا. كيف حالك؟ جيد.", ["مرحبا.", "كيف حالك؟", "جيد."]),
        ("हम यहाँ हैं। वह वहाँ है।", ["हम यहाँ हैं।", "वह वहाँ है।"]),
        ("这是第一句。这是“第二句！”第三句？！𠮷好", ["这是第一句。", "这是“第二句！”", "第三句？！", "𠮷好"]),
        ("本です。 「終わり。」はい", ["本です。", "「終わり。」", "はい"]),
        ("x" * 700, ["x" * 300, "x" * 300, "x" * 100]),
    ],
)
def test_texts_are_cut_into_sentences(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == found


def test_a_long_sentence_is_cut_between_words_and_nothing_is_lost() -> None:
    text = "word " * 200
    cut = [text[start:end] for start, end in sentences(text)]
    assert max(map(len, cut)) <= 300
    assert " ".join(cut).split() == text.split()
