"""A model that a textwright server holds, asked over HTTP; docs/remote-models.md describes it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from textwright.addresses import host_of, is_overheard, is_this_machine, normalised
from textwright.errors import CallError, DataError, ModelError, PredictionError, SchemaError
from textwright.formats.jsonl import categories_of, spans_of
from textwright.llm.client.keys import Key, key_for
from textwright.predictor import InOneLine, refuse_one_text
from textwright.predictors.remote_server import Server
from textwright.schema import Schema
from textwright.types import Annotation, Answer, Problem

# What is asked at once, where the server allows as much: texts, and characters of all of them together.
TEXTS, CHARACTERS = 256, 250_000
EXAMPLE = "http://localhost:8660/v1/models/job_titles"
ADDRESS = re.compile(r"(?P<base>.+)/models/(?P<name>[^/]+)(?:/predict)?")


@dataclass(frozen=True, slots=True, repr=False)
class RemotePredictor(InOneLine):
    """A served model. Texts are asked in batches, `concurrency` of them at once.

    A text that the server cannot answer is an `Answer` with a problem. Several threads may use it.
    """

    name: str
    schema: Schema
    server: Server
    texts: int = TEXTS
    concurrency: int = 4

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        """Answer each text; the evidence that the server gives stands in the notes."""
        return list(self.stream(texts))

    def stream(self, texts: Iterable[str]) -> Iterator[Answer]:
        """Answer texts in order and in constant memory, some batches being asked at once."""
        refuse_one_text(texts)
        asking = Asking(self.server, f"/models/{quote(self.name, safe='')}/predict", self.schema)
        for found in _ahead(asking, batches(texts, self.texts), self.concurrency):
            yield from found

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text. Raise `PredictionError` at the first that has no answer."""
        return [_annotation(place, answer) for place, answer in enumerate(self.answer(texts))]


def _annotation(place: int, answer: Answer) -> Annotation:
    if answer.annotation is None:
        raise PredictionError(place, answer.problem.reason if answer.problem else "no answer")
    return answer.annotation


# --- asking ---------------------------------------------------------------------------------


class Asking:
    """Answers batches of texts; after a failure that each would meet, it asks no more."""

    def __init__(self, server: Server, path: str, schema: Schema) -> None:
        """Take whom to ask, where, and what may be answered."""
        self._server = server
        self._path = path
        self._schema = schema
        self._end: CallError | None = None

    def __call__(self, texts: Sequence[str]) -> list[Answer]:
        """Answer each text. Where it is too much at once, ask for one half and then the other."""
        if self._end is not None:
            return _failed(texts, self._end)
        try:
            return answers_in(self._server.ask("POST", self._path, {"texts": texts}), texts, self._schema)
        except CallError as error:
            if error.kind == "too_much" and len(texts) > 1:
                half = len(texts) // 2
                return [*self(texts[:half]), *self(texts[half:])]
            self._end = error if error.final else None
            return _failed(texts, error)
        except DataError as error:
            self._end = CallError("bad_answer", _unlike(self._server.address, str(error)), final=True)
            return _failed(texts, self._end)


def _failed(texts: Sequence[str], error: CallError) -> list[Answer]:
    return [Answer(None, Problem(error.kind, error.reason))] * len(texts)


