from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textwright as tw
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.evaluate.agreement_tables import agreement_tables
from textwright.schema import schema_of
from textwright.types import Annotation, Category, Example, Span

from .fakes import spans, tones

LABELS = ("JOB", "LEVEL")


def said(text: str, annotator: str, gold: Annotation, key: str | None = None) -> Example:
    return Example(key or text, text, gold, annotator=annotator)


def both(text: str, anna: Annotation, ben: Annotation) -> list[Example]:
    return [said(text, "anna", anna), said(text, "ben", ben)]


NESTED_AGAINST_FLAT = [
    *both("Senior Nurse", spans((0, 12, "JOB"), (0, 6, "LEVEL")), spans((0, 12, "JOB"))),
    *both("Pilot, Leeds", spans((0, 5, "JOB")), spans((0, 5, "JOB"))),
]


def test_figures_of_nested_against_flat_are_as_worked_out_by_hand() -> None:
    found = tw.agreement(NESTED_AGAINST_FLAT).spans
    assert found is not None
    assert found.texts == 2
    assert found.all.exact.value == 0.5
    assert found.all.f1.value == pytest.approx(2 * 2 / 5)  # two spans in common, of three and two
    # Observed: Anna's LEVEL stands alone, 1 for 2.5 units on average, 0.4. By chance: either JOB of 12 with either
    # of 5 is (7 / 17)² apart, four times, and LEVEL alone twice: 2 + 4 * 49 / 289 for 1.5 + 1.5 + 1 + 1 units.
    assert found.all.gamma.value == pytest.approx(1 - 0.4 / ((2 + 4 * 49 / 289) / 5))
    assert found.labels["JOB"].gamma.value == 1
    assert found.labels["LEVEL"].f1.value == 0
    assert found.labels["LEVEL"].exact.value == 0.5
    assert found.labels["LEVEL"].support == 1


def test_one_label_by_chance_is_compared_with_texts_where_nobody_marked_it() -> None:
    # LEVEL: observed 1 for half a unit, 2. By chance Anna's stands alone beside two empty ones: 2 for 1 unit, 2.
    found = tw.agreement(NESTED_AGAINST_FLAT).spans
    assert found is not None
    assert found.labels["LEVEL"].gamma.value == 0


def test_a_text_counts_as_much_as_it_has_annotators() -> None:
    # Of 3 one marks nothing: 0 + 1 + 1 for units of 1 + 0.5 + 0.5, halved. The two of the other text agree: 0 for 1.
    # Observed 1 / 2. By chance JOB [0, 5) and LEVEL [0, 3) are 1 + (2 / 8)² apart, four times, and nothing and LEVEL
    # 1, twice: 6.25 for 4 * 1 + 2 * 0.5 units.
    three = [said("Pilot", name, spans((0, 5, "JOB"))) for name in "ab"] + [said("Pilot", "c", spans())]
    two = [said("Old", name, spans((0, 3, "LEVEL"))) for name in "ab"]
    found = tw.agreement([*three, *two]).spans
    assert found is not None
    assert found.all.gamma.value == pytest.approx(1 - 0.5 / (6.25 / 5))


def test_more_annotators_of_the_same_texts_prove_no_more_about_other_texts() -> None:
    golds = [spans((0, 5, "JOB")), spans(), spans((0, 5, "JOB"))]
    of_two = [said("x" * 9, name, gold, str(i)) for name in "ab" for i, gold in enumerate(golds)]
    of_four = [said("x" * 9, name, gold, str(i)) for name in "abcd" for i, gold in enumerate(golds)]
    two, four = tw.agreement(of_two).spans, tw.agreement(of_four).spans
    assert two is not None
    assert four is not None
    assert four.all.exact == two.all.exact


def test_annotators_who_agree_have_one_everywhere() -> None:
    texts = {"Senior Nurse": spans((0, 12, "JOB"), (0, 6, "LEVEL")), "Pilot": spans((0, 5, "JOB")), "Hello": spans()}
    found = tw.agreement([line for text, gold in texts.items() for line in both(text, gold, gold)]).spans
    assert found is not None
    for figures in [found.all, *found.labels.values()]:
        assert (figures.exact.value, figures.f1.value, figures.gamma.value) == (1, 1, 1)
    assert found.all.exact.low is not None
    assert found.all.exact.low < 0.5  # three texts do not prove it


