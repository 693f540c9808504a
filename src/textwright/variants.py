"""Texts as they may come: a few samples made into many, spoiled in every way that texts are spoiled.

They need no hand and no chance: the same samples always give the same texts.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, cycle, islice

from textwright.testing import HOSTILE_TEXTS

LEAST = 520
# Of the samples, so many at most stand among the texts as they are, and none longer than so many characters.
SAMPLES, LENGTH = 200, 600
# A variant is made of the beginning of a sample.
BEGINNING = 160
# Texts that a network reads in several windows: cut into sentences, cut into nothing, in another script.
LONG = 1_500
# What stands in for samples where there are none.
PLAIN = (
    "Senior UX Researcher - 6 month contract, Edinburgh",
    "I really did not expect this to work. Thank you!",
    "Our client pays £30,000 to £40,000 p.a. (DOE), 2 days from home",
)

Make = Callable[[str], str]


def varied(samples: Iterable[str], *, least: int = LEAST) -> list[str]:
    """Return samples, hostile texts, long ones, and as many variants of the samples as there must be texts.

    >>> texts = varied(["Head of Design"])
    >>> len(texts), "HEAD OF DESIGN" in texts, "Head&nbsp;of&nbsp;Design" in texts
    (520, True, True)
    """
    own = spread([each for each in dict.fromkeys(samples) if len(each) <= LENGTH], SAMPLES)
    bases = [beginning(each) for each in own if each.strip()] or list(PLAIN)
    found = dict.fromkeys([*own, *HOSTILE_TEXTS, *long_texts(bases)])
    for variant in variants(bases):
        if len(found) >= least:
            break
        found.setdefault(variant)
    return list(found)


def spread(texts: Sequence[str], most: int) -> list[str]:
    """Take at most so many, from the whole list.

    >>> spread("abcdefg", 3)
    ['a', 'c', 'e']
    """
    return [texts[place * len(texts) // most] for place in range(most)] if len(texts) > most else list(texts)


def beginning(text: str) -> str:
    """Cut a text between two words, or within one that is too long."""
    if len(text) <= BEGINNING:
        return text
    return text[: text.rfind(" ", 1, BEGINNING)] if " " in text[1:BEGINNING] else text[:BEGINNING]


def long_texts(bases: Sequence[str]) -> list[str]:
    """Join samples to texts of several windows: sentences, one line without an end, and one of other letters."""
    whole = list(islice(cycle(bases), LONG // max(1, min(map(len, bases))) + 1))
    return [". ".join(whole)[:LONG], "|".join(whole)[:LONG], _full_width(" ".join(whole)[:LONG])]


def variants(bases: Sequence[str]) -> Iterator[str]:
    """Yield variants without end: each time another way, and in time every way of every sample."""
    for turn in count():
        for place, make in enumerate(MAKERS):
            text = bases[(turn * len(MAKERS) + place * 7 + turn) % len(bases)]
            yield make(text) if turn < len(bases) else f"{make(text)} {turn}"


def _full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def _mathematical(text: str) -> str:
    """Write letters as mathematicians do, which takes two of JavaScript's units each."""
    return "".join(chr(0x1D400 + ord(char) - ord("A")) if "A" <= char <= "Z" else char for char in text)


def _after_vowels(sign: str) -> Make:
    return lambda text: "".join(char + sign if char in "aeiouAEIOU" else char for char in text)


def _between(sign: str) -> Make:
    return lambda text: sign.join(text.split(" "))


def _around(before: str, after: str = "") -> Make:
    return lambda text: f"{before}{text}{after}"


def _in_the_middle(sign: str) -> Make:
    return lambda text: f"{text[: len(text) // 2]}{sign}{text[len(text) // 2 :]}"


def _garbled(text: str) -> str:
    """Read UTF-8 as if it were Latin-1, as many a board does."""
    return text.replace("-", "–").replace("'", "’").encode("utf-8", "replace").decode("latin-1")


def _homoglyphs(text: str) -> str:
    return text.translate(str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ"))


MAKERS: tuple[Make, ...] = (
    str.upper,
    str.lower,
    str.title,
    str.swapcase,
    lambda text: text[::-1],
    " ".join,
    lambda text: text.replace(" ", ""),
    lambda text: text.title().replace(" ", ""),
    lambda text: text[: len(text) // 2],
    _between("  "),
    _between("-"),
    _between(" / "),
    _between(", "),
    _between("\u00a0"),
    _between("&nbsp;"),
    _between("\u3000"),
    _between("\t"),
    _between("\r\n"),
    _between("\u2028"),
    _between("\u200b"),
    _between(" 👩‍💻 "),
    _between("\x00"),
    _between("\x1c"),
    _around("*** ", " !!! (m/f/d)"),
    _around("“", "”…"),
    _around("\ufeff"),
    _around("🇬🇧🏴󠁧󠁢󠁳󠁣󠁴󠁿 ", " 🚀🚀"),
    _around("\u202e", "\u202c"),
    _around("\n \t", " \x85\n"),
    _around("<p>", " &amp; more</p>"),
    _around("מנהל / ", " مدير"),
    _around("高级 ", " 設計師、東京"),
    _around("नर्स ", " ผู้จัดการ"),
    _around("", " £30k-£40k p.a. + bonus"),
    _around("", ' <a href="https://example.org/?a=1&b=2">apply</a>'),
    _in_the_middle("\u00ad"),
    _in_the_middle("\u0301\u0323"),
    _in_the_middle("\ud83d"),
    _in_the_middle("\udc00 "),
    _in_the_middle("x" * 80),
    _in_the_middle("\x7f\x9f"),
    _after_vowels("\u0301"),
    _after_vowels("\u0308\u0328"),
    _after_vowels("\ufe0f"),
    _full_width,
    _mathematical,
    _garbled,
    _homoglyphs,
    html.escape,
    lambda text: "".join(f"&#{ord(char)};" if not char.isalnum() else char for char in text),
    lambda text: unicodedata.normalize("NFD", text.replace("e", "é").replace("a", "ä")),
    lambda text: unicodedata.normalize("NFKD", text).replace("fi", "ﬁ").replace("ss", "ß").replace("I", "İ"),
)
