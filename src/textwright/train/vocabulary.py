"""Make an encoder smaller: keep of its vocabulary what some texts need, and add pieces of one's own.

Every single character that the tokeniser knew stays, so that a word that is no piece any more is spelt; where the
texts have one script, the letters of others can go.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from textwright.errors import ModelError
from textwright.train.encoder import Encoder, opened
from textwright.trust import parsed_json

# What stands at the beginning of a piece that begins, or goes on with, a word.
MARKS = ("##", "▁", "Ġ")


def every(char: str) -> bool:  # noqa: ARG001  # the others look at it
    """Keep every character."""
    return True


def latin(char: str) -> bool:
    """Keep Latin letters, and what is no letter.

    >>> [char for char in "aß1,é漢я" if latin(char)]
    ['a', 'ß', '1', ',', 'é']
    """
    return ord(char) < 0x250 or unicodedata.category(char)[0] not in "LM"


Keeps = Callable[[str], bool]


def pruned(
    encoder: Encoder,
    texts: Iterable[str],
    *,
    least: int = 1,
    added: Mapping[str, str] | None = None,
    characters: Keeps = every,
) -> Encoder:
    """Keep the pieces that occur at least so often in the texts, and add pieces: each with words like it.

    `characters` says which single characters stay that do not occur. Raise `ModelError` when
    the tokeniser is of no kind that can be pruned.
    """
    added = dict(added or {})
    data = parsed_json(encoder.tokeniser.content)
    made = encoder.tokeniser.made
    counts = Counter(piece for text in texts for piece in made.encode(text, add_special_tokens=False).tokens)
    seen = {piece for piece, count in counts.items() if count >= least}
    old = kept_pieces(data, seen, characters)
    new = {piece: place for place, piece in enumerate(old)}
    like = [made.encode(words, add_special_tokens=False).ids for words in added.values()]
    rows = [made.token_to_id(piece) for piece in old]
    renumber(data, new)
    _add(data, list(added), len(old))
    network = _with_rows(encoder.network, rows, like)
    most = encoder.tokeniser.frame.most + len(encoder.tokeniser.frame.before) + len(encoder.tokeniser.frame.after)
    return opened(network, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), most=most)


def save_encoder(encoder: Encoder, folder: Path) -> None:
    """Write an encoder as a folder that transformers and `open_encoder` read."""
    network: Any = encoder.network
    network.save_pretrained(folder)
    (folder / "tokenizer.json").write_bytes(encoder.tokeniser.content)
    settings = {"tokenizer_class": "PreTrainedTokenizerFast"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings) + "\n", encoding="utf-8")


# --- which pieces ---------------------------------------------------------------------------


def kept_pieces(data: Mapping[str, Any], seen: set[str], characters: Keeps = every) -> list[str]:
    """List the pieces that stay, in their order, then those that were added."""
    model = data["model"]
    vocabulary = _vocabulary(model)
    special = {each["content"] for each in data["added_tokens"]} | {str(model.get("unk_token"))}
    needed = {piece for piece in vocabulary if piece in seen or piece in special or _spells(piece, characters)}
    if model["type"] == "BPE":
        needed = _with_parts(needed, model["merges"])
    known = set(vocabulary)
    added = sorted((each["id"], each["content"]) for each in data["added_tokens"] if each["content"] not in known)
    return [*(piece for piece in vocabulary if piece in needed), *(piece for _, piece in added)]


def _vocabulary(model: Mapping[str, Any]) -> list[str]:
    """List all pieces by their number."""
    if model.get("type") == "Unigram":
        return [piece for piece, _ in model["vocab"]]
    if model.get("type") in ("WordPiece", "BPE"):
        found: list[str] = sorted(model["vocab"], key=model["vocab"].__getitem__)
        return found
    raise ModelError(f"a tokeniser of the kind {model.get('type')!r} cannot be pruned; WordPiece, BPE and Unigram can")


def _spells(piece: str, characters: Keeps) -> bool:
    """Say whether a piece is a single character that stays, or stands for a byte."""
    bare = next((piece.removeprefix(mark) for mark in MARKS if piece.startswith(mark)), piece)
    if len(bare) == 1:
        return characters(bare)
    return not bare or (len(piece) == len("<0x00>") and piece.startswith("<0x"))


def _with_parts(needed: set[str], merges: Sequence[Any]) -> set[str]:
    """Add the pieces of which the needed ones are put together."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for left, right in map(_merge, merges):
        parts.setdefault(left + right, []).append((left, right))
    found, waiting = set(needed), list(needed)
    while waiting:
        for part in {part for pair in parts.get(waiting.pop(), ()) for part in pair} - found:
            found.add(part)
            waiting.append(part)
    return found


