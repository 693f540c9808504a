"""Two models in one folder: one for spans, one for categories; each text gets both answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textwright.errors import ModelError
from textwright.predictor import Exportable, InOneLine, Scorer, answer_batch
from textwright.predictors.folder import checked_file, facts_of, read_config
from textwright.schema import Schema
from textwright.types import Annotation, Answer, Scores

KIND, VERSION = "joint", 1
CONFIG = "config.json"
# The folders of the two models, named for what they answer.
SPANS, CATEGORIES = "spans", "categories"


@dataclass(frozen=True, slots=True, repr=False)
class JointPredictor(InOneLine):
    """A model for spans and one for categories, as one."""

    name: str
    schema: Schema
    spans: Exportable
    categories: Exportable
    config: Mapping[str, Any]

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return both models, each as the folder that it would be alone."""
        parts = ((SPANS, self.spans), (CATEGORIES, self.categories))
        return {f"{folder}/{name}": data for folder, part in parts for name, data in _folder_of(part).items()}

    @property
    def size_bytes(self) -> int:
        """Return the size of both models."""
        return self.spans.size_bytes + self.categories.size_bytes

    @property
    def made_of(self) -> tuple[Exportable, ...]:
        """Return both models."""
        return self.spans, self.categories

    @staticmethod
    def open(folder: str | Path, *, open_part: Callable[[Path], Any]) -> JointPredictor:
        """Open a folder with two models. Raise `ModelError` when one is damaged or missing."""
        folder = Path(folder)
        config = read_config(folder, KIND, VERSION)
        for part in (SPANS, CATEGORIES):
            checked_file(folder, f"{part}/{CONFIG}", config)
        return joined(open_part(folder / SPANS), open_part(folder / CATEGORIES), config)

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text with spans and categories."""
        found, sorted_ = self.spans.predict(texts), self.categories.predict(texts)
        return [Annotation(one.spans, other.categories) for one, other in zip(found, sorted_, strict=True)]

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        """Annotate each text, with what either model notes beside its answer."""
        found, sorted_ = answer_batch(self.spans, texts), answer_batch(self.categories, texts)
        return [_together(one, other) for one, other in zip(found, sorted_, strict=True)]

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Give the probabilities of spans and categories. Raise `ModelError` when a model knows none."""
        found, sorted_ = _scores(self.spans, texts), _scores(self.categories, texts)
        return [Scores(one.spans, other.categories) for one, other in zip(found, sorted_, strict=True)]


def joined(spans: Exportable, categories: Exportable, config: Mapping[str, Any]) -> JointPredictor:
    """Put two models together; `config` names them as one."""
    schema = Schema(
        name=spans.schema.name,
        labels=spans.schema.labels,
        rules=spans.schema.rules,
        tasks=categories.schema.tasks,
    )
    own = {"kind": KIND, "version": VERSION, "schema": schema.to_data()}
    told = {
        key: {**spans.config.get(key, {}), **categories.config.get(key, {})} for key in ("temperature", "calibration")
    }
    known = {key: both for key, both in told.items() if both}
    return JointPredictor(str(config.get("name", "")), schema, spans, categories, {**config, **own, **known})


def _folder_of(part: Exportable) -> dict[str, bytes]:
    config = json.dumps({**part.config, "files": facts_of(part.files)}, indent=1, ensure_ascii=False) + "\n"
    return {**part.files, CONFIG: config.encode()}


def _together(spans: Answer, categories: Answer) -> Answer:
    """Put two answers to one text together; where one has none, there is none."""
    if spans.annotation is None or categories.annotation is None:
        return Answer(None, spans.problem or categories.problem)
    both = Annotation(spans.annotation.spans, categories.annotation.categories)
    return Answer(both, notes={**spans.notes, **categories.notes})


def _scores(part: Exportable, texts: Sequence[str]) -> list[Scores]:
    if not isinstance(part, Scorer):
        raise ModelError(f"a {part.config.get('kind')} model gives no probabilities")
    return part.score(texts)
