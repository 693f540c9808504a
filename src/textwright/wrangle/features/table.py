"""The table of tokens, in the data frame library that the user has."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import repeat, tee
from typing import Any

from textwright.errors import DataError, MissingExtraError
from textwright.wrangle.features.tagging import Tagged, readings, tagged
from textwright.wrangle.features.words import stem, word_of
from textwright.wrangle.tokens.halves import whole
from textwright.wrangle.tokens.token import Token
from textwright.wrangle.tokens.tokenize import tokenize

# The columns in order, and the types of their values.
COLUMNS: Mapping[str, type] = {
    "document": int,
    "sentence": int,
    "start": int,
    "end": int,
    "text": str,
    "kind": str,
    "normal": str,
    "shape": str,
    "prefix": str,
    "suffix": str,
    "stop_word": bool,
    "part_of_speech": str,
    "lemma": str,
    "stem": str,
}
# What spaCy says.
TAGGED = ("sentence", "part_of_speech", "lemma")
BACKENDS = ("pandas", "polars", "pyarrow")
Columns = dict[str, list[Any]]


def features(texts: str | Iterable[str], *, backend: str | None = None, columns: Sequence[str] = tuple(COLUMNS)) -> Any:
    """Return a data frame with a row for each token of each text, white space left out.

    `texts` is one text, a list or a column of a data frame; `document` is a text's place in it. `backend` is
    `pandas`, `polars` or `pyarrow`; without one, the library of the column that was given, else one that is in
    use, else one that is installed. `columns` chooses and orders: `sentence`, `part_of_speech` and `lemma`
    need spaCy (extra `spacy`), which nothing else does; the rest is in the extra `wrangle`.

    Raise `DataError` for a column or a library that is not known and for a value that is no text,
    `MissingExtraError` for what is not installed.
    """
    listed = [texts] if isinstance(texts, str) else texts
    library = backend_for(listed, backend)
    wanted = known_columns(columns)
    made: Columns = {name: [] for name in wanted}
    for part in feature_columns(texts_of(listed), columns=wanted):
        for name, values in part.items():
            made[name] += values
    return frame(made, library)


def texts_of(values: Iterable[Any]) -> Iterator[str]:
    """Yield the texts, without half characters. Raise `DataError` at the first value that is no text."""
    if hasattr(values, "columns"):
        raise DataError("texts: found a data frame, expected one of its columns, such as frame['text']")
    for number, value in enumerate(values):
        text = value.as_py() if type(value).__module__.startswith("pyarrow") else value
        if not isinstance(text, str):
            raise DataError(f"texts[{number}]: found {text!r}, expected a text")
        yield whole(text)


def known_columns(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the columns, each once. Raise `DataError` for one that the table does not have."""
    wanted = tuple(dict.fromkeys(columns))
    unknown = [name for name in wanted if name not in COLUMNS]
    if unknown or not wanted:
        found = f"no column {unknown[0]!r}" if unknown else "no columns"
        raise DataError(f"columns: {found}. Known columns: {', '.join(COLUMNS)}")
    return wanted


# --- columns -----------------------------------------------------------------------------------------


def feature_columns(texts: Iterable[str], *, columns: Sequence[str], first: int = 0) -> Iterator[Columns]:
    """Yield the columns of one text after the other, in constant memory; `first` is the number of the first text."""
    here, asked = tee(texts)
    needs_model = any(name in columns for name in TAGGED)
    said: Iterable[Tagged | None] = tagged(asked) if needs_model else repeat(None)
    for number, (text, found) in enumerate(zip(here, said, strict=False), start=first):
        tokens = [token for token in tokenize(text) if token.kind != "white_space"]
        if not tokens:
            yield {name: [] for name in columns}
            continue
        own = _own_columns(tokens, number, stems="stem" in columns) | (_said_columns(tokens, found) if found else {})
        yield {name: list(own[name]) for name in columns}


def _own_columns(tokens: Sequence[Token], number: int, *, stems: bool) -> dict[str, Iterable[Any]]:
    """Return the columns for which a token needs no other."""
    texts, starts, ends, kinds = zip(*tokens, strict=True)
    normal, shape, prefix, suffix, stop_word = zip(*map(word_of, texts), strict=True)
    return {
        "document": [number] * len(tokens),
        "start": starts,
        "end": ends,
        "text": texts,
        "kind": kinds,
        "normal": normal,
        "shape": shape,
        "prefix": prefix,
        "suffix": suffix,
        "stop_word": stop_word,
        "stem": map(stem, texts) if stems else (),
    }


def _said_columns(tokens: Sequence[Token], found: Tagged) -> dict[str, Iterable[Any]]:
    """Return the columns that the model fills."""
    tags, lemmas, sentences = zip(*readings(tokens, found), strict=True)
    return {"part_of_speech": tags, "lemma": lemmas, "sentence": sentences}


# --- frames ------------------------------------------------------------------------------------------


def backend_for(texts: Any, backend: str | None) -> str:
    """Choose the data frame library: the one that is named, or of the texts, or in use, or installed."""
    if backend is not None:
        return _checked(backend)
    own = type(texts).__module__.split(".")[0]
    installed = [name for name in BACKENDS if find_spec(name)]
    if not installed:
        raise MissingExtraError("a data frame library (pandas, polars or pyarrow)", "parquet")
    return next(name for name in (own, *filter(sys.modules.__contains__, BACKENDS), *installed) if name in installed)


def _checked(backend: str) -> str:
    """Return the name of a library. Raise `DataError` when it is not known or not installed."""
    if backend not in BACKENDS:
        raise DataError(f"backend: no library {backend!r}. Known libraries: {', '.join(BACKENDS)}")
    if find_spec(backend) is None:
        raise DataError(f"backend: {backend} is not installed. Install it with: pip install {backend}")
    return backend


def frame(columns: Columns, backend: str) -> Any:
    """Make a data frame; an empty one has the types of the others."""
    try:
        import narwhals as nw
    except ImportError as error:
        raise MissingExtraError("narwhals", "wrangle") from error
    types = {int: nw.Int64, str: nw.String, bool: nw.Boolean}
    schema = {name: types[COLUMNS[name]]() for name in columns}
    library: Any = backend
    return nw.from_dict(columns, schema, backend=library).to_native()
