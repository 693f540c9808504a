"""A prompt for spans or categories as a predictor: a language model's answers, found in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import tee
from typing import Any

from textwright.errors import PredictionError
from textwright.ground import Grounding, Mention, ground, locate
from textwright.llm.answers.reading import AnswerError, read_answer
from textwright.llm.answers.scores import category_scores, mention_scores
from textwright.llm.asking import Reply, Settings, ask_all
from textwright.llm.calls import Completer
from textwright.llm.prompts.answer_schema import answer_schema
from textwright.llm.prompts.mapping import mapped
from textwright.llm.prompts.prompt import Prompt
from textwright.predictor import InOneLine, refuse_one_text
from textwright.schema import Label, Schema
from textwright.types import NOTHING, Annotation, Answer, Category, Problem

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class PromptPredictor(InOneLine):
    """Asks a language model about each text and finds its answers in the text.

    A text that cannot be asked or answered is an `Answer` with a problem. `renamed` (see `llm.mapping`) gives
    labels that the model made up their names in the data; `on_interrupt` ends the waiting of calls. Several
    threads may use it.
    """

    name: str
    prompt: Prompt
    completer: Completer
    settings: Settings
    concurrency: int = 4
    renamed: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    on_interrupt: Callable[[], None] = lambda: None

    @property
    def schema(self) -> Schema:
        """Return the labels and tasks of the answers, renamed ones under their new names."""
        if not self.renamed:
            return self.prompt.schema
        return _with_labels(self.prompt.schema, self.renamed.values())

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        """Answer each text; what failed, was mended or is not in the text stands in the notes."""
        return list(self.stream(texts))

    def stream(self, texts: Iterable[str]) -> Iterator[Answer]:
        """Answer texts one after the other, several being asked at once."""
        refuse_one_text(texts)
        asked, kept = tee(texts)
        replies = ask_all(
            self.prompt,
            asked,
            self.completer,
            self.settings,
            concurrency=self.concurrency,
            on_interrupt=self.on_interrupt,
        )
        for text, reply in zip(kept, replies, strict=True):
            yield self._answer(text, reply)

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text. Raise `PredictionError` at the first that has no answer."""
        return [_annotation(place, answer) for place, answer in enumerate(self.answer(texts))]

    def _answer(self, text: str, reply: Reply) -> Answer:
        if reply.problem is not None and reply.problem.kind == "answer" and self.prompt.task == "spans":
            reply = _without_unknown_labels(reply, self.prompt.schema)
        if reply.problem is not None:
            return Answer(None, reply.problem, reply.usage, {"details": details(reply, error=reply.problem)})
        if self.prompt.task == "answer":
            return _of_anything(text, reply)
        if self.prompt.task == "categories":
            return _of_categories(text, reply, self.schema, self.renamed)
        return self._of_spans(text, reply)

    def _of_spans(self, text: str, reply: Reply) -> Answer:
        given = [
            Mention(each["label"], each["text"], each.get("occurrence"), score)
            for each, score in zip(reply.value["spans"], _mention_scores(reply), strict=True)
        ]
        mentions = mapped(given, self.renamed)
        grounding = ground(text, mentions, self.schema)
        notes = {"details": details(reply, grounding=grounding)}
        return Answer(Annotation(spans=grounding.spans), None, reply.usage, notes)


def _with_labels(schema: Schema, names: Iterable[str]) -> Schema:
    new = [name for name in dict.fromkeys(names) if name and name not in schema.spans]
    return replace(schema, labels=(*schema.labels, *(Label(name) for name in new)))


def _annotation(place: int, answer: Answer) -> Annotation:
    if answer.annotation is None:
        raise PredictionError(place, answer.problem.reason if answer.problem else "no answer")
    return answer.annotation


def _without_unknown_labels(reply: Reply, schema: Schema) -> Reply:
    """Keep the mentions under known labels of an answer whose only fault are others beside them."""
    if reply.completion is None or schema.open:
        return reply
    try:
        read = read_answer(reply.completion.text, answer_schema(replace(schema, open=True), "spans"))
    except AnswerError:
        return reply
    known = [each for each in read.value["spans"] if each["label"] in schema.spans]
    if not known:
        return reply
    unscored = replace(reply.completion, tokens=None)
    marks = (*read.repaired, "unknown_label")
    return replace(reply, value={"spans": known}, problem=None, completion=unscored, repaired=marks)


def _mention_scores(reply: Reply) -> list[float | None]:
    if reply.completion is None or reply.completion.tokens is None:
        return [None] * len(reply.value["spans"])
    return mention_scores(reply.completion, reply.value)


def _of_categories(text: str, reply: Reply, schema: Schema, renamed: Mapping[str, str]) -> Answer:
    """Read the categories, and find the words that the model gives as its evidence."""
    said = reply.value["categories"]
    scores: list[float | None] = [None] * len(said)
    if reply.completion is not None and reply.completion.tokens is not None:
        scores = category_scores(reply.completion, reply.value)
    given = (Category(each["task"], each["label"], score) for each, score in zip(said, scores, strict=True))
    categories = tuple(dict.fromkeys(mapped(given, renamed)))
    problems = schema.problems(text, Annotation(categories=categories))
    if problems:
        problem = Problem("answer", problems[0].reason)
        return Answer(None, problem, reply.usage, {"details": details(reply, error=problem)})
    noted = details(reply)
    evidence, lost = _evidence(text, said)
    noted["not_in_text"] = lost
    notes: dict[str, Any] = {"details": noted}
    if evidence:
        notes["evidence"] = evidence
    return Answer(Annotation(categories=categories), None, reply.usage, notes)


def _of_anything(text: str, reply: Reply) -> Answer:
    """Give an answer that is no annotation; find the words of the text that it gives as its evidence."""
    noted = details(reply)
    notes: dict[str, Any] = {"answer": reply.value, "details": noted}
    quotes = reply.value.get("evidence") if isinstance(reply.value, dict) else None
    if quotes:
        listed = quotes if isinstance(quotes, list) else [quotes]
        found, noted["not_in_text"] = _evidence(text, [{"label": "evidence", "evidence": each} for each in listed])
        notes["evidence"] = found
    return Answer(Annotation(), None, reply.usage, notes)


def _evidence(text: str, said: Sequence[Found]) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Find each category's evidence; return the spans of those found, and the quotes that are not in the text."""
    found, lost = [], []
    for each in said:
        quote = each.get("evidence")
        if not quote:
            continue
        place = locate(text, quote)
        if place is None:
            lost.append({"label": each["label"], "text": quote})
        else:
            task = {"task": each["task"]} if "task" in each else {}
            found.append({"start": place.start, "end": place.end, "label": each["label"], **task})
    return found, lost


def details(reply: Reply, *, grounding: Grounding | None = None, error: Problem | None = None) -> dict[str, Any]:
    """Say what an answer cost, what was mended in it, and what it says that is not in the text."""
    repaired: list[Any] = list(reply.repaired)
    lost: list[dict[str, str]] = []
    if grounding is not None:
        repaired += [{"label": each.label, "text": each.text, "found": each.found} for each in grounding.repaired]
        lost = [{"label": each.label, "text": each.text} for each in grounding.not_in_text]
    usage = reply.usage
    return {
        "cached": reply.cached,
        "calls": usage.calls,
        "tokens": {"prompt": usage.prompt_tokens, "completion": usage.completion_tokens},
        "cost": usage.cost,
        **({"priced": False} if usage.unpriced else {}),
        "seconds": usage.seconds,
        "repaired": repaired,
        "not_in_text": lost,
        "error": None if error is None else f"{error.kind}: {error.reason}",
    }
