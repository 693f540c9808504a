"""spaCy as a method: spancat where spans nest, ner where they do not, textcat for whole texts.

The pipeline is that of `spacy init config` for a processor, with everybody's defaults, but for the longest span
that spancat may propose: its 3 tokens would cut most job titles. https://spacy.io/usage/training
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from textwright.dataset import Dataset, occurring_schema
from textwright.errors import DataError, MissingExtraError
from textwright.schema import Schema, Task, overlap
from textwright.types import Annotation, Category, Example, Span, in_order

# What spancat may propose: runs of up to so many of its tokens.
LONGEST = 12
SECONDS = 60.0
KEY = "sc"
PIPELINE, SCHEMA = "spacy", "schema.json"


@dataclass(frozen=True, slots=True)
class SpacyModel:
    """A spaCy pipeline as a predictor. `part` is the name of the pipe that answers."""

    schema: Schema
    nlp: Any
    part: str
    size_bytes: int = 0

    @property
    def name(self) -> str:
        """Return what it is."""
        return f"spaCy {self.part}"

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text."""
        return [self._annotation(doc) for doc in self.nlp.pipe(texts)]

    def _annotation(self, doc: Any) -> Annotation:
        if self.part.startswith("textcat"):
            return Annotation(categories=chosen_labels(self.schema.tasks[0], doc.cats))
        found = doc.spans[KEY] if self.part == "spancat" else doc.ents
        marked = {(each.start_char, each.end_char, each.label_) for each in found if each.text.strip()}
        return Annotation(spans=in_order(Span(*each) for each in marked))

    def save(self, folder: Path) -> None:
        """Write the pipeline and the schema into a folder."""
        self.nlp.to_disk(folder / PIPELINE)
        text = json.dumps(self.schema.to_data(), ensure_ascii=False, indent=1) + "\n"
        (folder / SCHEMA).write_text(text, encoding="utf-8")

    @staticmethod
    def open(folder: str | Path) -> SpacyModel:
        """Open what `save` wrote."""
        pipeline = Path(folder) / PIPELINE
        nlp = _spacy().load(pipeline)
        return SpacyModel(Schema.read(Path(folder) / SCHEMA), nlp, nlp.pipe_names[-1], size_of(pipeline))


def size_of(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def chosen_labels(task: Task, values: Mapping[str, float]) -> tuple[Category, ...]:
    """Choose the labels of at least one half, or the likeliest where only one may be."""
    if task.multiple:
        return tuple(Category(task.name, label) for label, value in values.items() if value >= 0.5)
    return (Category(task.name, max(values, key=lambda label: values[label])),)


def fit(
    train: Dataset,
    dev: Dataset,
    *,
    seed: int = 0,
    seconds: float = SECONDS,
    steps: int | None = None,
    language: str = "en",
    longest: int = LONGEST,
    tell: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True),
) -> SpacyModel:
    """Train for so many seconds of the processor, or for so many steps, and take what did best on dev.

    Steps give the same model each time, seconds do not. Spans are learned where the train set has
    any, else its only task. Raise `DataError` when it has neither, or several tasks.
    """
    part = part_for(train)
    with tempfile.TemporaryDirectory(prefix="textwright-") as made:
        folder = Path(made)
        for name, texts in (("train", train), ("dev", dev)):
            write_docs(folder / f"{name}.spacy", texts, train, part, language)
        config = _config(folder, part, seed=seed, language=language, longest=longest)
        _set_end(config, seconds, steps)
        best = _trained(config, folder / "out", tell)
        return SpacyModel(_schema(train, part), _spacy().load(best), part, size_of(best))


def part_for(train: Dataset) -> str:
    """Choose the pipe that can learn what a train set annotates. Raise `DataError` when none can."""
    if any(example.gold.spans for example in train):
        return "spancat" if is_nested(train) else "ner"
    return "textcat_multilabel" if task_of(train).multiple else "textcat"


def task_of(train: Dataset) -> Task:
    """Return the one task of a train set; where no schema says so, it has several labels at once if any text has.

    Raise `DataError` when there is another number of tasks.
    """
    tasks = occurring_schema(train).tasks
    if len(tasks) != 1:
        raise DataError(f"spaCy learns spans or one task; the train set has no spans and {len(tasks)} tasks")
    task = train.schema.task(tasks[0].name)
    if train.declared:
        return task
    return replace(task, multiple=any(len(example.gold.categories or ()) > 1 for example in train))


