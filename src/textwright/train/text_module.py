"""The network for whole texts in torch: what each word adds to each category, wide and deep.

What it says is a sum over words from end to end, so that the words that decided are known.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from textwright.train.network import Convolution


@dataclass(frozen=True, slots=True)
class TextShape:
    """The size of a network: all that its weights' shapes follow from.

    `embedding` and `hidden` are the widths of a feature and of a word, `layers` convolutions see
    `kernel` words each, and `heads` look at the words that matter to them.
    """

    rows: int
    topics: int
    embedding: int = 64
    hidden: int = 64
    layers: int = 2
    kernel: int = 3
    heads: int = 4


class TextNetwork(nn.Module):
    """Give what each word adds to each topic: [texts, words, width] to [texts, topics], filled up with 0.

    Three parts are added up. Wide: the sum of all features, scaled to one length, so that neither the
    length of a text nor the place of a word counts. Deep, after gated convolutions: what the words
    say to which the heads look, and the highest value of each channel.
    """

    least = 1e-6

    def __init__(self, shape: TextShape, *, dropout: float = 0.2) -> None:
        super().__init__()
        self.shape = shape
        self.features = nn.EmbeddingBag(shape.rows + 1, shape.embedding, mode="sum", padding_idx=0)
        nn.init.normal_(self.features.weight, std=0.1)
        with torch.no_grad():
            self.features.weight[0] = 0
        self.wide = nn.Linear(shape.embedding, shape.topics, bias=False)
        self.norm = nn.LayerNorm(shape.embedding)
        self.enter = nn.Linear(shape.embedding, shape.hidden)
        self.layers = nn.ModuleList(Convolution(shape.hidden, shape.kernel, dropout) for _ in range(shape.layers))
        self.leave = nn.LayerNorm(shape.hidden)
        self.look = nn.Linear(shape.hidden, shape.heads)
        self.say = nn.Linear(shape.hidden, shape.heads * shape.topics, bias=False)
        self.peak = nn.Linear(shape.hidden, shape.topics, bias=False)
        self.bias = nn.Parameter(torch.zeros(shape.topics))
        self.dropout = nn.Dropout(dropout)

    def forward(self, rows: Tensor) -> Tensor:
        """Give what speaks for each topic; words without a feature are no words."""
        texts, words, width = rows.shape
        there = (rows != 0).any(-1)
        summed = self.features(rows.reshape(texts * words, width)).view(texts, words, -1)
        hidden = self.enter(self.dropout(self.norm(summed)))
        for layer in self.layers:
            hidden = layer(hidden, there)
        hidden = self.dropout(self.leave(hidden))
        total: Tensor = self._wide(summed) + self._looks(hidden, there) + self._peaks(hidden, there) + self.bias
        return total

    def _wide(self, summed: Tensor) -> Tensor:
        bag = summed.sum(1)
        scaled: Tensor = self.wide(self.dropout(bag / (bag.square().mean(-1, keepdim=True) + self.least).sqrt()))
        return scaled

    def _looks(self, hidden: Tensor, there: Tensor) -> Tensor:
        looks = self.look(hidden).masked_fill(~there.unsqueeze(-1), -1e4).softmax(1)
        seen = torch.einsum("twh,twc->thc", looks, hidden)
        weights = self.say.weight.view(self.shape.heads, self.shape.topics, -1)
        return torch.einsum("thc,hlc->tl", seen, weights)

    def _peaks(self, hidden: Tensor, there: Tensor) -> Tensor:
        highest: Tensor = self.peak(hidden.masked_fill(~there.unsqueeze(-1), -1e4).amax(1))
        return highest
