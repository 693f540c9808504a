"""Real HTTP servers on 127.0.0.1 that play a language model's server, well or badly.

    with Server(says("Hello")) as server:                     # every call gets the same
        Client(server.address).complete(...)
    with Server(status(429, headers={"Retry-After": "3"}), says("Hello")) as server: ...     # one after the other
    with Server(model_server(lambda prompt: "...")) as server: ...      # checks what it is asked as a server would

A server plays its acts in the order of the calls and repeats the last. `server.received` holds what was asked.
"""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

STEP = 0.05


@dataclass(frozen=True)
class Received:
    """One call: its method, path without the query, headers with small names, and body as sent and as JSON."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else None

    @property
    def is_chat(self) -> bool:
        return self.path.endswith("/chat/completions")

    @property
    def prompt(self) -> str:
        """Return the last message, or the prompt of a completion."""
        return str(self.json["messages"][-1]["content"] if self.is_chat else self.json["prompt"])


class Exchange:
    """One call being answered. `send` answers it; an act that wants to misbehave writes to `raw` itself."""

    def __init__(self, handler: BaseHTTPRequestHandler, received: Received, closing: threading.Event) -> None:
        self._handler = handler
        self.received = received
        self.closing = closing

    @property
    def raw(self) -> Any:
        return self._handler.wfile

    def send(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.head(status, {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})})
        self.raw.write(body)

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()

    def hang_up(self) -> None:
        self._handler.close_connection = True


Act = Callable[[Exchange], None]


class Server:
    """A server that plays acts, one a call, the last one again and again."""

    def __init__(self, *acts: Act) -> None:
        self._acts = acts
        self._lock = threading.Lock()
        self.received: list[Received] = []
        self._closing = threading.Event()
        self._http = _Listening(("127.0.0.1", 0), self._handler())

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def address(self) -> str:
        return f"{self.origin}/v1"

    @property
    def bodies(self) -> list[Any]:
        """Return what was asked, as JSON, without the calls that had no body."""
        return [each.json for each in self.received if each.body]

    def __enter__(self) -> Server:
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                server._play(self)

            do_GET = do_DELETE = do_POST

            def log_message(self, *_: Any) -> None:
                return

        return Handler

    def _play(self, handler: BaseHTTPRequestHandler) -> None:
        received = _received(handler)
        with self._lock:
            act = self._acts[min(len(self.received), len(self._acts) - 1)]
            self.received.append(received)
        try:
            act(Exchange(handler, received, self._closing))
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True  # the client had enough


class _Listening(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: Any) -> None:
        """Say nothing of clients that hung up."""


def _received(handler: BaseHTTPRequestHandler) -> Received:
    body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    headers = {name.lower(): value for name, value in handler.headers.items()}
    return Received(handler.command, handler.path.partition("?")[0], headers, body)


# --- what a server that behaves says --------------------------------------------------------


def says(text: str, **changes: Any) -> Act:
    """Answer with a text, in the form that was asked for. `changes` are for `answer_of`."""
    return lambda exchange: exchange.send(200, dumped(answer_of(exchange.received, text, **changes)))


def answer_of(
    received: Received,
    text: str | None,
    *,
    finish: str = "stop",
    prompt_tokens: int = 10,
    completion_tokens: int = 5,
    logprobs: Any = None,
    refusal: str | None = None,
) -> dict[str, Any]:
    """Return the JSON of an answer."""
    said: dict[str, Any] = (
        {"message": {"role": "assistant", "content": text, "refusal": refusal}} if received.is_chat else {"text": text}
    )
    return {
        "id": "answer-1",
        "object": "chat.completion" if received.is_chat else "text_completion",
        "created": 1,
        "model": received.json["model"],
        "choices": [{"index": 0, **said, "finish_reason": finish, "logprobs": logprobs}],
        "usage": {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "total_tokens": prompt_tokens + completion_tokens,
        },
    }


def model_server(
    answer: Callable[[str], str],
    *,
    chat_models: Sequence[str] = ("talker",),
    completion_models: Sequence[str] = (),
    key: str | None = None,
) -> Act:
    """Behave: list the models, ask for the key, know the models and their forms, answer the last message."""

    def act(exchange: Exchange) -> None:
        received = exchange.received
        if key is not None and received.headers.get("authorization") != f"Bearer {key}":
            return status(401, "Incorrect API key provided.", code="invalid_api_key")(exchange)
        if received.method == "GET" and received.path.endswith("/models"):
            return exchange.send(200, dumped(_models([*chat_models, *completion_models])))
        fault = _wrong_model(received, chat_models, completion_models)
        if fault is not None:
            return fault(exchange)
        return says(answer(received.prompt), logprobs=None)(exchange)

    return act


def _models(names: Sequence[str]) -> dict[str, Any]:
    return {"object": "list", "data": [{"id": name, "object": "model"} for name in names]}


def _wrong_model(received: Received, chat_models: Sequence[str], completion_models: Sequence[str]) -> Act | None:
    model = received.json["model"]
    right, wrong = (chat_models, completion_models) if received.is_chat else (completion_models, chat_models)
    if model in right:
        return None
    if model in wrong:
        return chat_only() if not received.is_chat else completion_only()
    return no_such_model(model)


def no_such_model(model: str) -> Act:
    return status(404, f"The model `{model}` does not exist or you do not have access to it.", code="model_not_found")


def chat_only() -> Act:
    return status(
        404,
        "This is a chat model and not supported in the v1/completions endpoint. "
        "Did you mean to use v1/chat/completions?",
        param="model",
    )


def completion_only() -> Act:
    return status(
        404,
        "This is not a chat model and thus not supported in the v1/chat/completions endpoint. "
        "Did you mean to use v1/completions?",
        param="model",
    )


# --- faults ---------------------------------------------------------------------------------


def status(
    code_of_http: int,
    message: str = "no",
    *,
    headers: Mapping[str, str] | None = None,
    code: str | None = None,
    param: str | None = None,
) -> Act:
    """Answer with an error in OpenAI's shape."""
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    return lambda exchange: exchange.send(code_of_http, dumped({"error": error}), headers)


