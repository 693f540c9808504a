"""Cut a text, or its words, into the pieces that an encoder knows, by the `tokenizer.json` of a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Any

from textwright.errors import MissingExtraError, ModelError
from textwright.predictors.folder import whole_number
from textwright.trust import parsed_json

# What stands for a gap between words, which a tokeniser would not see.
GAP_SIGN = "|"
MOST_PIECES, MOST_NUMBER = 1 << 20, (1 << 31) - 1


@dataclass(frozen=True, slots=True)
class Frame:
    """How pieces are put before an encoder: what stands before and after them, and how many at once.

    A text of more than `most` pieces is read `most` at a time, every `stride` pieces. `pad` fills up
    shorter texts of a batch, where they are filled up at all.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    pad: int
    most: int
    stride: int

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Frame:
        """Read what `config.json` says under "tokens". Raise `ModelError` at windows that leave out pieces."""
        most = whole_number(data, "most", least=1, most=MOST_PIECES)
        whole_number(data, "stride", least=1, most=most)
        for piece in (data["pad"], *data["before"], *data["after"]):
            whole_number({"a piece": piece}, "a piece", least=0, most=MOST_NUMBER)
        return Frame(**{**data, "before": tuple(data["before"]), "after": tuple(data["after"])})

    def to_data(self) -> dict[str, Any]:
        """Return the frame as plain data."""
        return {
            "before": list(self.before),
            "after": list(self.after),
            "pad": self.pad,
            "most": self.most,
            "stride": self.stride,
        }

    def windows(self, pieces: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Yield pieces as the encoder takes them; a long text is read in windows that overlap.

        >>> list(Frame((1,), (2,), 0, most=3, stride=2).windows([7, 8, 9, 10]))
        [(1, 7, 8, 9, 2), (1, 9, 10, 2)]
        """
        begin = 0
        while begin + self.most < len(pieces):
            yield self._framed(pieces[begin : begin + self.most])
            begin += self.stride
        yield self._framed(pieces[begin:])

    def place(self, piece: int, windows: int) -> Place:
        """Say where the n-th piece of a text is read: in the window that shows most of what surrounds it.

        >>> [Frame((1,), (2,), 0, most=4, stride=2).place(piece, 2) for piece in range(5)]
        [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]
        """
        window = max(0, min(windows - 1, (piece - (self.most - self.stride) // 2) // self.stride))
        return window, piece - window * self.stride + len(self.before)

    def _framed(self, pieces: Sequence[int]) -> tuple[int, ...]:
        """Frame pieces; where nothing would be left, there is one that stands for nothing."""
        return (*self.before, *pieces, *self.after) or (self.pad,)


# Where a piece stands: the number of its window, and its place there.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WordPieces:
    """The pieces of some words in windows, and for each word the places of its first and last piece."""

    windows: tuple[tuple[int, ...], ...]
    firsts: tuple[Place, ...]
    lasts: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Tokeniser:
    """A tokeniser as the `tokenizers` library reads it, with the frame that an encoder wants."""

    made: Any
    content: bytes
    frame: Frame

    @staticmethod
    def from_json(content: bytes, frame: Frame) -> Tokeniser:
        """Read a `tokenizer.json`. Raise `ModelError` when it is none."""
        return Tokeniser(read_tokeniser(content), content, frame)

    def windows(self, text: str) -> list[tuple[int, ...]]:
        """Cut a whole text into pieces, in one window or several."""
        return list(self.frame.windows(self.made.encode(_whole(text), add_special_tokens=False).ids))

    def words(self, surfaces: Sequence[str]) -> WordPieces:
        """Cut words into pieces and say where each word stands; one without a piece stands first."""
        signs = [[_whole(surface) or GAP_SIGN] for surface in surfaces]
        cut = [each.ids for each in self.made.encode_batch(signs, **BARE)]
        edges = list(pairwise(accumulate(map(len, cut), initial=0)))
        windows = tuple(self.frame.windows(list(chain.from_iterable(cut))))

        def place(piece: int, *, some: bool) -> Place:
            return self.frame.place(piece, len(windows)) if some else (0, 0)

        firsts = tuple(place(begin, some=begin < end) for begin, end in edges)
        lasts = tuple(place(end - 1, some=begin < end) for begin, end in edges)
        return WordPieces(windows, firsts, lasts)


BARE: Mapping[str, bool] = {"is_pretokenized": True, "add_special_tokens": False}


def read_tokeniser(content: bytes) -> Any:
    """Read a `tokenizer.json` so that it neither fills up nor cuts off."""
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingExtraError("tokenizers", "transformer") from error
    try:
        made = Tokenizer.from_str(content.decode("utf-8"))
    except Exception as error:
        raise ModelError(f"tokenizer.json cannot be read: {error}") from error
    made.no_truncation()
    made.no_padding()
    return made


def frame_of(made: Any, *, pad: int, most: int) -> Frame:
    """Ask a tokeniser what it puts around a text, and leave room for that in `most` pieces."""
    encoded = made.encode("a")
    own = [place for place, special in enumerate(encoded.special_tokens_mask) if not special]
    begin, end = (own[0], own[-1] + 1) if own else (len(encoded.ids), len(encoded.ids))
    before, after = tuple(encoded.ids[:begin]), tuple(encoded.ids[end:])
    room = most - len(before) - len(after)
    return Frame(before, after, pad, room, max(1, room * 3 // 4))


def gluing_nothing(content: bytes) -> bytes:
    """Let a tokeniser read each word as one that follows a space, the first one too.

    Byte-level and Unigram tokenisers have two pieces for a word, with and without a space before.
    """
    data = parsed_json(content)
    for part in _parts(data.get("pre_tokenizer")):
        if part.get("type") == "ByteLevel":
            part["add_prefix_space"] = True
        if part.get("type") == "Metaspace":
            part["prepend_scheme"] = "always"
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _parts(part: Any) -> Iterator[dict[str, Any]]:
    """Yield a part of a tokeniser, or of a sequence all its parts."""
    if isinstance(part, dict):
        yield part
        for inner in part.get("pretokenizers", ()):
            yield from _parts(inner)


def _whole(text: str) -> str:
    """Put a sign in place of half a character, which UTF-8 cannot hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
