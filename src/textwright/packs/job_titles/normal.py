"""The normal form of a job title: one way to write it, its core, and its rank on a ladder from 0 to 9.

What is marked in a headline is brought to one form, so that `Sr. UX designers (m/f/d)` and `SENIOR UX
DESIGNER` are counted together. All the words stand in `normal.toml`; docs/normal-titles.md tells the rules.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from textwright.types import Annotation, Span
from textwright.wrangle.clean import clean

PLAIN, POST, HIGHEST = 3, 5, 9
BEGINNER = 1
DASHES = re.compile("[‐‑‒–—―−]")
# (m/f/d), m|w|d, (all genders), and the endings of Director/a, Kellner/in, Kellner*innen.
TAGS = re.compile(
    r"[(\[]?(?<![\w/])[mfwdxhn](?:\s?[/|*]\s?[mfwdxhn])+(?![\w/])[)\]]?|[(\[]all genders[)\]]", re.IGNORECASE
)
ENDINGS = re.compile(r"(?<=\w{3})(?:/-?|\*|:)(?:in|innen|a|as)\b")
EDGES = " \t-,.:;|/*!?&+•·"
BETWEEN = re.compile(r"\s*(?:/|\bor\b|\bto\b|,|&|\band\b|-|–)\s*", re.IGNORECASE)
# What begins large within a word: the name in O'Brien and D'Arcy, not the s of Nurse's.
_NAME = re.compile(r"^[OD]['’][^\W\d_](?=\w)")
WORD = re.compile(r"[^\s/()\[\],]+|[/()\[\],]|\s+")


@dataclass(frozen=True, slots=True)
class NormalTitle:
    """A job title in its normal form: as one would write it, its core, and its rank from 0 (intern) to 9 (chief)."""

    title: str
    core: str
    seniority: int


def normal_titles(text: str, annotation: Annotation) -> list[NormalTitle]:
    """Return the normal form of each job title that is marked in a headline, in order.

    A seniority inside a title counts for it, one beside the titles for all of them. A title without a
    core is its own.

    >>> spans = Span(0, 16, "JOBTITLE"), Span(0, 3, "SENIORITY"), Span(4, 16, "COREJOBTITLE")
    >>> normal_titles("Sr. UX designers (m/f/d)", Annotation(spans))
    [NormalTitle(title='Senior UX Designer', core='UX Designer', seniority=4)]
    """
    spans = annotation.spans or ()
    titles = [span for span in spans if span.label == "JOBTITLE"]
    ranks = [span for span in spans if span.label == "SENIORITY" or _is_learning(text, span)]
    outside = [rank for rank in ranks if not any(_inside(rank, title) for title in titles)]
    return [_normal(text, title, spans, [*(r for r in ranks if _inside(r, title)), *outside]) for title in titles]


def normal_data(text: str, annotation: Annotation) -> list[dict[str, Any]]:
    """Return the normal forms as plain data."""
    return [asdict(each) for each in normal_titles(text, annotation)]


def _normal(text: str, title: Span, spans: Iterable[Span], ranks: Sequence[Span]) -> NormalTitle:
    core = next((span for span in spans if span.label == "COREJOBTITLE" and _inside(span, title)), title)
    written, short = (normal_words(text[span.start : span.end]) for span in (title, core))
    return NormalTitle(written, short, _rank(text, ranks))


def _is_learning(text: str, span: Span) -> bool:
    """Say whether a kind of employment is one to learn, as an internship."""
    return span.label == "EMPLOYMENT_TYPE" and _of([span], text) <= BEGINNER


def _inside(span: Span, title: Span) -> bool:
    return title.start <= span.start and span.end <= title.end


# --- the words ----------------------------------------------------------------------------------


def normal_words(title: str) -> str:
    """Write a title, or its core, as all such titles are written.

    >>> normal_words("SNR. UX/UI-DESIGNERS"), normal_words("Heads  of design")
    ('Senior UX/UI-Designer', 'Head of Design')
    """
    plain = DASHES.sub("-", clean(title).text)
    plain = ENDINGS.sub("", TAGS.sub(" ", plain)).strip(EDGES)
    shouted = plain.isupper() and len(plain) > 4
    words = [_word(each, shouted=shouted) for each in WORD.findall(plain)]
    return _tidy("".join(_singular(_joined(words))))


def _word(word: str, *, shouted: bool) -> str:
    """Write out and case a word; what is none stays."""
    bare = word.rstrip(".") if word.count(".") == 1 else word
    known = _words()
    lower = bare.lower()
    if lower in known.written_out:
        return known.written_out[lower]
    if lower in known.fixed:
        return known.fixed[lower]
    if "-" in word.strip("-"):
        return "-".join(_word(part, shouted=shouted) for part in word.split("-"))
    return lower if lower in known.small else _cased(word, shouted=shouted)


def _cased(word: str, *, shouted: bool) -> str:
    """Begin a word large. Large letters in it stay, but for words that only shout."""
    if word.upper() in _words().numerals:
        return word.upper()
    if word.islower() or (word.isupper() and (shouted or len(word) > 4)):
        return _NAME.sub(lambda name: name[0].upper(), word[:1].upper() + word[1:].lower())
    return word


def _joined(words: Sequence[str]) -> list[str]:
    """Make one word of those that are often written as two."""
    made = list[str]()
    for word in words:
        pair = f"{made[-2]} {word}".lower() if len(made) > 1 and made[-1].isspace() else ""
        if pair in _words().joined:
            made[-2:] = [_words().joined[pair]]
        else:
            made.append(word)
    return made


def _singular(words: Sequence[str]) -> list[str]:
    """Put the person that a title names into the singular: its last word before `of`, `for` and the like."""
    small = [i for i, word in enumerate(words) if i and word in ("of", "for", "in", "to", "at", "with", "(", "[", ",")]
    last = max((i for i in range(small[0] if small else len(words)) if words[i][-1:].isalpha()), default=None)
    return [person(word) if i == last else word for i, word in enumerate(words)]


def person(word: str) -> str:
    """Return the singular of a word that names persons; any other stays.

    >>> person("Designers"), person("Foremen"), person("Sales"), person("Secretaries")
    ('Designer', 'Foreman', 'Sales', 'Secretary')
    """
    known, lower = _words(), word.lower()
    if lower in known.irregular:
        return word[:1] + known.irregular[lower][1:]
    if lower.endswith("men") and f"{lower[:-2]}an" in known.men:
        return f"{word[:-2]}an"
    if lower.endswith("aries"):
        return f"{word[:-3]}y"
    one = lower.removesuffix("s")
    if one == lower or lower in known.not_persons:
        return word
    named = one.rsplit("-", 1)[-1]
    return word[:-1] if named in known.persons or named.endswith(known.endings) else word


def _tidy(title: str) -> str:
    """Close what stands around signs, and begin with a large letter."""
    title = re.sub(r"\s*/\s*", "/", title)
    title = re.sub(r"\s+,", ",", re.sub(r"[(\[]\s*[)\]]", "", title))
    title = " ".join(title.split()).strip(EDGES)
    first = title.split(" ", 1)[0]
    return title if first.lower() not in _words().small else title[:1].upper() + title[1:]


# --- the ladder -----------------------------------------------------------------------------------


def _rank(text: str, spans: Sequence[Span]) -> int:
    """Return the rank of what is marked: of alternatives the lowest, each with what stands behind the last."""
    *others, last = _alternatives(text, sorted(spans, key=lambda span: span.start))
    return min(_of(each, text) for each in [*([*other, *last[1:]] for other in others), last])


def _alternatives(text: str, spans: Sequence[Span]) -> list[list[Span]]:
    """Part ranks where only a slash, a dash, a comma, an `or` or the like stands between two."""
    groups = [list(spans[:1])]
    for before, span in pairwise(spans):
        if BETWEEN.fullmatch(text[before.end : span.start]):
            groups.append([])
        groups[-1].append(span)
    return groups


def _of(spans: Iterable[Span], text: str) -> int:
    return seniority([text[span.start : span.end] for span in spans])


def seniority(ranks: Iterable[str]) -> int:
    """Place the ranks of one title on the ladder, from 0 to 9.

    Who is still learning stands where the lowest such word stands, whatever else is said. A post
    stands where the highest is, and other words move it by a step. Without a post the highest counts.

    >>> seniority(["Senior", "Manager"]), seniority(["Trainee", "Manager"]), seniority([])
    (7, 1, 3)
    """
    words = [word for rank in ranks for word in _phrases(rank)]
    levels = [_words().ladder[word] for word in words if word in _words().ladder]
    if any(level <= BEGINNER for level in levels):
        return min(levels)
    if max(levels, default=PLAIN) < POST:
        return max(levels, default=PLAIN)
    return _moved(words)


def _moved(words: Sequence[str]) -> int:
    """Move the highest post by the other words."""
    known = _words()
    posts = [word for word in words if known.ladder.get(word, 0) >= POST]
    highest = max(posts, key=lambda word: (word not in known.steps, known.ladder[word]))
    rest = list(words)
    rest.remove(highest)
    return max(0, min(HIGHEST, known.ladder[highest] + sum(known.steps.get(word, 0) for word in rest)))


def _phrases(rank: str) -> Iterator[str]:
    """Part a rank into the longest words that the ladder or the steps know."""
    words = normal_words(rank).lower().split()
    known = _words()
    while words:
        size = 2 if words[0] in known.other_scales else _size(words)
        yield " ".join(words[:size])
        words = words[size:]


def _size(words: Sequence[str]) -> int:
    """Return how many words at the beginning are one on the ladder."""
    return next((n for n in (3, 2) if " ".join(words[:n]) in _words().ladder), 1)


# --- the lists --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """What `normal.toml` holds, ready to look up in lower case."""

    written_out: Mapping[str, str]
    joined: Mapping[str, str]
    fixed: Mapping[str, str]
    small: frozenset[str]
    numerals: frozenset[str]
    endings: tuple[str, ...]
    persons: frozenset[str]
    men: frozenset[str]
    not_persons: frozenset[str]
    irregular: Mapping[str, str]
    ladder: Mapping[str, int]
    steps: Mapping[str, int]
    other_scales: frozenset[str]


@cache
def _words() -> _Words:
    data = tomllib.loads((files(__package__) / "normal.toml").read_text(encoding="utf-8"))
    casing, plural = data["casing"], data["plural"]
    return _Words(
        data["written_out"],
        data["joined"],
        {word.lower(): word for word in casing["fixed"]},
        frozenset(casing["small"]),
        frozenset(casing["numerals"]),
        tuple(plural["endings"]),
        frozenset(plural["words"]),
        frozenset(plural["men"]),
        frozenset(plural["not_persons"]),
        plural["irregular"],
        {word: rung["level"] for rung in data["ladder"] for word in rung["words"]},
        data["steps"],
        frozenset(data["other_scales"]),
    )
