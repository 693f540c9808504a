"""Which texts to label next: those on which methods differ, or are unsure, and that are unlike each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from textwright.annotate.diversity import diverse_first
from textwright.annotate.doubts import difference, doubt
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.experiment.advice.candidates import Candidate
from textwright.experiment.advice.wording import called, names_say
from textwright.leakage import apart_from
from textwright.predictor import Predictor, Scorer, answers
from textwright.types import Annotation, Example, Scores

# So many texts of a pool are asked at most, and as long as a method may take for them.
ASKED, SECONDS = 2_000, 120.0
# Among so many times as many of the most telling texts the diverse ones are chosen.
AMONG = 5
LONGEST = 40
# A method is unsure of an answer that it gives a chance of less than four in five.
UNSURE = 0.2


@dataclass(frozen=True, slots=True)
class NextText:
    """A text to label, why, and how much it would tell: 1 for the most telling of the pool, 0 for the least."""

    example: Example
    reason: str
    score: float

    def to_example(self) -> Example:
        """Return the text to be written as a line of a file: without annotation, with the reason and the score."""
        extra = {"reason": self.reason, "score": round(self.score, 4)}
        return Example(self.example.id, self.example.text, meta=self.example.meta, extra=extra)


def cheap_to_ask(candidates: Sequence[Candidate], texts: int) -> list[Candidate]:
    """List the methods that answer so many texts without a bill in two minutes; those made of others tell no more."""
    return [each for each in candidates if why_not_asked(each, texts) is None]


def why_not_asked(candidate: Candidate, texts: int) -> str | None:
    """Say why a method is not asked about so many texts; None: it is."""
    if candidate.entry.runs[0].needs:
        return "made of other methods"
    if candidate.dollars != 0:
        return "sends a bill"
    return "too slow" if texts * (candidate.latency_ms or 0.0) / 1000 > SECONDS else None


def next_texts(
    pool: Dataset,
    models: Mapping[str, Predictor],
    *,
    count: int,
    labels: Sequence[str] = (),
    held_out: Sequence[str] = (),
    known: Sequence[str] = (),
) -> list[NextText]:
    """Choose `count` texts of a pool, the most telling first.

    `models` are methods by name; what they say of `labels` (of spans, or tasks; none: of all) counts. Texts of
    `held_out`, which are judged on, and `known`, which are annotated, are left out; what is like `known` ones is chosen
    last. Raise `DataError` when nothing is left, or no method can be asked.
    """
    if not models:
        raise DataError(
            "no method can be asked quickly and without a bill, so that nothing tells which texts teach most"
        )
    texts = _open_texts(pool, [*held_out, *known])
    if not texts:
        raise DataError(f"{pool.name or 'the pool'}: each of its {len(pool)} texts is annotated or judged on already")
    said = {name: _answers(model, texts, labels) for name, model in models.items()}
    differing = [difference([each for each in sides if each is not None]) for sides in zip(*said.values(), strict=True)]
    unsure = _doubts(models, texts, labels)
    told = [_mean(parts) for parts in zip(_ranks(differing), *(_ranks(each) for each in unsure.values()), strict=True)]
    best = sorted(range(len(texts)), key=lambda place: -told[place])[: AMONG * count]
    places = sorted(_unlike(best, texts, count, known), key=lambda place: -told[place])
    return [NextText(texts[place], _reason(place, texts, said, unsure), told[place]) for place in places]


def _unlike(best: Sequence[int], texts: Sequence[Example], count: int, known: Sequence[str]) -> list[int]:
    """Take the best place, then those whose texts are least like it, what is known, and each other."""
    first, *others = best
    before = [texts[first].text, *known[:ASKED]]
    chosen = diverse_first([texts[place].text for place in others], known=before, most=count - 1)
    return [first, *(others[place] for place in chosen)]


def _open_texts(pool: Dataset, closed: Sequence[str]) -> list[Example]:
    """Take each text once that is neither annotated nor judged on, at most as many as are asked."""
    first = {example.text: example for example in reversed(list(pool)) if example.text.strip()}
    free = apart_from(list(dict.fromkeys(example.text for example in pool if example.text in first)), closed)
    step = max(1.0, len(free) / ASKED)
    return [first[free[int(step * place)]] for place in range(min(ASKED, len(free)))]


def _answers(model: Predictor, texts: Sequence[Example], labels: Sequence[str]) -> list[Annotation | None]:
    given = (answer.annotation for answer in answers(model, (each.text for each in texts)))
    return [None if each is None else _counted(each, labels) for each in given]


def _counted(annotation: Annotation, labels: Sequence[str]) -> Annotation:
    """Keep what is said of the labels that count."""
    if not labels:
        return annotation
    spans = tuple(span for span in annotation.spans or () if span.label in labels)
    return Annotation(spans, tuple(each for each in annotation.categories or () if each.task in labels))


def _doubts(models: Mapping[str, Predictor], texts: Sequence[Example], labels: Sequence[str]) -> dict[str, list[float]]:
    """Ask those that know probabilities how unsure they are of each text."""
    plain = [each.text for each in texts]
    return {
        name: [doubt(_scored(scores, labels), model.schema) for scores in model.score(plain)]
        for name, model in models.items()
        if isinstance(model, Scorer)
    }


def _scored(scores: Scores, labels: Sequence[str]) -> Scores:
    if not labels:
        return scores
    spans = tuple(span for span in scores.spans if span.label in labels)
    return Scores(spans, tuple(each for each in scores.categories if each.task in labels))


def _ranks(values: Sequence[float]) -> list[float]:
    """Give each value its place among all, from 0 for the least to 1 for the most; equal ones share theirs.

    >>> _ranks([0.2, 0.9, 0.2])
    [0.25, 1.0, 0.25]
    """
    if len(values) < 2:
        return [1.0] * len(values)
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(place)
    return [sum(places[value]) / len(places[value]) / (len(values) - 1) for value in values]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


# --- reasons --------------------------------------------------------------------------------


def _reason(
    place: int,
    texts: Sequence[Example],
    said: Mapping[str, Sequence[Annotation | None]],
    unsure: Mapping[str, Sequence[float]],
) -> str:
    """Say what is told by a text: who says what, and who is unsure."""
    doubts = [
        f"{called(name)} gives its answer a chance of {1 - values[place]:.0%} only"
        for name, values in unsure.items()
        if values[place] > UNSURE
    ]
    answered = {name: each[place] for name, each in said.items()}
    parts = [*_differing(texts[place].text, answered), *doubts]
    return "; ".join(parts) or "unlike what is annotated"


def _differing(text: str, answered: Mapping[str, Annotation | None]) -> Iterator[str]:
    """Name the first label on which the methods differ, and what each says."""
    things = {name: _things(text, each) for name, each in answered.items() if each is not None}
    for label in dict.fromkeys(label for each in things.values() for label in each):
        sides: dict[str, list[str]] = {}
        for name, each in things.items():
            sides.setdefault(each.get(label, "nothing"), []).append(name)
        if len(sides) > 1:
            told = (f"{names_say(names)} {what}" for what, names in sides.items())
            yield f"{label}: {', '.join(told)}"
            return


def _things(text: str, annotation: Annotation) -> dict[str, str]:
    """Write what is said of each label and task."""
    found: dict[str, list[str]] = {}
    for span in annotation.spans or ():
        found.setdefault(span.label, []).append(f"“{_short(text[span.start : span.end])}”")
    for category in annotation.categories or ():
        found.setdefault(category.task, []).append(category.label)
    return {label: " and ".join(each) for label, each in found.items()}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
