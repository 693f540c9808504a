"""How sure a language model was of each mention and category, from the probabilities of the tokens it wrote.

A score is the exponential of the mean log-probability of the tokens that the values stand in: the geometric mean of
their probabilities. A plain product would call every long mention unsure only because it is long; dividing by the
length is the usual remedy (Wu et al. 2016, https://arxiv.org/abs/1609.08144, section 7; as a measure of certainty:
Malinin and Gales 2021, https://arxiv.org/abs/2002.07650). It is no calibrated probability.
Where a schema is enforced, a server may tell the probabilities from before it was: llama.cpp does.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from textwright.llm.answers.json_scan import TooDeepError, chunks
from textwright.llm.calls import Completion, Token

_PIECE = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
# The keys and numbers that lead to a value, and where it begins and ends.
Path = tuple[str | int, ...]
Place = tuple[int, int]
# How far to look for the place where tokens fit again after one that does not.
AHEAD = 8


def mention_scores(completion: Completion, value: Any) -> list[float | None]:
    """Return one score for each of `value["spans"]`, of its label and its text together; None: not known."""
    return _scores(completion, value, "spans", ("label", "text"))


def category_scores(completion: Completion, value: Any) -> list[float | None]:
    """Return one score for each of `value["categories"]`, of its label; None: not known."""
    return _scores(completion, value, "categories", ("label",))


def _scores(completion: Completion, value: Any, name: str, keys: tuple[str, ...]) -> list[float | None]:
    items = value.get(name, ()) if isinstance(value, dict) else ()
    places = _places(completion.text, value) if completion.tokens else None
    if places is None:
        return [None for _ in items]
    tokens = _aligned(completion.tokens or (), completion.text)
    return [_score(tokens, [places[name, number, key] for key in keys]) for number in range(len(items))]


def _score(tokens: Sequence[_Placed], places: Sequence[Place]) -> float | None:
    """Return the geometric mean of the probabilities of the tokens that share a character with the places."""
    found = [each.logprob for each in tokens if any(each.start < end and start < each.end for start, end in places)]
    if not found or not all(math.isfinite(each) for each in found):
        return None
    return min(1.0, math.exp(sum(found) / len(found)))


# --- where the values stand in the raw answer ------------------------------------------------


def _places(raw: str, value: Any) -> dict[Path, Place] | None:
    """Return where each string of the answer stands in it, by its path; None when the answer had to be mended."""
    try:
        for chunk in chunks(raw):
            if chunk.whole and _parsed(raw[chunk.start : chunk.end]) == value:
                return dict(_strings(_PIECE.finditer(raw, chunk.start, chunk.end), ()))
    except TooDeepError:
        return None
    return None


def _parsed(chunk: str) -> Any:
    try:
        return json.loads(chunk)
    except ValueError:
        return None


def _strings(pieces: Iterator[re.Match[str]], path: Path) -> Iterator[tuple[Path, Place]]:
    """Yield the path and the place of each string that is a value in the next value, of JSON known to be right."""
    piece = next(pieces)
    if piece[0] == "{":
        yield from _strings_of_object(pieces, path)
    elif piece[0] == "[":
        yield from _strings_of_array(pieces, path)
    elif piece[0][0] == '"':
        yield path, (piece.start() + 1, piece.end() - 1)


def _strings_of_object(pieces: Iterator[re.Match[str]], path: Path) -> Iterator[tuple[Path, Place]]:
    for piece in pieces:
        if piece[0] == "}":
            return
        if piece[0] != ",":
            next(pieces)  # the colon
            yield from _strings(pieces, (*path, json.loads(piece[0], strict=False)))


def _strings_of_array(pieces: Iterator[re.Match[str]], path: Path) -> Iterator[tuple[Path, Place]]:
    number = 0
    for piece in pieces:
        if piece[0] == "]":
            return
        if piece[0] == ",":
            number += 1
        else:
            yield from _strings(chain([piece], pieces), (*path, number))


# --- where the tokens stand in it ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Placed:
    """A token's place in the answer."""

    start: int
    end: int
    logprob: float


def _aligned(tokens: Sequence[Token], text: str) -> list[_Placed]:
    """Find each token's place. Tokens that hold a part of a character share the place of the whole one."""
    placed: list[_Placed] = []
    place = number = 0
    while number < len(tokens) and place < len(text):
        token = tokens[number]
        if text.startswith(token.text, place):
            count, end = 1, place + len(token.text)
        else:
            count, end = _fits_again(tokens, number, text, place)
        placed += [_Placed(place, end, each.logprob) for each in tokens[number : number + count]]
        number, place = number + count, end
    return placed


def _fits_again(tokens: Sequence[Token], number: int, text: str, place: int) -> tuple[int, int]:
    """Say how many tokens do not fit and where the next one does; if none does, the rest is one place."""
    for end in range(place + 1, min(place + AHEAD, len(text)) + 1):
        for count in range(1, AHEAD + 1):
            following = "".join(each.text for each in tokens[number + count : number + count + 2])
            if not text[place:end].isascii() and following and text.startswith(following, end):
                return count, end
    return len(tokens) - number, len(text)
