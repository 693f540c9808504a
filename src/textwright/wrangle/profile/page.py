"""A profile as a page that stands alone: one HTML file without script and without any address in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import TYPE_CHECKING

from textwright.wrangle.profile.characters import name_of
from textwright.wrangle.profile.markup import (
    bars,
    element,
    escaped,
    folded,
    histogram,
    number,
    quantiles,
    quoted,
    seen_space,
    sightings,
    table,
)
from textwright.wrangle.profile.page_annotations import annotations_drawn, suspicions_drawn
from textwright.wrangle.profile.values import Annotations, Column, Finding, Oddity
from textwright.wrangle.profile.wording import counted, language, percent, share

if TYPE_CHECKING:
    from textwright.wrangle.profile.result import Profile

WEIGHTS = {"act": "first", "look": "look", "note": "note"}
IN_NOTEBOOK = 6


@cache
def _style() -> str:
    return (files(__package__) / "page.css").read_text(encoding="utf-8")


def profile_page(profile: Profile) -> str:
    """Return the whole page. A policy in it forbids every script and every request."""
    title = f"Profile of {PurePath(profile.name).name or 'texts'}"
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    drawn = [(name, html) for name, part in SECTIONS if (html := part(profile))]
    contents = "".join(element("a", escaped(name), href=f"#{_anchor(name)}") for name, _ in drawn)
    body = "".join(element("section", element("h2", escaped(name)), html, id=_anchor(name)) for name, html in drawn)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{_style()}</style>\n</head>\n"
        f'<body class="tw-page">\n<main class="tw-profile">\n<h1>{escaped(title)}</h1>\n{_tiles(profile)}\n'
        f'<nav aria-label="Parts">{contents}</nav>\n{body}\n</main>\n</body>\n</html>\n'
    )


def profile_fragment(profile: Profile) -> str:
    """Return what a notebook shows: the key figures, the first findings, the lengths."""
    rest = len(profile.findings) - IN_NOTEBOOK
    more = f"{counted(rest, 'more finding')}: <code>.findings</code>. " if rest > 0 else ""
    pointer = element("p", f"{more}The whole page: <code>.to_html()</code>", class_="tw-aside")
    shown = _tiles(profile) + _findings(profile.findings[:IN_NOTEBOOK]) + pointer + _lengths(profile)
    return f"<style>{_style()}</style>{element('div', shown, class_='tw-profile')}"


def _anchor(name: str) -> str:
    return name.lower().replace(" ", "-")


def _tiles(profile: Profile) -> str:
    first = profile.languages.found[0] if profile.languages and profile.languages.found else None
    figures = [
        ("texts", number(profile.texts)),
        ("empty", number(profile.empty)),
        ("different", number(profile.copies.different)),
        ("words", number(profile.words.total)),
        ("characters, median", number(profile.lengths[0].quantiles["median"])),
    ]
    figures += [("of a sample", f"{percent(first.share)} {language(first.code)}")] if first else []
    figures += [("annotated", number(_annotated(profile.annotations)))] if profile.annotations else []
    figures += [("unreadable", number(profile.unread))] if profile.unread else []
    drawn = (element("div", element("dd", escaped(value)), element("dt", escaped(name))) for name, value in figures)
    return element("dl", *drawn, class_="tw-tiles")


def _annotated(found: Annotations) -> int:
    return max(found.with_spans, found.with_categories)


def _next(profile: Profile) -> str:
    return _findings(profile.findings)


def _findings(findings: Sequence[Finding]) -> str:
    return element("ul", *map(_finding, findings), class_="tw-findings")


def _finding(finding: Finding) -> str:
    command = element("pre", element("code", escaped(finding.command)), tabindex="0") if finding.command else ""
    badge = element("b", WEIGHTS[finding.weight], class_="tw-weight")
    return element(
        "li", badge, element("div", element("p", quoted(finding.words)), command), class_=f"tw-{finding.weight}"
    )


def _lengths(profile: Profile) -> str:
    if not profile.texts:
        return ""
    several = [each for each in profile.lengths if each.quantiles["most"] > 1]
    drawn = (
        element("figure", element("figcaption", escaped(each.unit.capitalize())), histogram(each.bars, each.unit))
        for each in several
    )
    return element("div", *drawn, class_="tw-figures") + quantiles(profile.lengths)


def _languages(profile: Profile) -> str:
    found = profile.languages
    if found is None or not found.found:
        return ""
    said = (
        f"Estimated on {counted(found.sample, 'text')}, all of them together, because a short text alone says little; "
        f"{counted(found.unsure, 'text')} could be in more than one. Texts: those that are surely in it."
    )
    rows = (
        (escaped(language(each.code)), percent(each.share), number(each.texts), element("q", quoted(each.example)))
        for each in found.found
    )
    return element("p", said) + table(
        ("language", "share", "texts", "one of them"), rows, title="Languages", worded=True
    )


def _characters(profile: Profile) -> str:
    found = profile.characters
    if not found.total:
        return ""
    head = f"{counted(found.total, 'character')}, {found.different:,} different."
    kinds = element("div", element("h3", "Kinds"), bars(found.kinds, of=found.total, title="Kinds of characters"))
    letters = sum(count for _, count in found.scripts)
    scripts = element("div", element("h3", "Scripts"), bars(found.scripts, of=letters, title="Scripts of the letters"))
    rows = ((quoted(each), escaped(name_of(each)), number(count)) for each, count in found.other)
    other = table(("character", "name", "times"), rows, title="Characters outside ASCII") if found.other else ""
    listed = folded(f"The {len(found.other)} most frequent outside ASCII", other) if other else ""
    return element("p", head) + element("div", kinds, scripts, class_="tw-columns") + listed


def _oddities(profile: Profile) -> str:
    if not profile.oddities:
        return element("p", "None of the kinds that were looked for.")
    return "".join(_oddity(each, profile.texts) for each in profile.oddities)


def _personal(profile: Profile) -> str:
    if not profile.personal:
        return ""
    warning = (
        "Found by patterns, so there may be more: names and addresses were not looked for. Letters and digits are "
        "dotted out here, but the page quotes other texts too: treat it as you treat the file."
    )
    return element("p", warning) + "".join(_oddity(each, profile.texts) for each in profile.personal)


def _oddity(oddity: Oddity, texts: int) -> str:
    count = f"{counted(oddity.texts, 'text')}, {share(oddity.texts, texts)}; {counted(oddity.times, 'time')}"
    pieces = "".join(
        element(
            "li", element("span", quoted(seen_space(piece)), class_="tw-piece"), " ", element("small", f"{times:,}")
        )
        for piece, times in oddity.pieces
    )
    return element(
        "article",
        element("h3", escaped(oddity.title), " ", element("small", count)),
        element("p", escaped(f"{oddity.why} {oddity.advice}")),
        element("ul", pieces, class_="tw-pieces") if oddity.pieces and oddity.kind != "capitals" else "",
        sightings(oddity.sightings),
    )


def _words(profile: Profile) -> str:
    found = profile.words
    if not found.total:
        return ""
    said = f"{counted(found.total, 'word')}, {found.different:,} different, {found.once:,} of them once."
    missed = f" The rarest were forgotten on the way: counts may be low by {found.missed:,}." if found.missed else ""
    words = element("div", element("h3", "Words"), bars(found.words, of=found.total, title="Frequent words"))
    pairs = element("div", element("h3", "Neighbours"), bars(found.pairs, of=0, title="Frequent pairs of words"))
    return element("p", escaped(said + missed)) + element("div", words, pairs, class_="tw-columns")


def _copies(profile: Profile) -> str:
    found = profile.copies
    if not (found.copies or found.folded or found.near):
        return element("p", "No text stands there twice.") if profile.texts else ""
    said = (
        f"{counted(found.different, 'different text')}; {counted(found.copies, 'copy', 'copies')} of an earlier one, "
        f"{found.folded:,} when capitals and white space are not looked at."
    )
    most = bars(found.most, of=0, title="Texts that stand there most often") if found.most else ""
    return element("p", said) + most + _near(profile)


def _near(profile: Profile) -> str:
    found = profile.copies
    if not found.near:
        return ""
    groups = (
        element("li", *(element("q", quoted(text), dir="auto") + "<br>" for text in group))
        for group in found.near_groups
    )
    said = f"{found.near:,} of {found.near_sample:,} sampled texts have a near-same one in the sample."
    return element("h3", "Near-same") + element("p", said) + element("ul", *groups, class_="tw-seen")


def _columns(profile: Profile) -> str:
    return "".join(
        element(
            "article",
            element("h3", escaped(each.name), " ", element("small", _column_words(each))),
            folded("The most frequent values", bars(each.values, of=each.texts, title=f"Values of {each.name}"))
            if each.values[0][1] > 1
            else element("p", "Each text has its own, such as ", element("q", quoted(each.values[0][0])), "."),
        )
        for each in profile.columns
    )


def _column_words(column: Column) -> str:
    more = "" if column.exact else "more than "
    return f"{column.where}; in {counted(column.texts, 'text')}; {more}{counted(column.different, 'value')}"


def _unread(profile: Profile) -> str:
    if not profile.unread:
        return ""
    rows = (
        (f"line {each.line:,}", escaped(each.reason), element("q", quoted(each.text[:200])))
        for each in profile.first_unread
    )
    said = f"{counted(profile.unread, 'record')} could not be read; the first are:"
    return element("p", said) + table(
        ("where", "why", "what stood there"), rows, title="Unreadable records", worded=True
    )


def _made(profile: Profile) -> str:
    said = [
        f"Every text was looked at; for languages and near-same texts a sample, chosen by the seed {profile.seed}.",
        "Offsets are code points, half open; texts are numbered from 1 in the order of the file.",
    ]
    if profile.annotations is not None:
        said.append(
            f"Texts that were compared for contradictions: the first {profile.annotations.compared:,} different."
        )
    if profile.missing:
        said.append(f"Not looked at: {', '.join(profile.missing)}.")
    return element("ul", *(element("li", escaped(line)) for line in said))


Part = Callable[["Profile"], str]
SECTIONS: tuple[tuple[str, Part], ...] = (
    ("What to do next", _next),
    ("Lengths", _lengths),
    ("Languages", _languages),
    ("Annotations", annotations_drawn),
    ("Suspicious annotations", suspicions_drawn),
    ("Oddities", _oddities),
    ("Personal data", _personal),
    ("Copies", _copies),
    ("Words", _words),
    ("Characters", _characters),
    ("Beside the texts", _columns),
    ("Unreadable", _unread),
    ("How it was made", _made),
)
