"""One pass over the texts: every part takes each text, and says at the end what it found."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from textwright.errors import DataError
from textwright.types import Example
from textwright.wrangle.profile.annotations import AnnotationCount
from textwright.wrangle.profile.characters import CharacterCount
from textwright.wrangle.profile.columns import ColumnCount
from textwright.wrangle.profile.copies import CopyCount
from textwright.wrangle.profile.counting import Sample
from textwright.wrangle.profile.kinds import KINDS, PERSONAL
from textwright.wrangle.profile.languages import languages_of
from textwright.wrangle.profile.lengths import Measured
from textwright.wrangle.profile.oddities import Oddities
from textwright.wrangle.profile.result import Profile
from textwright.wrangle.profile.values import Unread
from textwright.wrangle.profile.words import WordCount

LANGUAGE_SAMPLE = 2000
NEAR_SAMPLE = 5000
FIRST_UNREAD = 10
OPTIONAL = {"languages": "py3langid", "wrongly decoded texts": "ftfy", "near-same texts": "rensa"}


def profile(texts: Iterable[str | Example | Unread], *, name: str = "", seed: int = 0) -> Profile:
    """Say what texts are like: lengths, languages, characters, words, copies, and how they are annotated.

    Texts are looked at as they come, in bounded memory: some 30 bytes a text and at most a few hundred megabytes
    for words. `name` is the file's, for the commands that are proposed, else the data set's own; `seed` chooses the
    samples. An `Unread` stands for a record that could not be read. Languages, mojibake and near-same texts need the
    extra `wrangle`; without it `missing` lists what was not looked at. Raise `DataError` at what is no text.

    >>> profile(["Senior Nurse", "Cook", "Cook"]).copies.copies
    1
    """
    if isinstance(texts, str):
        raise DataError("found one text, expected several: a list of texts, or a data set")
    work = _Profiler(name or str(getattr(texts, "name", "")), seed)
    for each in texts:
        work.add(each)
    return work.done()


class _Profiler:
    """Hands each text to every part."""

    def __init__(self, name: str, seed: int) -> None:
        self._name, self._seed = name, seed
        self._texts = self._empty = self._unread = 0
        self._first_unread: list[Unread] = []
        self._characters, self._words = CharacterCount(), WordCount()
        self._lengths = [Measured(unit) for unit in ("characters", "words", "lines")]
        self._oddities, self._personal = Oddities(KINDS), Oddities(PERSONAL)
        self._copies, self._columns, self._annotations = CopyCount(), ColumnCount(), AnnotationCount()
        self._spoken = Sample[str](LANGUAGE_SAMPLE, seed=seed)
        self._compared = Sample[str](NEAR_SAMPLE, seed=seed + 1)

    def add(self, each: object) -> None:
        if isinstance(each, str):
            self._add_text(each)
        elif isinstance(each, Example):
            self._add_text(each.text)
            self._columns.add(each)
            self._annotations.add(self._texts, each)
        elif isinstance(each, Unread):
            self._unread += 1
            if self._unread <= FIRST_UNREAD:
                self._first_unread.append(each)
        else:
            raise DataError(f"found {type(each).__name__} as text {self._texts + 1}, expected str or Example")

    def _add_text(self, text: str) -> None:
        self._texts += 1
        words = self._words.add(text)
        for measured, length in zip(self._lengths, (len(text), words, text.count("\n") + 1), strict=True):
            measured.add(length)
        self._characters.add(text)
        if not text or text.isspace():
            self._empty += 1
            return
        self._oddities.add(self._texts, text)
        self._personal.add(self._texts, text)
        self._copies.add(text)
        self._spoken.add(text)
        self._compared.add(text)

    def done(self) -> Profile:
        return Profile(
            self._name,
            self._seed,
            self._texts,
            self._empty,
            self._unread,
            tuple(self._first_unread),
            tuple(measured.done() for measured in self._lengths),
            languages_of(self._spoken.kept),
            self._characters.done(),
            self._oddities.done(),
            self._personal.done(),
            self._words.done(),
            self._copies.done(self._compared.kept),
            self._columns.done(),
            self._annotations.done(),
            missing(),
        )


def missing() -> tuple[str, ...]:
    """Name what is not looked at because a package of the extra is not installed."""
    return tuple(name for name, package in OPTIONAL.items() if find_spec(package) is None)