def at_random(dice: random.Random, size: int) -> Annotation:
    starts = [(dice.randrange(size), dice.choice(LABELS)) for _ in range(dice.choice([0, 1, 2, 3]))]
    return spans(*{(start, min(size, start + dice.randrange(1, 12)), label) for start, label in starts})


def test_annotators_who_mark_at_random_have_about_nothing_beyond_chance() -> None:
    dice = random.Random(0)
    lines = [
        said("x" * 40, name, at_random(dice, 40), key=str(place)) for place in range(400) for name in ("a", "b", "c")
    ]
    found = tw.agreement(lines).spans
    assert found is not None
    for figures in [found.all, *found.labels.values()]:
        assert figures.gamma.value == pytest.approx(0, abs=0.03)
    assert found.all.gamma.low is not None
    assert found.all.gamma.high is not None
    assert found.all.gamma.low < 0 < found.all.gamma.high


def test_answers_at_random_have_about_nothing_beyond_chance() -> None:
    dice = random.Random(1)
    lines = [
        said("x", name, tones(*dice.sample(["calm", "warm", "cross"], dice.randrange(3))), key=str(place))
        for place in range(500)
        for name in ("a", "b", "c")
    ]
    found = tw.agreement(lines).tasks["tone"]
    for figures in [found.all, *found.labels.values()]:
        assert figures.alpha.value == pytest.approx(0, abs=0.05)


