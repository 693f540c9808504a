"""Cut a text into the subwords of a model, with their places in the text."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from textwright.errors import MissingExtraError, ModelError
from textwright.wrangle.tokens.halves import whole
from textwright.wrangle.tokens.token import Token

FILE = "tokenizer.json"
EXPECTED = (
    "expected a model that reads subwords (kind transformer, as `emotion`), a folder with a tokenizer.json, "
    "such a file, or a tokenizer of tokenizers or transformers"
)


def subwords(model: Any, text: str) -> list[Token]:
    """Cut a text into the subwords of a model, without those that a model puts around a text.

    `model` is an opened model that reads subwords, the path of its folder or of a `tokenizer.json`, or a tokenizer
    of the libraries `tokenizers` or `transformers`. A token's text is the piece as the vocabulary has it (`##ing`),
    its kind `subword`, or `unknown` where the vocabulary has none; `text[start:end]` is what it stands for. Pieces
    may share a place (bytes of one character), and what is left out of them all, such as white space, has none.
    Nothing is cut off or filled up. Raise `ModelError` for anything else, `MissingExtraError` without `tokenizers`.
    """
    tokenizer = whole_tokenizer(model)
    found = tokenizer.encode(whole(text), add_special_tokens=False)
    unknown = _unknown_piece(tokenizer)
    return [
        Token(piece, start, end, "unknown" if piece == unknown else "subword")
        for piece, (start, end) in zip(found.tokens, found.offsets, strict=True)
    ]


def whole_tokenizer(model: Any) -> Any:
    """Return the tokenizer of the library `tokenizers` behind a model, one that neither cuts off nor fills up."""
    if isinstance(model, str | Path):
        return _read_whole(Path(model))
    own = getattr(model, "tokeniser", model)
    made = getattr(own, "made", None) or getattr(own, "backend_tokenizer", own)
    if not (hasattr(made, "encode") and hasattr(made, "no_truncation")):
        raise ModelError(f"{getattr(model, 'name', None) or type(model).__name__} has no subwords: {EXPECTED}")
    if made.truncation is None and made.padding is None:
        return made
    return _unbounded(type(made).from_str(made.to_str()))


def _read_whole(path: Path) -> Any:
    """Read the file of a folder, or the file itself; once, as long as it does not change."""
    file = path / FILE if path.is_dir() else path
    if not file.is_file():
        what = f"holds no {FILE}" if path.is_dir() else "no such file or folder"
        raise ModelError(f"{path}: {what}: {EXPECTED}")
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(4)
def _read(file: Path, changed: int) -> Any:
    del changed
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingExtraError("tokenizers", "transformer") from error
    try:
        return _unbounded(Tokenizer.from_str(file.read_text(encoding="utf-8")))
    except Exception as error:
        raise ModelError(f"{file}: no tokenizer that can be read: {error}. {EXPECTED}") from error


def _unbounded(made: Any) -> Any:
    made.no_truncation()
    made.no_padding()
    return made


def _unknown_piece(tokenizer: Any) -> str | None:
    """Return the piece that stands for what the vocabulary lacks, if the model says which."""
    found = getattr(tokenizer.model, "unk_token", None)
    return found if isinstance(found, str) else None
