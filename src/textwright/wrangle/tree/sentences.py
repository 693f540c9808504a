"""Cutting words and marks into sentences, and those into paragraphs.

The rules are those of the npm packages parse-english 7 and parse-latin 7 (MIT, Titus Wormer), in their order. A text is
cut after each mark that can end a sentence; then what was cut too often is joined again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, takewhile

from textwright.wrangle.tree.pieces import Piece, as_word, is_mark
from textwright.wrangle.tree.tables import MARK, SPACE, WORD, tables

Sentence = list[Piece]
# A paragraph: its sentences, and the white space between them.
Paragraph = list[Sentence | Piece]
LETTER_OR_NUMBER = re.compile("[0-9]{1,3}|[a-z]")
DIGITS = "0123456789"
NEW_LINE = re.compile(r"\r\n|\r|\n")


def sentences_of(pieces: Sequence[Piece]) -> list[Sentence]:
    """Cut pieces into sentences; white space is still inside them."""
    sentences = _cut(pieces)
    if len(sentences) == 1 and _ends(pieces) == []:
        return sentences
    sentences = _after_abbreviations(sentences, _is_english)
    sentences = _with_closing_marks(_without_empty(sentences))
    sentences = _joined(sentences, map(_begins_small, sentences))
    sentences = _after_abbreviations(sentences, _is_latin)
    sentences = _joined(sentences, map(_begins_with_comma, sentences))
    return [_with_full_stops(sentence) for sentence in sentences]


def paragraphs_of(sentences: Sequence[Sentence]) -> list[Paragraph | Piece]:
    """Part sentences into paragraphs at white space with a new line; white space stands between them."""
    found = list[Paragraph | Piece]()
    begun = Paragraph()
    for each in (part for sentence in sentences for part in _parted(sentence)):
        begun.append(each)
        if isinstance(each, Piece) and _is_new_line(each.text):
            found += _without_outer_space(begun)
            begun = []
    return [*found, *_without_outer_space(begun)]


def _cut(pieces: Sequence[Piece]) -> list[Sentence]:
    """Cut after each full stop, exclamation or question mark, ellipsis and interrobang, alone or repeated."""
    ends = _ends(pieces)
    ends += [len(pieces)] if not ends or ends[-1] < len(pieces) else []
    return [[*pieces[start:end]] for start, end in zip([0, *ends], ends, strict=False) if start < end]


def _ends(pieces: Sequence[Piece]) -> list[int]:
    terminal = tables().terminal
    return [place for place, piece in enumerate(pieces, start=1) if piece[3][0] in terminal and piece.kind is MARK]


def _joined(sentences: list[Sentence], joins: Iterable[bool]) -> list[Sentence]:
    """Join each sentence for which `joins` says so to the one before it."""
    begins = [place for place, join in enumerate(joins) if not (join and place)]
    if len(begins) == len(sentences):
        return sentences
    ends = [*begins[1:], len(sentences)]
    return [[*chain.from_iterable(sentences[start:end])] for start, end in zip(begins, ends, strict=True)]


# --- what was cut too often --------------------------------------------------------------------------


def _after_abbreviations(sentences: list[Sentence], is_short: Callable[[str], bool]) -> list[Sentence]:
    """Give the full stop after an abbreviation to it, and join the next sentence (`merge...PrefixExceptions`)."""
    short = [_stops_short(sentence, is_short) for sentence in sentences]
    if not any(short):
        return sentences
    pairs = zip(sentences, short, strict=True)
    closed = [[*sentence[:-2], as_word(sentence[-2:])] if stops else sentence for sentence, stops in pairs]
    return _joined(closed, [False, *short[:-1]])


def _stops_short(sentence: Sentence, is_short: Callable[[str], bool]) -> bool:
    if len(sentence) < 2 or sentence[-1].text != ".":
        return False
    return sentence[-2].kind is WORD and is_short(sentence[-2].text)


def _is_english(word: str) -> bool:
    return word.lower() in tables().abbreviations or word in tables().abbreviations_in_case


def _is_latin(word: str) -> bool:
    lower = word.lower()
    return lower in tables().latin_abbreviations or LETTER_OR_NUMBER.fullmatch(lower) is not None


def _without_empty(sentences: list[Sentence]) -> list[Sentence]:
    """Join a sentence without a word to the one before; the first, to the second (`mergeNonWordSentences`)."""
    has_word = [any(piece.kind is WORD for piece in sentence) for sentence in sentences]
    joins = [False, *(not has for has in has_word[1:])]
    if len(joins) > 1 and not has_word[0]:
        joins[1] = True
    return _joined(sentences, joins[: len(sentences)])


def _with_closing_marks(sentences: list[Sentence]) -> list[Sentence]:
    """Give closing quotes and brackets that begin a sentence to the one before (`mergeAffixSymbol`)."""
    counts = [0, *(_closing_marks(sentence) for sentence in sentences[1:])]
    if not any(counts):
        return sentences
    given = [sentence[:count] for sentence, count in zip(sentences, counts, strict=False)]
    parts = zip(sentences, counts, [*given[1:], []], strict=False)
    return [[*sentence[count:], *after] for sentence, count, after in parts]


def _closing_marks(sentence: Sentence) -> int:
    affixes = tables().affixes
    return sum(1 for _ in takewhile(lambda piece: is_mark(piece) and piece.text[0] in affixes, sentence))


def _begins_small(sentence: Sentence) -> bool:
    """Say whether a sentence begins with a small letter (`mergeInitialLowerCase...`) or a digit (`...Digit...`)."""
    head = _head(sentence)
    if head is None or head.kind is not WORD:
        return False
    return head.text[0] in tables().lower_case or (sentence[0] is head and head.text[0] in DIGITS)


def _begins_with_comma(sentence: Sentence) -> bool:
    """Say whether a sentence begins with a comma or semicolon (`mergeAffixExceptions`)."""
    head = _head(sentence)
    return head is not None and head.text in (",", ";")


def _head(sentence: Sentence) -> Piece | None:
    return next((piece for piece in sentence if piece.kind is not SPACE), None)


def _with_full_stops(sentence: Sentence) -> Sentence:
    """Join single full stops inside a sentence to the word before, else to that after (`mergeRemainingFullStops`)."""
    end = _last_end(sentence)
    return _full_stops_joined(sentence, end) if any(piece.text == "." for piece in sentence[:end]) else sentence


def _last_end(sentence: Sentence) -> int:
    """Return the place before which full stops are joined: that of the last word or mark that can end a sentence."""
    terminal = tables().terminal
    places = range(len(sentence) - 1, -1, -1)
    ends = (i for i in places if sentence[i].kind is WORD or (is_mark(sentence[i]) and sentence[i].text[0] in terminal))
    return next(ends, 0)


def _full_stops_joined(sentence: Sentence, end: int) -> Sentence:
    """Go from the end to the beginning, because a full stop that was joined to a word is no mark any more."""
    done = sentence[end:][::-1]
    place = end - 1
    while place >= 0:
        piece = sentence[place]
        if piece.text != ".":
            done.append(piece)
        elif place and sentence[place - 1].kind is WORD:
            if _is_before_another(done):
                done.append(piece)
            else:
                place -= 1
                done.append(as_word(sentence[place : place + 2]))
        elif done[-1].kind is WORD:
            done[-1] = as_word([piece, done[-1]])
        else:
            done.append(piece)
        place -= 1
    return done[::-1]


def _is_before_another(done: Sequence[Piece]) -> bool:
    """Say whether white space and another full stop follow, in pieces from the end of a sentence backwards."""
    return len(done) > 1 and done[-1].kind is SPACE and done[-2].text == "."


# --- paragraphs --------------------------------------------------------------------------------------


def _parted(sentence: Sentence) -> Iterator[Sentence | Piece]:
    """Take white space at the ends out of a sentence, and part it at empty lines (`breakImplicitSentences`)."""
    last, start = len(sentence) - 1, 0
    for place in [place for place, piece in enumerate(sentence) if piece.kind is SPACE]:
        if place in (0, last) or _is_empty_line(sentence[place].text):
            if start < place:
                yield sentence[start:place]
            yield sentence[place]
            start = place + 1
    if start <= last:
        yield sentence[start:]


def _is_empty_line(space: str) -> bool:
    return len(space) > 1 and len(NEW_LINE.findall(space)) > 1


def _is_new_line(space: str) -> bool:
    return NEW_LINE.search(space) is not None and not space.strip(" \t\r\n")


def _without_outer_space(paragraph: Paragraph) -> list[Paragraph | Piece]:
    """Take white space at the ends out of a paragraph (`makeInitial...`, `makeFinalWhiteSpaceSiblings`)."""
    start = 1 if paragraph and isinstance(paragraph[0], Piece) else 0
    end = len(paragraph) - 1 if len(paragraph) > start and isinstance(paragraph[-1], Piece) else len(paragraph)
    head, tail = (part[0:1] for part in (paragraph[:start], paragraph[end:]))
    return [*_spaces(head), *([paragraph[start:end]] if start < end else []), *_spaces(tail)]


def _spaces(parts: Paragraph) -> list[Piece]:
    return [part for part in parts if isinstance(part, Piece)]
