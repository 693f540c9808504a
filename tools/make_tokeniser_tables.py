"""Write the tables of characters by which the tokenisers of the runtime go: those of the library `tokenizers`.

Its crates follow Unicode versions of their own, and so does each browser. Run with the library that
`constraints.txt` names: `python tools/make_tokeniser_tables.py`. A table is a string of numbers to the base 36:
for each run of characters how far it begins behind the end of the run before, and how long it is.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from tokenizers import Regex, normalizers, pre_tokenizers

from textwright.wrangle.words import alphabet

TARGET = Path(__file__).parent.parent / "web/runtime/src/tokenisers/unicode.json"
CHARS = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
Test = Callable[[str], bool]


def base_36(number: int) -> str:
    """Write a number to the base 36, without a 0 before it."""
    head, digit = divmod(number, 36)
    return (base_36(head) if head else "") + DIGITS[digit]


def runs(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first code point and the length of each run."""
    for _, run in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0]):
        found = [code for _, code in run]
        yield found[0], len(found)


def packed(test: Test) -> str:
    """Write which characters pass a test."""
    numbers, end = list[str](), 0
    for first, length in runs(ord(char) for char in CHARS if test(char)):
        numbers += [base_36(first - end), base_36(length)]
        end = first + length
    return " ".join(numbers)


def removed_by(normaliser: Any) -> Test:
    """Ask whether a normaliser removes a character."""
    return lambda char: normaliser.normalize_str(char) == ""


def changed_by(normaliser: Any) -> Test:
    """Ask whether a normaliser changes a character."""
    return lambda char: normaliser.normalize_str(char) != char


def cut_by(cutter: Any) -> Test:
    """Ask whether a pre-tokeniser cuts a character from the letters around it."""
    return lambda char: len(cutter.pre_tokenize_str(f"a{char}a")) == 3


def matching(pattern: str) -> Test:
    """Ask whether a class of a regular expression holds a character."""
    split = pre_tokenizers.Split(Regex(pattern), "removed")
    return lambda char: not split.pre_tokenize_str(char)


def bert(**changes: bool) -> Any:
    """Make the normaliser of BERT that does one thing only."""
    nothing = {"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False}
    return normalizers.BertNormalizer(**{**nothing, **changes})


def in_word(char: str) -> bool:
    """Ask whether a character continues a word."""
    return len(pre_tokenizers.Whitespace().pre_tokenize_str(f"a{char}a")) == 1


def lowered() -> dict[str, str]:
    """Give the lower case of the characters for which `wrangle/unicode.json` says another one."""
    ours = alphabet().fold
    lower = normalizers.Lowercase()
    pairs = ((char, lower.normalize_str(char)) for char in CHARS)
    return {char: made for char, made in pairs if made != ours.get(ord(char), char)}


def classes() -> dict[str, str]:
    """Give the characters of each combining class that the library knows; without one, marks keep their order."""
    nfd, last = normalizers.NFD(), "\u0345"
    by_class: dict[int, set[str]] = {}
    for char in CHARS:
        place = unicodedata.combining(char)
        if place and (char == last or nfd.normalize_str(f"a{last}{char}") != f"a{last}{char}"):
            by_class.setdefault(place, set()).add(char)
    return {str(place): packed(chars.__contains__) for place, chars in sorted(by_class.items())}


# --- what makes one character for the eye ------------------------------------------------------


def clusters() -> Callable[[str], int]:
    """Ask how many clusters a text of at most 5 bytes has: each becomes an X, by a map that knows every byte."""
    leaf, offset = 1 << 8, 256
    units = [(offset << 10)] + [0] * (3 * 256)
    for byte in range(1, 256):
        at = offset ^ byte
        units[at] = byte | leaf | ((at ^ 512 ^ byte) << 10)
        units[512 ^ byte] = 1 << 31
    trie = b"".join(unit.to_bytes(4, "little") for unit in units)
    chars_map = len(trie).to_bytes(4, "little") + trie + b"X\0"
    made = normalizers.Precompiled(chars_map)
    return lambda text: len(made.normalize_str(text))


def cluster_tables() -> Mapping[str, str]:
    """Give which characters join the one before, the one after, and which stand alone."""
    count = clusters()
    return {
        "joins_before": packed(lambda char: count(f"a{char}") == 1),
        "joins_after": packed(lambda char: char != "\r" and count(f"{char}a") == 1),
        "joins_nothing": packed(lambda char: len(char.encode()) < 4 and count(f"{char}\u0301") == 2),
        "pictures": packed(lambda char: count(f"a{char}") > 1 and count(f"©\u200d{char}") == 3),
    }


# The classes that a regular expression of a tokeniser may name.
PATTERNS = {"L": r"\p{L}", "N": r"\p{N}", "M": r"\p{M}", "P": r"\p{P}", "S": r"\p{S}", "Nd": r"\p{Nd}", "w": r"\w"}


def main() -> None:
    """Write the file."""
    tables = {
        "removed": packed(removed_by(bert(clean_text=True))),
        "accents": packed(removed_by(bert(strip_accents=True))),
        "marks": packed(removed_by(normalizers.StripAccents())),
        "punctuation": packed(cut_by(pre_tokenizers.Punctuation())),
        "digits": packed(cut_by(pre_tokenizers.Digits())),
        "word": packed(in_word),
        "canonical": packed(changed_by(normalizers.NFD())),
        "compatible": packed(changed_by(normalizers.NFKD())),
        "lower": lowered(),
        "classes": classes(),
        "regex": {name: packed(matching(pattern)) for name, pattern in PATTERNS.items()},
        **cluster_tables(),
    }
    TARGET.write_text(json.dumps(tables, ensure_ascii=True, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
