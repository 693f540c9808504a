"""Slices, changed definitions, learned texts, failures, and who gave which answer."""

from __future__ import annotations

from dataclasses import replace

from tests.evaluate.fakes import spans
from tests.experiment.table.made import GOLD, TEXTS, experiment_of, judged, run_of, texts_with, wrong_in
from textwright.dataset import Dataset
from textwright.experiment.file import Checks, Found
from textwright.experiment.file.experiment import Change
from textwright.experiment.table import ExperimentTable, table_of
from textwright.types import Annotation


def table(**answers: dict[str, Annotation]) -> ExperimentTable:
    return table_of(experiment_of(*answers), [run_of(name, judged(told)) for name, told in answers.items()])


def test_slices_come_hardest_first() -> None:
    data = texts_with(small=20)
    for wrong, order in (([30], ["Leith", "Hove"]), ([3], ["Hove", "Leith"])):
        runs = [run_of("a", judged(wrong_in(wrong), data)), run_of("b", judged(wrong_in([]), data))]
        [slices] = table_of(experiment_of("a", "b"), runs).slices
        assert [part.value for part in slices.parts] == order


def test_a_slice_of_few_texts_stands_last_and_is_marked() -> None:
    data = texts_with(small=5)
    runs = [run_of("a", judged(wrong_in([0, 39]), data)), run_of("b", judged(wrong_in([38, 39]), data))]
    [slices] = table_of(experiment_of("a", "b"), runs).slices
    assert [(part.value, part.texts, part.too_few) for part in slices.parts] == [
        ("Leith", 35, False),
        ("Hove", 5, True),
    ]
    assert [round(part.figures["b"].value, 3) for part in slices.parts] == [0.943, 1.0]
    written = table_of(experiment_of("a", "b"), runs).to_markdown()
    assert "| Hove (too few) | 5 |" in written


def test_small_slices_are_folded_together() -> None:
    towns = ["Leith"] * 20 + ["Hove"] * 12 + ["Deal"] * 8
    data = texts_with()
    examples = [replace(each, meta={"town": town}) for each, town in zip(data, towns, strict=True)]
    judgement = judged(wrong_in([21, 39]), Dataset(examples, schema=data.schema, name=data.name))
    [slices] = table_of(experiment_of("a"), [run_of("a", judgement)]).slices
    assert [(part.value, part.texts) for part in slices.parts] == [("Leith", 20), ("2 others", 20)]
    assert slices.parts[1].figures["a"].value == 0.9


BROAD = {text: spans((0, 12, "JOB"), (0, 12, "LEVEL")) if i % 4 == 0 else GOLD[text] for i, text in enumerate(TEXTS)}


def test_a_changed_definition_is_seen_from_both_sides() -> None:
    before, after = texts_with(GOLD), texts_with(BROAD)
    failing = {text: answer for text, answer in BROAD.items() if text != TEXTS[4]}
    told = {"old": GOLD, "new": BROAD, "failing": failing, "neither": wrong_in([0, 1], GOLD)}
    runs = [
        run_of(name, judged(answers, before, test="v1"), judged(answers, after, test="v2"))
        for name, answers in told.items()
    ]
    change = Change("LEVEL", "v1", "v2")
    [found] = table_of(experiment_of(*told, tests=("v2", "v1"), changes=(change,)), runs).changes
    assert [text.id for text in found.moved] == [f"t{i}" for i in range(0, 40, 4)]
    assert [(text.before, text.after) for text in found.moved] == [(GOLD[t], BROAD[t]) for t in TEXTS[::4]]
    assert (found.moved[0].with_before, found.moved[0].with_after) == (("old",), ("new", "failing"))
    assert (found.moved[1].with_before, found.moved[1].with_after) == (("old", "neither"), ("new",))
    figures = {method: (old.value, new.value) for method, old, new in found.figures}
    assert figures == {"old": (1.0, 0.75), "new": (0.75, 1.0), "failing": (0.75, 0.975), "neither": (0.95, 0.725)}
    assert [found.agree(name) for name in told] == [(10, 0), (0, 10), (0, 9), (9, 0)]
    assert found.in_words() == ["The gold of LEVEL differs in 10 of 40 texts between v1 and v2."]


