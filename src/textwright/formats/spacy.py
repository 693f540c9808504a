"""spaCy's DocBin (`.spacy`). Needs spaCy (extra `spacy`). Held in memory as a whole: the file is one block.

Spans go to `doc.spans["sc"]` with their scores, and to `doc.ents` too where none overlap; categories
go to `doc.cats`. The tokens are those of spaCy's blank English pipeline, cut where a span begins or
ends inside one, so that every offset is kept. Id, meta, annotator and other keys travel as JSON in
`doc.user_data["textwright"]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

from textwright.errors import DataError, MissingExtraError
from textwright.formats import losses
from textwright.formats.base import Format, Identify, LossReport, Options
from textwright.formats.records import encode
from textwright.formats.tasks import category_name, category_of
from textwright.trust import parsed_json
from textwright.types import NOTHING, Annotation, Category, Example, Span, in_order

GROUP = "sc"
OURS = "textwright"
CHOSEN = 0.5


def _spacy() -> Any:
    try:
        import_module("spacy.tokens")
    except ImportError as error:
        raise MissingExtraError("spaCy", "spacy") from error
    return import_module("spacy")


def read(path: Path, options: Options) -> Iterator[Example]:
    """Give one example a document. Categories are those whose value is at least 0.5."""
    spacy = _spacy()
    try:
        docs = list(spacy.tokens.DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab))
    except Exception as error:  # what spaCy raises depends on where the bytes stop making sense
        raise DataError(f"{path}: not a DocBin that spaCy {spacy.__version__} can read: {error}") from error
    identify = Identify()
    for doc in docs:
        yield _example(doc, identify, options)


def _example(doc: Any, identify: Identify, options: Options) -> Example:
    ours = doc.user_data.get(OURS)
    kept = parsed_json(ours) if isinstance(ours, str) else {}
    gold = Annotation(_spans(doc), _categories(doc, kept, options))
    name = identify(doc.text, kept.get("id"))
    return Example(name, doc.text, gold, kept.get("meta", NOTHING), kept.get("annotator"), kept.get("extra", NOTHING))


def _spans(doc: Any) -> tuple[Span, ...] | None:
    """Return the spans of the group `sc`, else of every group, else the entities."""
    groups = [doc.spans[GROUP]] if GROUP in doc.spans else list(doc.spans.values())
    if groups:
        return in_order(span for group in groups for span in _group(group))
    if len(doc) and doc.has_annotation("ENT_IOB"):
        return in_order(Span(each.start_char, each.end_char, each.label_) for each in doc.ents)
    return None


def _group(group: Any) -> Iterator[Span]:
    scores = group.attrs.get("scores")
    for i, each in enumerate(group):
        score = None if scores is None or scores[i] is None else float(scores[i])
        yield Span(each.start_char, each.end_char, each.label_, score)


def _categories(doc: Any, kept: Any, options: Options) -> tuple[Category, ...] | None:
    if not doc.cats and not kept.get("categories"):
        return None
    chosen = [(name, value) for name, value in doc.cats.items() if value >= CHOSEN]
    return tuple(category_of(name, options, None if value == 1 else value) for name, value in chosen)


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write one document an example; every label of a task has a value in each document's `cats`."""
    spacy = _spacy()
    nlp = spacy.blank("en")
    nlp.max_length = 1 << 40
    known = _known_categories(examples, options)
    docs = spacy.tokens.DocBin(store_user_data=True)
    for example in examples:
        docs.add(_doc(example, nlp, known, options))
    path.write_bytes(docs.to_bytes())


def _known_categories(examples: Iterable[Example], options: Options) -> list[str]:
    """Return every category's name: those of the schema, then those that occur."""
    tasks = options.schema.tasks if options.schema else ()
    listed = [Category(task.name, label.name) for task in tasks for label in task.labels]
    occurring = (category for example in examples for category in example.gold.categories or ())
    return list(dict.fromkeys(category_name(each, options) for source in (listed, occurring) for each in source))


def _doc(example: Example, nlp: Any, known: Iterable[str], options: Options) -> Any:
    gold = example.gold
    words, spaces = _pieces(example.text, gold.spans or (), nlp)
    doc = _spacy().tokens.Doc(nlp.vocab, words=words, spaces=spaces)
    if gold.spans is not None:
        _put_spans(doc, gold.spans)
    if gold.categories is not None:
        values = {category_name(each, options): _value(each) for each in gold.categories}
        doc.cats = values | {name: 0.0 for name in known if name not in values}
    doc.user_data[OURS] = encode(_kept(example))
    return doc


def _value(category: Category) -> float:
    return 1.0 if category.score is None else category.score


def _kept(example: Example) -> dict[str, Any]:
    kept: dict[str, Any] = {"id": example.id, "categories": example.gold.categories is not None}
    if example.annotator is not None:
        kept["annotator"] = example.annotator
    return kept | {key: dict(value) for key, value in (("meta", example.meta), ("extra", example.extra)) if value}


def _put_spans(doc: Any, spans: tuple[Span, ...]) -> None:
    made = [doc.char_span(each.start, each.end, label=each.label) for each in spans]
    doc.spans[GROUP] = made
    if any(each.score is not None for each in spans):
        doc.spans[GROUP].attrs["scores"] = [each.score for each in spans]
    if not losses.overlapping(spans) and not any(span.text.isspace() for span in made):
        doc.set_ents(made)


def _pieces(text: str, spans: Sequence[Span], nlp: Any) -> tuple[list[str], list[bool]]:
    """Cut a text into words that end where each span does; say which are followed by a space."""
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    cuts = {0, len(text)} | starts | ends
    for token in nlp.make_doc(text):
        cuts |= {token.idx, token.idx + len(token)}
    edges = sorted(cuts)
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        if piece == " " and words and not spaces[-1] and start not in starts and end not in ends:
            spaces[-1] = True
        else:
            words.append(piece)
            spaces.append(False)
    return words, spaces


def _losses(example: Example, options: Options) -> LossReport:
    low = sum(c.score is not None and c.score < CHOSEN for c in example.gold.categories or ())
    lost = dict(losses.count(example, options, "unwritable categories"))
    return lost | ({"categories with a score below 0.5": low} if low else {})


def _recognise(path: Path, head: bytes) -> bool:
    return path.suffix.lower() == ".spacy" and head[:1] == b"\x78"


FORMAT = Format("spacy", (".spacy",), _recognise, read, write, _losses)
