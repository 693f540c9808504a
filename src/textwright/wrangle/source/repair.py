"""Broken encodings, control characters and doubly coded entities mended by ftfy, each character with its place.

ftfy says what it did to each line as a list of steps. Each step is taken again here in a way that
keeps the places; should one come out otherwise than ftfy's (a step of a later version), the stretch
that it changed is mapped as a whole.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textwright.errors import MissingExtraError
from textwright.wrangle.clean import Mapped
from textwright.wrangle.source.flow import Piece, all_from, joined, put_together, verbatim

if TYPE_CHECKING:
    from ftfy import ExplanationStep, TextFixerConfig

Text = str | bytes


def repair(text: str) -> Mapped:
    """Mend mojibake, entities, line ends, surrogates and control characters; how it is written stays.

    That is `ftfy.fix_text` without what changes a writer's choice: curly quotes, ligatures, wide
    characters and their composition stay. A character that survives keeps its place; one that was
    mended comes from the broken characters that stood for it. Raise `MissingExtraError` without ftfy.

    >>> mapped = repair("The CafÃ© &amp; Bar")
    >>> mapped.text, mapped.raw(4, 8)
    ('The Café & Bar', (4, 9))
    """
    config = _config()
    pieces, done = list[Piece](), 0
    for line in _lines(text, config.max_decode_length):
        if "<" in line:
            # From here on this may be HTML, as ftfy has it: entities stay.
            config = config._replace(unescape_html=False)
        pieces.append(_moved(_mended(line, config), done))
        done += len(line)
    mapped = joined(pieces)
    return mapped if mapped.text != text else Mapped(text)


def _config() -> TextFixerConfig:
    try:
        from ftfy import TextFixerConfig
    except ImportError as error:
        raise MissingExtraError("ftfy", "wrangle") from error
    return TextFixerConfig(
        uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False, normalization=None
    )


def _lines(text: str, longest: int) -> Iterator[str]:
    """Part a text as ftfy does: at line ends, and where a line is too long."""
    for line in re.findall(r"[^\n]*\n|[^\n]+\Z", text):
        yield from (line[i : i + longest] for i in range(0, len(line), longest))


def _moved(piece: Piece, by: int) -> Piece:
    return Piece(piece.text, [place + by for place in piece.starts], [place + by for place in piece.ends])


def _mended(line: str, config: TextFixerConfig) -> Piece:
    """Mend one line as ftfy does, step by step."""
    from ftfy import fix_and_explain

    mended, steps = fix_and_explain(line, config)
    piece = verbatim(line, 0, len(line))
    for step in steps or ():
        piece = _stepped(piece, step)
    return _whole(piece if piece.text == mended else _changed_between(piece, mended))


def _whole(piece: Piece) -> Piece:
    """Let characters whose stretches overlap, as after being mended twice, share one stretch."""
    starts, ends = list[int](), list[int]()
    for start, end in zip(piece.starts, piece.ends, strict=True):
        if ends and start < ends[-1]:
            start, end = min(start, starts[-1]), max(end, ends[-1])
            first = bisect_left(starts, starts[-1])
            starts[first:], ends[first:] = [start] * (len(starts) - first), [end] * (len(ends) - first)
        starts.append(start)
        ends.append(end)
    return Piece(piece.text, starts, ends)


def _stepped(piece: Piece, step: ExplanationStep) -> Piece:
    """Take one step. Bytes are written as the characters of Latin-1."""
    action, name = step
    if action == "encode":
        return piece._replace(text=piece.text.encode(name).decode("latin-1"))
    if action == "decode":
        return _decoded(piece, name)
    if name == "restore_byte_a0":
        return _spaces_restored(piece)
    if name in _PATTERNS:
        return _replaced(piece, *_PATTERNS[name]())
    return _changed_between(piece, _applied(piece.text, step))


def _applied(text: str, step: ExplanationStep) -> str:
    """Let ftfy take a step of which we do not know how it goes."""
    from ftfy import apply_plan

    is_of_bytes = step.action == "transcode" and step.parameter != "fix_c1_controls"
    found = apply_plan(text.encode("latin-1") if is_of_bytes else text, [step])  # type: ignore[arg-type]
    return found.decode("latin-1") if isinstance(found, bytes) else found


def _decoded(piece: Piece, encoding: str) -> Piece:
    """Decode bytes; a character comes from all bytes that it took."""
    decoder = codecs.getincrementaldecoder(encoding)()
    pieces, start = list[Piece](), 0
    for place, char in enumerate(piece.text, 1):
        made = decoder.decode(char.encode("latin-1"), final=place == len(piece.text))
        if made:
            pieces.append(all_from(made, piece.starts[start], piece.ends[place - 1]))
            start = place
    return put_together(pieces)


def _spaces_restored(piece: Piece) -> Piece:
    """Put back the byte A0 where it was made a space, or swallowed by the space behind an `à`."""
    from ftfy.chardata import ALTERED_UTF8_RE
    from ftfy.fixes import A_GRAVE_WORD_RE

    swallowed, altered = (re.compile(each.pattern.decode("latin-1")) for each in (A_GRAVE_WORD_RE, ALTERED_UTF8_RE))
    pieces, done = list[Piece](), 0
    for found in swallowed.finditer(piece.text):
        start, end = found.span()
        letter = all_from("\xc3\xa0", piece.starts[start], piece.ends[start])
        pieces += [piece.part(done, start), letter, piece.part(start + 1, end)]
        done = end
    restored = put_together([*pieces, piece.part(done, len(piece.text))])
    return _replaced(restored, altered, lambda found: found[0].replace(" ", "\xa0"))


# --- steps that replace what a pattern finds ---------------------------------------------------

Found = re.Match[str]
Replacing = tuple[re.Pattern[str], Callable[[Found], str]]


def _entities() -> Replacing:
    from ftfy.chardata import HTML_ENTITY_RE
    from ftfy.fixes import unescape_html

    return HTML_ENTITY_RE, lambda found: unescape_html(found[0])


def _embedded() -> Replacing:
    from ftfy.chardata import UTF8_DETECTOR_RE
    from ftfy.fixes import decode_inconsistent_utf8

    # ftfy mends a match only within a longer text.
    return UTF8_DETECTOR_RE, lambda found: decode_inconsistent_utf8(f"{found[0]}\n").removesuffix("\n")


def _lossy() -> Replacing:
    from ftfy.chardata import LOSSY_UTF8_RE

    lossy = re.compile(LOSSY_UTF8_RE.pattern.decode("latin-1"))
    return lossy, lambda _: "\ufffd".encode().decode("latin-1")


def _surrogates() -> Replacing:
    from ftfy.fixes import fix_surrogates

    return re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]"), lambda found: fix_surrogates(found[0])


def _escapes() -> Replacing:
    from ftfy.fixes import ANSI_RE

    return ANSI_RE, lambda _: ""


def _controls() -> Replacing:
    from ftfy.chardata import CONTROL_CHARS

    return re.compile("[" + re.escape("".join(map(chr, CONTROL_CHARS))) + "]"), lambda _: ""


def _line_ends() -> Replacing:
    return re.compile("\r\n?|[\u2028\u2029\u0085]"), lambda _: "\n"


def _c1() -> Replacing:
    from ftfy.chardata import C1_CONTROL_RE
    from ftfy.fixes import fix_c1_controls

    return C1_CONTROL_RE, lambda found: fix_c1_controls(found[0])


_PATTERNS: dict[str, Callable[[], Replacing]] = {
    "unescape_html": _entities,
    "replace_lossy_sequences": _lossy,
    "decode_inconsistent_utf8": _embedded,
    "fix_c1_controls": _c1,
    "fix_line_breaks": _line_ends,
    "fix_surrogates": _surrogates,
    "remove_terminal_escapes": _escapes,
    "remove_control_chars": _controls,
}


def _replaced(piece: Piece, pattern: re.Pattern[str], replacement: Callable[[Found], str]) -> Piece:
    """Replace what a pattern finds; the new comes from all of the old, or stays where nothing changed."""
    pieces, done = list[Piece](), 0
    for found in pattern.finditer(piece.text):
        start, end = found.span()
        if start < end and (new := replacement(found)) != found[0]:
            pieces += [piece.part(done, start), all_from(new, piece.starts[start], piece.ends[end - 1])]
            done = end
    return put_together([*pieces, piece.part(done, len(piece.text))])


def _changed_between(piece: Piece, text: str) -> Piece:
    """Keep what is the same at both ends; what lies between comes from all that lay there."""
    shortest = min(len(piece.text), len(text))
    start = next((i for i in range(shortest) if piece.text[i] != text[i]), shortest)
    rest = shortest - start
    same = next((i for i in range(rest) if piece.text[-1 - i] != text[-1 - i]), rest)
    first, stop = start, len(piece.text) - same
    if first == stop and first:
        first -= 1
    elif first == stop:
        stop = min(stop + 1, len(piece.text))
    new = text[first : len(text) - (len(piece.text) - stop)]
    middle = all_from(new, piece.starts[first], piece.ends[stop - 1]) if first < stop else Piece("", (), ())
    return put_together([piece.part(0, first), middle, piece.part(stop, len(piece.text))])
