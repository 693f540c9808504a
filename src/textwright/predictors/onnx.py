"""A network in a model folder, run by onnxruntime. docs/training.md describes folder and graph."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textwright.decode import Nesting, best_spans, nesting_of, roots_of
from textwright.errors import MissingExtraError, ModelError, SchemaError
from textwright.predictors.features import Encoded, Features, encode
from textwright.schema import Schema
from textwright.types import Annotation, Scores, Span, in_order

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from textwright.predictors.lattice import Lattice

KIND, VERSION, GRAPH = "network", 1, "onnx/model.onnx"
# Words that the graph sees at once, so that memory stays small however many texts are asked.
WORDS_AT_ONCE = 2048
# Probabilities below this are not listed as candidates.
UNLIKELY = 1e-3


@dataclass(frozen=True, slots=True)
class Window:
    """How a long text is read: `words` at a time, every `stride` words; the graph looks `reach` words around.

    What the windows say together is what one long window would say, for all spans of at most
    `words - stride - 2 * reach` words.
    """

    words: int = 192
    stride: int = 128
    reach: int = 8

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
    """A stretch of a text's words that the graph reads at once, one `of` so many.

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


@dataclass(frozen=True, slots=True)
class OnnxPredictor:
    """A network that scores every span of words; `predict` chooses the best set of them.

    It holds nothing that changes; several threads may use it.
    """

    name: str
    schema: Schema
    features: Features
    window: Window
    nesting: Nesting
    session: Any
    graph: bytes
    config: Mapping[str, Any]

    @property
    def size_bytes(self) -> int:
        """Return the size of the graph, nearly all of the model."""
        return len(self.graph)

    @staticmethod
    def open(folder: str | Path, *, threads: int = 1) -> OnnxPredictor:
        """Open a model folder. Raise `ModelError` when it is damaged or not of this version."""
        folder = Path(folder)
        config = read_config(folder)
        graph = checked_file(folder, GRAPH, config)
        try:
            return from_graph(graph, config, threads=threads)
        except (KeyError, TypeError, SchemaError) as error:
            raise ModelError(f"{folder / 'config.json'}: {type(error).__name__}: {error}") from error

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text; `[]` gives `[]`."""
        from textwright.predictors import lattice

        found = [Annotation(spans=())] * len(texts)
        read: dict[int, list[tuple[Part, Lattice]]] = defaultdict(list)
        for parts, scores in self._scored(texts):
            made = lattice.lattices(lattice.weights_of(scores), [part.words for part in parts], self.nesting)
            for part, each in zip(parts, made, strict=True):
                read[part.text].append((part, each))
                if len(read[part.text]) == part.of:
                    found[part.text] = Annotation(spans=in_order(self._chosen(read.pop(part.text))))
        return found

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Give the spans with a probability of at least `UNLIKELY`, for each text."""
        found: list[list[Span]] = [[] for _ in texts]
        for parts, scores in self._scored(texts):
            for part, each in zip(parts, scores, strict=True):
                found[part.text] += self._likely(part, each)
        return [Scores(spans=in_order(each)) for each in found]

    def _scored(self, texts: Sequence[str]) -> Iterator[tuple[list[Part], NDArray[np.float32]]]:
        """Run the graph on parts with equally many words, so that none is padded."""
        import numpy as np

        by_length: Mapping[int, list[Part]] = defaultdict(list)
        for place, text in enumerate(texts):
            for part in _parts(place, encode(text, self.features), self.window):
                by_length[len(part.words.starts)].append(part)
        for length, parts in by_length.items():
            size = max(1, WORDS_AT_ONCE // length)
            for i in range(0, len(parts), size):
                some = parts[i : i + size]
                rows = np.array([part.words.rows for part in some], dtype=np.int32)
                yield some, self.session.run(None, {"rows": rows})[0]

    def _chosen(self, read: Sequence[tuple[Part, Lattice]]) -> Iterator[Span]:
        """Choose the spans of a text from the lattices of its parts."""
        roots = {span: lattice for part, lattice in read for span in lattice.roots() if part.counts(span.start)}
        for span in best_spans(roots, dict.fromkeys(roots_of(self.nesting), ())):
            for start, end, label in roots[span].with_held(span):
                yield Span(start, end, label)

    def _likely(self, part: Part, scores: NDArray[np.float32]) -> Iterator[Span]:
        import numpy as np

        from textwright.predictors import lattice

        possible = lattice.without_impossible(lattice.weights_of(scores[None]), [part.words])[0] > lattice.NEVER
        chances = lattice.marginals(np.where(possible, scores.astype(np.float64), -1e4), self.nesting)
        labels = list(self.nesting)
        for label, first, last in np.argwhere(chances >= UNLIKELY).tolist():
            start, end = part.words.starts[first], part.words.ends[last]
            if part.counts(start):
                yield Span(start, end, labels[label], float(chances[label, first, last]))


def from_graph(graph: bytes, config: Mapping[str, Any], *, threads: int = 1) -> OnnxPredictor:
    """Make a predictor of a graph and its configuration, without any file."""
    schema = Schema.from_data(config["schema"])
    return OnnxPredictor(
        name=str(config.get("name", "")),
        schema=schema,
        features=Features.from_data(config["features"]),
        window=Window(**config["window"]),
        nesting=nesting_of(schema),
        session=_session(graph, threads),
        graph=graph,
        config=config,
    )


def _session(graph: bytes, threads: int) -> Any:
    try:
        import onnxruntime  # type: ignore[import-untyped]  # it ships no types
    except ImportError as error:
        raise MissingExtraError("onnxruntime", "onnx") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(f"onnxruntime cannot read the graph: {error}") from error


def read_config(folder: Path) -> dict[str, Any]:
    """Read the `config.json` of a network's folder. Raise `ModelError` that says what is wrong with it."""
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{folder} is no model folder: it has no config.json") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: {error}") from error
    if not isinstance(config, dict) or config.get("kind") != KIND:
        kind = config.get("kind") if isinstance(config, dict) else type(config).__name__
        raise ModelError(f"{path}: kind is {kind!r}, expected {KIND!r}")
    if config.get("version") != VERSION:
        raise ModelError(f"{path}: version {config.get('version')!r}, this textwright reads version {VERSION}")
    return config


def checked_file(folder: Path, name: str, config: Mapping[str, Any]) -> bytes:
    """Read a file of a model folder. Raise `ModelError` unless its SHA-256 is the one in the configuration."""
    path = folder / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror or error}") from error
    found, expected = hashlib.sha256(content).hexdigest(), config.get("files", {}).get(name)
    if found != expected:
        raise ModelError(f"{path} is damaged or was replaced: SHA-256 {found}, config.json says {expected}")
    return content


def _parts(place: int, text: Encoded, window: Window) -> Iterator[Part]:
    """Cut a text's words into the parts that the graph reads; a text without words has none."""
    if not text.starts:
        return
    cuts = list(window.parts(len(text.starts)))
    for begin, end, first, stop in cuts:
        words = Encoded(text.starts[begin:end], text.ends[begin:end], text.rows[begin:end])
        yield Part(place, len(cuts), words, text.starts[first], text.ends[stop - 1])