def test_learned_texts_are_told_first_and_left_out_in_a_column() -> None:
    found = Found("test", "train", "train", ("a",), 40, ("t0",), ("t1", "t2"), ("Senior Nurse 0",), "k")
    checks = Checks("tell", (found, replace(found, test="other")), elsewhere={"a": "learned from 9 texts not here"})
    runs = [run_of("a", judged(wrong_in([0, 5]))), run_of("b", failed="no memory", judgements=())]
    made = table_of(experiment_of("a", "b"), runs, checks)
    assert made.rows[0].value("without_known") == 36 / 37
    first, second, third, fourth, fifth = made.warnings
    assert first == "Texts of test that methods of this table learned: 1. Their figures are too good"
    assert "Of the 40 texts of test, 1 the same and 2 nearly the same stand in train, learned by a" in second
    assert third == "JOB exact without 3 known texts leaves out what is the same as learned texts, or near so"
    assert fourth == "a: learned from 9 texts not here"
    assert fifth == "b failed, so it is not in the table: no memory"
    assert made.to_markdown().index(first) < made.to_markdown().index("0.950")


def test_what_is_not_in_the_table_learned_nothing_of_it() -> None:
    found = Found("test", "train", "train", ("a", "broken"), 40, (), ("t1",), (), "k")
    others = replace(found, learned="more", methods=("broken", "not run"), near=("t2", "t3"))
    checks = Checks("tell", (found, others), elsewhere={"broken": "learned from 9 texts not here"})
    runs = [run_of("a", judged(wrong_in([0, 5]))), run_of("broken", failed="no memory", judgements=())]
    made = table_of(experiment_of("a", "broken", "not run"), runs, checks)
    assert made.warnings == (
        "Of the 40 texts of test, 1 nearly the same stands in train, learned by a",
        "JOB exact without 1 known text leaves out what is the same as learned texts, or near so",
        "broken failed, so it is not in the table: no memory",
    )
    assert made.rows[0].value("without_known") == 37 / 39


def test_dropped_texts_are_told_and_give_no_column() -> None:
    found = Found("test", "train", "train", ("a",), 41, ("gone",), (), ("Senior Nurse",), "k")
    checks = Checks("drop", (found,), dropped={"test": ("gone",)})
    made = table_of(experiment_of("a"), [run_of("a", judged(GOLD))], checks)
    assert "Texts of test that were learned and are left out, for all methods: 1" in made.warnings
    assert made.rows[0].value("without_known") is None


def test_what_cannot_run_somewhere_is_named_once_for_all_methods() -> None:
    unable = replace(judged(GOLD), runtime="node", report={}, sources=(), unable="prompts need Python")
    runs = [run_of(name, judged(GOLD), unable) for name in ("a", "b")]
    runs.append(run_of("c", not_judged={"test.python": "it was killed", "other.python": "never mind"}))
    made = table_of(experiment_of("a", "b", "c", runtimes=("python", "node")), runs)
    assert made.warnings == (
        "c was not judged in python: it was killed",
        "No figures in node for a, b: prompts need Python",
    )


def test_an_answer_that_several_gave_stands_once() -> None:
    failing = {text: answer for text, answer in GOLD.items() if text != TEXTS[1]}
    made = table(a=wrong_in([0, 1]), b=wrong_in([0]), c=failing)
    first, second = made.disputed
    assert {each.methods: each.answer for each in first.given} == {("c",): GOLD[TEXTS[0]], ("b", "a"): spans()}
    assert {each.methods: each.answer for each in second.given} == {
        ("a",): spans(),
        ("b",): GOLD[TEXTS[1]],
        ("c",): None,
    }
    names = [row.method for row in made.rows]
    assert dict(zip(names, first.verdicts["exact:JOB"], strict=True)) == {"a": False, "b": False, "c": True}
    assert [each.get("error") for each in made.to_data()["disputed"][1]["answers"]] == [None, "no answer", None]
