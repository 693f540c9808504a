"""Open the small language model that is tuned: the weights of a GGUF file, made numbers again, and its tokeniser."""

from __future__ import annotations

import hashlib
import io
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textwright.errors import MissingExtraError, ModelError

ARCHITECTURES = ("llama",)
WEIGHT_BYTES = 4
# The weights are there twice while they are read; what a batch needs beside them was measured.
COPIES, BATCH_BYTES = 2, 2_500_000_000


@dataclass(frozen=True, slots=True)
class Base:
    """A language model's file with what its head says of it."""

    path: Path
    name: str
    licence: str
    architecture: str
    parameters: int

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the file."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @property
    def memory_bytes(self) -> int:
        """Estimate what tuning it needs at most."""
        return self.parameters * WEIGHT_BYTES * COPIES + min(BATCH_BYTES, self.parameters * 20)


def open_base(path: Path) -> Base:
    """Read the head of a GGUF file. Raise `ModelError` when it is none, or a model that cannot be tuned here."""
    reader = gguf_reader(path)
    architecture = str(field_of(reader, "general.architecture", "unknown"))
    if architecture not in ARCHITECTURES:
        known = ", ".join(ARCHITECTURES)
        raise ModelError(f"{path}: its architecture is {architecture!r}. Tuning here knows: {known}")
    if not field_of(reader, "tokenizer.chat_template", ""):
        raise ModelError(f"{path}: it has no chat template, so it was not made to answer. Take an instruct model")
    parameters = sum(int(tensor.n_elements) for tensor in reader.tensors)
    name = str(field_of(reader, "general.name", path.stem))
    return Base(path, name, str(field_of(reader, "general.license", "")), architecture, parameters)


def gguf_reader(path: Path) -> Any:
    """Open a GGUF file. Raise `ModelError` that says why it cannot be read."""
    try:
        from gguf import GGUFReader
    except ImportError as error:
        raise MissingExtraError("gguf", "tune") from error
    if not path.is_file():
        raise ModelError(f"{path}: no such file. --gguf takes the GGUF file of a small language model")
    try:
        return GGUFReader(str(path))
    except Exception as error:  # whatever the bytes make the reader stumble over
        raise ModelError(f"{path} is no GGUF file, or is cut off: {error}") from error


def field_of(reader: Any, key: str, otherwise: object) -> Any:
    """Read a value of a GGUF file's head."""
    field = reader.get_field(key)
    return otherwise if field is None else field.contents()


def refuse_too_large(base: Base, *, available: int | None = None) -> None:
    """Raise `ModelError` when the memory that is free will not do; where nobody can say, go on."""
    free = available_memory() if available is None else available
    if free is not None and base.memory_bytes > free:
        needed, there = base.memory_bytes / 1e9, free / 1e9
        raise ModelError(
            f"{base.path}: tuning {base.parameters / 1e6:.0f} million weights needs about {needed:.1f} GB of memory, "
            f"{there:.1f} GB are free. Close something, or take a smaller model with --gguf"
        )


def available_memory() -> int | None:
    """Return how many bytes of memory are free, where the system tells."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    sizes = dict(line.split(":", 1) for line in lines if ":" in line)
    return int(sizes["MemAvailable"].split()[0]) * 1024 if "MemAvailable" in sizes else None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A base in memory: its network in 32 bits, and how it cuts conversations and answers into tokens."""

    network: Any
    tokenizer: Any

    def asked(self, messages: Sequence[Mapping[str, str]]) -> list[int]:
        """Cut a conversation as the model's own chat template writes it, up to where the answer begins."""
        written = self.tokenizer.apply_chat_template(list(messages), tokenize=False, add_generation_prompt=True)
        return self._cut(written)

    def answered(self, answer: str) -> list[int]:
        """Cut an answer, with the token that ends it."""
        return [*self._cut(answer), int(self.tokenizer.eos_token_id)]

    def _cut(self, text: str) -> list[int]:
        return list(self.tokenizer(text, add_special_tokens=False)["input_ids"])


# Nothing is fetched, and no code of a folder is run.
DATA_ALONE: Mapping[str, Any] = {"local_files_only": True, "trust_remote_code": False}


def load(base: Base) -> Loaded:
    """Read the weights into memory. Nothing is fetched from anywhere."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer
    except ImportError as error:
        raise MissingExtraError(error.name or "transformers", "tune") from error
    folder, file = str(base.path.resolve().parent), base.path.name
    with quiet():
        try:
            tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=file, **DATA_ALONE)
            network = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32, **DATA_ALONE)
        except (OSError, ValueError, KeyError, NotImplementedError, RuntimeError) as error:
            reason = str(error).split("\n")[0]
            raise ModelError(f"{base.path}: transformers cannot read the weights: {reason}") from error
    _cut_digits(tokenizer, str(field_of(gguf_reader(base.path), "tokenizer.ggml.pre", "")))
    return Loaded(network, tokenizer)


def _cut_digits(tokenizer: Any, rule: str) -> None:
    """Cut numbers as llama.cpp does: transformers passes over the file's rule that each digit stands alone."""
    if rule != "smollm":
        return
    from tokenizers import pre_tokenizers

    digits = pre_tokenizers.Digits(individual_digits=True)
    pieces = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.backend_tokenizer.pre_tokenizer = pre_tokenizers.Sequence([digits, pieces])


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the bars and the advice of transformers off standard error."""
    from transformers.utils import logging

    level = logging.get_verbosity()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        with redirect_stderr(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(level)
