"""Tokens: nothing lost, boundaries as Unicode has them, simple words as Keras has them, subwords in their places."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras_preprocessing.text import text_to_word_sequence
from tests import wordbreak
from tests.tokenisers import FAMILIES, hostile
from tokenizers import Tokenizer

import textwright as tw
from textwright.errors import MissingExtraError, ModelError
from textwright.testing import HOSTILE_TEXTS
from textwright.wrangle import Token, simple_words, subwords, tokenize
from textwright.wrangle.tokens import boundaries
from textwright.wrangle.tokens.boundaries import any_text, cutter, plain_text
from textwright.wrangle.tokens.simple import simple_tokens
from textwright.wrangle.tokens.special import special_places

EMOTION = Path(tw.__file__).parent / "packs" / "emotion" / "model"
any_text_at_all = st.text(alphabet=st.characters(), max_size=60) | st.sampled_from(HOSTILE_TEXTS)


def kinds_of(text: str) -> list[tuple[str, str]]:
    return [(token.text, token.kind) for token in tokenize(text) if token.kind != "white_space"]


# --- nothing is lost ---------------------------------------------------------------------------------


def is_lossless(text: str) -> bool:
    tokens = tokenize(text)
    places = all(text[token.start : token.end] == token.text != "" for token in tokens)
    follow = [0, *(token.end for token in tokens)] == [*(token.start for token in tokens), len(text)]
    return places and follow and "".join(token.text for token in tokens) == text


@given(any_text_at_all)
def test_tokens_put_together_are_the_text(text: str) -> None:
    assert is_lossless(text)


def test_mixtures_lose_nothing() -> None:
    texts = [*wordbreak.mixtures(2000, seed=1), *wordbreak.any_strings(2000, seed=1)]
    assert [text for text in texts if not is_lossless(text)] == []


def test_no_text_has_no_tokens() -> None:
    assert tokenize("") == simple_words("") == subwords(EMOTION, "") == []


@pytest.mark.parametrize(
    "text",
    [
        "x" * 200_000,
        "a@" * 20_000,
        "a." * 20_000,
        "://" * 20_000,
        "#a" * 20_000,
        "£1," * 20_000,
        "a\u0301" * 20_000,
        "www." * 20_000,
        "http://" + "(" * 50_000,
        "אא'" * 20_000,
        "\u200d👩" * 20_000,
        "_" * 50_000,
        "1.a" * 20_000,
    ],
    ids=lambda text: ascii(text[:9]),
)
def test_long_texts_are_no_trap(text: str) -> None:
    assert is_lossless(text)


# --- words -------------------------------------------------------------------------------------------


def test_boundaries_are_those_of_unicodes_vectors() -> None:
    pattern = any_text("")
    wrong = [pieces for pieces in wordbreak.vectors() if pattern.findall("".join(pieces)) != pieces]
    assert len(wordbreak.vectors()) == 1823
    assert all(wordbreak.SCISSORS in "".join(pieces) for pieces in wrong)
    assert len(wrong) == 2


@pytest.mark.node
def test_boundaries_are_those_of_the_browsers() -> None:
    texts = list(wordbreak.mixtures(3000, seed=2))
    pairs = zip(texts, map(any_text("").findall, texts), wordbreak.segments(texts), strict=True)
    assert [text for text, ours, theirs in pairs if joined(ours) != joined(theirs)] == []


def joined(pieces: list[str]) -> list[str]:
    """Join pieces of white space, which Unicode cuts and we do not."""
    found: list[str] = []
    for piece in pieces:
        if found and piece[0].isspace() and found[-1][0].isspace():
            found[-1] += piece
        else:
            found.append(piece)
    return found


@given(st.text(alphabet=st.sampled_from(sorted(plain_text()[1])), max_size=40))
def test_plain_pattern_cuts_as_the_whole_one(text: str) -> None:
    assert cutter(text) == plain_text()[0].findall
    assert plain_text()[0].findall(text) == any_text().findall(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don’t stop", [("don’t", "word"), ("stop", "word")]),
        (
            "full-time 10am B2B",
            [("full", "word"), ("-", "punctuation"), ("time", "word"), ("10am", "word"), ("B2B", "word")],
        ),
        ("3,000.5 ½ ٣ x²", [("3,000.5", "number"), ("½", "number"), ("٣", "number"), ("x", "word"), ("²", "number")]),
        ("Town:Leeds", [("Town", "word"), (":", "punctuation"), ("Leeds", "word")]),
        ("6\u202fmonths", [("6", "number"), ("months", "word")]),
        ("naïve cafe\u0301", [("naïve", "word"), ("cafe\u0301", "word")]),
        ("日本 カタカナ", [("日", "word"), ("本", "word"), ("カタカナ", "word")]),
        ("a_b __", [("a_b", "word"), ("__", "punctuation")]),
        (
            "1+1=2™",
            [("1", "number"), ("+", "symbol"), ("1", "number"), ("=", "symbol"), ("2", "number"), ("™", "symbol")],
        ),
        (
            "👍🏽👨‍👩‍👧🇬🇧❤️❤1️⃣",
            [(each, "emoji") for each in ("👍🏽", "👨‍👩‍👧", "🇬🇧", "❤️")] + [("❤", "symbol"), ("1️⃣", "emoji")],
        ),
        ("\ud800\x00", [("\ud800", "symbol"), ("\x00", "symbol")]),
    ],
)
def test_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds_of(text) == expected


def test_white_space_is_one_token() -> None:
    assert tokenize("a \t\r\n\u00a0b")[1] == Token(" \t\r\n\u00a0", 1, 6, "white_space")


# --- what is one thing although it holds several words -------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        ("see https://example.org/a?b=c#d.", "https://example.org/a?b=c#d", "url"),
        ("(www.example.org/a_(b))", "www.example.org/a_(b)", "url"),
        ("<ftp://example.org>", "ftp://example.org", "url"),
        ("“http://münchen.example/ä”", "http://münchen.example/ä", "url"),
        ("to jobs+uk@example.co.uk.", "jobs+uk@example.co.uk", "email"),
        ("mail:o'neil@example.org", "o'neil@example.org", "email"),
        ("we love #naïve_2 tags", "#naïve_2", "hashtag"),
        ("#हिन्दी", "#हिन्दी", "hashtag"),
        ("thanks @the_team!", "@the_team", "mention"),
        ("up to £45,000.50.", "£45,000.50", "money"),
        ("$1.5m", "$1.5m", "money"),
        ("45.000€", "45.000€", "money"),
        ("₹5bn", "₹5bn", "money"),
    ],
)
def test_special_things_are_one_token(text: str, found: str, kind: str) -> None:
    assert [token for token in kinds_of(text) if token[1] == kind] == [(found, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "C# #1 a#b &#39; ##",
        "a@b @ @1 x@y@z",
        "http:// ://x https://)",
        "£ £k 50 € €",
        "www. www",
        "£5x",
        "@@example.org",
    ],
)
def test_what_only_looks_special_is_not(text: str) -> None:
    assert list(special_places(text)) == []


def test_special_things_do_not_overlap() -> None:
    assert kinds_of("https://a@b.example/#c @d") == [("https://a@b.example/#c", "url"), ("@d", "mention")]


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "regex", None)
    boundaries.regex_library.cache_clear()
    with pytest.raises(MissingExtraError, match=r"pip install 'textwright\[wrangle\]'"):
        boundaries.regex_library()


# --- simple words ------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(any_text_at_all)
def test_simple_words_are_those_of_keras(text: str) -> None:
    assert simple_words(text) == text_to_word_sequence(text)


def test_simple_words_of_random_strings_are_those_of_keras() -> None:
    texts = [*wordbreak.any_strings(2000, seed=3), *wordbreak.mixtures(2000, seed=3)]
    assert [text for text in texts if simple_words(text) != text_to_word_sequence(text)] == []


@given(any_text_at_all | st.text(alphabet="İIΣσΑ -.ßŐ"))
def test_places_of_simple_words_hold_them(text: str) -> None:
    tokens = simple_tokens(text)
    assert [token.text for token in tokens] == simple_words(text)
    assert all(without_final(token.text) in without_final(text[token.start : token.end].lower()) for token in tokens)
    assert all(first.end <= second.start for first, second in pairwise(tokens))


def without_final(word: str) -> str:
    """Write the sigma that ends a word as any other: which it is depends on what stands around."""
    return word.replace("ς", "σ")


def test_a_letter_that_grows_keeps_its_place() -> None:
    assert [(token.start, token.end) for token in simple_tokens("İİ-xİ y")] == [(0, 2), (3, 5), (6, 7)]


# --- subwords ----------------------------------------------------------------------------------------


def test_subwords_have_their_places() -> None:
    text = "Unbelievably naïve 😂"
    tokens = subwords(tw.open_model("emotion"), text)
    assert tokens == subwords(EMOTION, text) == subwords(EMOTION / "tokenizer.json", text)
    assert [text[token.start : token.end] for token in tokens][-2:] == ["naïve", "😂"]
    assert {token.kind for token in tokens} == {"subword"}
    assert tokens[-2].text == "naive"


def test_subwords_are_those_of_the_library() -> None:
    for make in (FAMILIES["WordPiece"]["bert_uncased"], FAMILIES["BPE"]["roberta"], FAMILIES["Unigram"]["t5"]):
        made = make()
        for text in hostile(40, seed=4):
            whole = made.encode(text.encode("utf-8", "replace").decode(), add_special_tokens=False)
            found = subwords(made, text)
            assert [token.text for token in found] == whole.tokens
            assert [(token.start, token.end) for token in found] == whole.offsets


def test_what_a_vocabulary_lacks_is_unknown() -> None:
    assert subwords(EMOTION, "㎏") == [Token("[UNK]", 0, 1, "unknown")]


def test_a_tokenizer_that_cuts_off_is_left_as_it_is() -> None:
    made = Tokenizer.from_file(str(EMOTION / "tokenizer.json"))
    made.enable_truncation(3)
    made.enable_padding(length=9)
    assert [token.text for token in subwords(made, "one two three four")] == ["one", "two", "three", "four"]
    assert made.truncation["max_length"] == 3
    assert made.padding["length"] == 9


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.json"
    made = FAMILIES["WordPiece"]["bert_uncased"]()
    made.save(str(file))
    before = subwords(tmp_path, "zebracorn")
    made.add_tokens(["zebracorn"])
    made.save(str(file))
    assert len(before) > 1
    assert subwords(tmp_path, "zebracorn") == [Token("zebracorn", 0, 9, "subword")]


@pytest.mark.parametrize("model", [tw.open_model("job_titles.rules"), "nowhere", EMOTION.parent, Path(__file__), 3])
def test_what_has_no_subwords_is_refused(model: object) -> None:
    with pytest.raises(ModelError, match="expected a model that reads subwords"):
        subwords(model, "text")
