from __future__ import annotations

from tests.annotate.acting import act, numbers
from tests.annotate.conftest import NewDesk
from textwright.annotate.importing import Added
from textwright.types import Annotation, Example, Span

SAID = Annotation((Span(0, 6, "RANK"), Span(7, 11, "TOWN")))


def test_lines_of_annotators_become_theirs_and_are_handed_in(new_desk: NewDesk) -> None:
    desk = new_desk(texts=2)
    line = Example("t0", "Senior Chef 0", SAID, annotator="ann", extra={"seconds": 4.2, "note": "hm"})
    assert desk.add([line, Example("x", "Nurse")]) == Added(added=1, known=1, annotations=1)
    task = desk.task("ann", 1)
    assert task is not None
    assert (task.status, task.version, [each.kind for each in task.acts]) == ("done", 1, ["accept"])
    [example] = desk.examples()
    assert (example.gold.spans, example.extra["note"], example.extra["seconds"]) == (SAID.spans[:1], "hm", 4.2)  # type: ignore[index]


def test_same_file_twice_changes_nothing(new_desk: NewDesk) -> None:
    desk = new_desk(texts=1)
    line = Example("t0", "Senior Chef 0", SAID, annotator="ann")
    desk.add([line])
    assert desk.add([line]) == Added(added=0, known=1, annotations=0)


def test_import_does_not_overwrite_what_an_annotator_did(new_desk: NewDesk) -> None:
    desk = new_desk(texts=1)
    act(desk, "ann", 1, (0, 6, "JOB"))
    desk.add([Example("t0", "Senior Chef 0", SAID, annotator="ann")])
    [example] = desk.examples()
    assert example.gold.spans == (Span(0, 6, "JOB"),)


def test_texts_may_come_while_somebody_works(new_desk: NewDesk) -> None:
    desk = new_desk(texts=1)
    numbers(desk, "ann")
    desk.add([Example("new", "Nurse")])
    assert numbers(desk, "ann") == [1, 2]
