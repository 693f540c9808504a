from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.project.judge.working import annotated, examples, project_in, with_tone
from textwright.project import open_project
from textwright.project.judge.parts import Parts, lines_of, names_in, parted
from textwright.project.judge.parts import annotated as annotated_in
from textwright.store.held_out import HELD_OUT
from textwright.types import Annotation, Example, Span


def test_what_was_set_aside_is_never_learned_from() -> None:
    parts = parted(examples(24))
    assert (len(parts.learned), len(parts.held_out), len(parts)) == (18, 6, 24)
    assert all(each.meta[HELD_OUT] for each in parts.held_out)
    assert parts.names == ("DAY", "TOWN")
    assert parts.lacking == ""


def test_a_text_that_is_the_same_as_one_set_aside_is_left_out() -> None:
    held_out = annotated(3, held_out=True)
    same = replace(held_out, id="other", text=held_out.text.upper(), meta={})
    parts = parted([*examples(24), same])
    assert (len(parts.learned), parts.alike) == (18, 1)


@pytest.mark.parametrize(
    ("count", "missing", "said"),
    [(0, 20, "about 20 more texts"), (19, 4, "about 4 more texts"), (20, 0, ""), (12, 8, "about 8 more texts")],
)
def test_too_few_texts_are_counted(count: int, missing: int, said: str) -> None:
    parts = parted(examples(count))
    assert parts.missing == missing
    assert said in parts.lacking
    assert (parts.lacking == "") == (said == "")


def test_nothing_marked_is_said_of_each_part() -> None:
    def bare(each: Example) -> Example:
        return replace(each, gold=Annotation(()))

    learned = [bare(each) if not each.meta else each for each in examples(24)]
    assert "in the texts to learn from" in parted(learned).lacking
    held_out = [bare(each) if each.meta else each for each in examples(24)]
    assert "in the texts for the test" in parted(held_out).lacking


def test_a_layer_that_nobody_began_with_is_left_out_of_both_parts() -> None:
    begun = [replace(each, gold=Annotation(each.gold.spans, ())) for each in examples(24)]
    assert {each.gold.categories for each in (*parted(begun).learned, *parted(begun).held_out)} == {None}
    toned = [with_tone(each, "dry") for each in examples(24)]
    assert all(each.gold.categories for each in parted(toned).held_out)
    assert parted(toned).names == ("DAY", "TOWN", "tone")


def test_nobody_opened_the_project(tmp_path: Path) -> None:
    assert len(annotated_in(open_project(tmp_path / "new.textwright"))) == 0
    parts = annotated_in(project_in(tmp_path, 24))
    assert (len(parts.learned), len(parts.held_out)) == (18, 6)


def test_lines_hold_any_text() -> None:
    odd = Example("a", "\ud800 \u2028 \x7f", Annotation(()))
    assert lines_of([odd, odd]).count("\n") == 2
    assert Parts().lacking.startswith("Correct about 20 more texts first")


@pytest.mark.parametrize("said", ["yes", 1, 0, None, False])
def test_what_was_not_set_aside_for_all_others_is_none_here(said: object) -> None:
    odd = replace(annotated(0, held_out=False), id="odd", text="Odd fair, every Friday", meta={HELD_OUT: said})
    parts = parted([*examples(24), odd])
    assert odd.id in {each.id for each in parts.learned}
    assert odd.id not in {each.id for each in parts.held_out}


def test_a_label_that_the_test_lacks_is_judged_where_it_is_marked_elsewhere() -> None:
    def red(each: Example) -> Example:
        return replace(each, gold=Annotation((Span(0, 3, "COLOUR"),)))

    only_learned = [red(each) if each.id == "t-000" else each for each in examples(24)]
    parts = parted(only_learned)
    assert parts.names == ("COLOUR", "DAY", "TOWN")
    assert names_in(parts.held_out) == ("DAY", "TOWN")
