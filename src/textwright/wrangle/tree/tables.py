"""The characters and abbreviations that the parser knows, from `tables.json`, ready to be asked.

They are those of parse-latin and parse-english, see `docs/tree.md`; tools/make_tree_tables.py writes them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SPACE, MARK, WORD, SYMBOL = "WhiteSpaceNode", "PunctuationNode", "WordNode", "SymbolNode"
KINDS = {1: SPACE, 2: MARK, 4: WORD, 5: SYMBOL}


@dataclass(frozen=True, slots=True)
class Tables:
    """`token` finds the next token; its kind is `KINDS[match.lastindex]`. The rest are sets of characters or words."""

    token: re.Pattern[str]
    numbers: frozenset[str]
    lower_case: frozenset[str]
    terminal: frozenset[str]
    affixes: frozenset[str]
    abbreviations: frozenset[str]
    abbreviations_in_case: frozenset[str]
    latin_abbreviations: frozenset[str]
    elided_before: frozenset[str]
    elided_after: frozenset[str]


@cache
def tables() -> Tables:
    """Read the tables, once."""
    data = json.loads((files(__package__) / "tables.json").read_text(encoding="utf-8"))
    return Tables(
        token=_token(data),
        numbers=frozenset(_characters(data["number"])),
        lower_case=frozenset(_characters(data["lower_case"])),
        terminal=frozenset(data["terminal"]),
        affixes=frozenset(data["affix"]),
        abbreviations=frozenset(data["abbreviations"]),
        abbreviations_in_case=frozenset(data["abbreviations_in_case"]),
        latin_abbreviations=frozenset(data["latin_abbreviations"]),
        elided_before=frozenset(data["elided_before"]),
        elided_after=frozenset(data["elided_after"]),
    )


def _token(data: dict[str, str]) -> re.Pattern[str]:
    """Make the pattern of a token: runs of white space or of letters and digits, or of one same mark or symbol.

    In UTF-16 a character beyond U+FFFF is two halves, each a symbol: such characters join a symbol before them.
    """
    space, mark, word = (_class(data[name]) for name in ("white_space", "punctuation", "word"))
    wide = "[\ud800-\udfff\U00010000-\U0010ffff]"
    return re.compile(rf"([{space}]+)|(([{mark}])\3*)|([{word}]+)|((.)\6*{wide}*)", re.DOTALL)


def _class(ranges: str) -> str:
    r"""Write ranges as the inside of a character class.

    >>> _class("41-5a aa")
    '\\u0041-\\u005a\\u00aa'
    """
    return "".join(f"\\u{code:0>4}" if code != "-" else code for code in re.findall("[0-9a-f]+|-", ranges))


def _characters(ranges: str) -> str:
    """Spell out ranges.

    >>> _characters("41-43 61")
    'ABCa'
    """
    pairs = [[int(code, 16) for code in each.split("-")] for each in ranges.split()]
    return "".join(chr(code) for pair in pairs for code in range(pair[0], pair[-1] + 1))