def sends(body: bytes, *, code: int = 200, headers: Mapping[str, str] | None = None) -> Act:
    """Answer with these bytes."""
    return lambda exchange: exchange.send(code, body, headers)


def html(code: int = 200) -> Act:
    page = b"<!DOCTYPE html><html><title>Gateway</title><body>" + b"Something went wrong. " * 400 + b"</body></html>"
    return sends(page, code=code, headers={"Content-Type": "text/html"})


def truncated(text: str = "Hello") -> Act:
    """Send half of the JSON as if it were all."""

    def act(exchange: Exchange) -> None:
        whole = dumped(answer_of(exchange.received, text))
        exchange.send(200, whole[: len(whole) // 2])

    return act


def cut(text: str = "Hello") -> Act:
    """Promise the whole answer, send half of it and close the connection."""

    def act(exchange: Exchange) -> None:
        whole = dumped(answer_of(exchange.received, text))
        exchange.head(200, {"Content-Type": "application/json", "Content-Length": str(len(whole))})
        exchange.raw.write(whole[: len(whole) // 2])
        exchange.hang_up()

    return act


def hang_up() -> Act:
    """Close the connection without a word."""
    return lambda exchange: exchange.hang_up()


def silence() -> Act:
    """Say nothing until the server is closed."""

    def act(exchange: Exchange) -> None:
        exchange.closing.wait()
        exchange.hang_up()

    return act


def drip(text: str = "Hello") -> Act:
    """Send the answer a byte at a time, until the server is closed: no single wait is long."""

    def act(exchange: Exchange) -> None:
        whole = dumped(answer_of(exchange.received, text)) + b" " * 10_000
        exchange.head(200, {"Content-Type": "application/json", "Content-Length": str(len(whole))})
        _slowly(exchange, whole)

    return act


def drip_headers() -> Act:
    """Send header after header, a byte at a time, and never come to the answer."""

    def act(exchange: Exchange) -> None:
        exchange.raw.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        _slowly(exchange, b"a" * 10_000)

    return act


def _slowly(exchange: Exchange, data: bytes) -> None:
    for byte in data:
        if exchange.closing.wait(STEP):
            break
        exchange.raw.write(bytes([byte]))
        exchange.raw.flush()
    exchange.hang_up()


def big(size: int = 10_000_000) -> Act:
    """Send an answer of the right shape with a text of `size` bytes."""
    return says("x" * size)


def bomb(size: int = 50_000_000) -> Act:
    """Send what is small on the wire and `size` bytes when it is unpacked."""
    packer = zlib.compressobj(1, wbits=zlib.MAX_WBITS | 16)
    step = b"x" * 1_000_000
    packed = packer.compress(b'{"choices": [{"message": {"content": "')
    packed += b"".join(packer.compress(step) for _ in range(size // len(step))) + packer.flush()
    return sends(packed, headers={"Content-Encoding": "gzip"})


def redirect(where: str | None = None, *, code: int = 307) -> Act:
    """Send the client elsewhere; without `where`, to the same place."""
    return lambda exchange: exchange.send(code, b"", {"Location": where or exchange.received.path})


def echoes_key(code: int = 400) -> Act:
    """Repeat the call's Authorization header in the error and in a header, as some proxies do."""

    def act(exchange: Exchange) -> None:
        header = exchange.received.headers.get("authorization", "")
        error = {"error": {"message": f"bad request with headers {{'authorization': '{header}'}}"}}
        exchange.send(code, dumped(error), {"X-Debug-Authorization": header})

    return act


def dumped(value: Any) -> bytes:
    return json.dumps(value).encode()