def _merge(merge: Any) -> tuple[str, str]:
    left, right = merge.split(" ") if isinstance(merge, str) else merge
    return left, right


# --- a tokeniser with new numbers -----------------------------------------------------------


def renumber(data: dict[str, Any], new: Mapping[str, int]) -> None:
    """Give the pieces that stay new numbers, everywhere in a `tokenizer.json`."""
    model = data["model"]
    if model["type"] == "Unigram":
        unknown = model["vocab"][model["unk_id"]][0] if model.get("unk_id") is not None else None
        model["vocab"] = [pair for pair in model["vocab"] if pair[0] in new]
        model["unk_id"] = new.get(str(unknown))
    else:
        model["vocab"] = {piece: new[piece] for piece in model["vocab"] if piece in new}
    if model["type"] == "BPE":
        model["merges"] = [each for each in model["merges"] if {*_merge(each), "".join(_merge(each))} <= set(new)]
    for each in data["added_tokens"]:
        each["id"] = new[each["content"]]
    _renumber(data.get("post_processor"), new)


def _renumber(processor: Any, new: Mapping[str, int]) -> None:
    """Give the pieces that a post-processor puts around a text their new numbers."""
    if not isinstance(processor, dict):
        return
    for each in processor.get("processors", ()):
        _renumber(each, new)
    for name in ("sep", "cls"):
        if name in processor:
            processor[name] = [processor[name][0], new[processor[name][0]]]
    special = processor.get("special_tokens")
    for each in special.values() if isinstance(special, dict) else ():
        each["ids"] = [new[piece] for piece in each["tokens"]]


def _add(data: dict[str, Any], added: Sequence[str], begin: int) -> None:
    """Add pieces that are taken out of a text before anything else is done with it."""
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": False}
    for number, piece in enumerate(added, start=begin):
        data["added_tokens"].append({"id": number, "content": piece, **flags})


# --- an encoder with fewer rows -------------------------------------------------------------


def _with_rows(network: Any, rows: Sequence[int], like: Sequence[Sequence[int]]) -> nn.Module:
    """Keep those rows of the embedding, and add one for each set of pieces: their mean."""
    table = network.get_input_embeddings().weight.detach()
    means = [table[torch.tensor(each)].mean(0) for each in like]
    weight = torch.stack([*table[torch.tensor(rows)], *means])
    pad = network.config.pad_token_id
    if pad is not None:
        network.config.pad_token_id = rows.index(pad)
        if rows.index(pad) != pad and hasattr(getattr(network, "embeddings", None), "padding_idx"):
            raise ModelError("this encoder counts positions from its padding on, which pruning would move")
    network.config.vocab_size = len(weight)
    network.set_input_embeddings(nn.Embedding(len(weight), weight.shape[1], _weight=weight))
    made: nn.Module = network
    return made


def emoji_of(texts: Iterable[str], *, least: int) -> dict[str, str]:
    """Find the pictures that occur in at least so many texts, each with its name in Unicode.

    >>> emoji_of(["ha 😂😂", "😂!"], least=2)
    {'😂': 'face with tears of joy'}
    """
    counts = Counter(char for text in texts for char in sorted(set(text)) if _is_picture(char))
    return {char: unicodedata.name(char).lower() for char, count in counts.items() if count >= least}


def _is_picture(char: str) -> bool:
    return unicodedata.category(char) == "So" and ord(char) > 0x2000 and bool(unicodedata.name(char, ""))
