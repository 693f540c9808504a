"""What a training in the background counts as right: the same as every report."""

from __future__ import annotations

from tests.evaluate.fakes import Known, spans
from textwright.annotate.learning import marked_in, wholly_right
from textwright.dataset import Dataset
from textwright.evaluate import evaluate
from textwright.schema import schema_of
from textwright.types import Annotation, Category, Example

SCHEMA = schema_of(["LEVEL", "JOB"], tasks={"tone": ["calm", "warm"]})
JOB, LEVEL = (0, 3, "JOB"), (0, 3, "LEVEL")


def text(number: int, *found: tuple[int, int, str]) -> Example:
    return Example(f"t{number}", f"text {number}", Annotation(spans(*found).spans, (Category("tone", "calm"),)))


def test_right_are_the_texts_whose_marks_are_all_right() -> None:
    data = Dataset([text(1, JOB), text(2, JOB), text(3, JOB, LEVEL)], schema=SCHEMA)
    assert marked_in(data) == ["LEVEL", "JOB", "tone"]
    test = data[:2]
    told = {each.text: Annotation(each.gold.spans, (Category("tone", "warm"),)) for each in test}
    assert wholly_right(evaluate(Known(told, SCHEMA), test, labels=marked_in(data))) == 2
    told["text 2"] = Annotation(spans(JOB, LEVEL).spans, (Category("tone", "calm"),))
    report = evaluate(Known(told, SCHEMA), test, labels=marked_in(data))
    assert wholly_right(report) == sum(map(bool, report.rights["whole_text"])) == 1
    assert report.rights["exact:LEVEL"] == (True, False)
