"""Judge a model by what the npm runtime answers, in Node or in Chromium, from the model's folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from textwright.bundle import export, exportable
from textwright.errors import DataError, ModelError
from textwright.evaluate import Report, evaluate
from textwright.evaluate.scope import wanted_of
from textwright.evaluate.slices import check_keys
from textwright.evaluate.speed import MOST_SECONDS, WARM_UP, Speed, sample_of
from textwright.evaluate.statistics import quantile
from textwright.experiment.measure.asking import MODEL, job_folder
from textwright.experiment.measure.chromium import in_chromium
from textwright.experiment.measure.node import in_node
from textwright.experiment.measure.question import Question, lines_of
from textwright.formats.jsonl import annotation_data, categories_of, spans_of
from textwright.parity import differences
from textwright.predictor import Predictor, answers
from textwright.runs import Judgement
from textwright.schema import Schema
from textwright.types import Annotation, Answer, Problem

Data = Mapping[str, Any]
ASK: Mapping[str, Callable[..., dict[str, Any]]] = {"node": in_node, "chromium": in_chromium}
CALLED = {"node": "Node", "chromium": "Chromium"}
NO_FOLDER = "it has no model folder, and that is what the npm runtime loads"
# What hangs is ended after this time, and after as much more as very slow answers to all texts take.
SECONDS, SECONDS_A_TEXT = 600.0, 1.0


@dataclass(frozen=True, slots=True)
class Recorded:
    """Answers that were given elsewhere, as a predictor that gives them again."""

    name: str
    schema: Schema
    size_bytes: int | None
    given: Mapping[str, Answer]

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        """Give each text the answer that was given."""
        return [self.given[text] for text in texts]

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate texts of which each has an answer."""
        return [each.annotation or Annotation() for each in self.answer(texts)]


def in_another_runtime(
    question: Question, model: Predictor, in_python: Sequence[Annotation | None] | None
) -> tuple[Judgement, list[dict[str, Any]]]:
    """Judge by the answers of Node or Chromium; say why when the model does not run there.

    What cannot be judged is refused before anything is started.
    """
    wanted_of(question.test, question.examples, schema=model.schema, labels=question.labels)
    check_keys(question.examples, question.meta_keys)
    where, texts = CALLED[question.runtime], question.texts
    who = f"{question.name} in {where}"
    with job_folder(texts) as folder:
        try:
            export(exportable(model, question.name), folder / MODEL)
        except ModelError:
            return question.unable(_unable(model)), []
        _write_sample(folder, texts)
        found = ASK[question.runtime](folder, who=who, seconds=SECONDS + SECONDS_A_TEXT * len(texts))
    if found.get("unable"):
        return question.unable(_unable(model)), []
    return _judged(question, model, found, in_python, who=who)


def _unable(model: Predictor) -> str:
    """Say why a model does not run in the npm runtime."""
    config = getattr(model, "config", {})
    return f"the npm runtime does not run models of the kind {config['kind']!r}" if "kind" in config else NO_FOLDER


def _write_sample(folder: Path, texts: Sequence[str]) -> None:
    """Say which texts are timed alone, after how many, and how many milliseconds long at most."""
    job = {"sample": sample_of(texts), "warmUp": WARM_UP, "most": 1000 * MOST_SECONDS}
    (folder / "sample.json").write_text(json.dumps(job), encoding="ascii")


def _judged(
    question: Question, model: Predictor, found: Data, in_python: Sequence[Annotation | None] | None, *, who: str
) -> tuple[Judgement, list[dict[str, Any]]]:
    texts = question.texts
    given = [_answer(text, each, who) for text, each in zip(texts, found["answers"], strict=True)]
    _refuse_none(given, who)
    report = _report(question, model, dict(zip(texts, given, strict=True)), found)
    here = _in_python(model, texts) if in_python is None else list(in_python)
    judgement = question.judgement(
        report,
        model,
        memory_bytes=found["memory_bytes"],
        empty_bytes=found["empty_bytes"],
        opening_seconds=found["opening"] / 1000,
        download_bytes=found.get("download_bytes"),
        other_answers=_others(texts, here, [each.annotation for each in given]),
    )
    return judgement, lines_of(report.outcomes)


def _answer(text: str, found: Data, who: str) -> Answer:
    if "error" in found:
        return Answer(None, Problem("runtime", str(found["error"])))
    spans, categories = found.get("spans"), found.get("categories")
    try:
        return Answer(
            Annotation(
                None if spans is None else spans_of(spans, text),
                None if categories is None else categories_of(categories),
            )
        )
    except DataError as error:
        raise ModelError(f"{who}: an answer is none: {error}") from error


def _refuse_none(given: Sequence[Answer], who: str) -> None:
    """Raise `ModelError` when no text at all has an answer: that is a fault of the runtime, not of the texts."""
    if any(each.annotation is not None for each in given):
        return
    reason = given[0].problem.reason if given and given[0].problem else "there are no texts"
    raise ModelError(f"{who}: none of {len(given)} texts has an answer: {reason}")


def _report(question: Question, model: Predictor, given: Mapping[str, Answer], found: Data) -> Report:
    recorded = Recorded(question.name, model.schema, getattr(model, "size_bytes", None), given)
    report = evaluate(recorded, question.test, labels=question.labels, name=question.name, slice_by=question.meta_keys)
    environment = {**report.environment, "runtime": found["version"]}
    return replace(report, speed=_speed(question, found), environment=environment)


def _speed(question: Question, found: Data) -> Speed:
    times = sorted(found["alone"])
    rate = len(question.texts) / max(found["together"] / 1000, 1e-9)
    measured = f"in {CALLED[question.runtime]}, one text at a time, after a warm-up"
    return Speed(quantile(times, 0.5), quantile(times, 0.95), rate, len(times), measured)


def _in_python(model: Predictor, texts: Sequence[str]) -> list[Annotation | None]:
    return [answer.annotation for answer in answers(model, texts)]


def _others(texts: Sequence[str], here: Sequence[Annotation | None], there: Sequence[Annotation | None]) -> int:
    """Count texts that have another answer there than here; scores may differ as `textwright.parity` says."""
    promises = [{"text": text, **_data(each)} for text, each in zip(texts, here, strict=True)]
    return len(differences(promises, [_data(each) for each in there]))


def _data(annotation: Annotation | None) -> dict[str, Any]:
    return {"none": True} if annotation is None else annotation_data(annotation)
