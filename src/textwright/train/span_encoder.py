"""Teach an encoder spans: its vectors of each word's first and last piece, with hashed features beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from textwright.predictors.features import Features, encode
from textwright.predictors.tokens import Tokeniser, WordPieces
from textwright.predictors.transformer import placed_pieces, word_pieces
from textwright.train.encoder import vectors
from textwright.train.fitting import forgetful
from textwright.train.network import Convolution, SpanHead
from textwright.train.prepare import AT_ONCE, Case, Lesson, pieces, targets_of


class SpanEncoder(nn.Module):
    """Score every span of words from a pretrained encoder's vectors and from hashed features."""

    def __init__(self, encoder: nn.Module, width: int, rows: int, labels: int, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.features = nn.EmbeddingBag(rows + 1, width, mode="sum", padding_idx=0)
        nn.init.normal_(self.features.weight, std=0.02)
        with torch.no_grad():
            self.features.weight[0] = 0
        self.near = Convolution(width, 3, dropout)
        self.dropout = nn.Dropout(dropout)
        self.head = SpanHead(width, labels, pair=32)

    def forward(self, rows: Tensor, ids: Tensor, mask: Tensor, firsts: Tensor, lasts: Tensor) -> Tensor:
        """Give the scores of all spans: [texts, labels, words, words]."""
        texts, words, width = rows.shape
        own = self.features(rows.reshape(texts * words, width)).view(texts, words, -1)
        return self.scores(own, self.pieces(ids, mask), firsts, lasts)

    def pieces(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Give the encoder's vectors."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            found = vectors(self.encoder, ids, mask)
        return found.float()

    def scores(self, own: Tensor, pieces: Tensor, firsts: Tensor, lasts: Tensor) -> Tensor:
        """Score spans from the vectors of words' features and of pieces, the latter numbered from 0."""
        flat = pieces.reshape(-1, pieces.shape[-1])
        means = (flat[firsts] + flat[lasts]) / 2
        found: Tensor = self.head(self.dropout(self.near(means + own)))
        return found


@dataclass(frozen=True, slots=True)
class PieceCase(Case):
    """A case that knows its words' pieces too."""

    pieces: WordPieces


def span_cases(
    lessons: Sequence[Lesson], features: Features, labels: Sequence[str], tokeniser: Tokeniser
) -> list[PieceCase]:
    """Cut lessons into words and pieces. A text without a word gives no case, a long one several."""
    return [
        PieceCase(words.rows, inside, word_pieces(lesson.text, words, tokeniser))
        for lesson in lessons
        for encoded in (encode(lesson.text, features),)
        for words, inside in pieces(encoded, targets_of(encoded, lesson.spans, labels), AT_ONCE)
    ]


def span_inputs(cases: Sequence[PieceCase], pad: int, forget: float) -> tuple[Tensor, ...]:
    """Stack a batch, a share of the features hidden."""
    placed = placed_pieces([case.pieces for case in cases], pad)
    return forgetful(cases, forget), *(torch.from_numpy(each).long() for each in placed.values())
