from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from textwright.dataset import Dataset
from textwright.errors import PredictionError
from textwright.project import open_project
from textwright.project.suggest.compiling import compile_page, predictor_of
from textwright.project.suggest.forms import PageRule
from textwright.project.suggest.trial import (
    LONGEST_SHOWN,
    Show,
    Trial,
    check_rules,
    texts_to_try,
    try_model,
    try_rules,
    try_slowly,
)
from textwright.schema import Schema, schema_of
from textwright.types import Annotation, Example, Span

SCHEMA = schema_of(["BRAND", "SIZE"])
RULES = (PageRule("BRAND", "words", "Sony"), PageRule("SIZE", "number", "kg"), PageRule("BRAND", "words"))
TEXTS = [f"Sony TV {n} kg" if n % 3 == 0 else f"radio {n}" for n in range(30)]


class Says:
    """Marks the first four letters as a label, and fails for one text."""

    schema = schema_of(["BRAND", "OTHER"])

    def __init__(self) -> None:
        self.asked: list[str] = []

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        self.asked += texts
        for place, text in enumerate(texts):
            if text == "radio 1":
                raise PredictionError(place, "no")
        return [Annotation((Span(0, 4, "BRAND"), Span(0, 1, "OTHER"))) for _ in texts]


def tried(show: Show = "any", skip: int = 0) -> Trial:
    compiled = compile_page(RULES, SCHEMA)
    return try_rules(predictor_of(compiled, SCHEMA), TEXTS, made_by=compiled.made_by, show=show, skip=skip)


def test_rules_are_counted_by_their_place() -> None:
    trial = tried()
    assert (trial.tried, trial.found, trial.of, trial.failed) == (30, 10, 30, 0)
    assert trial.parts == {0: 10, 1: 10}


@pytest.mark.parametrize(("show", "following"), [("any", 10), ("found", 0), ("nothing", 10)])
def test_texts_are_chosen_by_what_is_found_in_them(show: Show, following: int) -> None:
    trial = tried(show)
    found = [bool(each.annotation.spans) for each in trial.seen]
    assert len(found) == 10
    assert trial.following == following
    assert show == "any" or set(found) == {show == "found"}


def test_others_follow_and_end_where_they_began() -> None:
    shown, skip = list[str](), 0
    for _ in range(3):
        trial = tried(skip=skip)
        shown += [each.text for each in trial.seen]
        skip = trial.following
    assert sorted(shown) == sorted(TEXTS)
    assert skip == 0


def test_what_is_rarely_marked_is_seen_at_once() -> None:
    texts = [*(f"radio {n}" for n in range(50)), "Sony TV", "Sony radio"]
    compiled = compile_page(RULES, SCHEMA)
    seen = try_rules(predictor_of(compiled, SCHEMA), texts, made_by=compiled.made_by).seen
    assert [each.text for each in seen][:5] == ["Sony TV", "radio 0", "Sony radio", "radio 1", "radio 2"]


def test_model_is_held_to_the_labels_and_its_failures_are_said() -> None:
    trial = try_model(Says(), SCHEMA, TEXTS, most=20)
    assert (trial.tried, trial.found, trial.failed, trial.of) == (20, 19, 1, 30)
    assert trial.seen[1].problem == "no"
    assert trial.seen[0].annotation.spans == (Span(0, 4, "BRAND"),)


def test_slow_model_is_asked_about_ten_texts_one_after_another() -> None:
    model = Says()
    trials = list(try_slowly(model, SCHEMA, TEXTS, skip=20))
    assert model.asked == TEXTS[20:]
    assert [(each.tried, len(each.seen), each.following) for each in trials] == [(n, n, 0) for n in range(1, 11)]


def test_long_text_is_cut_down_to_its_first_marks() -> None:
    compiled = compile_page(RULES, SCHEMA)
    text = "🔋 " * 500 + "a Sony radio of 5 kg" + " x" * 1_000 + " Sony"
    [seen] = try_rules(predictor_of(compiled, SCHEMA), [text]).seen
    spans = seen.annotation.spans or ()
    assert [seen.text[span.start : span.end] for span in spans] == ["Sony", "5 kg"]
    assert len(seen.text) <= LONGEST_SHOWN + 4
    assert seen.text.startswith("… ")
    assert seen.text.endswith(" …")


def test_no_texts_are_no_fault() -> None:
    assert try_rules(predictor_of(compile_page((), Schema()), Schema()), []) == Trial()
    assert try_model(Says(), SCHEMA, [], most=9) == Trial()


def test_texts_that_were_set_aside_are_never_shown(tmp_path: Path) -> None:
    project = open_project(tmp_path / "mine.textwright")
    examples = [Example(str(n), f"text {n}", meta={"held_out": n % 4 == 0}) for n in range(40)]
    Dataset(examples).write(project.texts_file)
    texts = texts_to_try(project)
    assert len(texts) == 30
    assert not {f"text {n}" for n in range(0, 40, 4)} & set(texts)
    assert texts_to_try(project) == texts != sorted(texts)


def test_marks_are_compared_with_what_was_corrected() -> None:
    compiled = compile_page(RULES, SCHEMA)
    gold = Annotation((Span(0, 4, "BRAND"),))
    examples = [
        Example("a", "Sony 5 kg", gold),
        Example("b", "not Sony", Annotation(())),
        Example("c", "Sony", gold, meta={"held_out": True}),
    ]
    assert check_rules(predictor_of(compiled, SCHEMA), examples, compiled.made_by) == {0: (1, 2), 1: (0, 1)}