def test_a_nested_span_that_both_mark_lowers_nothing() -> None:
    dice = random.Random(2)
    texts = [
        (f"t{place}", spans((0, 20 + dice.randrange(9), "JOB")), spans((0, 20 + dice.randrange(9), "JOB")))
        for place in range(50)
    ]
    level = [Span(0, 4 + dice.randrange(9), "LEVEL") for _ in texts]
    flat = [line for text, anna, ben in texts for line in both(text, anna, ben)]
    nested = [
        replace(line, gold=Annotation(spans=(*(line.gold.spans or ()), level[place // 2])))
        for place, line in enumerate(flat)
    ]
    before, after = tw.agreement(flat).spans, tw.agreement(nested).spans
    assert before is not None
    assert after is not None
    assert after.all.exact.value == before.all.exact.value
    assert (after.all.f1.value or 0) > (before.all.f1.value or 0)
    assert (after.all.gamma.value or 0) > (before.all.gamma.value or 0)
    assert after.labels["JOB"] == before.labels["JOB"]
    assert after.labels["LEVEL"].gamma.value == 1


a_span = st.builds(
    lambda start, size, label: (start, start + size, label),
    st.integers(0, 9),
    st.integers(1, 9),
    st.sampled_from(LABELS),
)
some_spans = st.lists(a_span, max_size=4, unique=True)


@given(st.lists(st.tuples(some_spans, some_spans), min_size=2, max_size=5))
@settings(max_examples=30, deadline=None)
def test_who_comes_first_and_the_order_of_the_texts_change_nothing(
    texts: list[tuple[list[tuple[int, int, str]], ...]],
) -> None:
    lines = [line for place, (a, b) in enumerate(texts) for line in both(f"t{place}", spans(*a), spans(*b))]
    swapped = [replace(each, annotator={"anna": "ben", "ben": "anna"}[each.annotator or ""]) for each in lines[::-1]]
    found, again = tw.agreement(lines).spans, tw.agreement(swapped).spans
    assert found is not None
    assert again is not None
    assert found.all.f1.value == again.all.f1.value
    assert found.all.gamma.value == pytest.approx(again.all.gamma.value)


def test_the_same_seed_gives_the_same_figures() -> None:
    assert tw.agreement(NESTED_AGAINST_FLAT, seed=3) == tw.agreement(NESTED_AGAINST_FLAT, seed=3)


def test_more_texts_make_narrower_intervals() -> None:
    def width(times: int) -> float:
        lines = [replace(each, id=f"{each.id}{n}") for n in range(times) for each in NESTED_AGAINST_FLAT]
        found = tw.agreement(lines).spans
        assert found is not None
        assert found.all.gamma.low is not None
        assert found.all.gamma.high is not None
        return found.all.gamma.high - found.all.gamma.low

    assert width(200) < width(20) < 1


# --- what is compared -----------------------------------------------------------------------


def test_texts_of_one_annotator_are_counted_and_left_out() -> None:
    alone = said("Cook", "anna", spans((0, 4, "JOB")))
    found = tw.agreement([*NESTED_AGAINST_FLAT, alone])
    assert (found.texts, found.compared) == (3, 2)
    assert dict(found.annotators) == {"anna": 3, "ben": 2}
    assert found.spans == tw.agreement(NESTED_AGAINST_FLAT).spans
    assert "1 texts annotated by fewer than two are left out." in found.notes


def test_a_missing_layer_is_not_an_empty_one() -> None:
    tone_only = both("Cook", tones("calm"), tones("calm"))
    found = tw.agreement([*NESTED_AGAINST_FLAT, *tone_only])
    assert found.spans is not None
    assert (found.compared, found.spans.texts, found.tasks["tone"].texts) == (3, 2, 1)
    assert found.spans.all.exact.value == 0.5


def test_layers_in_lines_of_their_own_are_joined() -> None:
    lines = [*both("Cook", spans((0, 4, "JOB")), spans()), *both("Cook", tones("calm"), tones("warm"))]
    found = tw.agreement(lines)
    assert found.spans is not None
    assert found.tasks["tone"].all.exact.value == 0


def test_what_was_not_handed_in_is_left_out() -> None:
    begun = replace(said("Senior Nurse", "carl", spans()), extra={"status": "begun"})
    done = [replace(each, extra={"status": "done"}) for each in NESTED_AGAINST_FLAT]
    found = tw.agreement([*done, begun])
    assert found.unfinished == 1
    assert found.spans == tw.agreement(NESTED_AGAINST_FLAT).spans


def test_declared_labels_that_nobody_used_are_listed() -> None:
    data = Dataset(NESTED_AGAINST_FLAT, schema=schema_of(["LEVEL", "JOB", "TOWN"]))
    found = tw.agreement(data).spans
    assert found is not None
    assert list(found.labels) == ["LEVEL", "JOB", "TOWN"]
    town = found.labels["TOWN"]
    assert (town.exact.value, town.f1.value, town.gamma.value, town.support) == (1, None, None, 0)


def test_sources_without_annotators_have_their_own_names() -> None:
    lines = [replace(each, annotator=None) for each in NESTED_AGAINST_FLAT]
    found = tw.agreement(Dataset(lines[::2], name="a.jsonl"), Dataset(lines[1::2], name="a.jsonl"))
    assert list(found.annotators) == ["a.jsonl", "a.jsonl (2)"]
    assert list(tw.agreement(lines[::2], lines[1::2]).annotators) == ["annotator 1", "annotator 2"]


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        ([], "none of the 0 texts is annotated"),
        ([[Example("1", "Nurse")]], "none of the 1 texts is annotated"),
        ([[said("Nurse", "anna", spans())]], r"one annotator \(anna\)"),
        ([[said("Nurse", "anna", spans()), said("Cook", "ben", spans())]], "no text is annotated by two of anna, ben"),
        ([[said("Nurse", "anna", spans()), said("Nurse", "ben", tones())]], "no text is annotated by two"),
        (
            [[said("Nurse", "a", spans(), "1"), said("Cook", "b", spans(), "1")]],
            "two texts have the id '1': 'Nurse' in",
        ),
        (
            [[said("Nurse", "a", spans()), said("Nurse", "a", spans((0, 5, "JOB")))]],
            "a annotated the text 'Nurse' twice",
        ),
        ([[Dataset([])]], "found Dataset among the examples .* agreement\\(a, b\\)"),
    ],
)
def test_mistakes_are_named(sources: Sequence[list[Example]], message: str) -> None:
    with pytest.raises(DataError, match=message):
        tw.agreement(*sources)


# --- categories and pairs -------------------------------------------------------------------


def test_categories_have_alpha_by_label_and_kappa_by_pair() -> None:
    # The two observers of Krippendorff's first example, and a third who is like the first.
    rows = ("0100000010", "1110010000", "0100000010")
    lines = [
        said("x", name, tones(value), key=str(place))
        for name, row in zip("abc", rows, strict=True)
        for place, value in enumerate(row)
    ]
    found = tw.agreement(lines)
    pair = {(each.a, each.b): each.tasks["tone"] for each in found.pairs}
    assert pair["a", "b"].alpha.value == pytest.approx(0.095, abs=0.0005)
    assert pair["a", "b"].kappa is not None
    assert pair["a", "b"].kappa.value == pytest.approx(0.0909, abs=0.0001)  # (0.6 - 0.56) / (1 - 0.56)
    assert pair["a", "c"].alpha.value == 1
    assert found.tasks["tone"].labels["1"].alpha.value == pytest.approx(found.tasks["tone"].all.alpha.value)
    assert found.tasks["tone"].all.exact.value == pytest.approx((6 + 6 + 10) / 30)


def test_where_a_text_may_have_several_labels_there_is_no_kappa() -> None:
    found = tw.agreement([*both("x", tones("calm", "warm"), tones("calm")), *both("y", tones("cross"), tones("cross"))])
    assert found.pairs[0].tasks["tone"].kappa is None
    # Worked out in the test of alpha: sets of two and one of its labels, and two alike.
    assert found.tasks["tone"].all.alpha.value == pytest.approx(4 / 7)


def test_a_task_that_got_no_answer_is_an_answer() -> None:
    lines = [*both("x", tones(), tones()), *both("y", tones("calm"), tones()), *both("z", tones("calm"), tones("calm"))]
    assert tw.agreement(lines).tasks["tone"].all.exact.value == pytest.approx(2 / 3)


def test_pairs_show_who_differs() -> None:
    same = [*NESTED_AGAINST_FLAT, *(replace(each, annotator="carl") for each in NESTED_AGAINST_FLAT[1::2])]
    found = tw.agreement(same)
    f1 = {(each.a, each.b): each.spans.f1.value for each in found.pairs if each.spans}
    assert f1["ben", "carl"] == 1
    assert f1["anna", "ben"] == f1["anna", "carl"] == 0.8


def test_data_can_be_written_as_json() -> None:
    lines = [*NESTED_AGAINST_FLAT, *both("Cook", tones("calm"), tones("warm"))]
    data = json.loads(json.dumps(tw.agreement(lines).to_data(), allow_nan=False))
    assert data["texts"] == {"all": 3, "compared": 3, "left_out": 0}
    assert set(data["spans"]["labels"]["JOB"]) == {"exact", "f1", "gamma", "support"}
    assert set(data["spans"]["all"]["gamma"]) == {"value", "low", "high"}
    assert set(data["categories"]["tone"]["all"]) == {"exact", "alpha", "support"}
    assert data["pairs"][0]["a"] == "anna"


def test_tables_hold_each_label_and_pair() -> None:
    found = tw.agreement([*NESTED_AGAINST_FLAT, *both("Cook", tones("calm"), tones("warm"))])
    tables = agreement_tables(found)
    assert [row[0] for row in tables[0].rows] == ["JOB", "LEVEL", "all labels"]
    assert [row[0] for row in tables[1].rows] == ["calm", "warm", "all labels"]
    assert tables[2].rows[0][0] == "anna, ben"
    assert "| all labels |" in found.to_markdown()


def test_a_category_beside_a_span_is_kept_apart() -> None:
    gold = Annotation(spans=(Span(0, 4, "JOB"),), categories=(Category("tone", "calm"),))
    found = tw.agreement(both("Cook", gold, gold))
    assert found.spans is not None
    assert found.spans.all.exact.value == found.tasks["tone"].all.exact.value == 1
