"""Read texts in parts that a network sees at once, and put together what it says of them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from textwright.decode import Candidate, Nesting, apart
from textwright.errors import ModelError
from textwright.predictors import lattice
from textwright.predictors.features import Encoded
from textwright.predictors.folder import whole_number
from textwright.predictors.lattice import Lattice
from textwright.types import Annotation, Scores, Span, in_order

Given = TypeVar("Given")
Made = TypeVar("Made")
# Words that a network sees at once, so that memory stays small however many texts are asked.
WORDS_AT_ONCE, TEXTS_AT_ONCE = 2048, 1024
# A network scores all pairs of a window's words.
MOST_WORDS = 2048
# Probabilities below this are not listed as candidates.
UNLIKELY = 1e-3


@dataclass(frozen=True, slots=True)
class Window:
    """How a long text is read: `words` at a time, every `stride` words; the network looks `reach` words around.

    What the windows say together is what one long window would say, for all spans of at most
    `words - stride - 2 * reach` words.
    """

    words: int = 192
    stride: int = 128
    reach: int = 8

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Window:
        """Read what a `config.json` says. Raise `ModelError` at windows that leave out words, or have too many."""
        window = Window(**data)
        words = whole_number(data, "words", least=1, most=MOST_WORDS) if "words" in data else window.words
        for name in ("stride", "reach"):
            if name in data:
                whole_number(data, name, least=name == "stride", most=words)
        if window.stride + 2 * window.reach > words:
            raise ModelError(f"config.json: windows of {words} words, every {window.stride}, would leave some out")
        return window

    def parts(self, words: int) -> Iterator[tuple[int, int, int, int]]:
        """Yield (begin, end, first, stop): read the words [begin, end), take spans that start in [first, stop).

        >>> list(Window(words=6, stride=3, reach=1).parts(8))
        [(0, 6, 0, 4), (3, 8, 4, 8)]
        """
        begin, first = 0, 0
        while begin + self.words < words:
            yield begin, begin + self.words, first, begin + self.stride + self.reach
            first = begin + self.stride + self.reach
            begin += self.stride
        yield begin, words, first, words


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text's words that a network reads at once, one `of` so many.

    Spans that start in the code points [first, stop) count.
    """

    text: int
    of: int
    words: Encoded
    first: int
    stop: int

    def counts(self, start: int) -> bool:
        """Say whether this part speaks for spans that start there."""
        return self.first <= start < self.stop


# Parts with equally many words, and the scores of their spans: [parts, labels, words, words].
Scored = Iterable[tuple[Sequence[Part], NDArray[np.float32]]]


def part_batches(texts: Iterable[Encoded], window: Window) -> Iterator[list[Part]]:
    """Yield parts with equally many words together, so that none is padded."""
    waiting = enumerate(texts)
    while some := list(islice(waiting, TEXTS_AT_ONCE)):
        by_length: Mapping[int, list[Part]] = defaultdict(list)
        for place, text in some:
            for part in _parts(place, text, window):
                by_length[len(part.words.starts)].append(part)
        for length, parts in by_length.items():
            size = max(1, WORDS_AT_ONCE // length)
            for i in range(0, len(parts), size):
                yield parts[i : i + size]


def ahead(run: Callable[[Given], Made], inputs: Iterable[Given], threads: int) -> Iterator[tuple[Given, Made]]:
    """Give each input with its result, in order; with several threads the next ones are being computed meanwhile.

    >>> list(ahead(len, ["a", "bc", "def"], 2))
    [('a', 1), ('bc', 2), ('def', 3)]
    """
    if threads <= 1:
        yield from ((each, run(each)) for each in inputs)
        return
    with ThreadPoolExecutor(threads) as pool:
        begun: deque[tuple[Given, Future[Made]]] = deque()
        for each in inputs:
            begun.append((each, pool.submit(run, each)))
            if len(begun) > 2 * threads:
                first, made = begun.popleft()
                yield first, made.result()
        yield from ((each, made.result()) for each, made in begun)


def _parts(place: int, text: Encoded, window: Window) -> Iterator[Part]:
    """Cut a text's words into parts; a text without words has none."""
    if not text.starts:
        return
    cuts = list(window.parts(len(text.starts)))
    for begin, end, first, stop in cuts:
        words = Encoded(text.starts[begin:end], text.ends[begin:end], text.rows[begin:end])
        yield Part(place, len(cuts), words, text.starts[first], text.ends[stop - 1])


def annotations_of(scored: Scored, texts: int, nesting: Nesting) -> list[Annotation]:
    """Choose the best set of spans for each text."""
    found = [Annotation(spans=())] * texts
    read: dict[int, list[tuple[Part, Lattice]]] = defaultdict(list)
    for parts, scores in scored:
        made = lattice.lattices(lattice.weights_of(scores), [part.words for part in parts], nesting)
        for part, each in zip(parts, made, strict=True):
            read[part.text].append((part, each))
            if len(read[part.text]) == part.of:
                found[part.text] = Annotation(spans=in_order(_chosen(read.pop(part.text))))
    return found


def _chosen(read: Sequence[tuple[Part, Lattice]]) -> Iterator[Span]:
    """Choose the spans of a text from the lattices of its parts."""
    roots = {span: each for part, each in read for span in each.roots if part.counts(span.start)}
    for span in _best(roots):
        for start, end, label in roots[span].with_held(span):
            yield Span(start, end, label)


def _best(roots: Iterable[Candidate]) -> Iterator[Candidate]:
    """Choose among the spans of labels that no other must hold, label by label."""
    by_label: Mapping[str, list[Candidate]] = defaultdict(list)
    for span in roots:
        by_label[span.label].append(span)
    for spans in by_label.values():
        yield from spans if len(spans) == 1 else apart(spans)


def scores_of(scored: Scored, texts: int, nesting: Nesting, *, temperature: float = 1.0) -> list[Scores]:
    """Give the spans with a probability of at least `UNLIKELY`, for each text; a higher temperature doubts more."""
    found: list[list[Span]] = [[] for _ in range(texts)]
    for parts, scores in scored:
        for part, each in zip(parts, scores, strict=True):
            found[part.text] += _likely(part, each / temperature, nesting)
    return [Scores(spans=in_order(each)) for each in found]


def _likely(part: Part, scores: NDArray[np.float32], nesting: Nesting) -> Iterator[Span]:
    possible = lattice.without_impossible(lattice.weights_of(scores[None]), [part.words])[0] > lattice.NEVER
    chances = lattice.marginals(np.where(possible, scores.astype(np.float64), -1e4), nesting)
    labels = list(nesting)
    for label, first, last in np.argwhere(chances >= UNLIKELY).tolist():
        start, end = part.words.starts[first], part.words.ends[last]
        if part.counts(start):
            yield Span(start, end, labels[label], float(chances[label, first, last]))
