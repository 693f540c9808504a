"""Ask one model first, and another where the first finds nothing or is not sure.

What is quick and cheap answers most texts; what is slow or dear only those that need it. A cascade
is a TOML file; docs/cascades.md describes it.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from textwright.dataset import Dataset
from textwright.errors import ModelError, PredictionError
from textwright.predictor import InOneLine, Predictor, Scorer, answer_batch, refuse_one_text
from textwright.schema import Schema
from textwright.trust import parsed_toml
from textwright.types import Annotation, Answer, Category, Scores, Span

When = Literal["empty", "unsure"]
KEYS = {"model", "pass_on", "below", "share", "texts"}
# So many texts tell which confidence parts the least sure share from the others.
ASKED = 2000
EXAMPLE = """[[step]]
model = "job_titles.rules"
pass_on = "empty"

[[step]]
model = "job_titles.network"
"""


@dataclass(frozen=True, slots=True)
class Step:
    """A model, and which texts it passes on to the next step; the last step keeps all.

    `empty`: those in which it finds nothing. `unsure`: those of which it is less sure than `below`.
    """

    model: Predictor
    name: str
    pass_on: When | None = None
    below: float = 0.0

    def passes_on(self, texts: Sequence[str], answers: Sequence[Answer]) -> list[bool]:
        """Say of each text whether the next step must answer it; one without an answer goes on, too."""
        if self.pass_on is None:
            return [False] * len(texts)
        if self.pass_on == "empty":
            return [answer.annotation is None or is_empty(answer.annotation) for answer in answers]
        assert isinstance(self.model, Scorer)
        known = [place for place, answer in enumerate(answers) if answer.annotation is not None]
        scores = dict(zip(known, self.model.score([texts[place] for place in known]), strict=True))
        return [
            answer.annotation is None or confidence(answer.annotation, scores[place]) < self.below
            for place, answer in enumerate(answers)
        ]


@dataclass(frozen=True, slots=True, repr=False)
class CascadePredictor(InOneLine):
    """Models one after the other; each text is answered by the first that is sure of it."""

    name: str
    steps: tuple[Step, ...]

    @property
    def schema(self) -> Schema:
        """Return the schema that all models share; open where one of them may say any label."""
        schemas = [step.model.schema for step in self.steps]
        closed = [each for each in schemas if not each.open]
        return schemas[-1] if len(closed) == len(schemas) else replace((closed or schemas)[-1], open=True)

    @property
    def size_bytes(self) -> int:
        """Return the size of all models together."""
        return sum(int(getattr(step.model, "size_bytes", 0) or 0) for step in self.steps)

    @property
    def made_of(self) -> tuple[Predictor, ...]:
        """Return the models that are asked."""
        return tuple(step.model for step in self.steps)

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        """Answer each text, and note which model did."""
        refuse_one_text(texts)
        found: dict[int, Answer] = {}
        waiting = list(range(len(texts)))
        for step in self.steps:
            asked = [texts[place] for place in waiting]
            answers = answer_batch(step.model, asked) if asked else []
            going_on = step.passes_on(asked, answers)
            found.update(
                {place: _by(step, each, found.get(place)) for place, each in zip(waiting, answers, strict=True)}
            )
            waiting = [place for place, goes in zip(waiting, going_on, strict=True) if goes]
        return [found[place] for place in range(len(texts))]

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text. Raise `PredictionError` at the first that no model can answer."""
        return [_annotation(place, answer) for place, answer in enumerate(self.answer(texts))]


def _by(step: Step, answer: Answer, before: Answer | None) -> Answer:
    """Say which step answered; what the steps before took for the text counts, too."""
    usages = [each.usage for each in (before, answer) if each is not None and each.usage is not None]
    usage = sum(usages[1:], usages[0]) if usages else None
    return Answer(answer.annotation, answer.problem, usage, {**answer.notes, "answered_by": step.name})


def _annotation(place: int, answer: Answer) -> Annotation:
    if answer.annotation is None:
        raise PredictionError(place, answer.problem.reason if answer.problem else "no answer")
    return answer.annotation


def is_empty(annotation: Annotation) -> bool:
    """Say whether nothing was found in a text."""
    return not annotation.spans and not annotation.categories


def confidence(annotation: Annotation, scores: Scores) -> float:
    """Say how sure a model is of its answer: the probability of the least sure part.

    Parts are the spans and categories that were chosen, and that those that were not are wrong.

    >>> chosen, other = Span(0, 5, "TOWN", 0.9), Span(0, 9, "TOWN", 0.3)
    >>> confidence(Annotation(spans=(chosen,)), Scores(spans=(chosen, other)))
    0.7
    """
    chosen: set[Span | Category] = {*(annotation.spans or ()), *(annotation.categories or ())}
    candidates: list[Span | Category] = [*scores.spans, *scores.categories]
    said = {each: each.score or 0.0 for each in candidates}
    sure = [said.get(each, 0.0) for each in chosen]
    against = [1 - chance for each, chance in said.items() if each not in chosen]
    return min([*sure, *against], default=1.0)


