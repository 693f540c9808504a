"""Draw spans for people, nested and crossing ones too: brackets under the text, each with its label's name.

Colour comes from the schema and only helps: the name always stands beside it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from textwright.bidi import direction_of, has_right, mark_for
from textwright.brackets import bracket_rows, shown
from textwright.schema import Schema, overlap
from textwright.types import Annotation, Span

if TYPE_CHECKING:
    from rich.text import Text

# The pages draw with the same colours in the same order: web/components/drawing.ts.
PALETTE = ("#1f5fbf", "#0b7a75", "#b3410e", "#7b3fa0", "#806000", "#2e7d32", "#c2185b", "#5d4037", "#455a64", "#00838f")
ANY = Schema(open=True)
JOINER, VIRAMA = "\u200d", 9
# Skin tones; what else changes the emoji before it is a mark.
TONES = ("\U0001f3fb", "\U0001f3ff")


def colour_of(label: str, schema: Schema = ANY) -> str:
    """Return a label's colour as `#rrggbb`: its own, or one that its name always gets.

    >>> colour_of("CITY", Schema.from_data({"labels": {"CITY": {"colour": "#112233"}}}))
    '#112233'
    """
    for each in schema.labels:
        if each.name == label and each.colour:
            return each.colour
    place = schema.spans.index(label) if label in schema.spans else crc32(label.encode("utf-8", "surrogatepass"))
    return PALETTE[place % len(PALETTE)]


def drawn_spans(text: str, annotation: Annotation, schema: Schema = ANY) -> list[Span]:
    """Return the spans to draw, each once, inside the text; what is drawn nearest to the text comes first.

    Shorter spans come before longer ones, and a label before its parent.
    """
    inside = (Span(max(0, s.start), min(len(text), s.end), s.label) for s in annotation.spans or ())
    distinct = dict.fromkeys(span for span in inside if span.start < span.end)
    depth = {label: _depth(label, schema) for label in schema.spans}
    order = {label: place for place, label in enumerate(schema.spans)}

    def nearness(span: Span) -> tuple[int, int, int, int, str]:
        return (
            span.end - span.start,
            -depth.get(span.label, 0),
            -order.get(span.label, 0),
            span.start,
            span.label,
        )

    return sorted(distinct, key=nearness)


def _depth(label: str, schema: Schema) -> int:
    """Count a label's parents; a circle of parents ends where it began."""
    parents = {each.name: each.parent for each in schema.labels}
    seen: list[str] = []
    parent = parents.get(label)
    while parent is not None and parent not in seen:
        seen.append(parent)
        parent = parents.get(parent)
    return len(seen)


