from __future__ import annotations

from tests.annotate.acting import act, numbers
from tests.annotate.conftest import NewDesk
from textwright.annotate.desk import Desk
from textwright.annotate.golden import places
from textwright.types import Annotation, Example, Span

GOLD = Annotation((Span(0, 4, "JOB"),))


def with_questions(new_desk: NewDesk) -> tuple[Desk, set[int]]:
    desk = new_desk(texts=60, alone=True)
    desk.add([Example(f"g{i}", f"Cook {i}", GOLD) for i in range(10)], gold=True)
    return desk, set(range(61, 71))


def test_one_text_in_twenty_is_a_gold_question(new_desk: NewDesk) -> None:
    desk, questions = with_questions(new_desk)
    found = numbers(desk, "ann", 60)
    assert [sum(number in questions for number in found[start : start + 20]) for start in (0, 20, 40)] == [1, 1, 1]


def test_places_of_questions_stay_whatever_is_asked_for(new_desk: NewDesk) -> None:
    desk, _questions = with_questions(new_desk)
    together = numbers(desk, "ann", 40)
    one_by_one = []
    for _ in range(40):
        [number] = numbers(desk, "ann", 1)
        act(desk, "ann", number)
        one_by_one.append(number)
    assert one_by_one == together


def test_annotators_get_their_questions_at_different_places() -> None:
    assert len({tuple(places(0, 100, seed=0, annotator=name)) for name in "abcdef"}) > 3


def test_question_is_not_recognisable(new_desk: NewDesk) -> None:
    desk, questions = with_questions(new_desk)
    task = next(task for task in desk.queue("ann", limit=60) if task.text.number in questions)
    assert (task.text.gold, task.text.given, task.suggestion, task.status) == (None, None, None, "new")


def test_answers_are_counted_and_the_right_ones_among_them(new_desk: NewDesk) -> None:
    desk, questions = with_questions(new_desk)
    right, wrong = [number for number in numbers(desk, "ann", 60) if number in questions][:2]
    act(desk, "ann", right, (0, 4, "JOB"))
    act(desk, "ann", wrong, (0, 4, "JOB"), (0, 4, "RANK"))
    assert desk.progress("ann", everybody=False)["gold"] == {"asked": 2, "right": 1}
    assert desk.progress("bob", everybody=False)["gold"] is None


def test_questions_belong_to_no_total(new_desk: NewDesk) -> None:
    desk, _questions = with_questions(new_desk)
    for number in numbers(desk, "ann", 60):
        act(desk, "ann", number)
    progress = desk.progress("ann", everybody=False)
    assert (progress["total"], progress["done"], progress["mine"]["left"]) == (60, 57, 3)
