"""How many tokens messages are: about, to show it; and at most, to stop before a budget is exceeded.

Only the model's own tokenizer knows. The two figures are for different ends: the estimate may be wrong either
way, the bound only one way. A tokenizer that works on bytes, or falls back to them, never makes more tokens
than the text has bytes; what a server puts around the messages is allowed for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from textwright.llm.calls import Message, Request

# What a chat template puts around a message, and around the conversation.
AROUND_MESSAGE = 4
AROUND_ALL = 3
MOST_AROUND_MESSAGE = 16
MOST_AROUND_ALL = 64
# A word, a run of digits, of spaces or line ends, or one sign. A single space belongs to the word behind it.
PIECES = re.compile(r" ?[^\W\d_]+|\d+|\s{2,}|[^\w\s]+|_+")
LETTERS_A_TOKEN = 8
OTHERS_A_TOKEN = 2
BYTES_A_TOKEN = 3


def estimated_tokens(messages: Iterable[Message]) -> int:
    """Estimate the tokens of messages. Say that it is an estimate wherever it is shown.

    >>> estimated_tokens([Message("user", "Senior UX Researcher, Edinburgh")])
    14
    """
    return AROUND_ALL + sum(AROUND_MESSAGE + estimated_tokens_of(message.content) for message in messages)


def estimated_tokens_of(text: str) -> int:
    """Estimate the tokens of a text alone."""
    return sum(_tokens(piece) for piece in PIECES.findall(text))


def _tokens(piece: str) -> int:
    if not piece.isascii():
        return -(-len(piece.encode("utf-8", "surrogatepass")) // BYTES_A_TOKEN)
    word = piece.strip()
    if word.isalpha() or not word:
        return max(1, -(-len(word) // LETTERS_A_TOKEN))
    return -(-len(word) // OTHERS_A_TOKEN)


def most_tokens(request: Request) -> int:
    """Return a number of tokens that a request's prompt does not exceed: its bytes, and what is put around them."""
    messages = sum(
        MOST_AROUND_MESSAGE + len(message.content.encode("utf-8", "surrogatepass")) for message in request.messages
    )
    return MOST_AROUND_ALL + messages + _shape(request)


def _shape(request: Request) -> int:
    """Return what the JSON Schema adds: servers that enforce it count it with the prompt."""
    if request.answer is None or request.enforce == "none":
        return 0
    return len(json.dumps(request.answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))
