"""A language model that was tuned on this machine, as a predictor: its folder holds weights, question and schema."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from textwright.errors import ModelError, SchemaError
from textwright.llm.answers.reading import AnswerError, read_answer
from textwright.llm.asking import Settings
from textwright.llm.calls import Completer, Completion, Request
from textwright.llm.local.embedded import Embedded
from textwright.llm.prompts.prompt import Prompt
from textwright.llm.prompts.template import open_template
from textwright.predictor import InOneLine
from textwright.predictors.folder import checked_file, read_config, stated_sum
from textwright.predictors.prompt import PromptPredictor
from textwright.schema import Schema
from textwright.types import Annotation, Answer

KIND, VERSION = "language_model", 1
WEIGHTS = "model.gguf"
# What a folder may say about how its model is asked; nothing else of it reaches the model.
PARAMETERS = ("temperature", "max_tokens", "seed", "attempts", "enforce")


@dataclass(frozen=True, slots=True, repr=False)
class TunedPredictor(InOneLine):
    """A tuned language model. A text that it does not answer is an `Answer` with a problem."""

    asking: PromptPredictor
    config: Mapping[str, Any]
    size_bytes: int

    @staticmethod
    def open(folder: str | Path) -> TunedPredictor:
        """Open a model folder; the model itself starts when it is first asked.

        Raise `ModelError` when the folder is damaged or not of this version.
        """
        return open_tuned(Path(folder))

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self.asking.name

    @property
    def schema(self) -> Schema:
        """Return the labels and tasks that it was tuned for."""
        return self.asking.schema

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text. Raise `PredictionError` at the first that has no answer."""
        return self.asking.predict(texts)

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        """Answer each text; a failure is an `Answer` with a problem."""
        return self.asking.answer(texts)

    def stream(self, texts: Iterable[str]) -> Iterator[Answer]:
        """Answer texts one after the other, in constant memory."""
        return self.asking.stream(texts)


def open_tuned(folder: Path) -> TunedPredictor:
    """Open the folder that `textwright tune local` wrote. Raise `ModelError` when it is damaged."""
    config = read_config(folder, KIND, VERSION)
    weights = checked_weights(folder, config)
    prompt = prompt_in(folder, config)
    embedded = Embedded(weights)
    settings = settings_of(config, folder, embedded)
    name = str(config.get("name", folder.name))
    asking = PromptPredictor(name, prompt, Trusting(embedded), settings, concurrency=1)
    return TunedPredictor(asking, config, weights.stat().st_size)


def checked_weights(folder: Path, config: Mapping[str, Any]) -> Path:
    """Return the file of weights. Raise `ModelError` unless its SHA-256 is the one in the configuration."""
    path = folder / WEIGHTS
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror or error}") from error
    expected = stated_sum(config, WEIGHTS)
    if found != expected:
        raise ModelError(f"{path} is damaged or was replaced: SHA-256 {found}, config.json says {expected}")
    return path


def _files(config: Mapping[str, Any]) -> Mapping[str, Any]:
    files = config.get("files", {})
    return files if isinstance(files, Mapping) else {}


def prompt_in(folder: Path, config: Mapping[str, Any]) -> Prompt:
    """Put the folder's template to its schema: the question that the weights were tuned on."""
    for name in (each for each in _files(config) if each.endswith((".md", ".json"))):
        checked_file(folder, name, config)
    values = config.get("values", {})
    if not isinstance(values, Mapping):
        raise ModelError(f"{folder / 'config.json'}: values is {type(values).__name__}, expected an object")
    try:
        schema = Schema.read(folder / str(config.get("schema", "schema.json")))
    except SchemaError as error:
        raise ModelError(str(error)) from error
    return Prompt(open_template(str(folder / str(config.get("template", "template.md")))), schema, values)


def settings_of(config: Mapping[str, Any], folder: Path, embedded: Embedded) -> Settings:
    """Read how the model is asked. Raise `ModelError` when the folder says what cannot be."""
    given = config.get("parameters", {})
    known = {key: value for key, value in given.items() if key in PARAMETERS} if isinstance(given, Mapping) else {}
    try:
        return Settings(address=embedded.address, model=embedded.model, **{"attempts": 1, **known})
    except (TypeError, ValueError) as error:
        raise ModelError(f"{folder / 'config.json'}: {error}") from error


@dataclass(frozen=True, slots=True)
class Trusting:
    """Lets the model answer freely first, and enforces the form of the answer where that went wrong.

    A tuned model knows the form, without the spaces that an enforced one has: bound to those it would
    answer a little worse, and more slowly.
    """

    inner: Completer

    def complete(self, request: Request) -> Completion:
        """Answer one request, twice when the first answer cannot be read."""
        if request.enforce == "none" or request.answer is None:
            return self.inner.complete(request)
        free = self.inner.complete(replace(request, enforce="none"))
        if _is_readable(free, request.answer):
            return free
        bound = self.inner.complete(request)
        return replace(bound, usage=free.usage + bound.usage)


def _is_readable(completion: Completion, answer: Mapping[str, Any]) -> bool:
    try:
        return completion.finish == "stop" and bool(read_answer(completion.text, answer).value)
    except AnswerError:
        return False
