"""Teach an encoder the categories of whole texts: the mean of its vectors, one output for each label."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from textwright.predictors.tokens import Tokeniser
from textwright.schema import Schema
from textwright.train.encoder import vectors
from textwright.train.fitting import Loss
from textwright.train.topics import CategoryLesson, Topic, target_table, topics_of

# So many batches are drawn together and sorted by length: little is filled up, much is left to chance.
SORTED_TOGETHER = 50


class TextEncoder(nn.Module):
    """Score every category of whole texts from a pretrained encoder's vectors: [texts, topics]."""

    def __init__(self, encoder: nn.Module, width: int, topics: int, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(width, topics)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Give a score for each topic, from the mean of what stands in the mask."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            found = vectors(self.encoder, ids, mask)
        share = mask.unsqueeze(-1).to(torch.float32)
        mean = (found.float() * share).sum(1) / share.sum(1).clamp(min=1.0)
        scores: Tensor = self.head(self.dropout(mean))
        return scores


@dataclass(frozen=True, slots=True)
class TextCase:
    """A window of a text with a target for each topic, NaN where nothing is known."""

    ids: tuple[int, ...]
    targets: tuple[float, ...]


def text_cases(lessons: Sequence[CategoryLesson], schema: Schema, tokeniser: Tokeniser) -> list[TextCase]:
    """Cut lessons into pieces; each window of a long text is a case of its own."""
    table = target_table(lessons, topics_of(schema))
    return [
        TextCase(window, tuple(targets))
        for lesson, targets in zip(lessons, table.tolist(), strict=True)
        for window in tokeniser.windows(lesson.text)
    ]


def padded(windows: Sequence[Sequence[int]], pad: int) -> tuple[Tensor, Tensor]:
    """Stack windows, filled up to the longest, with a mask of what is true."""
    longest = max(map(len, windows))
    ids = [[*window, *[pad] * (longest - len(window))] for window in windows]
    mask = [[1] * len(window) + [0] * (longest - len(window)) for window in windows]
    return torch.tensor(ids), torch.tensor(mask)


def alike(cases: Sequence[TextCase], size: int, random_: random.Random) -> Iterator[Sequence[TextCase]]:
    """Part cases into batches of texts about as long as each other."""
    order = list(cases)
    random_.shuffle(order)
    found = [batch for pool in _cut(order, size * SORTED_TOGETHER) for batch in _cut(_sorted(pool), size)]
    random_.shuffle(found)
    yield from found


def _sorted(cases: Iterable[TextCase]) -> list[TextCase]:
    return sorted(cases, key=lambda case: len(case.ids))


def _cut(cases: Sequence[TextCase], size: int) -> list[Sequence[TextCase]]:
    return [cases[begin : begin + size] for begin in range(0, len(cases), size)]


def category_loss(schema: Schema, pad: int, weights: Mapping[Topic, float]) -> Loss[TextCase]:
    """Give the mean over texts of how unlikely what is known of them is, all tasks added up."""
    columns, begin = [], 0
    for task in schema.tasks:
        columns.append((slice(begin, begin + len(task.labels)), _multiple if task.multiple else _single))
        begin += len(task.labels)
    factors = torch.tensor([weights.get(topic, 1.0) for topic in topics_of(schema)])

    def loss(network: nn.Module, cases: Sequence[TextCase]) -> Tensor:
        scores = network(*padded([case.ids for case in cases], pad))
        targets = torch.tensor(np.array([case.targets for case in cases], dtype=np.float32))
        parts = [of(scores[:, part], targets[:, part], factors[part]) for part, of in columns]
        return torch.stack(parts).sum(0).mean()

    return loss


TaskLoss = Callable[[Tensor, Tensor, Tensor], Tensor]


def _multiple(scores: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    """Ask of each label whether it is there; what is not known counts nothing."""
    known = ~targets.isnan()
    each = nn.functional.binary_cross_entropy_with_logits(
        scores, targets.nan_to_num(), pos_weight=weights, reduction="none"
    )
    return (each * known).sum(1)


def _single(scores: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    """Ask which of the labels is there; a text of which nothing is known counts nothing."""
    chances = nn.functional.log_softmax(scores, dim=1)
    return -(chances * targets.nan_to_num() * weights).sum(1)
