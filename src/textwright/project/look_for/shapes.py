"""Labels that the shapes of words propose: amounts, money, codes, dates, names, endings, what stands in brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from textwright.project.look_for.shown import Place

MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
NUMBER = r"\d+(?:[.,]\d+)*"
SIGN = "£$€¥₹₺₽₴₪₩₫฿₦"
# Thousands may stand apart, and much of the world sets the sign behind the number: `65 000 €`.
APART = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,٬٫]\d+)*"
MONEY = (
    rf"[{SIGN}]\s?{NUMBER}\s?[km]?\b|\b{NUMBER}\s?(?:GBP|EUR|USD|pounds?|euros?|dollars?)\b"
    rf"|(?<![\w.,])(?:{APART})\s?(?:[{SIGN}]|万?[円元]|만?원)"
)
QUOTED = (
    r"(?<=[\"“])[^\"“”]{2,60}(?=[\"”])|(?<!\w)'[^']{2,60}'(?!\w)"
    r"|(?<=„)[^„“”]{2,60}(?=[“”])|(?<=«)[^«»]{2,60}(?=»)|(?<=「)[^「」]{2,60}(?=」)"
)
BRACKETS = r"(?<=\()[^()]{2,60}(?=\))|(?<=（)[^（）]{2,60}(?=）)"
DATE = (
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:{MONTH})\b(?:\s\d{{4}})?|\b(?:{MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?\b|"
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b|\b(?:{MONTH})\s\d{{4}}\b"
)
CODE = r"(?<![\w-])(?=[\w-]*[A-Za-z])(?=[\w-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?![\w-])"
UNIT = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*\s?([^\W\d_]{1,6}|[\"%])(?!\w)")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
NAME = re.compile(r"\b[A-Z][\w'’&]*[a-z][\w'’&]*(?:\s+(?:[A-Z][\w'’&]*|&|of|the|de|la|le)(?=\W|$))*")
# So many texts, and at least this share of all, must show a shape before it is proposed.
LEAST_TEXTS, LEAST_SHARE = 4, 0.04
LEAST_UNIT, LONGEST_CODE, SHORTEST_CODE = 3, 20, 3
# Where more of the words than this begin with a capital, capitals say nothing.
MOST_CAPITALS = 0.5
SHOWN, LISTED, LONGEST_LISTED = 3, 3, 30
ORDINALS = frozenset(["st", "nd", "rd", "th"])


@dataclass(frozen=True, slots=True)
class Proposal:
    """A label that somebody may want. `texts` counts those that show it; `places` are some of them.

    Without a name somebody has to give one.
    """

    name: str
    meaning: str
    why: str
    texts: int
    places: tuple[Place, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape by its name, what it is in words, and what finds it in a text."""

    name: str
    what: str
    find: Callable[[str], Iterator[tuple[int, int]]]


def shape_proposals(texts: Sequence[str]) -> list[Proposal]:
    """Return the labels that shapes propose, the most frequent first.

    >>> [each.name for each in shape_proposals(["milk 1 litre", "oil 2 litre", "jam 3 litre", "ale 4 litre"])]
    ['AMOUNT']
    """
    found = [_proposed(shape, texts) for shape in shapes_of(texts)]
    least = max(LEAST_TEXTS, LEAST_SHARE * len(texts))
    return sorted((each for each in found if each.texts >= least), key=lambda each: -each.texts)


