from __future__ import annotations

import random
from itertools import combinations

import pytest

from textwright.decode import Candidate, best_spans, decode, nesting_of, weight_of
from textwright.errors import SchemaError
from textwright.schema import Rule, Schema, Task, contains, overlap, schema_of
from textwright.types import Annotation, Category, Scores, Span

PAIR = Schema(
    labels=schema_of(["OUT", "IN", "FREE"]).labels, rules=(Rule("exactly_one_inside", outer="OUT", inner="IN"),)
)


def allowed(chosen: tuple[Candidate, ...]) -> bool:
    for a, b in combinations(chosen, 2):
        if a.label == b.label and overlap(Span(*a[:3]), Span(*b[:3])):
            return False
    outs = [Span(*c[:3]) for c in chosen if c.label == "OUT"]
    ins = [Span(*c[:3]) for c in chosen if c.label == "IN"]
    held = [sum(contains(out, each) for each in ins) for out in outs]
    return all(count == 1 for count in held) and sum(held) == len(ins)


def best_weight(candidates: list[Candidate]) -> int:
    sets = (chosen for size in range(len(candidates) + 1) for chosen in combinations(candidates, size))
    return max(sum(c.weight for c in chosen) for chosen in sets if allowed(chosen))


def some_candidates(random_: random.Random) -> list[Candidate]:
    drawn: dict[tuple[int, int, str], Candidate] = {}
    for _ in range(9):
        start = random_.randrange(6)
        key = (start, start + random_.randint(1, 4), random_.choice(["OUT", "IN", "FREE"]))
        drawn[key] = Candidate(*key, random_.randint(-9, 12))
    return list(drawn.values())


@pytest.mark.parametrize("seed", range(60))
def test_no_other_allowed_set_is_heavier(seed: int) -> None:
    candidates = some_candidates(random.Random(seed))
    chosen = tuple(best_spans(candidates, nesting_of(PAIR)))
    assert allowed(chosen)
    assert sum(c.weight for c in chosen) == best_weight(candidates)


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_candidates_does_not_matter(seed: int) -> None:
    random_ = random.Random(seed)
    candidates = [c._replace(weight=random_.choice([1, 2])) for c in some_candidates(random_)]
    first = best_spans(candidates, nesting_of(PAIR))
    random_.shuffle(candidates)
    assert best_spans(candidates, nesting_of(PAIR)) == first


def test_an_outer_span_without_an_inner_is_not_chosen() -> None:
    assert best_spans([Candidate(0, 5, "OUT", 99), Candidate(4, 6, "IN", 99)], nesting_of(PAIR)) == []


def test_the_likelier_of_rivals_is_chosen_though_none_is_above_one_half() -> None:
    spans = (Span(0, 3, "FREE", 0.45), Span(0, 5, "FREE", 0.35), Span(2, 5, "FREE", 0.2))
    assert decode(Scores(spans), PAIR).spans == (Span(0, 3, "FREE"),)


def test_one_likely_span_is_chosen_before_two_unlikely_ones() -> None:
    spans = (Span(0, 9, "FREE", 0.6), Span(0, 4, "FREE", 0.4), Span(5, 9, "FREE", 0.4))
    assert decode(Scores(spans), PAIR).spans == (Span(0, 9, "FREE"),)


def test_a_span_less_likely_than_none_is_not_chosen() -> None:
    assert decode(Scores((Span(0, 3, "FREE", 0.3), Span(0, 5, "FREE", 0.3))), PAIR) == Annotation(spans=())


@pytest.mark.parametrize(
    ("rule", "spans", "kept"),
    [
        (Rule("inside", outer="OUT", inner="IN"), [Span(0, 4, "OUT", 0.9), Span(3, 6, "IN", 0.9)], "OUT"),
        (Rule("no_crossing"), [Span(0, 4, "OUT", 0.8), Span(3, 6, "IN", 0.9)], "IN"),
    ],
)
def test_the_other_rules_are_kept(rule: Rule, spans: list[Span], kept: str) -> None:
    schema = Schema(labels=PAIR.labels, rules=(rule,))
    assert [span.label for span in decode(Scores(tuple(spans)), schema).spans or ()] == [kept]


def test_an_outer_span_goes_when_a_rule_takes_its_inner() -> None:
    schema = Schema(labels=PAIR.labels, rules=(*PAIR.rules, Rule("no_crossing")))
    spans = (Span(0, 9, "OUT", 0.9), Span(0, 5, "IN", 0.8), Span(3, 7, "FREE", 0.99))
    assert decode(Scores(spans), schema).spans == (Span(3, 7, "FREE"),)


def test_categories_follow_their_task() -> None:
    one, several = Task("one", schema_of("ab").labels), Task("several", schema_of("ab").labels, multiple=True)
    scores = Scores(
        categories=tuple(Category(t, c, s) for t in ("one", "several") for c, s in (("a", 0.4), ("b", 0.3)))
    )
    assert decode(scores, Schema(tasks=(one, several))).categories == (Category("one", "a"),)


def test_a_label_held_by_two_is_refused() -> None:
    rules = (*PAIR.rules, Rule("exactly_one_inside", outer="FREE", inner="IN"))
    with pytest.raises(SchemaError, match="IN is bound to OUT and FREE"):
        nesting_of(Schema(labels=PAIR.labels, rules=rules))


def test_a_circle_of_labels_is_refused() -> None:
    rules = (*PAIR.rules, Rule("exactly_one_inside", outer="IN", inner="OUT"))
    with pytest.raises(SchemaError, match="into itself"):
        nesting_of(Schema(labels=PAIR.labels, rules=rules))


def test_weights_round_halves_upwards() -> None:
    assert [weight_of(half / 2048) for half in (-3, -1, 1, 3)] == [-1, 0, 1, 2]
