"""Read what a model answered: exact JSON, or what can be mended without guessing.

Nothing is ever evaluated. What had to be mended is named: `think` (thinking aloud), `fence`, `talk` (words around the
JSON), `json` (it was no JSON), `cut` (it stopped in the middle; whole items were kept), and the words of `fitting`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from typing import Any

from textwright.errors import MissingExtraError
from textwright.llm.answers.answer_words import problem_of, quoted, wanted
from textwright.llm.answers.fitting import doubled, fitted
from textwright.llm.answers.json_scan import Chunk, TooDeepError, chunks

LONGEST = 1_000_000
# What is no JSON is mended character by character; an answer is rarely a thousandth of this.
LONGEST_MENDED = 100_000
# About a second: json_repair takes the square of the length over some rubbish.
MOST_STEPS = 1_000_000
# A model that goes on talking in JSON after its answer has given the answer by then.
MOST_TRIED = 20
_ENDS_WHOLE = re.compile(r"[\]}]\s*[\]}]\s*\Z")
_BETWEEN = re.compile(r"[\s,;]*")


class AnswerError(Exception):
    """An answer that cannot be used: what is wrong with it, in words for the model that is asked again."""


@dataclass(frozen=True, slots=True)
class Read:
    """What an answer says, and short words for what had to be mended to read it."""

    value: Any
    repaired: tuple[str, ...] = ()


def read_answer(raw: str, answer: Mapping[str, Any]) -> Read:
    r"""Read an answer that should obey a JSON Schema. Raise `AnswerError`.

    >>> schema = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
    >>> read_answer('Sure!\n```json\n{"n": 2,}\n```', schema)
    Read(value={'n': 2}, repaired=('fence', 'json'))
    """
    if len(raw) > LONGEST:
        raise AnswerError(f"the answer has {len(raw):,} characters, more than {LONGEST:,}")
    spoken = _without_thinking(raw)
    try:
        found = tuple(chunks(spoken))
    except TooDeepError as error:
        raise AnswerError(str(error)) from error
    if not found:
        raise AnswerError(_no_json(spoken, answer))
    thought = ("think",) * (spoken != raw)
    wrong = ""
    for candidate in islice(_candidates(spoken, found), MOST_TRIED):
        value, more, problem = _fit(candidate, answer)
        if problem is None:
            return Read(value, (*thought, *candidate.marks, *more))
        wrong = wrong or problem
    raise AnswerError(f"{wrong or _unreadable(spoken, found[0])}. Wanted: {wanted(answer)}")


def _fit(candidate: _Candidate, answer: Mapping[str, Any]) -> tuple[Any, tuple[str, ...], str | None]:
    """Return the value in the shape that is wanted, how it got there, and what is still wrong with it."""
    problem = problem_of(candidate.value, answer)
    if problem is None:
        return candidate.value, (), None
    mended, marks = fitted(candidate.value, answer)
    if "list" in marks and "cut" in candidate.marks and isinstance(candidate.value, dict):
        # One item alone that was cut may lack what says which mention it is.
        return candidate.value, (), problem
    return mended, marks, problem_of(mended, answer)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Something that the answer may mean."""

    value: Any
    marks: tuple[str, ...]


def _candidates(spoken: str, found: tuple[Chunk, ...]) -> Iterator[_Candidate]:
    """Yield what the answer may mean, the likeliest first.

    What stands inside an object that was cut off is looked at last: alone, it would be a part taken for the whole.
    """
    yield from _run(spoken, found)
    cut = next((i for i, each in enumerate(found) if not each.whole), len(found))
    inside = tuple(each for each in found[cut + 1 :] if each.whole)
    for group in (found[:cut], found[cut : cut + 1], inside):
        exact = [_as_it_is(spoken, chunk) for chunk in group]
        yield from (each for each in exact if each is not None)
        for chunk, each in zip(group, exact, strict=True):
            if each is None:
                yield from _mended(spoken, chunk)


def _run(spoken: str, found: tuple[Chunk, ...]) -> Iterator[_Candidate]:
    """Yield several objects that follow one another as one list; the last may be cut off."""
    whole = tuple(takewhile(lambda each: each.whole, found))
    between = [spoken[a.end : b.start] for a, b in pairwise(found[: len(whole) + 1])]
    values = [_exact(spoken[each.start : each.end]) for each in whole]
    if not between or not all(_BETWEEN.fullmatch(each) for each in between) or None in values:
        return
    cut = len(found) > len(whole)
    around = _around(spoken, found[0].start, len(spoken) if cut else whole[-1].end)
    yield _Candidate([each[0] for each in values if each], (*around, "lines", *("cut",) * cut))


