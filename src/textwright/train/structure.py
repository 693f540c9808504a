"""The probability of a whole set of spans, given a score for each possible span, in torch.

Scores have the shape [texts, labels, words, words]: one for the span from word i up to and with
word j. The probability of a set is proportional to the exponential of its summed scores, over all
sets that `decode.best_spans` may choose: no two spans of a label overlap (a semi-Markov model), and
a label that must hold exactly one inner span does.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from textwright.decode import Nesting, roots_of

NEVER = -1e4


def set_loss(scores: Tensor, targets: Tensor, nesting: Nesting, weights: Tensor | None = None) -> Tensor:
    """Give, for each text, the cross-entropy between the target sets and the scored ones.

    `targets` holds 0 and 1, or the probability of each span as teachers see it: the score of a set
    is a sum over its spans, so that these probabilities are all of the teachers that matters.
    `weights` says how much each of `roots_of(nesting)` counts, with what it holds.
    """
    if weights is None:
        return log_partition(scores, nesting) - (scores * targets).sum((1, 2, 3))
    by_label = dict(zip(nesting, (scores * targets).sum((2, 3)).unbind(1), strict=True))
    taught = torch.stack([_summed(root, by_label, nesting) for root in roots_of(nesting)], dim=1)
    return ((_chains(_wholes(scores, nesting)) - taught) * weights).sum(1)


def _summed(label: str, by_label: Mapping[str, Tensor], nesting: Nesting) -> Tensor:
    """Add to a label's sum those of the labels that it holds."""
    total = by_label[label]
    for inner in nesting[label]:
        total = total + _summed(inner, by_label, nesting)
    return total


def marginals(scores: Tensor, nesting: Nesting) -> Tensor:
    """Give the probability of each span, in the shape of `scores`."""
    with torch.enable_grad():
        leaf = scores.detach().requires_grad_()
        (found,) = torch.autograd.grad(log_partition(leaf, nesting).sum(), leaf)
    return found


def log_partition(scores: Tensor, nesting: Nesting) -> Tensor:
    """Sum the exponentials over all allowed sets; give the logarithm, one for each text."""
    return _chains(_wholes(scores, nesting)).sum(-1)


def _wholes(scores: Tensor, nesting: Nesting) -> Tensor:
    """Give the scores of the spans that no other must hold, with what they hold: [texts, chains, words, words]."""
    backwards = torch.ones(scores.shape[-2:], dtype=torch.bool).tril(-1)
    by_label = dict(zip(nesting, scores.masked_fill(backwards, NEVER).unbind(1), strict=True))
    return torch.stack([_with_inner(root, by_label, nesting) for root in roots_of(nesting)], dim=1)


def _with_inner(label: str, by_label: Mapping[str, Tensor], nesting: Nesting) -> Tensor:
    """Add to each span's score the log-sum over the inner spans that it may hold."""
    score = by_label[label]
    for inner in nesting[label]:
        score = score + _inside(_with_inner(inner, by_label, nesting))
    return score


def _inside(score: Tensor) -> Tensor:
    """Give, for the range from i to j, the log-sum over all spans in it."""
    ends_by = score.logcumsumexp(-1)
    return ends_by.flip(-2).logcumsumexp(-2).flip(-2)


def _chains(whole: Tensor) -> Tensor:
    """Sum over all sequences of spans that do not overlap; whole is [texts, chains, words, words]."""
    sums = [whole.new_zeros(whole.shape[:2])]
    for end in range(whole.shape[-1]):
        ending = torch.stack(sums, dim=-1) + whole[..., : end + 1, end]
        sums.append(torch.logaddexp(sums[-1], ending.logsumexp(-1)))
    return sums[-1]