def shapes_of(texts: Sequence[str]) -> list[Shape]:
    """Return the shapes to look for; some depend on what is usual in the texts."""
    shapes = [
        Shape("PRICE", "An amount of money", _pattern(MONEY)),
        Shape("DATE", "A day or a month", _pattern(DATE)),
        Shape("VERSION", "The number of a version", _pattern(r"(?<![\w.])v?\d+(?:\.\d+){2,}(?![\w])")),
        Shape("EMAIL", "An e-mail address", _pattern(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")),
        Shape("LINK", "A web address", _pattern(r"\bhttps?://\S+|\bwww\.\S+")),
        Shape("QUOTED", "What stands in quotation marks", _pattern(QUOTED)),
        Shape("IN_BRACKETS", "What stands in brackets", _pattern(BRACKETS)),
        Shape("CODE", "A code of letters and digits", _codes(_units(texts))),
        Shape("AMOUNT", "A number with its unit", _amounts(_units(texts))),
    ]
    return [*shapes, *([Shape("NAME", "A name", _names(texts))] if _capitals_tell(texts) else [])]


def _pattern(pattern: str) -> Callable[[str], Iterator[tuple[int, int]]]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text: (match.span() for match in compiled.finditer(text))


# --- amounts and codes ----------------------------------------------------------------------------------------------


def _units(texts: Sequence[str]) -> frozenset[str]:
    """Return what stands behind numbers in several texts, and seldom elsewhere: ml, kg, pack."""
    found = Counter(unit for text in texts for unit in {match[1].lower() for match in UNIT.finditer(text)})
    alone = Counter(word.lower() for text in texts for word in re.findall(r"(?<![\d\w.])(?<!\d\s)[^\W\d_]+", text))
    return frozenset(
        unit for unit, count in found.items() if count >= LEAST_UNIT and count > alone[unit] and unit not in ORDINALS
    )


def _amounts(units: frozenset[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    return lambda text: (match.span() for match in UNIT.finditer(text) if match[1].lower() in units)


def _codes(units: frozenset[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    compiled = re.compile(CODE)

    def find(text: str) -> Iterator[tuple[int, int]]:
        for match in compiled.finditer(text):
            is_amount = re.fullmatch(r"\d+([A-Za-z]{1,6})", match[0])
            fits = SHORTEST_CODE <= len(match[0]) <= LONGEST_CODE
            if fits and not (is_amount and is_amount[1].lower() in units):
                yield match.span()

    return find


# --- names ----------------------------------------------------------------------------------------------------------


def _capitals_tell(texts: Sequence[str]) -> bool:
    """Say whether words in the middle of texts are mostly written small, so that a capital means something."""
    words = [word for text in texts for word in WORD.findall(text)[1:]]
    return bool(words) and sum(word[0].isupper() for word in words) < MOST_CAPITALS * len(words)


def _names(texts: Sequence[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    """Find words with capitals, those in the middle first; at the beginning only what is never written small."""
    small = {word.lower() for text in texts for word in WORD.findall(text) if word[0].islower()}

    def find(text: str) -> Iterator[tuple[int, int]]:
        found = (match for match in NAME.finditer(text) if match[0].split()[0].lower() not in small)
        yield from sorted((match.span() for match in found), key=_is_at_beginning)

    return find


def _is_at_beginning(place: tuple[int, int]) -> bool:
    return place[0] == 0


# --- proposals ------------------------------------------------------------------------------------------------------


def _proposed(shape: Shape, texts: Sequence[str]) -> Proposal:
    places = [Place(text, *span) for text in texts for span in list(shape.find(text))[:1]]
    words = _listed(places)
    meaning = f"{shape.what}: {', '.join(words)}." if words else f"{shape.what}."
    return Proposal(shape.name, meaning, shape.what, len(places), _different(places))


def _listed(places: Sequence[Place]) -> list[str]:
    """Return a few different words that were found, the most frequent first."""
    found = Counter(place.text[place.start : place.end].strip() for place in places)
    return [words for words, _ in found.most_common() if len(words) <= LONGEST_LISTED][:LISTED]


def _different(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return a few places whose words differ, those within short texts first: they are read quicker.

    A capital at the beginning of a text tells less of a name.
    """
    seen: Mapping[str, Place] = {
        place.text[place.start : place.end].lower(): place
        for place in sorted(places, key=lambda place: -len(place.text))
    }
    return tuple(sorted(seen.values(), key=lambda place: (place.start == 0, len(place.text)))[:SHOWN])
