"""Word boundaries by Unicode Standard Annex 29, as one regular expression over the properties that `regex` knows.

`regex` has boundaries of its own (its WORD flag), but with a rule for French apostrophes that left the
standard long ago; the properties it has are those of the newest Unicode.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from textwright.errors import MissingExtraError

# What joins letters in the annex and not here: the colon, which joins in Swedish and would make one word of
# "Location:London", and the narrow space that stands in "6 months" between number and word. The annex allows both.
JOINS_NOTHING = ":\ufe13\ufe55\uff1a\u202f"
# Characters for which the plain pattern does: Latin letters and the signs of everyday text.
PLAIN = ((0x00, 0x24F), (0x2010, 0x2027), (0x202F, 0x205E), (0x20A0, 0x20C0), (0x2100, 0x2138), (0x2190, 0x21FF))
NOT_PLAIN = r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}\p{WB=Katakana}\p{WB=Hebrew_Letter}\p{Emoji_Presentation}]"

# What finds the pieces of `text[start:end]`, in order and without a gap.
Cut = Callable[[str, int, int], list[str]]


@cache
def regex_library() -> Any:
    """Return `regex`. Raise `MissingExtraError` when it is not installed."""
    try:
        import regex
    except ImportError as error:
        raise MissingExtraError("regex", "wrangle") from error
    return regex


@cache
def any_text(joins_nothing: str = JOINS_NOTHING) -> Any:
    """Return the pattern that cuts any text into runs of white space, words, and units of one character.

    The names of the parts are those of the annex; `X` is what belongs to the character before it (WB4). Its
    rules WB5 to WB13b are the word, WB15 and WB16 the flag, and WB3c glues a pictograph to a joiner before it.
    """
    left_out = f"--[{re.escape(joins_nothing)}]" if joins_nothing else ""

    def of(*names: str) -> str:
        return f"[[{''.join(rf'{chr(92)}p{{WB={name}}}' for name in names)}]{left_out}]"

    x = r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]*+"
    letter, hebrew = of("ALetter", "Hebrew_Letter"), r"\p{WB=Hebrew_Letter}"
    in_word, in_number = of("MidLetter", "MidNumLet", "Single_Quote"), of("MidNum", "MidNumLet", "Single_Quote")
    letters = rf"(?:{hebrew}{x}(?:\"{x}(?={hebrew}))?|\p{{WB=ALetter}}{x})"
    run = rf"{letters}(?:(?:{in_word}{x}(?={letter}))?{letters})*+"
    digits = rf"\p{{WB=Numeric}}{x}"
    number = rf"{digits}(?:(?:{in_number}{x}(?=\p{{WB=Numeric}}))?{digits})*+"
    core = rf"(?:(?:{run}|{number})++|(?:\p{{WB=Katakana}}{x})++)"
    joint = rf"(?:{of('ExtendNumLet')}{x})"
    word = rf"(?:{joint}*+{core}(?:{joint}++{core})*+{joint}*+|{joint}++)(?:'(?<={hebrew}{x[:-1]}'){x})?"
    break_ = r"[\r\n\p{WB=Newline}]"
    space = rf"(?:{break_}|\p{{White_Space}}{x})+" if joins_nothing else rf"\r\n|{break_}|\p{{WB=WSegSpace}}+{x}"
    flag = rf"\p{{WB=Regional_Indicator}}{x}\p{{WB=Regional_Indicator}}{x}"
    glued = r"(?<=\u200d)(?=\p{Extended_Pictographic})"
    unit = rf"(?:{flag}|[^\r\n\p{{WB=Newline}}]{x})"
    pattern = rf"(?:{space}|{word}|{unit})(?:{glued}(?:{word}|{unit}))*"
    return regex_library().compile(pattern, regex_library().V1)


@cache
def plain_text() -> tuple[re.Pattern[str], frozenset[str]]:
    """Return a pattern that cuts texts of plain characters alone, in the same way, and those characters."""
    chars = [chr(code) for first, last in PLAIN for code in range(first, last + 1)]
    special = regex_library().compile(NOT_PLAIN)
    plain = [char for char in chars if not special.match(char)]

    def of(*names: str) -> str:
        known = regex_library().compile(f"[{''.join(rf'{chr(92)}p{{{name}}}' for name in names)}]")
        return "".join(re.escape(char) for char in plain if known.match(char) and char not in JOINS_NOTHING)

    letter, digit, joint = of("WB=ALetter"), of("WB=Numeric"), of("WB=ExtendNumLet")
    in_word, in_number = of("WB=MidLetter", "WB=MidNumLet") + "'", of("WB=MidNum", "WB=MidNumLet") + "'"
    run = f"[{letter}]+(?:[{in_word}][{letter}]+)*+"
    number = f"[{digit}]+(?:[{in_number}][{digit}]+)*+"
    core = f"(?:{run}|{number})++"
    word = f"[{joint}]*+{core}(?:[{joint}]++{core})*+[{joint}]*+|[{joint}]++"
    space = of("White_Space") + "\u202f"
    return re.compile(f"{word}|[{space}]+|[^{space}]"), frozenset(plain)


def cutter(text: str) -> Cut:
    """Choose what cuts a text into pieces: the plain pattern where that does, ten times as fast."""
    pattern, plain = plain_text()
    found: Cut = pattern.findall if text.isascii() or plain.issuperset(text) else any_text().findall
    return found
