from __future__ import annotations

import math
from itertools import combinations, product

import numpy as np
import pytest
import torch

from textwright.decode import Candidate, best_spans
from textwright.predictors import lattice
from textwright.schema import overlap
from textwright.train.structure import log_partition, marginals, set_loss
from textwright.types import Span

NESTING = {"OUT": ("IN",), "IN": (), "FREE": ()}
WORDS = 3
SPANS = [(i, j) for i in range(WORDS) for j in range(i, WORDS)]


def apart(spans: tuple[tuple[int, int], ...]) -> bool:
    return not any(overlap(Span(a, b + 1, ""), Span(c, d + 1, "")) for (a, b), (c, d) in combinations(spans, 2))


def sets_of_spans() -> list[tuple[tuple[int, int], ...]]:
    return [chosen for size in range(WORDS + 1) for chosen in combinations(SPANS, size) if apart(chosen)]


def all_sets() -> list[set[tuple[int, int, int]]]:
    """List every allowed set as (label, first, last)."""
    found = []
    for outs, frees in product(sets_of_spans(), repeat=2):
        held = [[span for span in SPANS if out[0] <= span[0] and span[1] <= out[1]] for out in outs]
        for ins in product(*held):
            found.append({(0, *s) for s in outs} | {(1, *s) for s in ins} | {(2, *s) for s in frees})
    return found


def scores(seed: int = 0) -> torch.Tensor:
    return torch.randn(1, 3, WORDS, WORDS, generator=torch.Generator().manual_seed(seed)) * 2


def weight(chosen: set[tuple[int, int, int]], scored: torch.Tensor) -> float:
    return sum(float(scored[0, label, i, j]) for label, i, j in chosen)


def test_the_partition_is_the_sum_over_all_allowed_sets() -> None:
    total = math.log(sum(math.exp(weight(chosen, scores())) for chosen in all_sets()))
    assert log_partition(scores(), NESTING).item() == pytest.approx(total, rel=1e-5)


def test_the_marginals_are_those_of_all_allowed_sets_in_torch_and_numpy() -> None:
    chances = np.zeros((3, WORDS, WORDS))
    for chosen in all_sets():
        for place in chosen:
            chances[place] += math.exp(weight(chosen, scores()))
    chances /= math.exp(log_partition(scores(), NESTING).item())
    assert marginals(scores(), NESTING)[0].numpy() == pytest.approx(chances, abs=1e-5)
    possible = np.where(np.tri(WORDS, k=-1, dtype=bool), -1e4, scores()[0].double().numpy())
    assert lattice.marginals(possible, NESTING) == pytest.approx(chances, abs=1e-5)


@pytest.mark.parametrize("seed", range(10))
def test_the_best_set_is_the_likeliest(seed: int) -> None:
    weights = lattice.weights_of(scores(seed).numpy())
    text = lattice.Encoded(tuple(range(0, 2 * WORDS, 2)), tuple(range(1, 2 * WORDS, 2)), ())
    [scored] = lattice.lattices(weights, [text], NESTING)
    chosen = best_spans(scored.roots, {"OUT": (), "FREE": ()})
    exact = torch.from_numpy(weights).double()
    assert sum(span.weight for span in chosen) == max(weight(each, exact) for each in all_sets())
    places = [
        (list(NESTING).index(label), start // 2, end // 2) for s in chosen for start, end, label in scored.with_held(s)
    ]
    assert weight(set(places), exact) == sum(span.weight for span in chosen)


def test_a_gap_begins_and_ends_no_span() -> None:
    gap_in_the_middle = lattice.Encoded((0, 5, 7), (5, 5, 9), ())
    weights = np.full((1, 1, WORDS, WORDS), 9)
    [scored] = lattice.lattices(weights, [gap_in_the_middle], {"A": ()})
    assert set(scored.roots) == {Candidate(0, 5, "A", 9), Candidate(7, 9, "A", 9), Candidate(0, 9, "A", 9)}


def test_the_loss_is_least_when_the_network_thinks_as_its_teacher() -> None:
    teacher = scores()
    targets = marginals(teacher, NESTING)
    own, other = set_loss(teacher, targets, NESTING), set_loss(teacher + scores(1) / 2, targets, NESTING)
    assert own.item() < other.item()


def test_labels_can_count_more_than_others() -> None:
    targets = torch.zeros(1, 3, WORDS, WORDS)
    targets[0, 0, 0, 1] = targets[0, 1, 1, 1] = targets[0, 2, 2, 2] = 1
    plain = set_loss(scores(), targets, NESTING)
    outer, free = (set_loss(scores(), targets, NESTING, torch.tensor(each)) for each in ([1.0, 0.0], [0.0, 1.0]))
    assert (outer + free).item() == pytest.approx(plain.item(), rel=1e-5)
    assert min(outer.item(), free.item()) > 0
    assert set_loss(scores(), targets, NESTING, torch.tensor([2.0, 3.0])).item() == pytest.approx(
        2 * outer.item() + 3 * free.item(), rel=1e-5
    )
