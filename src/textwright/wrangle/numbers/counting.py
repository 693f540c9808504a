"""Texts as counts of their words, through scikit-learn.

A word is a word or number of `wrangle.words`, folded: `C++`, `.NET` and `C#` stay whole, and one
learned list of letters decides, so that a table does not change with the version of a library.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from textwright.errors import DataError, MissingExtraError
from textwright.wrangle.words import cut, fold


@dataclass(frozen=True, slots=True)
class WordTable:
    """A number for each text and word: `matrix` is sparse, (n, m), and `words[j]` the word of column j."""

    matrix: Any
    words: tuple[str, ...]


def counts(
    texts: Iterable[str],
    *,
    min_df: int | float = 1,
    max_df: int | float = 1.0,
    longest: int = 1,
    leave_out: Collection[str] = (),
) -> WordTable:
    """Count the words of each text.

    `min_df` and `max_df` bound in how many texts a word must stand, as a number or, with a point, as
    a share; `longest` counts runs of up to so many words too; `leave_out` are words not to count.
    Raise `DataError` when no word is left.

    >>> counts(["Nurse, night nurse", "C++ developer"]).words
    ('c++', 'developer', 'night', 'nurse')
    """
    made = _sklearn().CountVectorizer(**_settings(min_df, max_df, longest, leave_out))
    return _fitted(made, texts)


def tf_idf(
    texts: Iterable[str],
    *,
    min_df: int | float = 1,
    max_df: int | float = 1.0,
    longest: int = 1,
    leave_out: Collection[str] = (),
) -> WordTable:
    """Weigh the words of each text: more where they stand often in it, less where they stand in many; rows of length 1.

    The options are those of `counts`. Raise `DataError` when no word is left.
    """
    made = _sklearn().TfidfVectorizer(**_settings(min_df, max_df, longest, leave_out))
    return _fitted(made, texts)


def words_in(text: str) -> list[str]:
    """Return the words and numbers of a text, folded, in order.

    >>> words_in("Sr. C#/.NET dev - £50k")
    ['sr', 'c#', '.net', 'dev', '50', 'k']
    """
    return [fold(word) for word in cut(text).surfaces if any(map(str.isalnum, word))]


def _settings(min_df: int | float, max_df: int | float, longest: int, leave_out: Collection[str]) -> dict[str, Any]:
    gone = frozenset(leave_out)
    return {
        "tokenizer": lambda text: [word for word in words_in(text) if word not in gone],
        "token_pattern": None,
        "lowercase": False,
        "min_df": min_df,
        "max_df": max_df,
        "ngram_range": (1, longest),
    }


def _fitted(made: Any, texts: Iterable[str]) -> WordTable:
    try:
        matrix = made.fit_transform(texts)
    except ValueError as error:
        raise DataError(f"no words to count: {error}") from error
    return WordTable(matrix, tuple(made.get_feature_names_out().tolist()))


def _sklearn() -> Any:
    try:
        from sklearn.feature_extraction import text
    except ImportError as error:
        raise MissingExtraError("scikit-learn", "wrangle") from error
    return text
