"""See rules or a model at work: on ten texts, and how many of all get something."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice, zip_longest
from typing import Literal

from textwright.annotate.suggesting import is_something, safe_answers, within
from textwright.predictor import Predictor
from textwright.predictors.rules import RulesPredictor
from textwright.project.files import Project
from textwright.schema import Schema
from textwright.store.held_out import is_held_out
from textwright.types import NOTHING, Annotation, Answer, Example

# Which texts are shown: any, those with something found in them, those with nothing.
Show = Literal["any", "found", "nothing"]
SHOWN = 10
MOST_TEXTS, MOST_CHARACTERS = 2_000, 200_000
# Of a longer text so much is shown, from a little before the first mark.
LONGEST_SHOWN, BEFORE_FIRST = 600, 100
FITS: Mapping[Show, Callable[[Answer], bool]] = {
    "any": lambda _: True,
    "found": lambda answer: is_something(answer.annotation),
    "nothing": lambda answer: not is_something(answer.annotation),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A text with what is suggested for it; `problem` says why nothing could be."""

    text: str
    annotation: Annotation
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """Ten texts with what is suggested, and counts over all texts that were tried.

    `tried` are the texts that were tried, `found` those of them that get something, `failed` those without an answer;
    `of` is how many there are, and `following` how many to skip to see the next ten, 0 at the end. `parts`
    counts what each rule of the page marks, by its place, `absent` names its words that none of the tried texts has,
    `shapes` says what its examples look like, and `checked` how many of its marks were right, and of how many, on
    texts that somebody corrected. None of the texts is one that was set aside.
    """

    seen: tuple[Seen, ...] = ()
    tried: int = 0
    found: int = 0
    failed: int = 0
    of: int = 0
    following: int = 0
    parts: Mapping[int, int] = field(default_factory=dict)
    checked: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    absent: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    shapes: Mapping[int, str] = field(default_factory=dict)


def texts_to_try(project: Project) -> list[str]:
    """Return the texts that were not set aside, shuffled, the same each time.

    No rule is written from a text that was set aside: else its score would say nothing.
    """
    texts = [example.text for example in project.texts if not is_held_out(example)]
    random.Random(project.state.seed).shuffle(texts)
    return texts


def try_rules(
    predictor: RulesPredictor,
    texts: Sequence[str],
    *,
    made_by: Mapping[str, int] = NOTHING,
    show: Show = "any",
    skip: int = 0,
) -> Trial:
    """Run rules over texts, at most 2,000 of them, and show ten after the first `skip`.

    `made_by` says from which rule of the page each rule comes.
    """
    parts = dict.fromkeys(made_by.values(), 0)

    def answer(text: str) -> Answer:
        explained = predictor.explain(text)
        for place in (made_by[each.rule] for each in explained if each.rule in made_by):
            parts[place] += 1
        return Answer(Annotation(tuple(each.span for each in explained)))

    tried = some_of(texts)
    in_turn = _in_turn(list(zip(tried, map(answer, tried), strict=True)))
    trial = _trial([text for text, _ in in_turn], [said for _, said in in_turn], show=show, skip=skip)
    return replace(trial, of=len(texts), parts=parts)


def _in_turn(pairs: Sequence[tuple[str, Answer]]) -> list[tuple[str, Answer]]:
    """Let texts with something found and texts with nothing take turns: a rare mark is seen at once."""
    found = [pair for pair in pairs if is_something(pair[1].annotation)]
    nothing = [pair for pair in pairs if not is_something(pair[1].annotation)]
    return [pair for turn in zip_longest(found, nothing) for pair in turn if pair is not None]


def some_of(texts: Sequence[str]) -> Sequence[str]:
    """Return as many texts as are tried while somebody types: long ones are fewer.

    >>> some_of(["a" * 150_000, "b" * 150_000, "c"]) == ["a" * 150_000]
    True
    """
    lengths = accumulate(map(len, texts[:MOST_TEXTS]))
    return texts[: max(1, sum(1 for length in lengths if length <= MOST_CHARACTERS))]


def check_rules(
    predictor: RulesPredictor, examples: Iterable[Example], made_by: Mapping[str, int]
) -> dict[int, tuple[int, int]]:
    """Count what each rule of the page marks rightly in corrected texts, and all that it marks there."""
    learned = islice((example for example in examples if not is_held_out(example)), MOST_TEXTS)
    found: dict[int, tuple[int, int]] = {}
    for example in learned:
        for each in predictor.explain(example.text):
            if each.rule in made_by:
                right, marked = found.get(made_by[each.rule], (0, 0))
                found[made_by[each.rule]] = right + (each.span in (example.gold.spans or ())), marked + 1
    return found


def try_model(
    predictor: Predictor, schema: Schema, texts: Sequence[str], *, show: Show = "any", skip: int = 0, most: int
) -> Trial:
    """Ask a model about the first `most` texts; what the schema does not know is left out."""
    tried = texts[:most]
    return replace(_trial(tried, _answers(predictor, schema, tried), show=show, skip=skip), of=len(texts))


def try_slowly(predictor: Predictor, schema: Schema, texts: Sequence[str], *, skip: int = 0) -> Iterator[Trial]:
    """Ask a model about the ten texts after the first `skip`, one after another, and yield what is known then."""
    tried, answers = texts[skip:][:SHOWN], list[Answer]()
    following = skip + SHOWN if skip + SHOWN < len(texts) else 0
    for text in tried:
        answers += _answers(predictor, schema, [text])
        trial = _trial(tried[: len(answers)], answers, show="any", skip=0)
        yield replace(trial, of=len(texts), following=following)


def _answers(predictor: Predictor, schema: Schema, texts: Sequence[str]) -> list[Answer]:
    return [_within(schema, answer) for answer in safe_answers(predictor, texts)]


def _within(schema: Schema, answer: Answer) -> Answer:
    return answer if answer.annotation is None else Answer(within(schema, answer.annotation))


def _trial(texts: Sequence[str], answers: Sequence[Answer], *, show: Show, skip: int) -> Trial:
    fitting = [pair for pair in zip(texts, answers, strict=True) if FITS[show](pair[1])]
    return Trial(
        tuple(_seen(fitting[skip:][:SHOWN])),
        tried=len(answers),
        found=sum(1 for answer in answers if is_something(answer.annotation)),
        failed=sum(1 for answer in answers if answer.annotation is None),
        following=skip + SHOWN if skip + SHOWN < len(fitting) else 0,
    )


def _seen(pairs: Sequence[tuple[str, Answer]]) -> Iterator[Seen]:
    for text, answer in pairs:
        problem = answer.problem.reason if answer.problem else None
        yield _excerpt(Seen(text, answer.annotation or Annotation(()), problem))


def _excerpt(seen: Seen) -> Seen:
    """Cut a long text down to where its first marks are."""
    if len(seen.text) <= LONGEST_SHOWN:
        return seen
    spans = seen.annotation.spans or ()
    start = max(0, min((span.start for span in spans), default=0) - BEFORE_FIRST)
    text = seen.text[start : start + LONGEST_SHOWN]
    lead, tail = "… " if start else "", " …" if start + LONGEST_SHOWN < len(seen.text) else ""
    moved = (replace(span, start=span.start - start, end=span.end - start) for span in spans)
    kept = (
        replace(each, start=each.start + len(lead), end=each.end + len(lead)) for each in moved if each.end <= len(text)
    )
    return replace(seen, text=f"{lead}{text}{tail}", annotation=replace(seen.annotation, spans=tuple(kept)))
