"""The Python side: the synced traits are set as the front end sets them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import pytest

import textwright as tw
from textwright.errors import DataError, MissingExtraError, PredictionError, SchemaError
from textwright.notebook.widget import Annotator
from textwright.types import Annotation, Category, Example, Span

SCHEMA = tw.Schema.from_data(
    {
        "labels": {"JOB": {"key": "j"}, "LEVEL": {"key": "l"}},
        "tasks": {"tone": {"labels": {"calm": {}, "warm": {}}}},
        "guideline": "Mark **jobs**.",
    }
)
TEXTS = ["Senior Nurse", "\N{GRINNING FACE} Pilot", "Cook"]
JOB = {"start": 7, "end": 12, "label": "JOB"}


class Jobs:
    """Proposes the last word of each text; has no answer for cooks."""

    schema = SCHEMA

    def __init__(self) -> None:
        self.asked: list[str] = []

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        for place, text in enumerate(texts):
            if text == "Cook":
                raise PredictionError(place, "no cooks")
        self.asked += texts
        return [Annotation(spans=(Span(text.rindex(" ") + 1, len(text), "JOB", 0.9),)) for text in texts]


def widget_of(texts: Any = TEXTS, **settings: Any) -> Annotator:
    return tw.annotate(texts, **{"schema": SCHEMA, **settings})


def state(*spans: dict[str, Any], **more: Any) -> dict[str, Any]:
    nothing = {"spans": [], "categories": []}
    return {"spans": list(spans), "categories": [], "proposed": nothing, "note": "", "flagged": False, **more}


def act(number: int, place: int, kind: str, after: dict[str, Any], seconds: float = 1.5) -> dict[str, Any]:
    return {"number": number, "place": place, "kind": kind, "state": after, "seconds": seconds}


def test_nothing_is_annotated_at_first() -> None:
    widget = widget_of()
    assert widget.examples == ()
    assert len(widget.dataset) == 0
    assert widget.dataset.schema == SCHEMA
    assert widget.settings["total"] == 3
    assert widget.settings["guideline"] == "Mark **jobs**."
    assert [task["text"] for task in widget.window["tasks"]] == TEXTS


def test_what_is_annotated_comes_back_as_a_data_set() -> None:
    widget = widget_of(annotator="anna")
    widget.acts = [act(1, 0, "edit", state(JOB)), act(2, 0, "accept", state(JOB, note="sure?", flagged=True))]
    [example] = widget.dataset
    assert example.gold == Annotation(spans=(Span(7, 12, "JOB"),), categories=())
    assert example.annotator == "anna"
    assert dict(example.extra) == {"status": "done", "seconds": 3.0, "note": "sure?", "flagged": True}
    assert widget.window["taken"] == 2
    assert widget.window["counts"] == {"done": 1, "new": 2}


def test_offsets_are_code_points() -> None:
    widget = widget_of()
    widget.acts = [act(1, 1, "accept", state({"start": 2, "end": 7, "label": "JOB"}))]
    [span] = widget.examples[0].gold.spans or ()
    assert widget.examples[0].text[span.start : span.end] == "Pilot"


def test_acts_that_come_twice_are_taken_once() -> None:
    widget = widget_of()
    first, second = act(1, 0, "edit", state(JOB)), act(2, 0, "accept", state(JOB))
    widget.acts = [first]
    widget.acts = [first, second]
    widget.acts = [second]
    assert [each["kind"] for each in widget.window["tasks"][0]["acts"]] == ["edit", "accept"]
    assert widget.examples[0].extra["seconds"] == 3.0


def test_statuses_follow_the_last_act() -> None:
    widget = widget_of()
    widget.acts = [act(1, 0, "accept", state(JOB)), act(2, 1, "skip", state()), act(3, 2, "edit", state())]
    assert [example.extra["status"] for example in widget.dataset] == ["done", "skipped", "begun"]
    assert [example.id for example in widget.done] == [widget.examples[0].id]
    widget.acts = [act(4, 0, "edit", state())]
    assert len(widget.done) == 0


def test_a_skipped_text_is_not_annotated_which_is_not_empty() -> None:
    widget = widget_of()
    widget.acts = [act(1, 0, "skip", state()), act(2, 1, "accept", state())]
    assert [example.gold for example in widget.examples] == [Annotation(), Annotation((), ())]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (act(1, 0, "accept", state({"start": 7, "end": 99, "label": "JOB"})), "does not fit in the text"),
        (act(1, 0, "accept", state({"start": 0, "end": 6, "label": "TOWN"})), "unknown label 'TOWN'"),
        (act(1, 9, "accept", state()), "an act on text 9, expected 0 to 2"),
        (act(1, 0, "burn", state()), "the act 'burn', expected one of accept, skip"),
        ({"number": 1, "place": 0}, "an act has a number, place, kind and state"),
        (act(1, 0, "edit", {"spans": 3}), "an act has a number, place, kind and state"),
    ],
)
def test_an_act_that_cannot_be_is_said_and_holds_nothing_up(wrong: dict[str, Any], message: str) -> None:
    widget = widget_of()
    widget.acts = [wrong, act(2, 0, "accept", state(JOB))]
    assert message in widget.window["trouble"]
    assert widget.window["taken"] == 2
    assert len(widget.done) == 1
    widget.acts = [act(3, 1, "skip", state())]
    assert widget.window["trouble"] == ""


def test_on_change_hears_each_example_that_changes() -> None:
    heard: list[Example] = []
    widget = widget_of(on_change=heard.append)
    widget.acts = [act(1, 0, "edit", state(JOB)), act(2, 0, "accept", state(JOB))]
    widget.place = 1
    assert [(example.text, example.extra["status"]) for example in heard] == [("Senior Nurse", "done")]


def test_suggestions_are_proposed_and_no_part_of_the_values() -> None:
    widget = widget_of(suggest=Jobs())
    proposed = [task["initial"]["proposed"]["spans"] for task in widget.window["tasks"]]
    assert proposed == [[JOB], [{"start": 2, "end": 7, "label": "JOB"}], []]
    assert widget.examples == ()


def test_texts_ahead_are_prepared_as_one_goes_and_asked_once() -> None:
    jobs = Jobs()
    texts = [f"Nurse {number}" for number in range(100)]
    widget = widget_of(texts, suggest=jobs)
    assert len(jobs.asked) < 10
    widget.place = 50
    assert "Nurse 50" in [task["text"] for task in widget.window["tasks"]]
    widget.place = 51
    assert len(jobs.asked) == len(set(jobs.asked))
    assert "Nurse 99" not in jobs.asked


def test_labels_that_the_schema_does_not_know_are_not_proposed() -> None:
    gold = Annotation((Span(0, 4, "JOB"), Span(0, 4, "TOWN")), (Category("tone", "calm"), Category("mood", "x")))
    widget = widget_of([Example("1", "Cook", gold)])
    assert widget.window["tasks"][0]["initial"]["proposed"] == {
        "spans": [{"start": 0, "end": 4, "label": "JOB"}],
        "categories": [{"task": "tone", "label": "calm"}],
    }


def test_what_was_annotated_is_gone_on_with() -> None:
    widget = widget_of()
    widget.acts = [act(1, 0, "accept", state(JOB, note="why?"))]
    more = widget_of([*widget.examples, *TEXTS[1:]])
    assert more.place == 1
    assert more.dataset[0].gold == widget.dataset[0].gold
    assert dict(more.dataset[0].extra) == dict(widget.dataset[0].extra)


def test_keys_of_the_examples_are_kept() -> None:
    widget = widget_of([Example("7", "Cook", meta={"source": "board"}, extra={"page": 3})])
    widget.acts = [act(1, 0, "accept", state())]
    assert widget.examples[0].meta == {"source": "board"}
    assert widget.examples[0].extra["page"] == 3


def test_the_schema_is_that_of_the_data_else_of_the_model() -> None:
    assert tw.annotate(tw.Dataset([Example("1", "Cook")], schema=SCHEMA)).settings["schema"] == SCHEMA.to_data()
    assert tw.annotate(["Senior Cooks"], suggest=Jobs()).settings["schema"] == SCHEMA.to_data()
    occurring = tw.annotate(tw.Dataset([Example("1", "Cook", Annotation((Span(0, 4, "JOB"),)))]))
    assert list(occurring.settings["schema"]["labels"]) == ["JOB"]


@pytest.mark.parametrize(
    ("texts", "schema", "error", "message"),
    [
        ([], SCHEMA, DataError, "no text"),
        ("Cook", SCHEMA, DataError, "found one text"),
        ([3], SCHEMA, DataError, "found int among the texts"),
        (["Cook"], None, SchemaError, "no label is known"),
    ],
)
def test_mistakes_are_named(texts: Any, schema: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        tw.annotate(texts, schema=schema)


def test_without_anywidget_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "textwright.notebook.widget")
    with pytest.raises(MissingExtraError, match=r"textwright\[notebook\]"):
        widget_of()


def test_annotate_stays_the_function_when_its_namesake_is_imported() -> None:
    import textwright.annotate.settings  # noqa: F401

    assert callable(tw.annotate)


def test_two_widgets_share_nothing() -> None:
    one, other = widget_of(), widget_of()
    one.acts = [act(1, 0, "accept", state(JOB))]
    assert other.examples == ()
