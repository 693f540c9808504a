"""The kinds of oddities that a profile looks for: how each is found, why it matters, what helps.

Each is a value of `KINDS` (oddities of characters and mark-up) or `PERSONAL` (what may point to a person).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from textwright.wrangle.profile.characters import script

Place = tuple[int, int]
LETTERS = 10
Find = Callable[[str], Iterable[Place]]
Sign = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of oddity.

    `sign` says quickly whether a text is worth being looked at for it; without one, those that are not ASCII are.
    `hidden`: what is found may point to a person, and is not shown.
    """

    name: str
    title: str
    why: str
    advice: str
    find: Find
    sign: Sign | None = None
    hidden: bool = False


def _matches(pattern: str) -> Find:
    """Find by an expression."""
    compiled = re.compile(pattern)
    return lambda text: [match.span() for match in compiled.finditer(text)]


def _has(pattern: str) -> Sign:
    """Look for an expression. One that begins with a set of characters is ten times as fast as one that does not."""
    return re.compile(pattern).search


# Characters that Unicode's emoji-data.txt draws as emoji by themselves, and any followed by U+FE0F.
_EMOJI = (
    "[\U0001f1e6-\U0001f1ff]{2}|[\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb\U0001f900-\U0001f9ff"
    "\U0001fa70-\U0001faff\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1"
    "\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c"
    "\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55]|[#*0-9\u00a9\u00ae\u203c-\u3299]\ufe0f"
)
_ONE_EMOJI = f"(?:{_EMOJI})(?:[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|[\U000e0020-\U000e007f])*"
_SPECIAL_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0"
)
_LETTER = "[^\\W\\d_]"


def _mixed_quotes(text: str) -> list[Place]:
    """Find the rarer of straight and curly marks in a text that has both."""
    for straight, curly in (('"', "“”„"), ("'", "‘’‚")):
        if straight in text and any(mark in text for mark in curly):
            places = {kind: [i for i, char in enumerate(text) if char in kind] for kind in (straight, curly)}
            return [(i, i + 1) for i in min(places.values(), key=len)]
    return []


_WORD = re.compile(rf"{_LETTER}+")


def _mixed_scripts(text: str) -> Iterator[Place]:
    """Find words with letters of scripts that look alike: Latin beside Cyrillic or Greek."""
    for match in _WORD.finditer(text):
        if match.group().isascii():
            continue
        scripts = {script(letter) for letter in match.group()} & {"Latin", "Cyrillic", "Greek"}
        if len(scripts) > 1 and not match.group().startswith("µ"):
            yield match.span()


_APART = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")


def _not_composed(text: str) -> Iterator[Place]:
    """Find letters with marks of their own that Unicode has as one character (NFC)."""
    for match in _APART.finditer(text):
        if unicodedata.normalize("NFC", match.group()) != match.group():
            yield match.span()


@cache
def ftfy() -> Any:
    """Return ftfy, or None when it is not installed."""
    try:
        import ftfy as module
        import ftfy.badness
    except ImportError:
        return None
    return module


def _mojibake(text: str) -> list[Place]:
    """Find text that was decoded wrongly, if ftfy could put it right: its heuristics alone take too much."""
    library = ftfy()
    if library is None or not library.badness.is_bad(text) or library.fix_encoding(text) == text:
        return []
    return [match.span() for match in library.badness.BADNESS_RE.finditer(text)]


def _capitals(text: str) -> list[Place]:
    """Find a text of several words in capitals alone, not one of a few abbreviations."""
    shouts = text.isupper() and " " in text.strip() and sum(map(str.isalpha, text)) >= LETTERS
    return [(0, len(text))] if shouts else []


