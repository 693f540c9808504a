"""The table of tokens: wink's columns, spaCy's answers on our tokens, in the user's data frame library."""

from __future__ import annotations

import string
import sys
from itertools import pairwise

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textwright.errors import DataError, MissingExtraError
from textwright.testing import HOSTILE_TEXTS
from textwright.wrangle import STOP_WORDS, Token, features, stem, tokenize
from textwright.wrangle.features import table, tagging
from textwright.wrangle.features.table import COLUMNS, TAGGED, backend_for, feature_columns
from textwright.wrangle.features.tagging import LONGEST_PART, Tagged, at_once, parts_of, readings, tagged
from textwright.wrangle.features.words import normal_of, shape_of, word_of

WITHOUT_MODEL = tuple(name for name in COLUMNS if name not in TAGGED)


def column(frame: object, name: str) -> list[object]:
    return nw.from_native(frame)[name].to_list()  # type: ignore[call-overload,no-any-return]


# --- words alone -------------------------------------------------------------------------------------

# What wink-nlp 2.4.0 with wink-eng-lite-web-model 1.8.1 says: normal form, shape, prefix, suffix, whether a stop word.
WINK = {
    "The": ("the", "Xxx", "Th", "The", True),
    "planning": ("planning", "xxxx", "pl", "ing", False),
    "12345": ("12345", "dddd", "12", "345", False),
    "O'Neil": ("o'neil", "X'Xxxx", "O'", "eil", False),
    "Café": ("café", "Xxxx", "Ca", "afé", False),
    "NAÏVE": ("naïve", "XXXX", "NA", "ÏVE", False),
    "iPhone12": ("iphone12", "xXxxxxdd", "iP", "e12", False),
    "https://a.org": ("https://a.org", "xxxx://x.xxx", "ht", "org", False),
    "B2B": ("b2b", "XdX", "B2", "B2B", False),
    "3.5": ("3.5", "d.d", "3.", "3.5", False),
    "ZÜRICH": ("zürich", "XXXX", "ZÜ", "ICH", False),
    "ﬁ": ("ﬁ", "ﬁ", "ﬁ", "ﬁ", False),
    "½": ("½", "½", "½", "½", False),
}


@pytest.mark.parametrize("word", WINK)
def test_words_are_described_as_by_wink(word: str) -> None:
    assert word_of(word) == WINK[word]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("planning", "plan"),
        ("planner", "planner"),
        ("planned", "plan"),
        ("u.s", "u.s"),
        ("12345s", "12345s"),
        ("nurse's", "nurs"),
    ],
)
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == stem(word.upper()) == expected


def test_stop_words_are_in_their_normal_form() -> None:
    assert len(STOP_WORDS) == 174
    assert all(normal_of(word) == word for word in STOP_WORDS)
    assert word_of("Don’t").stop_word


@given(st.text(max_size=200))
def test_shapes_show_no_letter_or_digit_of_ascii(word: str) -> None:
    assert set(shape_of(word)) & set(string.ascii_letters + string.digits) <= set("Xxd")


# --- the table ---------------------------------------------------------------------------------------


def test_planning_planner_and_planned() -> None:
    found = features("The planner was planning what they had planned.", backend="pandas")
    rows = found.set_index("text")[["part_of_speech", "lemma", "stem"]].to_dict("index")
    assert rows["planner"] == {"part_of_speech": "NOUN", "lemma": "planner", "stem": "planner"}
    assert rows["planning"] == rows["planned"] == {"part_of_speech": "VERB", "lemma": "plan", "stem": "plan"}
    assert list(found.columns) == list(COLUMNS)


def test_rows_are_the_tokens_of_each_text() -> None:
    texts = ["Jobs at example.org!", "", "  ", "C++ 👍🏽"]
    found = features(texts, columns=WITHOUT_MODEL, backend="polars")
    rows = found.select("document", "text", "start", "end", "kind").rows()
    cut = [(number, token) for number, text in enumerate(texts) for token in tokenize(text)]
    assert rows == [(number, *token) for number, token in cut if token.kind != "white_space"]


def test_sentences_are_numbered_in_each_text() -> None:
    found = features(["We plan. They build it.", "One more."], columns=("document", "sentence"), backend="polars")
    assert found.unique(maintain_order=True).rows() == [(0, 0), (0, 1), (1, 0)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=40) | st.sampled_from(HOSTILE_TEXTS), max_size=4))
def test_any_texts_have_a_table(texts: list[str]) -> None:
    found = features(texts, backend="polars")
    places = [*zip(column(found, "document"), column(found, "start"), column(found, "end"), strict=True)]
    shown = [text.encode("utf-8", "replace").decode() for text in texts]
    assert [shown[number][start:end] for number, start, end in places] == column(found, "text")
    assert all(first < second for first, second in pairwise(places))
    assert None not in column(found, "part_of_speech")