# --- from a file ----------------------------------------------------------------------------

Open = Callable[[str], Predictor]


def open_cascade(path: Path, open_model: Open) -> CascadePredictor:
    """Open the models of a cascade. Raise `ModelError` that says what is wrong with the file.

    Folders and files that it names are looked for beside it.
    """
    data = _read(path)
    unknown = sorted(set(data) - {"name", "step"})
    if unknown:
        raise ModelError(f"{path}: unknown key {unknown[0]!r}. Known keys: name, step")
    bodies = data.get("step")
    if not isinstance(bodies, list) or len(bodies) < 2 or not all(isinstance(body, dict) for body in bodies):
        raise ModelError(f"{path}: a cascade has two steps or more, such as\n{EXAMPLE}")
    steps = tuple(
        _step(f"{path}, step {number}", body, path.parent, open_model, last=number == len(bodies))
        for number, body in enumerate(bodies, start=1)
    )
    refuse_other_labels(str(path), {step.name: step.model for step in steps})
    return CascadePredictor(str(data.get("name", path.stem)), steps)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return parsed_toml(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{path}: no such file, expected a TOML file with a [[step]] for each model") from error
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"{path}: {error}") from error


def _step(where: str, body: Mapping[str, Any], folder: Path, open_model: Open, *, last: bool) -> Step:
    unknown = sorted(set(body) - KEYS)
    if unknown:
        raise ModelError(f"{where}: unknown key {unknown[0]!r}. Known keys: {', '.join(sorted(KEYS))}")
    name, when = body.get("model"), body.get("pass_on")
    if not isinstance(name, str) or not name:
        raise ModelError(f'{where}: model is {name!r}, expected the name of a model such as "job_titles"')
    if last and len(body) > 1:
        raise ModelError(f"{where}: the last step passes nothing on, so that it has the key model alone")
    if not last and when not in ("empty", "unsure"):
        raise ModelError(f'{where}: pass_on is {when!r}, expected "empty" or "unsure"')
    model = open_model(beside(name, folder))
    if when != "unsure":
        return Step(model, name, when)
    if not isinstance(model, Scorer):
        raise ModelError(f'{where}: {name} gives no probabilities, so that it is never unsure; pass_on = "empty" works')
    return Step(model, name, when, _threshold(where, body, model, folder))


def beside(reference: str, folder: Path) -> str:
    """Look for what a file names beside it, unless it is the name of a model or a whole path.

    >>> beside("models/small/", Path("/data")), beside("job_titles", Path("/data"))
    ('/data/models/small', 'job_titles')
    """
    kind, colon, rest = reference.partition(":")
    if colon and (kind in ("cascade", "prompt") or (kind == "run" and "/" in rest)):
        return f"{kind}:{(folder / Path(rest).expanduser()).absolute()}"
    if colon or "/" not in reference:
        return reference
    return str((folder / Path(reference).expanduser()).absolute())


def _threshold(where: str, body: Mapping[str, Any], model: Predictor, folder: Path) -> float:
    """Read below which confidence texts go on; of a share, find it on texts."""
    below, share, texts = body.get("below"), body.get("share"), body.get("texts")
    if (below is None) == (share is None):
        raise ModelError(
            f"{where}: unsure needs either below (a probability) or share (of the texts in the file texts)"
        )
    number = share if below is None else below
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 < number < 1:
        raise ModelError(f"{where}: {'share' if below is None else 'below'} is {number!r}, expected a number in (0, 1)")
    if below is not None:
        return float(below)
    if not isinstance(texts, str):
        raise ModelError(f'{where}: share needs texts to find its confidence on, such as texts = "titles.txt"')
    return threshold_for(model, float(number), Dataset.read(folder / texts).texts, where=where)


def threshold_for(model: Predictor, share: float, texts: Sequence[str], *, where: str = "cascade") -> float:
    """Find the confidence below which about that share of texts lies."""
    assert isinstance(model, Scorer)
    asked = random.Random(0).sample(list(texts), min(ASKED, len(texts)))
    if not asked:
        raise ModelError(f"{where}: the file of texts is empty")
    sure = sorted(map(confidence, model.predict(asked), model.score(asked)))
    return sure[min(len(sure) - 1, round(share * len(sure)))]


def refuse_other_labels(where: str, models: Mapping[str, Predictor]) -> None:
    """Raise `ModelError` when a model answers with other labels than the last; one with an open schema fits to all."""
    closed = {name: _labels(model.schema) for name, model in models.items() if not model.schema.open}
    last = next(reversed(closed), "")
    for name, found in closed.items():
        if found != closed[last]:
            odd = ", ".join(sorted(found ^ closed[last]))
            raise ModelError(f"{where}: {name} and {last} do not have the same labels; they differ in {odd}")


def _labels(schema: Schema) -> set[str]:
    return {*schema.spans, *(f"{task.name}={label.name}" for task in schema.tasks for label in task.labels)}
