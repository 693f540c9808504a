"""CoNLL columns: a token a line, its tag last, a blank line after each text; no overlapping spans.

Tags are written as IOB2; IOB1, BIOES and BILOU are read too. The tokens alone do not say what stood
between them: the text is put together with single spaces, unless a comment before it says otherwise.
We write `# text = "..."` (as JSON) where single spaces would not do and `# id = ...` where the id is
not the derived one, as CoNLL-U does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from textwright.errors import DataError
from textwright.formats import losses
from textwright.formats.base import Format, Identify, LossReport, Options, Rejected, read_lines
from textwright.formats.iob import joined, spans_of_tags, tags_of, tokens_of
from textwright.formats.records import check_text, write_lines
from textwright.trust import parsed_json
from textwright.types import Annotation, Example, Span, in_order

DOCUMENT = "-DOCSTART-"
_COMMENT = re.compile(r"# ?([\w.]+) ?= ?(.*)")
_HEAD_LINE = re.compile(rb"\S+([ \t]+\S+)*[ \t]+(O|[BIESLU]-\S.*)\r?")

Block = list[tuple[int, str]]


def read(path: Path, options: Options) -> Iterator[Example]:
    """Stream one example for each block of lines; hand a bad block to `options.on_reject`."""
    identify = Identify()
    for block in _blocks(path, options):
        try:
            example = _example(block, identify)
        except DataError as error:
            text = "\n".join(line for _, line in block)
            options.on_reject(Rejected(str(path), block[0][0], str(error), text))
        else:
            yield example


def _blocks(path: Path, options: Options) -> Iterator[Block]:
    block: Block = []
    for number, line in read_lines(path, options, blank=True):
        line = line.rstrip("\r\n")
        if line.strip(" \t") and not line.startswith(DOCUMENT):
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _example(block: Block, identify: Identify) -> Example:
    comments: dict[str, str] = {}
    words: list[str] = []
    tags: list[str] = []
    for number, line in block:
        comment = _COMMENT.fullmatch(line) if not words else None
        if comment:
            comments[comment[1]] = comment[2]
            continue
        columns = line.split("\t") if "\t" in line else line.split()
        if len(columns) < 2:
            raise DataError(f"line {number} has one column, expected a token and its tag: {line!r}")
        words.append(columns[0])
        tags.append(columns[-1])
    text, tokens = joined(words)
    if "text" in comments:
        text = _text(comments["text"])
        tokens = _found(words, text)
    spans = in_order(spans_of_tags(tokens, tags))
    return Example(identify(text, comments.get("id", comments.get("sent_id"))), text, Annotation(spans))


def _text(comment: str) -> str:
    """Return the text of a comment: JSON as we write it, or as it stands."""
    try:
        text = parsed_json(comment)
    except ValueError:
        return comment
    return check_text(text) if isinstance(text, str) else comment


def _found(words: list[str], text: str) -> list[tuple[int, int]]:
    """Return where each word stands in the text. Raise `DataError` for one that is not there."""
    tokens: list[tuple[int, int]] = []
    at = 0
    for word in words:
        start = text.find(word, at)
        if start < 0:
            raise DataError(f"the token {word!r} does not stand in the text of the comment after offset {at}")
        at = start + len(word)
        tokens.append((start, at))
    return tokens


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write each text as a block of tokens; of overlapping spans the outermost."""
    del options
    identify = Identify()
    write_lines(path, (line for example in examples for line in _block(example, identify)))


def _block(example: Example, identify: Identify) -> Iterator[str]:
    text, spans = example.text, [span for span in losses.flat(example.gold.spans or ()) if _is_writable(span)]
    tokens = tokens_of(text, spans)
    words = [text[start:end] for start, end in tokens]
    if identify(text) != example.id:
        yield f"# id = {example.id}"
    if " ".join(words) != text or not words or text.startswith("\ufeff"):
        yield f"# text = {json.dumps(text, ensure_ascii=False)}"
    for word, tag in zip(words, tags_of(tokens, spans), strict=True):
        yield f"{word}\t{tag}"
    yield ""


def _is_writable(span: Span) -> bool:
    return not set("\t\r\n") & set(span.label) and span.label == span.label.strip()


def _losses(example: Example, options: Options) -> LossReport:
    kinds = ("overlapping spans", "span scores", "categories", "empty categories", "meta", "annotators", "other keys")
    lost = dict(losses.count(example, options, *kinds, "texts without annotated spans"))
    edges = sum(_has_edge(example.text[span.start : span.end]) for span in example.gold.spans or ())
    labels = sum(not _is_writable(span) for span in example.gold.spans or ())
    own = {"white space at span edges": edges, "labels that no column holds": labels}
    return lost | {kind: number for kind, number in own.items() if number}


def _has_edge(marked: str) -> bool:
    return marked != marked.strip()


def _recognise(path: Path, head: bytes) -> bool:
    """Recognise lines of columns that end in a tag; comments and document marks aside."""
    del path
    lines = head.removeprefix(b"\xef\xbb\xbf").split(b"\n")[:-1][:50]
    telling = [each for each in lines if each.strip() and not each.startswith((b"# ", DOCUMENT.encode()))]
    return bool(telling) and all(_HEAD_LINE.fullmatch(each) for each in telling)


FORMAT = Format("conll", (".conll", ".iob", ".iob2", ".bio", ".txt"), _recognise, read, write, _losses)