def test_texts_do_not_change_each_other() -> None:
    texts = ["Planning permission", "He is planning", "Lead planner"]
    alone = [next(feature_columns([text], columns=("lemma", "part_of_speech", "sentence"))) for text in texts]
    assert list(feature_columns(texts, columns=("lemma", "part_of_speech", "sentence"))) == alone


def test_texts_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def texts() -> object:
        for number in range(2000):
            taken.append(number)
            yield f"planner {number}"

    next(feature_columns(texts(), columns=("text",)))  # type: ignore[arg-type]
    assert len(taken) == 1


# --- the user's library ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("backend", "kind"), [("pandas", pd.DataFrame), ("polars", pl.DataFrame), ("pyarrow", pa.Table)]
)
@pytest.mark.parametrize("texts", [["one two", ""], []])
def test_frames_are_of_the_library_that_is_named(backend: str, kind: type, texts: list[str]) -> None:
    found = features(texts, backend=backend, columns=("document", "text", "stop_word"))
    assert isinstance(found, kind)
    assert dict(nw.from_native(found).schema) == {"document": nw.Int64, "text": nw.String, "stop_word": nw.Boolean}


@pytest.mark.parametrize("texts", [pd.Series(["one"]), pl.Series(["one"]), pa.chunked_array([["one"]])])
def test_a_column_gives_a_frame_of_its_library(texts: object) -> None:
    found = features(texts, columns=("text",))  # type: ignore[arg-type]
    assert type(found).__module__.split(".")[0] == type(texts).__module__.split(".")[0]
    assert column(found, "text") == ["one"]


def test_without_a_library_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pandas, polars or pyarrow.*pip install"):
        backend_for(["one"], None)
    with pytest.raises(DataError, match="polars is not installed"):
        backend_for(["one"], "polars")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"backend": "excel"}, "Known libraries: pandas, polars, pyarrow"),
        ({"columns": ("text", "colour")}, "no column 'colour'. Known columns: document"),
        ({"columns": ()}, "no columns"),
        ({"texts": pd.DataFrame({"text": ["one"]})}, "expected one of its columns"),
        ({"texts": ["one", None]}, r"texts\[1\]: found None, expected a text"),
    ],
)
def test_mistakes_are_told(wrong: dict[str, object], told: str) -> None:
    with pytest.raises(DataError, match=told):
        features(**{"texts": ["one"], "columns": ("text",), **wrong})  # type: ignore[arg-type]


def test_spacy_is_asked_for_only_where_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    tagging.language.cache_clear()
    assert column(features("one two", columns=WITHOUT_MODEL), "text") == ["one", "two"]
    with pytest.raises(MissingExtraError, match=r"pip install 'textwright\[spacy\]'"):
        features("one two")
    monkeypatch.undo()
    tagging.language.cache_clear()


# --- spaCy's pieces on our tokens --------------------------------------------------------------------

PIECES = Tagged(
    starts=(0, 2, 6, 7, 11, 15),
    ends=(2, 5, 7, 10, 14, 16),
    tags=("AUX", "PART", "SYM", "NUM", "PROPN", "PUNCT"),
    lemmas=("do", "not", "£", "50k", "C++", "."),
    sentences=(0, 0, 0, 0, 0, 0),
)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (Token("don't", 0, 5, "word"), ("AUX", "do", 0)),
        (Token("£50k", 6, 10, "money"), ("NUM", "£50k", 0)),
        (Token("C", 11, 12, "word"), ("PROPN", "C", 0)),
        (Token("+", 12, 13, "symbol"), ("SYM", "+", 0)),
        (Token(".", 15, 16, "punctuation"), ("PUNCT", ".", 0)),
    ],
)
def test_a_token_has_what_its_pieces_say(token: Token, expected: tuple[str, str, int]) -> None:
    assert readings([token], PIECES) == [expected]


def test_parts_that_are_read_at_once_are_never_long_together() -> None:
    assert [at_once([length] * 9) * length <= LONGEST_PART for length in (1, 90, 3000, LONGEST_PART)] == [True] * 4
    assert (at_once([40] * 256), at_once([40, LONGEST_PART])) == (256, 1)


def test_long_texts_are_read_in_parts() -> None:
    text = "planner " * (LONGEST_PART // 4) + "x" * (2 * LONGEST_PART)
    parts = list(parts_of(text))
    assert "".join(part for _, part in parts) == text
    assert all(len(part) <= LONGEST_PART and text.startswith(part, start) for start, part in parts)
    assert len(parts) > 3


def test_parts_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "LONGEST_PART", 12)
    text = "We plan it. They build it. We sell."
    [found] = tagged([text])
    pieces = [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]
    shown = " ".join(piece for piece in pieces if not piece.isspace())
    assert shown == "We plan it . They build it . We sell ."
    assert list(found.sentences) == sorted(found.sentences)
    assert found.sentences[-1] >= 2


def test_new_words_are_forgotten_when_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "MOST_WORDS", 0)
    [found] = tagged(["zorgelblat"])
    assert list(found.lemmas) == ["zorgelblat"]
    assert "zorgelblat" not in tagging.language().vocab.strings
