"""Write a fine-tuned encoder as an ONNX graph that onnxruntime and onnxruntime-web run."""

from __future__ import annotations

import io
import warnings
from typing import Any

import torch
from torch import Tensor, nn

from textwright.errors import MissingExtraError, ModelError
from textwright.train.quantise import Precision, quantised
from textwright.train.span_encoder import SpanEncoder
from textwright.train.text_encoder import TextEncoder

OPSET = 17
TEXTS, PIECES, WORDS, WINDOWS, WIDTH = "texts", "pieces", "words", "windows", "width"


def graph_of(network: TextEncoder | SpanEncoder, *, precision: Precision = "int8") -> bytes:
    """Write a network as a graph. Raise `ModelError` when its encoder cannot be written as one."""
    return quantised(exact_graph(network), precision)


def exact_graph(network: TextEncoder | SpanEncoder) -> bytes:
    """Write a network as a graph with exact weights; whole numbers of 32 bits go in, scores come out."""
    if isinstance(network, TextEncoder):
        axes = {"ids": {0: TEXTS, 1: PIECES}, "mask": {0: TEXTS, 1: PIECES}, "scores": {0: TEXTS}}
        return _exported(_Plain(network), _windows(), axes)
    windows = {0: WINDOWS, 1: PIECES}
    words = {0: TEXTS, 1: WORDS}
    axes = {"rows": {**words, 2: WIDTH}, "ids": windows, "mask": windows, "firsts": words, "lasts": words}
    scores = {"scores": {0: TEXTS, 2: WORDS, 3: WORDS}}
    places = torch.tensor([[1, 2, 4], [2, 3, 4]], dtype=torch.int32)
    example = {"rows": torch.ones(2, 3, 4, dtype=torch.int32), **_windows(), "firsts": places, "lasts": places}
    return _exported(_Placed(network), example, {**axes, **scores})


def _windows() -> dict[str, Tensor]:
    ids = torch.tensor([[2, 3, 4, 5, 6], [3, 4, 5, 6, 7]], dtype=torch.int32)
    return {"ids": ids, "mask": torch.ones_like(ids)}


class _Plain(nn.Module):
    """A text encoder that takes numbers of 32 bits."""

    def __init__(self, network: TextEncoder) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        scores: Tensor = self.network(ids.long(), mask.long())
        return scores


class _Placed(nn.Module):
    """A span encoder that takes numbers of 32 bits; its features are looked up and added up, which runtimes know."""

    def __init__(self, network: SpanEncoder) -> None:
        super().__init__()
        self.network = network

    def forward(self, rows: Tensor, ids: Tensor, mask: Tensor, firsts: Tensor, lasts: Tensor) -> Tensor:
        own = nn.functional.embedding(rows.long(), self.network.features.weight).sum(2)
        pieces = self.network.pieces(ids.long(), mask.long())
        return self.network.scores(own, pieces, firsts.long(), lasts.long())


def _exported(network: nn.Module, example: dict[str, Tensor], axes: dict[str, dict[int, str]]) -> bytes:
    try:
        import onnx  # noqa: F401  # torch writes through it
    except ImportError as error:
        raise MissingExtraError("onnx", "train") from error
    made: Any = io.BytesIO()
    settings: dict[str, Any] = {
        "input_names": list(example),
        "output_names": ["scores"],
        "dynamic_axes": axes,
        "opset_version": OPSET,
        "dynamo": False,
    }
    try:
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            torch.onnx.export(network.eval(), tuple(example.values()), made, **settings)
    except Exception as error:  # torch raises whatever an architecture makes it stumble over
        raise ModelError(f"this encoder cannot be written as a graph: {error}") from error
    graph: bytes = made.getvalue()
    return graph
