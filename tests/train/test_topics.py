from __future__ import annotations

import pytest

from textwright.errors import DataError
from textwright.schema import Label, Schema, Task
from textwright.train.prepare import schema_to_learn
from textwright.train.topics import (
    CategoryLesson,
    categories_to_learn,
    category_lessons,
    category_score,
    class_weights,
    soft_category_lessons,
    tuned_thresholds,
)
from textwright.types import Annotation, Category, Example, Scores


def schema(*labels: str, multiple: bool = False) -> Schema:
    return Schema(tasks=(Task("mood", tuple(Label(label) for label in labels), multiple=multiple),))


def example(text: str, *labels: str) -> Example:
    return Example(text, text, Annotation(categories=tuple(Category("mood", label) for label in labels)))


def scored(**chances: float) -> Scores:
    return Scores(categories=tuple(Category("mood", label, chance) for label, chance in chances.items()))


JOY, FEAR = ("mood", "joy"), ("mood", "fear")


def test_a_label_that_an_example_lacks_has_the_probability_nought() -> None:
    [lesson] = category_lessons([example("a", "joy")], schema("joy", "fear"), what="dev")
    assert lesson.targets == {JOY: 1.0, FEAR: 0.0}


def test_no_label_is_an_answer_where_several_are_allowed_and_none_elsewhere() -> None:
    for multiple, targets in ((True, {JOY: 0.0, FEAR: 0.0}), (False, {})):
        [lesson] = category_lessons([example("a")], schema("joy", "fear", multiple=multiple), what="dev")
        assert lesson.targets == targets


@pytest.mark.parametrize(
    ("examples", "message"),
    [
        ([], "the train set has no example with categories"),
        ([Example("a", "a", Annotation(spans=()))], "the train set has no example with categories"),
        ([example("a", "awe")], r"label 'awe' of task 'mood' .*example a.* Known labels of this task: joy, fear"),
        ([example("a", "joy"), example("b", "joy")], "the train set has the label 'joy' alone of task 'mood'"),
    ],
)
def test_examples_that_cannot_be_learned_from_are_refused(examples: list[Example], message: str) -> None:
    with pytest.raises(DataError, match=message):
        category_lessons(examples, schema("joy", "fear"), what="train")


@pytest.mark.parametrize(
    ("examples", "several"),
    [
        ([example("a", "joy"), example("b", "fear")], False),
        ([example("a", "joy", "fear")], True),
        ([example("a", "joy"), example("b")], True),
    ],
)
def test_a_task_allows_several_labels_where_an_example_has_not_one(examples: list[Example], several: bool) -> None:
    [task] = schema_to_learn(examples).tasks
    assert task.multiple is several


def test_only_tasks_with_an_example_are_learned() -> None:
    known = Schema(labels=(Label("X"),), tasks=(*schema("joy").tasks, Task("other", (Label("a"),))))
    kept = categories_to_learn([example("a", "joy")], known)
    assert (kept.spans, [task.name for task in kept.tasks]) == ((), ["mood"])


def test_a_teacher_gives_its_probabilities() -> None:
    assert soft_category_lessons(["a"], [scored(joy=0.7)]) == [CategoryLesson("a", {JOY: 0.7})]


def test_rare_labels_weigh_more() -> None:
    moods = schema("joy", "fear", "awe")
    lessons = category_lessons([example(f"{i}", "joy" if i else "fear") for i in range(4)], moods, what="train")
    assert class_weights(lessons, moods) == pytest.approx({JOY: 4 / 9, FEAR: 4 / 3, ("mood", "awe"): 1.0})
    assert set(class_weights(lessons, moods, strength=0.0).values()) == {1.0}


def test_a_better_model_has_a_better_score() -> None:
    moods = schema("joy", "fear")
    gold = category_lessons([example("a", "joy"), example("b", "fear")], moods, what="train")
    good, sure = [scored(joy=0.8, fear=0.2), scored(joy=0.3, fear=0.7)], [scored(joy=1.0), scored(fear=1.0)]
    bad = [scored(joy=0.4, fear=0.6), scored(joy=0.3, fear=0.7)]
    assert category_score(bad, gold, moods) < category_score(good, gold, moods) < category_score(sure, gold, moods)


def test_thresholds_part_the_texts_that_have_a_label_and_rare_labels_borrow_from_all() -> None:
    moods = schema("joy", "fear", multiple=True)
    texts = [(0.4, True)] * 40 + [(0.2, False)] * 60
    gold = [CategoryLesson("", {JOY: float(right), FEAR: float(not place)}) for place, (_, right) in enumerate(texts)]
    given = [scored(joy=chance, fear=0.9 if not place else 0.1) for place, (chance, _) in enumerate(texts)]
    found = tuned_thresholds(given, gold, moods)["mood"]
    assert 0.2 < found["joy"] <= 0.4
    assert 0.1 < found["fear"] <= 0.4
    assert category_score(given, gold, moods) == 1.0