def is_nested(train: Iterable[Example]) -> bool:
    """Say whether spans lie in each other in any text."""
    return any(
        overlap(one, other)
        for example in train
        for place, one in enumerate(example.gold.spans or ())
        for other in (example.gold.spans or ())[place + 1 :]
    )


def _schema(train: Dataset, part: str) -> Schema:
    """Keep what the pipe answers."""
    if part.startswith("textcat"):
        return replace(train.schema, labels=(), rules=(), tasks=(task_of(train),))
    return replace(train.schema, tasks=())


def write_docs(path: Path, texts: Iterable[Example], train: Dataset, part: str, language: str = "en") -> None:
    """Write texts as spaCy reads them; a span whose edge cuts a token is lost to it."""
    from spacy.tokens import DocBin

    nlp, docs = _spacy().blank(language), DocBin()
    labels = [label.name for task in occurring_schema(train).tasks for label in task.labels]
    for example in texts:
        doc = nlp.make_doc(example.text)
        spans = [doc.char_span(span.start, span.end, label=span.label) for span in example.gold.spans or ()]
        found = [span for span in spans if span is not None and span.text.strip()]
        if part == "spancat":
            doc.spans[KEY] = found
        elif part == "ner":
            doc.set_ents(found)
        else:
            held = {category.label for category in example.gold.categories or ()}
            doc.cats = {label: float(label in held) for label in labels}
        docs.add(doc)
    docs.to_disk(path)


# --- spaCy's own training -------------------------------------------------------------------


class TimeIsUpError(Exception):
    """spaCy has trained long enough."""


def _spacy() -> Any:
    try:
        import spacy
    except ImportError as error:
        raise MissingExtraError("spacy", "spacy") from error
    return spacy


def _config(folder: Path, part: str, *, seed: int, language: str, longest: int) -> Any:
    from spacy.cli.init_config import init_config

    config = init_config(lang=language, pipeline=[part], optimize="efficiency", gpu=False)
    if part == "spancat":
        suggester = {"@misc": "spacy.ngram_range_suggester.v1", "min_size": 1, "max_size": longest}
        config["components"]["spancat"]["suggester"] = suggester
    config["paths"] = {"train": f"{folder}/train.spacy", "dev": f"{folder}/dev.spacy", "vectors": None}
    config["paths"]["init_tok2vec"] = None
    config["training"]["seed"] = seed
    return config


def _set_end(config: Any, seconds: float, steps: int | None) -> None:
    """Let training end after so many steps, or when its time is up."""
    config["training"].update({"patience": 0, "max_epochs": 0, "max_steps": steps or 0})
    if steps is not None:
        config["training"]["eval_frequency"] = max(1, min(config["training"]["eval_frequency"], steps // 4))
    allowed = None if steps is not None else seconds
    config["training"]["logger"] = {"@loggers": "textwright.deadline.v1", "seconds": allowed}


def _trained(config: Any, out: Path, tell: Callable[[str], None]) -> Path:
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train

    out.mkdir()
    _register_deadline(tell)
    with suppress(TimeIsUpError):
        train(init_nlp(config), out, stdout=sys.stderr, stderr=sys.stderr)
    return out / "model-best"


def _register_deadline(tell: Callable[[str], None]) -> None:
    """Teach spaCy a logger that ends training when its time is up, after a model was judged and kept."""
    from spacy.util import registry

    @registry.loggers("textwright.deadline.v1")  # type: ignore[untyped-decorator,unused-ignore]  # spaCy has no types
    def deadline(seconds: float | None) -> Callable[..., Any]:
        return lambda *_: _deadline(seconds, tell)


def _deadline(
    seconds: float | None, tell: Callable[[str], None]
) -> tuple[Callable[[Mapping[str, Any] | None], None], Callable[[], None]]:
    """Give what hears of each step, and of the end. What is judged is kept only after this hears of it."""
    began, judged = time.process_time(), list[int]()

    def log(info: Mapping[str, Any] | None) -> None:
        if info is not None:
            judged.append(info["step"])
            tell(f"step {info['step']}, dev {info['score']:.3f}")
        elif judged and seconds is not None and time.process_time() - began > seconds:
            raise TimeIsUpError

    return log, lambda: None
