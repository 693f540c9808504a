"""From one or a few examples to what they look like: a shape of the rule language, and the same in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from textwright.predictors.rules.shapes import (
    ACCENTS,
    DASH,
    DIGIT,
    MOST_CHARACTERS,
    SPACE,
    NamedShapes,
    Run,
    Shape,
    Sign,
    as_sign,
    longest,
    run_of,
)
from textwright.project.suggest.entries import Entries, parted, spoken
from textwright.wrangle.clean import clean
from textwright.wrangle.words import alphabet, composed, fold

# Where letters and digits take turns more often than this, their order says nothing: B07XJ8C8F5.
MOST_TURNS = 3
MOST_SHAPES = 20
LONGEST_CODE = 20
NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:[.,][0-9]+)?")
SIGNS: Mapping[str, str] = {
    DASH: "a dash",
    SPACE: "a space",
    "/": "a slash",
    ".": "a point",
    ",": "a comma",
    ":": "a colon",
    "_": "an underscore",
}
LETTERS: Mapping[str, str] = {"X": "capital letter", "x": "small letter", "Xx": "letter"}


def examples_of(typed: str) -> Entries:
    """Read a field of examples. Unlike words, two that differ in case are two.

    >>> examples_of("AX-100, ax-100, --")
    Entries(words=('AX-100', 'ax-100'), faults=('-- has no letter and no digit, so it looks like nothing',))
    """
    words, faults, shapes = list[str](), list[str](), list[Shape]()
    for entry in parted(typed):
        example = _tidy(entry)
        fault = _fault(example)
        joined = shapes if fault else _joined(shapes, _shape_of(example))
        if fault is None and len(joined) > MOST_SHAPES:
            fault = f"{entry} is left out: the others look like {MOST_SHAPES} things already"
        if fault is None:
            words, shapes = [*words, entry], joined
        else:
            faults.append(fault)
    return Entries(tuple(words), tuple(faults))


def shapes_of(examples: Iterable[str]) -> tuple[Shape, ...]:
    """Return what examples look like, in their order; those of the same signs are one.

    >>> [in_words([shape]) for shape in shapes_of(["AX-100", "B07XJ8C8F5", "B-2041"])]
    ['1 to 2 capital letters, a dash, 3 to 4 digits', '10 mixed capital letters and digits']
    """
    shapes = list[Shape]()
    for example in map(_tidy, examples):
        shapes = _joined(shapes, _shape_of(example)) if _fault(example) is None else shapes
    return tuple(shapes)


def looks_like(typed: str, words: str) -> bool:
    """Say whether words as a whole look like one of the examples of a field.

    >>> looks_like("AX-100, B07XJ8C8F5", "BX-200")
    True
    """
    tidy = _tidy(words)
    return (0, len(tidy)) in finder_of(typed).find(tidy)


@lru_cache(maxsize=1_000)
def finder_of(typed: str) -> NamedShapes:
    """Return what finds all that looks like the examples of a field, kept: who types asks again and again."""
    return NamedShapes("", shapes_of(examples_of(typed).words))


def different(examples: Mapping[str, int]) -> dict[str, int]:
    """Leave out what looks like an example before it, and count it there.

    >>> different({"AX-100": 3, "BX-200": 2, "B-2041": 1})
    {'AX-100': 5, 'B-2041': 1}
    """
    kept = dict[str, int]()
    for example, times in examples.items():
        like = next((known for known in kept if looks_like(spoken([known]), example)), example)
        kept[like] = kept.get(like, 0) + times
    return kept


def is_code(words: str) -> bool:
    """Say whether words are told by what they look like: short, a digit in each piece, and not one number alone.

    >>> [words for words in ("AX-100", "EH1 2AB", "1.2.3", "iPhone 15", "2024", "1,500.5", "Sony") if is_code(words)]
    ['AX-100', 'EH1 2AB', '1.2.3']
    """
    if not words or len(words) > LONGEST_CODE or NUMBER.fullmatch(words):
        return False
    return all(re.search("[0-9]", piece) for piece in words.split())


# --- examples to shapes ---------------------------------------------------------------------------------------------


def _tidy(example: str) -> str:
    """Write an example as rules see a text."""
    return " ".join(composed(clean(example).text).split())


def _fault(example: str) -> str | None:
    if len(example) > MOST_CHARACTERS:
        return f"{example[:MOST_CHARACTERS]}… is longer than {MOST_CHARACTERS} characters"
    if all(_kind(char) is None for char in example):
        return f"{example} has no letter and no digit, so it looks like nothing"
    return None


def _kind(char: str) -> str | None:
    if char in "0123456789":
        return DIGIT
    if not alphabet().word.fullmatch(char):
        return None
    return "x" if fold(char) == char else "X"


def _shape_of(example: str) -> Shape:
    parts = list[Run | Sign]()
    letters = re.sub(f"[{ACCENTS}]", "", example)
    for is_sign, chars in groupby(letters, key=lambda char: _kind(char) is None):
        together = "".join(chars)
        parts += map(Sign, map(as_sign, together)) if is_sign else _runs(together)
    return tuple(parts)


def _runs(code: str) -> list[Run]:
    """Part letters from digits, unless they take turns so often that they are one run of both."""
    found = ["".join(chars) for _, chars in groupby(code, key=lambda char: _kind(char) == DIGIT)]
    return [_run(each) for each in (found if len(found) <= MOST_TURNS else [code])]


def _run(code: str) -> Run:
    return run_of("".join(filter(None, map(_kind, code))), len(code), len(code))


def _joined(shapes: Sequence[Shape], shape: Shape) -> list[Shape]:
    """Let a shape widen the first one that it can be one with, or stand beside the others."""
    for place, known in enumerate(shapes):
        both = _both(known, shape)
        if both is not None:
            return [*shapes[:place], both, *shapes[place + 1 :]]
    return [*shapes, shape]


def _both(one: Shape, other: Shape) -> Shape | None:
    """Return the shape of all that looks like one or the other; None where their signs differ."""
    pieces, others = _pieces(one), _pieces(other)
    if len(pieces) != len(others):
        return None
    found = [_both_pieces(piece, each) for piece, each in zip(pieces, others, strict=True)]
    whole = tuple(part for piece in found for part in piece)
    return whole if all(found) and longest(whole) <= MOST_CHARACTERS else None


def _pieces(shape: Shape) -> list[Shape]:
    """Part a shape into its signs and what stands between them."""
    found = groupby(enumerate(shape), key=lambda each: each[0] if isinstance(each[1], Sign) else None)
    return [tuple(part for _, part in parts) for _, parts in found]


def _both_pieces(one: Shape, other: Shape) -> Shape:
    """Widen run by run where they take the same turns, else as one run of letters and digits. Empty: cannot be."""
    if one == other:
        return one
    runs = [part for part in one if isinstance(part, Run)]
    others = [part for part in other if isinstance(part, Run)]
    if not runs or not others:
        return ()
    if list(map(_turn, runs)) == list(map(_turn, others)):
        return tuple(_wider(run, each) for run, each in zip(runs, others, strict=True))
    return (_wider(_mixed(runs), _mixed(others)),) if _has_both(runs) and _has_both(others) else ()


def _turn(run: Run) -> tuple[bool, bool]:
    return bool(run.letters), DIGIT in run.kinds


def _wider(one: Run, other: Run) -> Run:
    return run_of(one.kinds + other.kinds, min(one.least, other.least), max(one.most, other.most))


def _mixed(runs: Sequence[Run]) -> Run:
    return run_of("".join(run.kinds for run in runs), sum(run.least for run in runs), sum(run.most for run in runs))


def _has_both(runs: Sequence[Run]) -> bool:
    return _mixed(runs).is_mixed


# --- in words -------------------------------------------------------------------------------------------------------


def in_words(shapes: Iterable[Shape]) -> str:
    """Say what shapes look like.

    >>> in_words(shapes_of(["AX-100", "#7"]))
    '2 capital letters, a dash, 3 digits; or “#”, 1 digit'
    """
    return "; or ".join(", ".join(map(_said, shape)) for shape in shapes)


def _said(part: Run | Sign) -> str:
    if isinstance(part, Sign):
        return SIGNS.get(part.char, f"“{part.char}”")
    number = str(part.most) if part.least == part.most else f"{part.least} to {part.most}"
    ending = "" if part.most == 1 else "s"
    letters = f"{LETTERS[part.letters]}{ending}" if part.letters else ""
    digits = f"digit{ending}" if DIGIT in part.kinds else ""
    return f"{number} mixed {letters} and {digits}" if part.is_mixed else f"{number} {letters or digits}"