def draw_text(text: str, annotation: Annotation, schema: Schema = ANY, *, width: int = 80) -> Text:
    """Draw an annotated text for a terminal of `width` columns, as a Rich renderable.

    Each line of text has its spans beneath it, inner ones first; categories come last.

    >>> spans = (Span(0, 12, "JOB"), Span(0, 6, "LEVEL"))
    >>> print(draw_text("Senior Nurse", Annotation(spans)).plain)
    Senior Nurse
    └────┘ LEVEL
    └── JOB ───┘
    """
    from rich.text import Text

    colours = {span.label: colour_of(span.label, schema) for span in annotation.spans or ()}
    rows = bracket_rows(text, drawn_spans(text, annotation, schema), colours, width=width)
    rows += [Text(f"▪ {category.task}: {category.label}", style="bold") for category in annotation.categories or ()]
    return Text("\n", no_wrap=True, end="").join(rows)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A span with the lane that it is drawn in: 0 is nearest to the text."""

    span: Span
    lane: int


@cache
def style() -> str:
    """Return the style sheet that `draw_html` needs."""
    return Path(__file__).with_name("draw.css").read_text(encoding="utf-8")


def draw_html(text: str, annotation: Annotation, schema: Schema = ANY, *, styled: bool = True) -> str:
    """Draw an annotated text as a piece of HTML, for light and dark pages of any width.

    Each span is an element with `data-start`, `data-end` (code points) and `data-label`; where two
    spans cross, the later one goes on in a second element with the class `tw-more`. Without tags it
    is the text again. `styled=False` leaves out the style sheet, for pages that hold `style()` once.
    """
    drawn = lanes_of(drawn_spans(text, annotation, schema))
    depth = max((each.lane + 1 for each in drawn), default=0)
    body = "".join(_markup(text, drawn, schema))
    chips = "".join(_chip(each.task, each.label) for each in annotation.categories or ())
    sheet = f"<style>{style()}</style>" if styled else ""
    return (
        f'{sheet}<div class="tw-drawing"><div class="tw-text" dir="auto" style="--n:{depth}">{body}</div>{chips}</div>'
    )


def lanes_of(spans: Sequence[Span]) -> list[Drawn]:
    """Give each span the first lane beyond all spans before it that it shares a character with.

    >>> [each.lane for each in lanes_of([Span(0, 6, "A"), Span(7, 9, "B"), Span(0, 9, "C")])]
    [0, 0, 1]
    """
    drawn: list[Drawn] = []
    for span in spans:
        lane = max((each.lane + 1 for each in drawn if overlap(each.span, span)), default=0)
        drawn.append(Drawn(span, lane))
    return drawn


def _markup(text: str, drawn: Sequence[Drawn], schema: Schema) -> Iterator[str]:
    """Yield the text with elements opened and closed at each edge of a span."""
    edges = sorted({0, len(text), *(e.span.start for e in drawn), *(e.span.end for e in drawn)})
    stack: list[Drawn] = []
    turns = has_right(text)
    for place, following in zip(edges, [*edges[1:], len(text)], strict=True):
        kept = [each for each in stack if each.span.end > place]
        shared = next((i for i, each in enumerate(stack) if each.span.end <= place), len(stack))
        new = [each for each in drawn if each.span.start == place]
        yield "</span>" * (len(stack) - shared)
        yield from (_opened(each, schema, again=True) for each in kept[shared:])
        new.sort(key=lambda each: (-each.span.end, -each.lane))
        yield from (_opened(each, schema, again=False) for each in new)
        stack = [*kept, *new]
        yield from _run(text[place:following], new, schema, before=text[:place] if turns else None)
    yield "</span>" * len(stack)


def _opened(each: Drawn, schema: Schema, *, again: bool) -> str:
    span = each.span
    more = " tw-more" if again else ""
    return (
        f'<span class="tw-span{more}" data-start="{span.start}" data-end="{span.end}" '
        f'data-label="{escaped(span.label)}" style="--k:{each.lane};--c:{colour_of(span.label, schema)}">'
    )


def _run(text: str, new: Sequence[Drawn], schema: Schema, *, before: str | None) -> Iterator[str]:
    """Yield text without edges inside; the names of spans that begin here hang under its first words.

    `before` is the text before, where the whole text holds words that run from right to left; else None.
    """
    if not new:
        yield escaped(text)
        return
    shortest = min(each.span.end - each.span.start for each in new)
    widest = max(len(each.span.label) for each in new if each.span.end - each.span.start == shortest)
    head = _head(text, widest)
    names = "".join(
        f'<b class="tw-name" data-name="{escaped(each.span.label)}" '
        f'style="--k:{each.lane};--c:{colour_of(each.span.label, schema)}"></b>'
        for each in new
    )
    opened, closed = _around(text[:head], before) if before is not None else ('<span class="tw-head"', "</span>")
    yield f'{opened} style="--w:{widest}">{names}{escaped(text[:head])}{closed}{escaped(text[head:])}'


def _around(text: str, before: str) -> tuple[str, str]:
    """Write what opens and closes a block in a text with right-to-left words: its direction, and marks on both sides.

    The marks are drawn and not written, so that nobody copies them.
    """
    direction = direction_of(text)
    own = f' dir="{direction}"' if direction else ""
    opened = f'<span class="tw-turn" data-mark="{mark_for(text, before)}"><span class="tw-head"{own}'
    return opened, "</span></span>"


def _head(text: str, name: int) -> int:
    """Say how many characters must stay together for a name of so many letters to fit under them."""
    wide_enough = round(name * 0.8)
    ends = [match.start() for match in re.finditer(r"\s", text) if match.start() >= wide_enough]
    if ends or len(text) <= 2 * wide_enough + 12:
        return ends[0] if ends else len(text)
    places = range(max(wide_enough, 1), len(text))
    return next((place for place in places if not _are_one(text[place - 1], text[place])), len(text))


def _are_one(before: str, after: str) -> bool:
    """Say whether two characters are one to a reader: a mark, a joined emoji, a syllable of an Indian script."""
    joined = after == JOINER or before == JOINER or TONES[0] <= after <= TONES[1]
    return joined or unicodedata.category(after).startswith("M") or unicodedata.combining(before) == VIRAMA


def _chip(task: str, label: str) -> str:
    name, value = escaped(task), escaped(label)
    return f'<span class="tw-category" data-task="{name}" data-label="{value}">{name}: <b>{value}</b></span>'


def escaped(text: str) -> str:
    """Return a text that HTML shows as it is and never interprets.

    >>> escaped("<b>" + chr(0))
    '&lt;b&gt;␀'
    """
    kept = "".join(character if character in "\n\t\r" else shown(character) for character in text)
    return html.escape(kept).replace("\r", "&#13;")
