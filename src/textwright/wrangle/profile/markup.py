"""Small pieces of HTML. Every text goes through `quoted` or `escaped`: none can become mark-up."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence

from textwright.wrangle.profile.characters import name_of
from textwright.wrangle.profile.values import Bar, Counts, Lengths, Sighting
from textwright.wrangle.profile.wording import counted

# What would not be seen, or would change how the page is drawn.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u3000\u3164\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U0010ffff]"
)
# A variation selector or joiner after a picture belongs to it and stays.
_KEPT = re.compile("(?<=[\u2190-\u3299\U0001f000-\U0001faff\ufe0f])[\ufe0f\u200d]")


def escaped(text: str) -> str:
    """Return a text that HTML shows as it is and never interprets; half characters are replaced.

    >>> escaped("<b>&")
    '&lt;b&gt;&amp;'
    """
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"))


def quoted(text: str) -> str:
    """Return a text with what would not be seen in it named.

    >>> quoted("a" + chr(0x200B) + "<")
    'a<b class="tw-code" title="U+200B ZERO WIDTH SPACE">U+200B</b>&lt;'
    """
    pieces, done = [], 0
    for match in _UNSEEN.finditer(text):
        if _KEPT.match(text, match.start()):
            continue
        pieces += [html.escape(text[done : match.start()]), _code(match.group())]
        done = match.end()
    return "".join([*pieces, html.escape(text[done:])])


def _code(character: str) -> str:
    name = name_of(character)
    short = {"\n": "↵", "\t": "⇥", "\r": "␍"}.get(character, name.split()[0])
    return f'<b class="tw-code" title="{html.escape(name)}">{short}</b>'


def seen_space(piece: str) -> str:
    """Show spaces that stand alone.

    >>> seen_space("  "), seen_space("a b")
    ('␣␣', 'a b')
    """
    return piece.replace(" ", "␣") if piece.isspace() else piece


def number(value: float) -> str:
    """Write a number for people.

    >>> number(1234567), number(12.34)
    ('1,234,567', '12.3')
    """
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def element(name: str, *inner: str, **attributes: str) -> str:
    """Wrap finished HTML; attributes are escaped. An underscore at an end of a name is left out.

    >>> element("p", "text", class_="x")
    '<p class="x">text</p>'
    """
    given = "".join(f' {key.strip("_").replace("_", "-")}="{escaped(value)}"' for key, value in attributes.items())
    return f"<{name}{given}>{''.join(inner)}</{name}>"


def sightings(seen: Iterable[Sighting]) -> str:
    """List where things were seen: the text with the piece marked, its place in it, and the text's in the file."""
    return element("ul", *map(_sighting, seen), class_="tw-seen")


def _sighting(seen: Sighting) -> str:
    before, piece, after = seen.text[: seen.start], seen.text[seen.start : seen.end], seen.text[seen.end :]
    cut = "…" if seen.offset else ""
    first, last = seen.offset + seen.start, seen.offset + seen.end
    place = f"text {seen.number:,}" + (f", [{first}, {last})" if last > first else "")
    marked = element("mark", quoted(piece)) if piece else ""
    text = element("q", cut, quoted(before), marked, quoted(after), dir="auto")
    return element("li", text, " ", element("small", place))


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, title: str, worded: bool = False) -> str:
    """Draw a table of finished cells; the first of a row names it, the last is words where `worded`."""
    heading = "".join(element("th", escaped(cell), scope="col") for cell in head)
    body = "".join(
        element("tr", element("th", row[0], scope="row"), *(element("td", cell) for cell in row[1:])) for row in rows
    )
    drawn = element(
        "table", element("thead", element("tr", heading)), element("tbody", body), class_="tw-worded" if worded else ""
    )
    return element("div", drawn, class_="tw-scroll", role="region", aria_label=title, tabindex="0")


def bars(counts: Counts, *, of: int, title: str, show: Callable[[str], str] = quoted) -> str:
    """Draw named counts as bars, longest first; `of` is what a share is of."""
    most = max((count for _, count in counts), default=1)
    rows = (_bar(show(name), count, most, of) for name, count in counts)
    return element("ol", *rows, class_="tw-counts", aria_label=title)


def _bar(name: str, count: int, most: int, of: int) -> str:
    width = f"--w:{100 * count / most:.1f}%"
    shares = f" {100 * count / of:.1f} %" if of else ""
    return element(
        "li",
        element("span", name, class_="tw-name", dir="auto"),
        element("i", style=width),
        element("span", number(count), element("small", shares), class_="tw-number"),
    )


def histogram(values: Sequence[Bar], unit: str) -> str:
    """Draw a histogram; the last bar may stand for all beyond. One bar alone is no picture, so it is said."""
    if not values:
        return ""
    if len(values) == 1:
        return element("p", f"Each text has {_range(values[0])} {_one_or(unit, values[0])}.")
    most = max(bar.count for bar in values)
    drawn = "".join(
        element(
            "i",
            style=f"--h:{100 * bar.count / most:.1f}%",
            title=f"{_range(bar)} {_one_or(unit, bar)}: {counted(bar.count, 'text')}",
        )
        for bar in values
    )
    top = max(values, key=lambda bar: bar.count)
    said = f"Histogram of {unit}: most texts, {top.count:,}, have {_range(top)}"
    ends = element("span", number(values[0].low)), element("span", f"{_end(values[-1])} {_one_or(unit, values[-1])}")
    return element("div", drawn, class_="tw-bars", role="img", aria_label=said) + element(
        "div", *ends, class_="tw-axis"
    )


def _range(bar: Bar) -> str:
    if bar.high is None:
        return f"{bar.low:,} and more"
    return number(bar.low) if bar.high == bar.low + 1 else f"{bar.low:,} to {bar.high - 1:,}"


def _one_or(units: str, bar: Bar) -> str:
    """Name a unit after a bar's number: `span` after 1 alone."""
    return units.removesuffix("s") if (bar.low, bar.high) == (1, 2) else units


def _end(bar: Bar) -> str:
    return f"{bar.low:,} and more" if bar.high is None else number(bar.high - 1)


def quantiles(lengths: Sequence[Lengths]) -> str:
    """Draw the quantiles of several units as a table."""
    head = ("length in", *lengths[0].quantiles, "mean", "in all")
    rows = (
        (each.unit, *map(number, each.quantiles.values()), number(each.mean), number(each.total)) for each in lengths
    )
    return table(head, rows, title="Quantiles of the lengths")


def folded(summary: str, inner: str) -> str:
    """Hide what is long behind a line that opens it."""
    return element("details", element("summary", escaped(summary)), inner)