KINDS: tuple[Kind, ...] = (
    Kind(
        "mojibake",
        "Text decoded wrongly (mojibake)",
        "Letters outside ASCII became two or three wrong ones when somebody read UTF-8 as something else.",
        "Save the source as UTF-8 again, or repair each text with wrangle.repair, which keeps the way back to it.",
        _mojibake,
    ),
    Kind(
        "replaced",
        "Replacement characters",
        "Where U+FFFD stands a character is lost for good.",
        "Fetch these texts from their source again; nothing can bring the character back.",
        _matches("\ufffd+"),
    ),
    Kind(
        "control",
        "Control characters",
        "Nobody sees them; they break matching, tables and some programs.",
        "Take them out before annotating, with wrangle.repair: it keeps the way back to the raw text.",
        _matches("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+"),
        sign=_has("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"),
    ),
    Kind(
        "invisible",
        "Invisible characters",
        "Zero-width and direction marks make equal words unequal.",
        "Take them out before annotating, with wrangle.repair, or keep them knowingly: models must see the same.",
        # A joiner between emoji, or between the letters of scripts that need one, is no oddity.
        _matches(f"[{_INVISIBLE}]+|(?<=[\x00-\u02ff])[\u200c\u200d]+"),
    ),
    Kind(
        "unassigned",
        "Private characters and half characters",
        "They mean something in one font or program only, or are half of a pair.",
        "Find out what they stood for, and replace them in the source.",
        _matches("[\ue000-\uf8ff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]+"),
    ),
    Kind(
        "entity",
        "HTML entities",
        "The texts were taken from HTML and not decoded.",
        "Read them as HTML, with wrangle.from_html: spans are given back in the source.",
        _matches(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});"),
        sign=lambda text: "&" in text,
    ),
    Kind(
        "tag",
        "HTML tags",
        "Mark-up is not text: tags would be words to every model.",
        "Read them as HTML, with wrangle.from_html: spans are given back in the source.",
        _matches(r"</?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>]{0,2000})?/?>|<!--"),
        sign=lambda text: "<" in text,
    ),
    Kind(
        "markdown",
        "Markdown",
        "Stars, hashes and brackets would be words to every model.",
        "Read them as Markdown, with wrangle.from_markdown: spans are given back in the source.",
        _matches(r"\*\*[^*\s][^*\n]{0,200}\*\*|(?m:^)#{1,6} +\S|\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)"),
        sign=_has(r"[*#\]](?:\*|#{0,5} |\()"),
    ),
    Kind(
        "mixed_quotes",
        "Straight and curly quotes in one text",
        "The same word is written in two ways: don't, don’t.",
        "Decide for one, or use a model whose rules fold them, as the packs' do.",
        _mixed_quotes,
    ),
    Kind(
        "mixed_scripts",
        "Letters of two scripts in one word",
        "A Cyrillic or Greek letter that looks like a Latin one makes another word.",
        "Look at the pieces: a slip, or a text that wants to get past a filter.",
        _mixed_scripts,
    ),
    Kind(
        "not_composed",
        "Letters with their accents apart (not NFC)",
        "é as one character and as two are different words to a computer.",
        "Normalise to NFC before annotating: unicodedata.normalize('NFC', text).",
        _not_composed,
    ),
    Kind(
        "styled",
        "Styled, joined and full-width letters",
        "They look like letters and are others: 𝐍𝐮𝐫𝐬𝐞 matches no dictionary.",
        "Fold them with unicodedata.normalize('NFKC', text) if they are decoration.",
        _matches("[\uff01-\uff5e\U0001d400-\U0001d7ff\ufb00-\ufb06]+"),
    ),
    Kind(
        "special_space",
        "No-break and other special spaces",
        "They look like a space and are none to a program that splits at spaces.",
        "Fold them to spaces, or make sure that what you use treats them as such; ours does.",
        _matches(f"[{_SPECIAL_SPACES}]+"),
    ),
    Kind(
        "tab",
        "Tabs and line ends inside lines",
        "Often a table that was pasted: the columns may be worth more apart.",
        "If they are columns, save as .tsv and name the text's column with --column.",
        _matches("[\t\v\f\x1c-\x1f\x85\u2028\u2029]+"),
        sign=_has("[\t\v\f\x1c-\x1f\x85\u2028\u2029]"),
    ),
    Kind(
        "double_space",
        "Several spaces in a row",
        "Often where a line break or a column was; often just untidy.",
        "Leave them: spans count them and our models fold them. Or tidy the source.",
        _matches(r"(?<=\S)  +(?=\S)"),
        sign=lambda text: "  " in text,
    ),
    Kind(
        "edge_space",
        "White space at an end",
        "Two texts that look the same may differ in it.",
        "Strip it in the source before anything is annotated.",
        _matches(r"\A\s+|(?<=\S)\s+\Z"),
        sign=lambda text: text[0].isspace() or text[-1].isspace(),
    ),
    Kind(
        "capitals",
        "Texts all in capitals",
        "Many models lean on capitals; some read such texts badly.",
        "Look at them apart when you evaluate; check proposes headlines in mixed case.",
        _capitals,
        sign=str.isupper,
    ),
    Kind(
        "emoji",
        "Emoji",
        "Some count as one character, some as seven; JavaScript counts them otherwise than Python.",
        "Nothing to do here: our offsets are code points. Ask what other tools count.",
        _matches(f"{_ONE_EMOJI}(?:\u200d{_ONE_EMOJI})*"),
    ),
)

PERSONAL: tuple[Kind, ...] = (
    Kind(
        "url",
        "Web addresses",
        "They can point to a person, and a model can learn them by heart.",
        "Decide whether they stay; a rule can mark them.",
        _matches(r"(?i)\b(?:https?://|www\.)[^\s<>\"'`{}|\\^]{3,500}(?<![.,;:!?)\]])"),
        sign=_has(r"[:wW](?://|[wW]{2}\.)"),
        hidden=True,
    ),
    Kind(
        "email",
        "E-mail addresses",
        "Personal data: do not give the texts away, nor send them to a server, before this is settled.",
        "Take them out or mark them before others annotate. Only patterns were looked for: there may be more.",
        _matches(r"(?<![\w.+-])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}\b"),
        sign=lambda text: "@" in text,
        hidden=True,
    ),
    Kind(
        "phone",
        "Telephone numbers",
        "Personal data: do not give the texts away, nor send them to a server, before this is settled.",
        "Take them out or mark them before others annotate. Only patterns were looked for: there may be more.",
        _matches(
            r"(?<![\w+.,/-])(?:\+\d{1,3}[ .-]?(?:\(0\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){2,4}"
            r"|\(?0\d{2,4}\)?[ .-]?\d{3,4}[ .-]?\d{3,4}|\(\d{3}\) ?\d{3}-\d{4}|\d{3}[.-]\d{3}[.-]\d{4})"
            r"(?![\w/-]|[.,]\d)"
        ),
        sign=_has(r"[0-9](?:[ ().-]{0,3}[0-9]){6}"),
        hidden=True,
    ),
)
