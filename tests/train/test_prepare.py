from __future__ import annotations

import random

from textwright.predictors.features import Encoded, Features, encode
from textwright.train.prepare import (
    AT_ONCE,
    Case,
    Lesson,
    batches,
    cases_of,
    label_weights,
    pieces,
    rows_tensor,
    targets_of,
    targets_tensor,
)
from textwright.types import Span

FEATURES = Features(rows=50, width=4)
LABELS = ("A", "B")


def test_spans_are_placed_on_words_and_keep_their_probability() -> None:
    encoded = encode("Senior Nurse", FEATURES)
    spans = [Span(0, 12, "A"), Span(7, 12, "B", 0.4), Span(8, 12, "B"), Span(0, 6, "C")]
    assert targets_of(encoded, spans, LABELS) == [(0, 0, 1, 1.0), (1, 1, 1, 0.4)]


def test_a_text_without_a_word_teaches_nothing() -> None:
    assert cases_of([Lesson("  ", ())], FEATURES, LABELS) == []


def test_noise_spoils_the_text_and_leaves_the_targets() -> None:
    lesson = Lesson("Senior Nurse, Leeds", (Span(0, 12, "A"),))
    clean, spoiled = (cases_of([lesson] * 30, FEATURES, LABELS, noise=noise) for noise in (0.0, 1.0))
    assert len({case.rows for case in clean}) == 1
    assert len({case.rows for case in spoiled}) > 1
    assert {case.targets for case in spoiled} == {clean[0].targets}


def test_a_batch_has_texts_of_one_length_and_none_is_lost() -> None:
    cases = [Case(((number,),) * (1 + number % 3), ()) for number in range(20)]
    drawn = list(batches(cases, 4, random.Random(0)))
    assert all(len({len(case.rows) for case in batch}) == 1 and len(batch) <= 4 for batch in drawn)
    assert sorted(case.rows[0][0] for batch in drawn for case in batch) == list(range(20))
    assert drawn != list(batches(cases, 4))


def test_tensors_hold_rows_and_targets() -> None:
    case = Case(((1, 2), (3, 0)), ((1, 0, 1, 0.5),))
    assert rows_tensor([case]).tolist() == [[[1, 2], [3, 0]]]
    targets = targets_tensor([case], 2)
    assert (tuple(targets.shape), float(targets.sum()), float(targets[0, 1, 0, 1])) == ((1, 2, 2, 2), 0.5, 0.5)


def test_a_long_text_is_learned_in_pieces_that_cut_no_span() -> None:
    words = 3 * AT_ONCE
    text = "go " * words
    spans = tuple(Span(3 * first, 3 * first + 8, "A") for first in range(0, words - 3, 5))
    cases = cases_of([Lesson(text, spans)], FEATURES, LABELS)
    assert sum(len(case.rows) for case in cases) == words
    assert max(len(case.rows) for case in cases) <= AT_ONCE
    assert sum(len(case.targets) for case in cases) == len(spans)
    assert {(last - first) for case in cases for _, first, last, _ in case.targets} == {2}


def test_a_span_longer_than_a_piece_is_cut_and_the_others_stay() -> None:
    encoded = Encoded(tuple(range(10)), tuple(range(1, 11)), ((1,),) * 10)
    cut = pieces(encoded, [(0, 0, 8, 1.0), (1, 9, 9, 1.0)], 4)
    assert [(len(words.rows), inside) for words, inside in cut] == [(4, ()), (4, ()), (2, ((1, 1, 1, 1.0),))]


def test_rare_labels_weigh_more_when_asked() -> None:
    often, rare = Lesson("Nurse", (Span(0, 5, "A"),)), Lesson("Chef", (Span(0, 4, "B"),))
    lessons, nesting = [*[often] * 99, rare], {"A": (), "B": (), "C": ()}
    assert label_weights(lessons, nesting, strength=0.0) is None
    a, b, c = label_weights(lessons, nesting, strength=0.5) or []
    assert a < 1 < b == c == 5