def _as_it_is(spoken: str, chunk: Chunk) -> _Candidate | None:
    exact = _exact(spoken[chunk.start : chunk.end]) if chunk.whole else None
    return None if exact is None else _Candidate(exact[0], (*_around(spoken, chunk.start, chunk.end), *exact[1]))


def _mended(spoken: str, chunk: Chunk) -> Iterator[_Candidate]:
    """Yield a mended object. One that was cut off keeps its whole items and nothing of the item that was cut."""
    around = _around(spoken, chunk.start, chunk.end)
    exact = None if chunk.kept is None else _exact(chunk.kept)
    if chunk.whole or _ENDS_WHOLE.search(spoken, max(chunk.start, len(spoken) - 50)):
        written = spoken[chunk.start : chunk.end]
        if exact is not None and chunk.kept is not None and chunk.kept.startswith(written.rstrip()):
            # Only brackets lack at the end: closed, it is JSON, and needs no guess.
            yield _Candidate(exact[0], (*around, *exact[1], "json"))
        yield from _repaired(written, around)
    if chunk.kept is None:
        return
    if exact is not None:
        yield _Candidate(exact[0], (*around, *exact[1], "cut"))
    else:
        yield from _repaired(chunk.kept, (*around, "cut"))


def _exact(chunk: str) -> tuple[Any, tuple[str, ...]] | None:
    """Parse JSON, noting what JSON allows and no reader agrees about: NaN, doubled keys, halves of characters."""
    marks: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> Any:
        value, words = doubled(items)
        marks.extend(words)
        return value

    def constant(name: str) -> None:
        del name
        marks.append("nan")

    try:
        value = json.loads(chunk, object_pairs_hook=pairs, parse_constant=constant, parse_float=_finite)
    except (ValueError, RecursionError):
        return None
    whole = _mend_characters(value)
    return whole, (*dict.fromkeys(marks), *("surrogate",) * (whole != value))


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


def _repaired(chunk: str, marks: tuple[str, ...]) -> Iterator[_Candidate]:
    if len(chunk) > LONGEST_MENDED:
        raise AnswerError(f"it is not JSON, and its {len(chunk):,} characters are too many to mend")
    try:
        import json_repair
    except ImportError as error:
        raise MissingExtraError("json_repair", "llm") from error
    try:
        value = json_repair.loads(_Metered(chunk), skip_json_loads=True)
    except (ValueError, RecursionError):
        return
    # `{1, 2}` is read as a set's members would be; only objects and lists can be answers.
    if isinstance(value, dict | list):
        yield _Candidate(_mend_characters(value), (*marks, "json"))


class _Metered(str):
    """A string that can be looked into so many times only, so that no rubbish keeps a thread busy for minutes."""

    steps = 0

    def __getitem__(self, key: Any) -> str:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise ValueError("too strange to mend")
        return super().__getitem__(key)


def _mend_characters(value: Any) -> Any:
    """Replace halves of characters, which no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if not _is_sound(value) else value
    if isinstance(value, list):
        return [_mend_characters(each) for each in value]
    if isinstance(value, dict):
        return {_mend_characters(key): _mend_characters(each) for key, each in value.items()}
    return value


def _is_sound(text: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" for each in text)


def _without_thinking(raw: str) -> str:
    """Leave out what a model thinks aloud before it answers; an answer itself may speak of `</think>`."""
    if raw.lstrip()[:1] in {"{", "["}:
        return raw
    return raw.rpartition("</think>")[2]


def _around(spoken: str, start: int, end: int) -> tuple[str, ...]:
    outside = spoken[:start] + spoken[end:]
    if "```" in outside:
        return ("fence",)
    return ("talk",) if outside.strip() else ()


def _unreadable(spoken: str, chunk: Chunk) -> str:
    if not chunk.whole:
        return "it is cut off before its first whole item"
    return f"it is not JSON: {quoted(spoken[chunk.start : chunk.end])}"


def _no_json(spoken: str, answer: Mapping[str, Any]) -> str:
    if not spoken.strip():
        return f"the answer is empty. Wanted: {wanted(answer)}"
    if "<think>" in spoken:
        return f"it only thinks aloud and does not answer. Wanted: {wanted(answer)}"
    return f"there is no JSON in it; it says {quoted(spoken)}. Wanted: {wanted(answer)}"
