"""Examples that are shown to a language model before the text that is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Any, Literal, get_args

from textwright.errors import DataError, MissingExtraError
from textwright.formats.mentions import answer_of
from textwright.leakage import words_of
from textwright.llm.prompts.answer_schema import answer_problems
from textwright.llm.prompts.similarity import Similarity
from textwright.schema import Schema
from textwright.types import Annotation, Example

Choose = Literal["random", "similar", "cover", "first"]
Shown = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FewShot:
    """A stock of annotated examples, how many of them are shown, and how they are chosen.

    `first` takes them in their order, `random` draws anew for each text, though always the same for the
    same text and seed, `similar` takes those most like the text, the likest last, and `cover` those that
    together show every label, and one in which nothing is.
    """

    examples: tuple[Example, ...]
    count: int = 5
    choose: Choose = "cover"
    seed: int = 0
    _similarity: Similarity | None = field(default=None, init=False, repr=False, compare=False)
    _same: tuple[str, ...] = field(default=(), init=False, repr=False, compare=False)
    _covering: tuple[Example, ...] = field(default=(), init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look at the stock once. Raise `DataError` when nothing could be chosen."""
        if self.choose not in get_args(Choose):
            raise DataError(f"examples are chosen by {', '.join(get_args(Choose))}, not by {self.choose!r}")
        if self.count < 1:
            raise DataError(f"the number of examples to show is {self.count}, must be at least 1")
        if not self.examples:
            raise DataError("there are no examples to choose from")
        texts = [each.text for each in self.examples]
        object.__setattr__(self, "_same", tuple(map(words_of, texts)))
        if self.choose == "similar":
            object.__setattr__(self, "_similarity", Similarity(texts))
        if self.choose == "cover":
            object.__setattr__(self, "_covering", tuple(covering(self.examples, self.count)))

    def chosen(self, text: str) -> tuple[Example, ...]:
        """Choose the examples for a text; never one with the same text, which would give the answer away.

        Texts are the same when their letters and digits are, case aside.
        """
        same = words_of(text)
        if self.choose == "cover":
            return self._cover(same)
        if self._similarity is not None:
            return self._taken(self._similarity.ranked(text), same)[::-1]
        order = range(len(self.examples))
        return self._taken(order if self.choose == "first" else self._drawn(text), same)

    def _drawn(self, text: str) -> list[int]:
        """Draw by the text itself, so that the order of the texts and what was asked before do not matter."""
        wanted = min(len(self.examples), self.count + self._same.count(words_of(text)))
        return Random(f"{self.seed} {text}").sample(range(len(self.examples)), wanted)

    def _taken(self, order: Iterable[int], same: str) -> tuple[Example, ...]:
        fresh = (self.examples[place] for place in order if self._same[place] != same)
        return tuple(islice(fresh, self.count))

    def _cover(self, same: str) -> tuple[Example, ...]:
        if same not in self._same:
            return self._covering
        return tuple(covering([each for each in self.examples if words_of(each.text) != same], self.count))


# --- which examples show every label ---------------------------------------------------------


def covering(examples: Sequence[Example], count: int) -> list[Example]:
    """Choose examples that show as many labels as so many can.

    One in which nothing is comes first, where there is one and several are chosen. When every label was
    shown, they are gone through again; of equally good examples the shortest is taken.
    """
    rest = sorted(examples, key=lambda each: len(each.text))
    taken = [each for each in rest if not labels_of(each)][: count > 1]
    rest = [each for each in rest if each not in taken]
    unseen: set[Shown] = set()
    while rest and len(taken) < count:
        unseen = unseen or {label for each in rest for label in labels_of(each)}
        best = max(rest, key=lambda each: len(labels_of(each) & unseen))
        taken.append(best)
        rest.remove(best)
        unseen = unseen - labels_of(best) if labels_of(best) & unseen else set()
    return taken


def labels_of(example: Example) -> frozenset[Shown]:
    """Return the labels of an example's spans, and the labels of its categories with their tasks."""
    spans = {("", span.label) for span in example.gold.spans or ()}
    return frozenset(spans | {(category.task, category.label) for category in example.gold.categories or ()})


# --- whether an example can be shown ---------------------------------------------------------


def check_examples(
    examples: Iterable[Example], schema: Schema, task: str, answer: Mapping[str, Any] | None = None
) -> None:
    """Raise `DataError` that names the first example which would teach something wrong.

    Each must be annotated with what the task asks for, by the labels and rules of the schema; under the task
    "answer", have an answer of the form that the template asks for.
    """
    check = _check_answer if task == "answer" else _check_gold
    for example in examples:
        check(example, schema, task, answer)


def _check_gold(example: Example, schema: Schema, task: str, answer: Mapping[str, Any] | None) -> None:
    del answer
    layer = example.gold.spans if task == "spans" else example.gold.categories
    if layer is None:
        raise DataError(f"example {example.id}: its {task} were not annotated, and so it cannot show how to answer")
    gold = Annotation(spans=example.gold.spans) if task == "spans" else Annotation(categories=example.gold.categories)
    faults = [problem.reason for problem in schema.problems(example.text, gold)]
    faults += answer_problems(answer_of(gold, example.text), schema, task)
    if faults:
        raise DataError(f"example {example.id}: {faults[0]}")


def _check_answer(example: Example, schema: Schema, task: str, answer: Mapping[str, Any] | None) -> None:
    del schema, task
    if "answer" not in example.extra:
        raise DataError(f"example {example.id}: it has no key 'answer', and so it cannot show how to answer")
    if answer is not None:
        _check_form(example, answer)


def _check_form(example: Example, answer: Mapping[str, Any]) -> None:
    try:
        from jsonschema import Draft202012Validator
    except ImportError as error:
        raise MissingExtraError("jsonschema", "llm") from error
    for problem in Draft202012Validator(answer).iter_errors(example.extra["answer"]):
        raise DataError(f"example {example.id}: its answer does not have the template's form: {problem.message}")
