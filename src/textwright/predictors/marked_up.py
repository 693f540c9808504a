"""Ask a model about the text of HTML or Markdown; its answers count in the source.

See docs/source-html-markdown.md.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from textwright.errors import ModelError, PredictionError
from textwright.predictor import InOneLine, Predictor, answers, refuse_one_text
from textwright.schema import Schema
from textwright.types import Annotation, Answer, Problem, Span, in_order
from textwright.wrangle.clean import Mapped
from textwright.wrangle.source.html import from_html
from textwright.wrangle.source.markdown import from_markdown

Read = Callable[[str], Mapped]
READERS: Mapping[str, Read] = {"html": from_html, "markdown": from_markdown}


@dataclass(frozen=True, slots=True, repr=False)
class MarkedUpPredictor(InOneLine):
    """A model that is shown the text of what is `read`, and whose spans are told in the source.

    Whatever the model can do beside `predict` is left out but for streaming and what it notes.
    """

    model: Predictor
    read: Read

    @property
    def schema(self) -> Schema:
        """Return the model's schema."""
        return self.model.schema

    @property
    def name(self) -> str:
        """Return the model's name."""
        return str(getattr(self.model, "name", type(self.model).__name__))

    @property
    def size_bytes(self) -> int:
        """Return the model's size."""
        return int(getattr(self.model, "size_bytes", 0) or 0)

    def stream(self, texts: Iterable[str]) -> Iterator[Answer]:
        """Answer sources in order, as the model answers their texts."""
        refuse_one_text(texts)
        waiting: deque[Mapped] = deque()

        def plain() -> Iterator[str]:
            for text in texts:
                waiting.append(self.read(text))
                yield waiting[-1].text

        for answer in answers(self.model, plain()):
            yield in_source(answer, waiting.popleft())

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        """Answer each source; a failure is an `Answer` with a problem."""
        return list(self.stream(texts))

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each source. Raise `PredictionError` at the first whose text the model cannot answer."""
        found: list[Annotation] = []
        for place, answer in enumerate(self.stream(texts)):
            if answer.annotation is None:
                raise PredictionError(place, answer.problem.reason if answer.problem else "no answer")
            found.append(answer.annotation)
        return found


def marked_up(model: Predictor, markup: str) -> MarkedUpPredictor:
    """Let a model read `html` or `markdown`. Raise `ModelError` for any other markup."""
    if markup not in READERS:
        raise ModelError(f"{markup!r} is no markup that we read. Known: {', '.join(READERS)}")
    return MarkedUpPredictor(model, READERS[markup])


def in_source(answer: Answer, mapped: Mapped) -> Answer:
    """Move an answer about a text to the source that the text was made from, sentences shown as evidence too.

    An answer with a span that is not in the text is none.
    """
    try:
        return _in_source(answer, mapped)
    except ValueError as error:
        return replace(
            answer, annotation=None, problem=Problem("model", f"the model marked what is not there: {error}")
        )


def _in_source(answer: Answer, mapped: Mapped) -> Answer:
    notes = answer.notes
    if isinstance(notes.get("evidence"), list):
        notes = {**notes, "evidence": [_moved(each, mapped) for each in notes["evidence"]]}
    if answer.annotation is None or answer.annotation.spans is None:
        return replace(answer, notes=notes)
    spans = _once(mapped.raw_spans(answer.annotation.spans))
    return replace(answer, annotation=replace(answer.annotation, spans=spans), notes=notes)


def _once(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Order spans; two may have become one where both cut what a reference stands for."""
    return in_order(dict.fromkeys(spans))


def _moved(evidence: Mapping[str, Any], mapped: Mapped) -> Mapping[str, Any]:
    [span] = mapped.raw_spans([Span(evidence["start"], evidence["end"], str(evidence.get("label")))])
    return {**evidence, "start": span.start, "end": span.end}
