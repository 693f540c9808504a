from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from tests.train.tiny import DEV, SCHEMA, TRAIN, learned, trainer
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.predictor import Trainer
from textwright.schema import Schema, schema_of
from textwright.testing import check_trainer
from textwright.train.fitting import Progress, Settings
from textwright.train.prepare import Lesson, lessons_of, schema_to_learn, span_f1
from textwright.train.trainers import DistilTrainer, mean_lesson
from textwright.types import Annotation, Example, Scores, Span


def test_a_network_learns() -> None:
    assert span_f1(learned(), lessons_of(DEV, SCHEMA, what="dev")) > 0.95


def test_a_network_learns_spans_of_a_script_without_spaces() -> None:
    towns, jobs = ("北京", "上海", "กรุงเทพ", "서울"), ("高级软件工程师", "护士", "พยาบาล", "シニアエンジニア", "개발자")
    examples = [chinese(town, job, pay) for town in towns for job in jobs for pay in range(5, 10)]
    schema = Schema(labels=schema_of(["TITLE", "TOWN"]).labels)
    train, dev = [each for i, each in enumerate(examples) if i % 5], examples[::5]
    model = trainer(schema=schema).fit(train, dev)
    assert span_f1(model, lessons_of(dev, schema, what="dev")) > 0.9


def chinese(town: str, job: str, pay: int) -> Example:
    text = f"{town}某公司招聘{job}，月薪{pay}千元。"
    start = text.index(job)
    return Example(text, text, Annotation((Span(0, len(town), "TOWN"), Span(start, start + len(job), "TITLE"))))


def test_a_network_keeps_the_contract_and_repeats_itself() -> None:
    check_trainer(trainer(settings=Settings(epochs=3, batch=8, rate=1e-2, average=0.8, forget=0.1)), TRAIN[:50], DEV)


def test_another_seed_gives_another_network() -> None:
    quick = Settings(epochs=1, batch=64)
    first, second = (trainer(settings=replace(quick, seed=seed)).fit(TRAIN, DEV) for seed in (0, 1))
    assert first.graph != second.graph


def test_every_epoch_is_reported_and_the_best_is_kept() -> None:
    seen: list[Progress] = []
    model = trainer(settings=Settings(epochs=3, batch=16, rate=1e-2, average=0.5), report=seen.append).fit(TRAIN, DEV)
    assert [each.epoch for each in seen] == [1, 2, 3]
    assert span_f1(model, lessons_of(DEV, SCHEMA, what="dev")) == max(each.score for each in seen)
    assert seen[-1].seconds_left == 0


def test_few_steps_are_averaged_without_where_they_began() -> None:
    short = Settings(epochs=4, batch=16, rate=1e-2, forget=0.1, average=0.998)
    model = trainer(settings=short).fit(TRAIN, DEV)
    assert span_f1(model, lessons_of(DEV, SCHEMA, what="dev")) > 0.5


def test_learning_stops_when_it_gets_no_better() -> None:
    seen: list[Progress] = []
    still = Settings(epochs=9, patience=2, rate=1e-12, average=0.0)
    trainer(settings=still, report=seen.append).fit(TRAIN, DEV)
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("train", "dev", "message"),
    [
        ([], DEV, "train set has no example with spans"),
        ([Example("a", "  ", Annotation(spans=()))], DEV, "no text of the train set has a word"),
        (TRAIN, [Example("a", "Nurse")], "dev set has no example with spans"),
        (TRAIN, [Example("a", "Nurse", Annotation(spans=(Span(0, 5, "PET"),)))], "dev set has the label 'PET'"),
    ],
)
def test_data_that_cannot_be_learned_from_are_refused(train: list[Example], dev: list[Example], message: str) -> None:
    with pytest.raises(DataError, match=message):
        trainer().fit(train, dev)


def test_a_loss_that_is_no_number_is_reported() -> None:
    with pytest.raises(DataError, match=r"the loss became nan; try a lower rate than 1e\+30"):
        trainer(settings=Settings(epochs=3, rate=1e30)).fit(TRAIN, DEV)


def test_a_student_learns_from_a_teacher_what_no_annotation_says() -> None:
    teacher = learned()
    pool = [each.text for each in TRAIN]
    bare = [Example("x", "Nurse", Annotation(spans=()))]
    student = DistilTrainer(teachers=[teacher], pool=pool, student=trainer()).fit(bare, DEV)
    assert span_f1(student, lessons_of(DEV, SCHEMA, what="dev")) > 0.95
    assert student.config["trained"]["pool"]["examples"] == len(pool)


def test_a_pool_that_holds_a_dev_text_is_refused() -> None:
    teacher = trainer(settings=Settings(epochs=1)).fit(TRAIN, DEV)
    pool = ["Nurse", DEV[0].text]
    with pytest.raises(DataError, match=r"unlabelled text 2, .* is in the dev set"):
        DistilTrainer(teachers=[teacher], pool=pool, student=trainer()).fit(TRAIN, DEV)


def test_pool_texts_that_look_like_a_dev_text_are_left_out() -> None:
    teacher = trainer(settings=Settings(epochs=1)).fit(TRAIN, DEV)
    pool = ["Plumber", DEV[0].text.upper() + "!"]
    student = DistilTrainer(teachers=[teacher], pool=pool, student=trainer(settings=Settings(epochs=1)))
    assert student.fit(TRAIN, DEV).config["trained"]["pool"]["examples"] == 1


class Unasked:
    """A teacher of an empty pool."""

    schema = SCHEMA

    def score(self, texts: Sequence[str]) -> list[Scores]:
        assert not texts
        return []


@pytest.mark.parametrize("make", [trainer, lambda: DistilTrainer(teachers=[Unasked()], pool=[], student=trainer())])
def test_what_one_learns_from_is_not_what_one_is_judged_on(make: Callable[[], Trainer]) -> None:
    shouted = [replace(each, id=f"x{each.id}", text=each.text.upper()) for each in DEV]
    for train in (DEV, [*TRAIN, *shouted]):
        with pytest.raises(DataError, match=f"{len(DEV)} of {len(DEV)} texts to judge on are in the training data"):
            make().fit(train, DEV)


def test_teachers_are_averaged() -> None:
    sure, unsure = Span(0, 5, "CORE", 0.9), Span(0, 5, "CORE", 0.5)
    [span] = mean_lesson([Lesson("Nurse", (sure,)), Lesson("Nurse", (unsure, Span(0, 3, "CORE", 0.2)))]).spans[1:]
    assert (span.end, span.score) == (5, pytest.approx(0.7))


def test_the_schema_of_a_data_set_is_learned() -> None:
    assert schema_to_learn(Dataset(TRAIN, schema=SCHEMA)) is SCHEMA
    assert schema_to_learn(TRAIN).spans == ("CORE", "TITLE", "TOWN")


def test_rare_labels_can_be_learned_with_more_weight() -> None:
    few = [
        replace(each, gold=Annotation(spans=(each.gold.spans or ())[: 3 if i % 10 == 0 else 2]))
        for i, each in enumerate(TRAIN)
    ]
    quick = Settings(epochs=1, batch=16, rate=1e-2, average=0.5)
    plain, balanced = (trainer(settings=quick, balance=balance).fit(few, DEV) for balance in (0.0, 1.0))
    assert plain.graph != balanced.graph
    assert span_f1(trainer(balance=1.0).fit(TRAIN, DEV), lessons_of(DEV, SCHEMA, what="dev")) > 0.95
