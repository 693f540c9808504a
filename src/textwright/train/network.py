"""The span network in torch: hashed features, convolutions, a score for every span of words."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a network: all that its weights' shapes follow from.

    `embedding` and `hidden` are the widths of a feature and of a word, `layers` convolutions see
    `kernel` words each, `pair` is the width in which a span's first and last word are compared, and
    spans of `lengths` words or more share one bias.
    """

    rows: int
    labels: int
    embedding: int = 96
    hidden: int = 128
    layers: int = 5
    kernel: int = 3
    pair: int = 16
    lengths: int = 16


class SpanHead(nn.Module):
    """Score every span from the vectors of its words: [texts, words, hidden] to [texts, labels, words, words].

    A score adds up: how well the first word begins a span, the last ends it, those between belong
    to it, how the first and the last fit each other, and how usual that length is.
    """

    def __init__(self, hidden: int, labels: int, *, pair: int = 16, lengths: int = 16) -> None:
        super().__init__()
        self.labels, self.pair, self.lengths = labels, pair, lengths
        self.edges = nn.Linear(hidden, 3 * labels)
        self.firsts = nn.Linear(hidden, labels * pair)
        self.lasts = nn.Linear(hidden, labels * pair)
        self.length_bias = nn.Parameter(torch.zeros(lengths, labels))
        with torch.no_grad():
            self.edges.weight.mul_(0.5)
            self.edges.bias.fill_(-1.0)

    def forward(self, words: Tensor) -> Tensor:
        """Score every span; those with the last word before the first mean nothing."""
        start, end, inside = self.edges(words).transpose(1, 2).chunk(3, dim=1)
        until = inside.cumsum(-1)
        edges = (start - (until - inside)).unsqueeze(-1) + (end + until).unsqueeze(-2)
        firsts, lasts = self._compared(self.firsts(words)), self._compared(self.lasts(words))
        fit = firsts @ lasts.transpose(-1, -2) * self.pair**-0.5
        scores: Tensor = edges + fit + self._length_biases(words.shape[1])
        return scores

    def _compared(self, words: Tensor) -> Tensor:
        return words.view(*words.shape[:2], self.labels, self.pair).transpose(1, 2)

    def _length_biases(self, words: int) -> Tensor:
        place = torch.arange(words)
        lengths = (place.unsqueeze(0) - place.unsqueeze(1)).clamp(0, self.lengths - 1)
        return self.length_bias[lengths].permute(2, 0, 1)


class Convolution(nn.Module):
    """Add to each word what its neighbours say: normalise, convolve, gate."""

    def __init__(self, hidden: int, kernel: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(hidden)
        self.conv = nn.Conv1d(hidden, 2 * hidden, kernel, padding=kernel // 2)
        self.dropout = nn.Dropout(dropout)

    def forward(self, words: Tensor, there: Tensor | None = None) -> Tensor:
        """Map [texts, words, hidden] to the same shape; `there` is False where a text is filled up."""
        normal = self.norm(words)
        if there is not None:
            normal = normal * there.unsqueeze(-1)
        value, gate = self.conv(normal.transpose(1, 2)).chunk(2, dim=1)
        added: Tensor = self.dropout((value * gate.sigmoid()).transpose(1, 2))
        return words + added


class SpanNetwork(nn.Module):
    """Score every span of texts with equally many words, from their features' numbers."""

    def __init__(self, shape: Shape, *, dropout: float = 0.2) -> None:
        super().__init__()
        self.shape = shape
        self.features = nn.EmbeddingBag(shape.rows + 1, shape.embedding, mode="sum", padding_idx=0)
        nn.init.normal_(self.features.weight, std=0.3)
        with torch.no_grad():
            self.features.weight[0] = 0
        self.norm = nn.LayerNorm(shape.embedding)
        self.enter = nn.Linear(shape.embedding, shape.hidden)
        self.layers = nn.ModuleList(Convolution(shape.hidden, shape.kernel, dropout) for _ in range(shape.layers))
        self.leave = nn.LayerNorm(shape.hidden)
        self.dropout = nn.Dropout(dropout)
        self.head = SpanHead(shape.hidden, shape.labels, pair=shape.pair, lengths=shape.lengths)

    def forward(self, rows: Tensor) -> Tensor:
        """Map [texts, words, width] to [texts, labels, words, words]."""
        texts, words, width = rows.shape
        summed = self.features(rows.reshape(texts * words, width)).view(texts, words, -1)
        hidden = self.enter(self.dropout(self.norm(summed)))
        for layer in self.layers:
            hidden = layer(hidden)
        scores: Tensor = self.head(self.dropout(self.leave(hidden)))
        return scores
