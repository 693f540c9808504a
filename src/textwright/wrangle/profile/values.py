"""What a profile says, as frozen values. Offsets are code points, half open; counts are of texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A record of a file that could not be read: its line (from 1), why, and what stood there."""

    line: int
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where something was seen: the text's place in the file (from 1), a piece of the text, and where in it.

    `[start, end)` is the thing in `text`; `offset` is where `text` begins in the whole text.
    """

    number: int
    text: str
    start: int
    end: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """How many values lie in `[low, high)`; `high` None has no upper end."""

    low: int
    high: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long texts are in one unit: quantiles by their name, and a histogram."""

    unit: str
    total: int
    mean: float
    quantiles: Mapping[str, int]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Characters:
    """What the texts are written with: characters by kind, letters by script, and those outside ASCII by number."""

    total: int
    different: int
    kinds: Counts
    scripts: Counts
    other: Counts


@dataclass(frozen=True, slots=True)
class Oddity:
    """A kind of thing that often needs attention: in how many texts, how often, what it looks like, where."""

    kind: str
    title: str
    why: str
    advice: str
    texts: int
    times: int
    pieces: Counts
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """A language (ISO 639 code): its estimated share, texts that are surely in it, and one of them."""

    code: str
    share: float
    texts: int
    example: str


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a sample of texts. `unsure` are texts of which none is more likely than 0.8."""

    sample: int
    unsure: int
    found: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the texts in lower case, and neighbours. `missed`: the counts may be low by so much."""

    total: int
    different: int
    once: int
    words: Counts
    pairs: Counts
    missed: int


@dataclass(frozen=True, slots=True)
class Copies:
    """Texts that stand there more than once; `folded` when case and white space are not looked at.

    `different` counts the distinct texts, `copies` those beyond the first of each. `near` counts the texts of
    a sample of `near_sample` that have a near-same one in it, which is fewer than in all texts.
    """

    different: int
    copies: int
    folded: int
    most: Counts
    near_sample: int = 0
    near: int = 0
    near_groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """What stands beside the texts under one key: in how many, how many different values, the most frequent."""

    name: str
    where: str
    texts: int
    different: int
    exact: bool
    values: Counts


@dataclass(frozen=True, slots=True)
class LabelUse:
    """How one span label is used. Lengths are in words; `once` are the words that it marks most often."""

    name: str
    spans: int
    texts: int
    shortest: int
    median: int
    longest: int
    often: Counts


@dataclass(frozen=True, slots=True)
class Pairing:
    """How often two labels go together: `inner` inside `outer`, on the same words, or crossing; or in one text."""

    outer: str
    inner: str
    count: int


@dataclass(frozen=True, slots=True)
class TaskUse:
    """How one task is answered: its labels by number, labels a text, and pairs of labels on the same text."""

    name: str
    texts: int
    labels: Counts
    several: int
    together: tuple[Pairing, ...]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Annotations that are likely to be slips: how many, and where."""

    kind: str
    title: str
    advice: str
    count: int
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Annotations:
    """What is annotated, and how. `compared` texts were compared with each other, at most a fixed number."""

    with_spans: int
    with_categories: int
    empty: int
    labels: tuple[LabelUse, ...]
    per_text: tuple[Bar, ...]
    nested: tuple[Pairing, ...]
    same: tuple[Pairing, ...]
    crossing: tuple[Pairing, ...]
    tasks: tuple[TaskUse, ...]
    annotators: Counts
    by_several: int
    compared: int
    suspicions: tuple[Suspicion, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a profile means, in words, and the command that comes next, if there is one."""

    weight: str
    words: str
    command: str = ""
