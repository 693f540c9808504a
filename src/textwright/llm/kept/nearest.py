"""Which recorded request is nearest to one that was not recorded, and what differs between the two."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from textwright.llm.calls import Message, Request

SHOWN = 30
# In words, where the name alone would not say what is meant.
WORDS = {"answer": "the JSON Schema of the answer", "enforce": "how much of the JSON Schema is enforced"}
SHORT = ("address", "model", "form", "enforce", "temperature", "max_tokens", "seed", "stop", "logprobs")


@dataclass(frozen=True, slots=True)
class _Place:
    """A request by its words, in one of the two orders."""

    words: str
    request: Request


class Nearest:
    """Finds the recorded request that begins or ends most like another; quick among many thousands."""

    def __init__(self, requests: Iterable[Request]) -> None:
        """Sort the requests by their words, and by their words from the end."""
        places = [_Place(_words(request), request) for request in requests]
        self._forwards = sorted(places, key=lambda place: place.words)
        self._backwards = sorted(
            (_Place(place.words[::-1], place.request) for place in places), key=lambda place: place.words
        )

    def to(self, request: Request) -> Request:
        """Return the nearest: most of the words alike, and among those the most of the settings."""
        words = _words(request)
        found = [*_neighbours(self._forwards, words), *_neighbours(self._backwards, words[::-1])]
        return max(found, key=lambda other: (_alike(words, _words(other)), -len(list(_differing(request, other)))))

    def told(self, request: Request) -> str:
        """Say what differs from the nearest."""
        other = self.to(request)
        parts = [*(_setting(name, request, other) for name in _differing(request, other)), *_wording(request, other)]
        return "; ".join(parts) or "nothing that can be told"


def _words(request: Request) -> str:
    return "\n".join(message.content for message in request.messages)


def _neighbours(places: Sequence[_Place], words: str) -> list[Request]:
    """Return what stands before and behind a place in sorted words: there is the longest common beginning."""
    at = bisect_left(places, words, key=lambda place: place.words)
    same = bisect_left(places, f"{words}\0", key=lambda place: place.words)
    return [place.request for place in places[max(0, at - 1) : max(same, at) + 1]]


def _alike(words: str, others: str) -> int:
    """Count the characters that two texts have in common at their beginnings and ends."""
    shortest = min(len(words), len(others))
    return min(shortest, _begin_alike(words, others) + _begin_alike(words[::-1], others[::-1]))


def _begin_alike(one: str, other: str) -> int:
    """Count the characters that two texts begin with alike.

    >>> _begin_alike("Senior", "Senator")
    3
    """
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _differing(request: Request, other: Request) -> Iterator[str]:
    names = (each.name for each in fields(Request) if each.name != "messages")
    return (name for name in names if _plain(getattr(request, name)) != _plain(getattr(other, name)))


def _plain(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _setting(name: str, request: Request, other: Request) -> str:
    word = WORDS.get(name, name)
    if name not in SHORT:
        return word
    return f"{word} (recorded {getattr(other, name)!r}, asked {getattr(request, name)!r})"


def _wording(request: Request, other: Request) -> Iterator[str]:
    if len(request.messages) != len(other.messages):
        yield f"the number of messages (recorded {len(other.messages)}, asked {len(request.messages)})"
    for number, (asked, recorded) in enumerate(zip(request.messages, other.messages, strict=False), start=1):
        if asked != recorded:
            yield _message(number, asked, recorded)
            return


def _message(number: int, asked: Message, recorded: Message) -> str:
    if asked.role != recorded.role:
        return f"message {number} (recorded from the {recorded.role}, asked from the {asked.role})"
    at = _begin_alike(asked.content, recorded.content)
    was, now = recorded.content[at : at + SHOWN], asked.content[at : at + SHOWN]
    return f"message {number} ({asked.role}) from character {at} on: recorded {was!r}, asked {now!r}"