def batches(texts: Iterable[str], most: int) -> Iterator[list[str]]:
    """Part texts into what is asked at once: `most` texts, and not many more than `CHARACTERS`.

    >>> list(batches(["a", "b", "c"], 2))
    [['a', 'b'], ['c']]
    """
    batch, size = list[str](), 0
    for text in texts:
        if len(batch) == most or (batch and size + len(text) > CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def _ahead(
    ask: Callable[[list[str]], list[Answer]], waiting: Iterable[list[str]], concurrency: int
) -> Iterator[list[Answer]]:
    """Yield the answers to each batch in order, while the next ones are being asked."""
    with ThreadPoolExecutor(concurrency) as pool:
        begun = deque[Future[list[Answer]]]()
        for batch in waiting:
            begun.append(pool.submit(ask, batch))
            if len(begun) >= concurrency:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()


def answers_in(data: Any, texts: Sequence[str], schema: Schema) -> list[Answer]:
    """Read what a server says of texts. Raise `DataError` when it is of another shape, or not of the schema."""
    found = data.get("annotations") if isinstance(data, dict) else None
    if not isinstance(found, list) or len(found) != len(texts):
        number = f"{len(found)} annotations" if isinstance(found, list) else "no annotations"
        raise DataError(f"{number} for {len(texts)} texts")
    return [_answer(each, text, schema) for each, text in zip(found, texts, strict=True)]


def _answer(data: Any, text: str, schema: Schema) -> Answer:
    if not isinstance(data, dict):
        raise DataError(f"an annotation is {type(data).__name__}, expected an object")
    if data.get("error") is not None:
        return Answer(None, _problem(data["error"]))
    spans, categories, evidence = data.get("spans"), data.get("categories"), data.get("evidence")
    if spans is None and categories is None:
        raise DataError("an annotation has neither spans nor categories nor an error")
    annotation = Annotation(
        None if spans is None else spans_of(spans, text), None if categories is None else categories_of(categories)
    )
    strange = [each for each in schema.problems(text, annotation) if each.kind in ("label", "task")]
    if strange:
        raise DataError(strange[0].reason)
    return Answer(annotation, notes={"evidence": _evidence(evidence, text)} if evidence else {})


def _problem(data: Any) -> Problem:
    kind, reason = (data.get("kind"), data.get("reason")) if isinstance(data, dict) else (None, None)
    if not isinstance(kind, str) or not isinstance(reason, str):
        raise DataError("an error is not an object with kind and reason")
    return Problem(kind, reason)


def _evidence(data: Any, text: str) -> Any:
    """Return evidence as it is once its spans are known to lie in the text."""
    try:
        spans_of(data, text)
    except DataError as error:
        raise DataError(f"the evidence: {error}") from error
    return data


def _unlike(address: str, found: str) -> str:
    return f"{address} did not answer as a textwright server does: {found}"


# --- opening --------------------------------------------------------------------------------


def open_remote(address: str, *, say: Callable[[str], None] = lambda _: None) -> RemotePredictor:
    """Open a served model by its address. Raise `ModelError` that names the models there are.

    The key comes from the environment (`TEXTWRIGHT_API_KEY`) or the system's keyring. `say` is told where a key
    goes, and what others could read on the way.
    """
    base, name = parted(address)
    key = key_for(base)
    if key is not None:
        _tell_where(key, base, say)
    server = Server(base, key=key)
    try:
        return model_in(server.ask("GET", "/models"), name, server)
    except CallError as error:
        raise ModelError(error.reason) from None
    except (DataError, SchemaError) as error:
        raise ModelError(_unlike(base, str(error))) from error


def parted(address: str) -> tuple[str, str]:
    """Part an address into that of the server's interface and the model's name, which may be missing.

    >>> parted("http://localhost:8660/v1/models/job_titles/")
    ('http://localhost:8660/v1', 'job_titles')
    >>> parted("https://example.org")
    ('https://example.org/v1', '')
    """
    whole = address.rstrip("/")
    match = ADDRESS.fullmatch(whole)
    if match is None:
        return normalised(whole), ""
    return normalised(match["base"]), unquote(match["name"])


def _tell_where(key: Key, address: str, say: Callable[[str], None]) -> None:
    """Say where a key goes if who set it may not expect that."""
    if key.is_general and not is_this_machine(host_of(address)):
        say(f"{key.source} is sent to {host_of(address)}")
    if is_overheard(address):
        say(f"the key and the texts go to {address} unencrypted: others on the way can read them")


def model_in(data: Any, name: str, server: Server) -> RemotePredictor:
    """Find a model in a server's list. Raise `DataError` for a list of another shape."""
    listed = data.get("models") if isinstance(data, dict) else None
    if not isinstance(listed, list) or not all(isinstance(each, dict) and "schema" in each for each in listed):
        raise DataError("there is no list of models with their schemas in it")
    by_name = {str(each.get("name")): each for each in listed}
    if name not in by_name:
        raise ModelError(_unknown(server.address, name, list(by_name)))
    return RemotePredictor(name, Schema.from_data(by_name[name]["schema"]), server, _most_texts(data))


def _most_texts(data: Mapping[str, Any]) -> int:
    """Read how many texts the server takes at once, where it says so."""
    limits = data.get("limits")
    stated = limits.get("texts") if isinstance(limits, dict) else None
    return min(TEXTS, stated) if isinstance(stated, int) and stated > 0 else TEXTS


def _unknown(address: str, name: str, names: Sequence[str]) -> str:
    there = ", ".join(f"{address}/models/{quote(each)}" for each in names) or "none"
    what = f"no model is called {name!r}" if name else f"a served model is named like {EXAMPLE}"
    return f"{address}: {what}. Models there: {there}"
