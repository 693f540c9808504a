"""The widget: Python keeps the texts and what was done to them, the front end shows a few at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.notebook.work import NOTHING, Act, Work, act_of, acted, begun_with
from textwright.predictor import Predictor, answers
from textwright.schema import Schema
from textwright.types import Annotation, Example

BEFORE, AHEAD = 1, 8


class Annotator(anywidget.AnyWidget):
    """Texts to annotate in a notebook. `dataset` holds what was annotated so far, `done` what was handed in.

    The traits are what travels: `settings` and `window` to the front end, `place` and `acts` from it. Acts
    are sent until `taken` in the window says that they arrived, so that none is lost.
    """

    _esm = Path(__file__).with_name("annotator.js")
    settings = traitlets.Dict().tag(sync=True)
    window = traitlets.Dict().tag(sync=True)
    place = traitlets.Int(0).tag(sync=True)
    acts: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        examples: Sequence[Example],
        *,
        schema: Schema,
        suggest: Predictor | None = None,
        name: str = "",
        annotator: str | None = None,
        keys: Mapping[str, Any] | None = None,
        on_change: Callable[[Example], None] | None = None,
    ) -> None:
        """Take the texts in order; begin at the first that was not handed in or skipped."""
        self._examples, self._schema, self._suggest = tuple(examples), schema, suggest
        self._name, self._annotator, self._on_change = name, annotator, on_change
        self._works: dict[int, Work] = {}
        self._taken, self._trouble = 0, ""
        for place, example in enumerate(self._examples):
            if "status" in example.extra:
                self._works[place] = begun_with(example, NOTHING, schema)
        finished = {place for place, work in self._works.items() if work.status in {"done", "skipped"}}
        first = next((place for place in range(len(self._examples)) if place not in finished), 0)
        settings = {
            "schema": schema.to_data(),
            "guideline": schema.guideline,
            "keys": dict(keys or {}),
            "total": len(self._examples),
        }
        super().__init__(settings=settings, place=first, window=self._window_at(first))
        self.observe(self._moved, "place")
        self.observe(self._received, "acts")

    @property
    def examples(self) -> tuple[Example, ...]:
        """Return the texts on which anything was done, in order, with their `status`: begun, done or skipped."""
        touched = sorted(place for place, work in self._works.items() if work.status != "new")
        return tuple(self._example(place) for place in touched)

    @property
    def dataset(self) -> Dataset:
        """Return what was annotated so far as a data set."""
        return Dataset(self.examples, schema=self._schema, name=self._name)

    @property
    def done(self) -> Dataset:
        """Return what was handed in, as a data set."""
        return Dataset(
            (each for each in self.examples if each.extra["status"] == "done"), schema=self._schema, name=self._name
        )

    def _example(self, place: int) -> Example:
        return self._works[place].to_example(self._schema, self._annotator)

    def _received(self, change: Mapping[str, Any]) -> None:
        """Take the acts that are new; say so at once, so that they are not sent again, and what was wrong."""
        before, troubles = dict(self._works), list[str]()
        for data in change["new"]:
            number = data.get("number") if isinstance(data, dict) else None
            if not isinstance(number, int) or number <= self._taken:
                continue
            self._taken = number
            try:
                self._take(act_of(data, texts=len(self._examples)))
            except DataError as error:
                troubles.append(str(error))
        self._trouble = " ".join(troubles)
        self.window = self._window_at(self.place)
        self._tell([place for place, work in self._works.items() if before.get(place, work).acts is not work.acts])

    def _take(self, act: Act) -> None:
        self._prepare([act.place])
        self._works[act.place] = acted(self._works[act.place], act, self._schema)

    def _tell(self, changed: Sequence[int]) -> None:
        for place in changed:
            if self._on_change is not None:
                self._on_change(self._example(place))

    def _moved(self, change: Mapping[str, Any]) -> None:
        self.window = self._window_at(change["new"])

    def _window_at(self, place: int) -> dict[str, Any]:
        """Return the text at a place, the one before and some ahead, with suggestions."""
        places = range(max(0, place - BEFORE), min(len(self._examples), place + AHEAD))
        self._prepare(places)
        return {
            "first": places.start,
            "tasks": [self._works[each].to_data() for each in places],
            "taken": self._taken,
            "counts": dict(Counter(work.status for work in self._works.values())),
            "trouble": self._trouble,
        }

    def _prepare(self, places: Iterable[int]) -> None:
        """Begin with texts that were not shown before: ask for what to propose, all at once."""
        new = [place for place in places if place not in self._works]
        proposed = self._proposed([self._examples[place].text for place in new])
        for place, annotation in zip(new, proposed, strict=True):
            self._works[place] = begun_with(self._examples[place], annotation, self._schema)

    def _proposed(self, texts: Sequence[str]) -> list[Annotation]:
        """Ask for proposals; a text that has no answer has none."""
        if self._suggest is None:
            return [NOTHING] * len(texts)
        return [answer.annotation or NOTHING for answer in answers(self._suggest, texts)]
