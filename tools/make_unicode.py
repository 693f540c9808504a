"""Write unicode.json: which characters are letters, and their lower case, one meaning for both languages.

The tables of Python and of browsers follow different Unicode versions. Run with Python 3.11
(Unicode 14): `python tools/make_unicode.py`.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/textwright/wrangle/unicode.json"
WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)

# What rules find in each other although no lower case says so: letters that capitals write otherwise. A Greek word in
# capitals has no accents and no final sigma, a German one SS, and of the Turkish i and dotless i one stands for both.
SAME = {"ς": "σ", "ß": "ss", "ı": "i", "İ": "i"} | dict(zip("άέήίόύώΐΰ", "αεηιουωϊϋ", strict=True))

# Scripts that set no space between words, or hang endings on to them: Thai, Lao, Myanmar, Khmer, kana, Han, Hangul.
UNSPACED = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF)),
    *((0x3130, 0x318F), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF)),
    *((0xF900, 0xFAFF), (0xFF66, 0xFFDC), (0x20000, 0x3FFFF)),
)


def is_letter(code: int) -> bool:
    """Letters, marks and numerals other than 0-9 make words."""
    return unicodedata.category(chr(code))[0] in "LMN" and not 0x30 <= code <= 0x39


def letter_ranges() -> Iterator[tuple[int, int]]:
    """Yield the first and last code point of each run of letters."""
    start = None
    for code in range(0x110001):
        inside = code < 0x110000 and is_letter(code)
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            yield start, code - 1
            start = None


def folds() -> dict[str, str]:
    """Map each character to its lower case where that is one other character."""
    pairs = ((chr(code), chr(code).lower()) for code in range(0x110000))
    return {char: lower for char, lower in pairs if len(lower) == 1 and lower != char}


def main() -> None:
    """Write the file."""
    data = {
        "version": unicodedata.unidata_version,
        "white_space": WHITE_SPACE,
        "letters": [list(pair) for pair in letter_ranges()],
        "fold": folds() | {"\u2019": "'"},
        "same": SAME,
        "unspaced": UNSPACED,
    }
    TARGET.write_text(json.dumps(data, ensure_ascii=True, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
