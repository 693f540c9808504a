"""Take the pieces out of a fine-tuned encoder's folder that some texts do without; nothing is trained again.

`vocabulary` prunes before fine-tuning, which is better: the encoder can get used to it. This shows
what it would save in a model that is there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np

from textwright.bundle import reopened
from textwright.errors import MissingExtraError, ModelError
from textwright.predictor import Exportable
from textwright.predictors.folder import GRAPH
from textwright.predictors.tokens import Frame, read_tokeniser
from textwright.predictors.transformer import KIND, TOKENISER
from textwright.train.vocabulary import Keeps, every, kept_pieces, renumber
from textwright.trust import parsed_json

# What a graph may do with the numbers of pieces before it looks them up.
PASSING = {"Cast", "Identity"}


def can_be_pruned(model: Exportable) -> bool:
    """Say whether a model reads pieces of words."""
    return model.config.get("kind") == KIND


def pruned_model(model: Exportable, texts: Iterable[str], *, least: int = 1, characters: Keeps = every) -> Exportable:
    """Keep the pieces that occur at least so often in the texts, all single characters, and what marks ends.

    `characters` says which single characters stay that do not occur. Raise `ModelError` when
    the model reads no pieces, or its weights were rounded before.
    """
    if not can_be_pruned(model):
        raise ModelError(f"{model.name} is of the kind {model.config.get('kind')!r}, which has no vocabulary of pieces")
    data = parsed_json(model.files[TOKENISER])
    made = read_tokeniser(model.files[TOKENISER])
    counts = Counter(piece for text in texts for piece in made.encode(text, add_special_tokens=False).tokens)
    kept = kept_pieces(data, {piece for piece, count in counts.items() if count >= least}, characters)
    rows = [made.token_to_id(piece) for piece in kept]
    frame = _renumbered(Frame.from_data(model.config["tokens"]), rows)
    renumber(data, {piece: place for place, piece in enumerate(kept)})
    tokeniser = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    files = {**model.files, TOKENISER: tokeniser, GRAPH: _with_rows(model.files[GRAPH], rows)}
    return reopened(model, config={**model.config, "tokens": frame.to_data()}, files=files)


def _renumbered(frame: Frame, rows: list[int]) -> Frame:
    new = {old: place for place, old in enumerate(rows)}
    if new.get(frame.pad) != frame.pad:
        raise ModelError("pruning would move the piece that fills up, from which some encoders count")
    before, after = (tuple(new[piece] for piece in pieces) for pieces in (frame.before, frame.after))
    return Frame(before, after, frame.pad, frame.most, frame.stride)


def _with_rows(graph: bytes, rows: list[int]) -> bytes:
    """Keep those rows of the table in which the graph looks pieces up."""
    try:
        import onnx
    except ImportError as error:
        raise MissingExtraError("onnx", "train") from error
    model = onnx.load_from_string(graph)
    name = _table(model.graph)
    table = next((each for each in model.graph.initializer if each.name == name), None)
    if table is None or table.data_type != onnx.TensorProto.FLOAT:
        raise ModelError("the graph has no table of pieces in float32; prune before quantising")
    small = np.ascontiguousarray(onnx.numpy_helper.to_array(table)[rows])
    table.CopyFrom(onnx.numpy_helper.from_array(small, name))
    content: bytes = model.SerializeToString()
    return content


def _table(graph: Any) -> str | None:
    """Find the name of what is looked up by the numbers of pieces."""
    numbers = {"ids"}
    for node in graph.node:
        if node.op_type in PASSING and node.input[0] in numbers:
            numbers.add(node.output[0])
        if node.op_type == "Gather" and node.input[1] in numbers:
            return str(node.input[0])
    return None
